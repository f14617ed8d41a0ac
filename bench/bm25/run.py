"""BM25 from Python: queries and indexing beside the peers, memory for a million documents, and quality.

Texts of the collections come from PARITAS_DATA (default ../shared/data); the rest is drawn from a seed.
"""

import json
import math
import os
import random
import statistics
import sys
import time
from pathlib import Path

import bm25s
import paritas
from backfire_kernel import RustBM25
from rank_bm25 import BM25Okapi

try:
    from director_ai.core.retrieval.vector_store.composite import HybridBackend
except ImportError:  # it is large; the others stand without it
    HybridBackend = None

DATA = Path(os.environ.get("PARITAS_DATA", "../shared/data")) / "retrieval"
MEMORY_DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "1000000"))


def median_time(calls, rounds=7):
    """Seconds for one pass over the calls, the median of some rounds."""
    calls()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        calls()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def zipf_texts(draws, count, length, vocabulary=20_000, exponent=1.07):
    words = [f"word{i}" for i in range(vocabulary)]
    weights = [1 / (i + 1) ** exponent for i in range(vocabulary)]
    flat = draws.choices(words, weights, k=count * length)
    return [" ".join(flat[i * length : (i + 1) * length]) for i in range(count)]


def director(texts):
    class Nothing:
        def add(self, *arguments, **named):
            pass

        def query(self, *arguments, **named):
            return []

    backend = HybridBackend(Nothing())
    for i, text in enumerate(texts):
        backend.add(str(i), text)
    return backend


def queries_of_small_indexes():
    draws = random.Random(1)
    print(f"{'queries, top 3, 4 terms':<28} {'documents':>9} {'us/query':>9} {'paritas is':>11}")
    for count in (1_000, 10_000):
        queries_of(count, draws)
    print("the scores of RustBM25 are met to 1e-12\n")


def queries_of(count, draws):
    texts = zipf_texts(draws, count, 30)
    queries = zipf_texts(draws, 200, 4)
    ids = [str(i) for i in range(count)]
    ours = paritas.BM25(variant="okapi", analyzer=paritas.Analyzer.plain())
    ours.add_documents(ids, texts, threads=1)
    rust = RustBM25()
    for doc_id, text in zip(ids, texts, strict=True):
        rust.add_document(doc_id, text)
    tokens = [text.split() for text in texts]
    rank = BM25Okapi(tokens)
    sparse = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    sparse.index(tokens, show_progress=False)
    numba = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    numba.index(tokens, show_progress=False)
    named = {
        "paritas query": lambda: [ours.query(query, 3) for query in queries],
        "paritas query_batch, 1 thread": lambda: ours.query_batch(queries, 3, threads=1),
        "paritas query_batch, all": lambda: ours.query_batch(queries, 3),
        "backfire-kernel RustBM25": lambda: [rust.query(query, 3) for query in queries],
        "bm25s": lambda: [sparse.retrieve([query.split()], k=3, show_progress=False, n_threads=0) for query in queries],
        "bm25s numba, one call": lambda: numba.retrieve([query.split() for query in queries], k=3, show_progress=False),
        "rank-bm25": lambda: [rank.get_top_n(query.split(), ids, n=3) for query in queries[:20]],
    }
    if HybridBackend is not None and count == 1_000:
        backend = director(texts)
        named["director-ai HybridBackend"] = lambda: [backend._bm25_query(query, 3, "") for query in queries[:20]]
    base = None
    for name, calls in named.items():
        asked = 20 if name.startswith(("rank", "director")) else len(queries)
        slow = name.startswith(("rank", "director")) or (name.startswith("back") and count > 1_000)
        micros = median_time(calls, 3 if slow else 7) / asked * 1e6
        base = base or micros
        print(f"{name:<28} {count:>9} {micros:>9.2f} {micros / base:>10.1f}x faster")
    for query in queries:
        mine, theirs = ours.query(query, 10), rust.query(query, 10)
        assert all(abs(a[1] - b[1]) <= 1e-12 * max(1.0, b[1]) for a, b in zip(mine, theirs, strict=True)), query


def indexing():
    draws = random.Random(2)
    texts = zipf_texts(draws, 10_000, 100)
    ids = list(range(len(texts)))

    def ours(threads):
        paritas.BM25().add_documents(ids, texts, threads=threads)

    def theirs():
        bm25s.BM25().index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)

    def rust():
        index = RustBM25()
        for i, text in enumerate(texts):
            index.add_document(str(i), text)

    print(f"{'indexing 10,000 texts of 100 terms':<36} {'documents/s':>12} {'paritas is':>11}")
    base = None
    for name, call in {
        "paritas, 1 thread": lambda: ours(1),
        "paritas, all threads": lambda: ours(0),
        "bm25s": theirs,
        "backfire-kernel RustBM25": rust,
    }.items():
        seconds = median_time(call, 3)
        base = base or seconds
        print(f"{name:<36} {len(texts) / seconds:>12.0f} {seconds / base:>10.1f}x faster")
    index = paritas.BM25()
    index.add_documents(list(range(100_000)), texts * 10)
    changes = draws.sample(range(100_000), 5_000)
    start = time.perf_counter()
    for doc in changes:
        index.remove(doc)
        index.upsert(doc, texts[doc % 10_000])
    micros = (time.perf_counter() - start) / len(changes) * 1e6
    print(f"remove + upsert at 100,000 documents: {micros:.1f} us each pair (goal: 40)\n")


def memory():
    draws = random.Random(3)
    index = paritas.BM25()
    block = 20_000
    busy = 0.0
    for first in range(0, MEMORY_DOCUMENTS, block):
        texts = zipf_texts(draws, block, 20, vocabulary=50_000)
        before = time.perf_counter()
        index.add_documents(list(range(first, first + block)), texts)
        busy += time.perf_counter() - before
    stats = index.stats()
    parts = [
        f"{name} {getattr(stats, name + '_bytes') / stats.postings:.2f}"
        for name in ("posting", "forward", "vocabulary", "document")
    ]
    print(f"memory for {stats.documents} documents of 20 terms, {stats.postings} postings, {stats.terms} terms")
    print(f"  bytes per posting: {stats.bytes_per_posting:.2f} (goal: 8) = {', '.join(parts[:3])}; besides {parts[3]}")
    queries = zipf_texts(draws, 50, 4, vocabulary=50_000)
    seconds = median_time(lambda: [index.query(query, 10) for query in queries], 3)
    print(f"  added at {MEMORY_DOCUMENTS / busy:.0f} documents/s; top 10 of 4 terms: {seconds * 20:.2f} ms a query")
    start = time.perf_counter()
    data = index.to_bytes()
    saved = time.perf_counter()
    paritas.BM25.from_bytes(data)
    print(f"  to_bytes {saved - start:.1f} s, {len(data) / stats.postings:.2f} bytes per posting; ", end="")
    print(f"from_bytes {time.perf_counter() - saved:.1f} s\n")


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def judgements(folder):
    grades = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    return grades


def ndcg(hits, grades):
    gains = [(2 ** grades.get(doc, 0) - 1) / math.log2(rank + 2) for rank, (doc, _) in enumerate(hits[:10])]
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = [(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best)]
    return sum(gains) / sum(ideal) if sum(ideal) > 0 else 0.0


def quality():
    if not DATA.exists():
        print(f"quality: no collections in {DATA}; set PARITAS_DATA")
        return
    print(f"{'nDCG@10':<12} {'queries':>8} {'none':>8} {'light':>8} {'light, stop words':>18}   queries/s (1 thread)")
    expected = {"cranfield": (0.3606, 0.3729, 0.3785), "cacm": (0.3852, 0.4430, 0.4533)}
    for name, goal in expected.items():
        folder = DATA / name
        corpus, queries, grades = lines(folder / "corpus.jsonl"), lines(folder / "queries.jsonl"), judgements(folder)
        judged = [query for query in queries if query["_id"] in grades]
        found = []
        for options in ({"stemmer": "none"}, {}, {"stopwords": "english"}):
            index = paritas.BM25(**options)
            texts = [f"{item['title']} {item['text']}" for item in corpus]
            index.add_documents([item["_id"] for item in corpus], texts)
            scores = [ndcg(index.query(query["text"], 10), grades[query["_id"]]) for query in judged]
            found.append(sum(scores) / len(scores))
        texts = [query["text"] for query in judged]
        rate = len(texts) / median_time(lambda index=index, texts=texts: index.query_batch(texts, 10, threads=1))
        print(f"{name:<12} {len(judged):>8} {found[0]:>8.4f} {found[1]:>8.4f} {found[2]:>18.4f}   {rate:.0f}")
        print(f"{'  expected':<12} {'':>8} {goal[0]:>8.4f} {goal[1]:>8.4f} {goal[2]:>18.4f}")


JOBS = {
    "queries": queries_of_small_indexes,
    "indexing": indexing,
    "memory": memory,
    "quality": quality,
}

if __name__ == "__main__":
    for job in sys.argv[1:] or JOBS:
        JOBS[job]()
