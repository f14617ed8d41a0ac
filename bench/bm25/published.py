"""The class that people know, RustBM25 of backfire-kernel, and its neighbours: small indexes, top 3 of 4 terms."""

import random

import bm25s
import paritas
from backfire_kernel import RustBM25
from corpora import zipf_texts
from rank_bm25 import BM25Okapi
from table import keep, median_time

try:
    from director_ai.core.retrieval.vector_store.composite import HybridBackend
except ImportError:  # it is large; the others stand without it
    HybridBackend = None


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


def published():
    draws = random.Random(1)
    rows = []
    print(f"{'queries, top 3, 4 terms':<32} {'documents':>9} {'us/query':>9} {'paritas is':>11}")
    for count in (1_000, 10_000):
        rows += queries_of(count, draws)
    print("the scores of RustBM25 are met to 1e-12\n")
    keep("published", rows)


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
    numba = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    numba.index(tokens, show_progress=False)
    split = [query.split() for query in queries]

    def retrieve(some):
        return numba.retrieve(some, k=3, show_progress=False, n_threads=1, backend_selection="numba")

    named = {
        "paritas query": lambda: [ours.query(query, 3) for query in queries],
        "paritas query_batch, 1 thread": lambda: ours.query_batch(queries, 3, threads=1),
        "backfire-kernel RustBM25": lambda: [rust.query(query, 3) for query in queries],
        "bm25s numba": lambda: [retrieve([query]) for query in split],
        "bm25s numba, one call": lambda: retrieve(split),
        "rank-bm25": lambda: [rank.get_top_n(query, ids, n=3) for query in split[:20]],
    }
    if HybridBackend is not None and count == 1_000:
        backend = director(texts)
        named["director-ai HybridBackend"] = lambda: [backend._bm25_query(query, 3, "") for query in queries[:20]]
    base, rows = None, []
    for name, calls in named.items():
        asked = 20 if name.startswith(("rank", "director")) else len(queries)
        micros = median_time(calls, budget=3.0) / asked * 1e6
        base = base or micros
        print(f"{name:<32} {count:>9} {micros:>9.2f} {micros / base:>10.1f}x faster")
        rows.append({"documents": count, "engine": name, "microseconds": micros})
    for query in queries:
        mine, theirs = ours.query(query, 10), rust.query(query, 10)
        assert all(abs(a[1] - b[1]) <= 1e-12 * max(1.0, b[1]) for a, b in zip(mine, theirs, strict=True)), query
    return rows
