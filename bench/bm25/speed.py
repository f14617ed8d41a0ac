"""Queries per second beside the peers: the same terms, k1, b, one thread."""

import json
import os
import subprocess
from pathlib import Path

import paritas
from corpora import CACHE, analyzed, collection, synthetic
from peers import Bm25s, Paritas, RankBm25, Tantivy
from table import keep, median_time, rates

MILLION = int(os.environ.get("BENCH_DOCUMENTS", "1000000"))


def measured(job, title, corpus, engines, ks=(10, 1000)):
    queries = corpus.queries
    rows = []
    for k in ks:
        for way in ("one call each", "from text", "one batch", "one batch, as lists"):
            for engine in engines:
                prepared = engine.prepare(queries)
                if way == "one call each":
                    some = queries[:20] if isinstance(engine, RankBm25) else queries

                    def calls(engine=engine, some=some, k=k):
                        for query in some:
                            engine.one(query, k)

                    rate = len(some) / median_time(calls, budget=5.0)
                elif way == "from text" and hasattr(engine, "from_text"):
                    texts = corpus.query_texts()

                    def calls(engine=engine, texts=texts, k=k):
                        for text in texts:
                            engine.from_text(text, k)

                    rate = len(texts) / median_time(calls, budget=5.0)
                elif way == "one batch, as lists" and hasattr(engine, "lists"):
                    rate = len(queries) / median_time(
                        lambda engine=engine, k=k, prepared=prepared: engine.lists(prepared, k), budget=5.0
                    )
                elif way == "one batch" and hasattr(engine, "batch"):
                    rate = len(queries) / median_time(
                        lambda engine=engine, k=k, prepared=prepared: engine.batch(prepared, k), budget=5.0
                    )
                else:
                    continue
                rows.append((way, k, engine.name, rate))
    print(f"{title}: {len(corpus.tokens):,} documents, {len(queries)} queries")
    rates(job, title, rows)


def cranfield():
    corpus = analyzed(collection("cranfield"), paritas.Analyzer())
    engines = [Paritas(corpus.tokens), Bm25s(corpus.tokens), Tantivy(corpus.tokens), RankBm25(corpus.tokens)]
    measured("cranfield", "Cranfield", corpus, engines)


def scifact():
    corpus = synthetic("scifact", 5_183, 200, 30_000, queries=300)
    engines = [Paritas(corpus.tokens), Bm25s(corpus.tokens), Tantivy(corpus.tokens), RankBm25(corpus.tokens)]
    measured("scifact", "the size of SciFact", corpus, engines)


def million():
    corpus = synthetic("million", MILLION, 60, 200_000, queries=200)
    kept = f"zipf_{MILLION}"
    engines = [Paritas(corpus.tokens), Bm25s(corpus.tokens, kept), Tantivy(corpus.tokens, kept)]
    measured("million", "Zipf 1.07, 60 terms each, queries drawn like documents", corpus, engines)
    without = synthetic("million", MILLION, 60, 200_000, queries=200, skip=100)
    measured("million_rare", "the same, queries without the 100 commonest words", without, engines)


def wasm():
    """The same file and queries natively and in Node."""
    corpus = synthetic("scifact", 5_183, 200, 30_000, queries=300)
    index = Paritas(corpus.tokens).index
    texts = corpus.query_texts()
    path, asked = CACHE / "scifact.index", CACHE / "scifact_queries.json"
    index.save(path)
    asked.write_text(json.dumps(texts), "utf-8")
    rows = []
    print(f"{'the size of SciFact: microseconds a query':<52} {'k':>5} {'native':>9} {'WASM':>9} {'ratio':>7}")
    for k in (10, 1000):
        command = ["node", str(Path(__file__).with_name("wasm.mjs")), str(path), str(asked), str(k)]
        node = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        ways = {
            "one": ("query", lambda k=k: [index.query(text, k) for text in texts]),
            "batch": ("query_batch_arrays", lambda k=k: index.query_batch_arrays(texts, k, threads=1)),
        }
        for way, (name, call) in ways.items():
            native = median_time(call) / len(texts) * 1e6
            print(f"{name:<52} {k:>5} {native:>9.1f} {node[way]:>9.1f} {node[way] / native:>6.2f}x")
            rows.append({"way": name, "k": k, "native": native, "wasm": node[way]})
    print()
    keep("wasm", rows)
