"""Indexing from text, changes, memory and files."""

import random
import subprocess
import sys
import time

import bm25s
import paritas
import tantivy
from backfire_kernel import RustBM25
from corpora import CACHE, synthetic, word, zipf_ranks
from peers import Tantivy
from speed import MILLION
from table import keep, median_time


def rust(texts):
    index = RustBM25()
    for i, text in enumerate(texts):
        index.add_document(str(i), text)


def sparse(index, texts):
    index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)


def ours(texts, **options):
    index = paritas.BM25(**options)
    index.add_documents(list(range(len(texts))), texts, threads=1)


def heap(texts, tokenizer):
    field = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name=tokenizer, index_option="freq")
    Tantivy.fill(tantivy.Index(field.build()), texts)


def indexing():
    """From text to an index that answers, one thread: each engine with the tokeniser that it brings, and stemmed."""
    rows = []
    compiled = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    compiled.compile(warmup=True)
    for title, corpus in (
        ("5,183 documents of 200 terms", synthetic("scifact", 5_183, 200, 30_000, queries=1)),
        ("50,000 documents of 60 terms", synthetic("middle", 50_000, 60, 100_000, queries=1)),
    ):
        texts = corpus.texts()
        print(f"{'indexing ' + title:<48} {'documents/s':>12} {'paritas is':>11}")
        ways = {
            "paritas": lambda texts=texts: ours(texts, stemmer="none"),
            "bm25s numba": lambda texts=texts: sparse(compiled, texts),
            "bm25s": lambda texts=texts: sparse(bm25s.BM25(method="lucene", k1=1.2, b=0.75), texts),
            "tantivy": lambda texts=texts: heap(texts, "default"),
            "backfire-kernel RustBM25": lambda texts=texts: rust(texts),
            "paritas, stemmed lightly": lambda texts=texts: ours(texts),
            "tantivy, stemmed in English": lambda texts=texts: heap(texts, "en_stem"),
        }
        base = None
        for name, call in ways.items():
            seconds = median_time(call, 3)
            base = base or seconds
            print(f"{name:<48} {len(texts) / seconds:>12,.0f} {seconds / base:>10.2f}x")
            rows.append({"corpus": title, "engine": name, "documents_per_second": len(texts) / seconds})
        print()
    keep("indexing", rows)


def changes():
    """remove and upsert at 100,000 documents, one by one."""
    corpus = synthetic("middle", 100_000, 60, 100_000, queries=1)
    texts = corpus.texts()
    index = paritas.BM25(stemmer="none")
    index.add_documents(list(range(len(texts))), texts, threads=1)
    chosen = random.Random(5).sample(range(len(texts)), 10_000)
    start = time.process_time()
    for position in chosen:
        index.remove(position)
    removed = time.process_time()
    for position in chosen:
        index.upsert(position, texts[position])
    added = time.process_time()
    for position in chosen:
        index.upsert(position, texts[position])
    replaced = time.process_time()
    rows = {
        "remove": (removed - start) / len(chosen) * 1e6,
        "upsert of a new id": (added - removed) / len(chosen) * 1e6,
        "upsert of a known id": (replaced - added) / len(chosen) * 1e6,
    }
    print("microseconds for one change at 100,000 documents of 60 terms (goal: 20)")
    for name, micros in rows.items():
        print(f"  {name:<22} {micros:>8.2f}")
    print()
    keep("changes", rows)


def opening():
    """Opening the file of a million documents and asking one query, each in a process of its own."""
    path = CACHE / f"million_{MILLION}.index"
    words = [word(rank) for rank in (150, 700, 3_000)]
    kept = f"zipf_{MILLION}"
    try:
        paritas.BM25.load(path, verify=False)
    except (OSError, paritas.ParitasError):  # none, or of another form
        index = paritas.BM25(stemmer="none")
        index.add_documents(range(MILLION), synthetic("million", MILLION, 60, 200_000, queries=1).texts())
        index.save(path)
    rows = []
    print(f"{'opening ' + format(MILLION, ',') + ' documents and one query':<40} {'ms':>9} {'MB of memory':>13}")
    for name, lines in {
        "paritas": f"index = paritas.BM25.load({str(path)!r}, verify=False); index.query({' '.join(words)!r})",
        "paritas, all sums verified": f"index = paritas.BM25.load({str(path)!r}); index.query({' '.join(words)!r})",
        "bm25s, mapped, NumPy": f"""
index = bm25s.BM25.load({str(CACHE)!r} + '/bm25s_' + bm25s.__version__ + '_{kept}', mmap=True)
index.backend = 'numpy'
index.retrieve([{words!r}], k=10, show_progress=False, backend_selection='numpy')""",
        "tantivy": f"""
index = tantivy.Index.open({str(CACHE)!r} + '/tantivy_' + version('tantivy') + '_{kept}')
index.searcher().search(index.parse_query({" ".join(words)!r}, ['text']), 10)""",
    }.items():
        script = OPENING.replace("LINES", lines)
        found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        if found.returncode != 0:
            print(f"{name:<40} not measured: run.py million makes its index")
            continue
        milliseconds, grown = map(float, found.stdout.split())
        print(f"{name:<40} {milliseconds:>9.1f} {grown / 1e6:>13.1f}")
        rows.append({"engine": name, "milliseconds": milliseconds, "resident_bytes": grown})
    print()
    keep("opening", rows)


OPENING = """
import time
from importlib.metadata import version
import bm25s, paritas, tantivy
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
before, start = resident(), time.perf_counter()
LINES
print((time.perf_counter() - start) * 1e3, resident() - before)
"""


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def memory():
    """A million documents from text, in blocks; what the process grows by, what stats() says, what a file takes."""
    words = [word(rank) for rank in range(200_000)]
    ranks = zipf_ranks(MILLION, 60, 200_000, 1.07, 7)
    block = 20_000

    def texts(first):
        return [" ".join([words[rank] for rank in row]) for row in ranks[first : first + block].tolist()]

    int(ranks.sum())  # reads all pages before the process is measured
    texts(0)
    before, busy = resident(), 0.0
    index = paritas.BM25(stemmer="none")
    for first in range(0, MILLION, block):
        some = texts(first)
        start = time.process_time()
        index.add_documents(list(range(first, first + len(some))), some, threads=1)
        busy += time.process_time() - start
    if hasattr(index, "optimize"):
        start = time.process_time()
        index.optimize()
        busy += time.process_time() - start
    grown, stats = resident() - before, index.stats()
    start = time.perf_counter()
    data = index.to_bytes()
    written = time.perf_counter()
    paritas.BM25.from_bytes(data)
    read = time.perf_counter()
    rows = {
        "documents": stats.documents,
        "postings": stats.postings,
        "terms": stats.terms,
        "documents_per_second": stats.documents / busy,
        "resident_bytes_per_posting": grown / stats.postings,
        "stats": stats._asdict(),
        "file_bytes_per_posting": len(data) / stats.postings,
        "to_bytes_seconds": written - start,
        "from_bytes_seconds": read - written,
    }
    print(f"{stats.documents:,} documents of 60 terms, {stats.postings:,} postings, {stats.terms:,} terms")
    print(f"  added at {rows['documents_per_second']:,.0f} documents/s (1 thread)")
    print(f"  the process grew by {rows['resident_bytes_per_posting']:.2f} bytes a posting (goal: 6)")
    for name in stats._fields:
        if name.endswith("_bytes"):
            print(f"  {name:<18} {getattr(stats, name) / stats.postings:>6.2f} bytes a posting")
    print(f"  file: {rows['file_bytes_per_posting']:.2f} bytes a posting (goal: 3); ", end="")
    print(f"to_bytes {rows['to_bytes_seconds']:.1f} s, from_bytes {rows['from_bytes_seconds']:.2f} s\n")
    keep("memory", rows)
