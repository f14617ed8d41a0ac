"""Queries per second beside the peers: the same terms, k1, b, one thread."""

import os

import paritas
from corpora import analyzed, collection, synthetic
from peers import Bm25s, Paritas, RankBm25, Tantivy
from table import median_time, rates

MILLION = int(os.environ.get("BENCH_DOCUMENTS", "1000000"))


def measured(job, title, corpus, engines, ks=(10, 1000)):
    queries = corpus.queries
    rows = []
    for k in ks:
        for way in ("one call each", "from text", "one batch"):
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
