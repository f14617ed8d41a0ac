"""The engines behind one interface: documents and queries are lists of terms, answers are positions and scores.

All have k1 1.2 and b 0.75, one thread, and read exactly the terms that they are given.
"""

import json
import shutil
import warnings
from importlib.metadata import version

import bm25s
import numpy
import paritas
import tantivy
from corpora import CACHE
from rank_bm25 import BM25Okapi

Hits = list[tuple[int, float]]


class Paritas:
    name = "paritas"

    def __init__(self, tokens):
        self.index = paritas.BM25(stemmer="none")
        for position, terms in enumerate(tokens):
            self.index.add_tokens(position, terms)
        if hasattr(self.index, "optimize"):
            self.index.optimize()

    def prepare(self, queries):
        return queries, [" ".join(terms) for terms in queries]

    def one(self, query, k) -> Hits:
        return self.index.query_tokens(query, k)

    def from_text(self, text, k) -> Hits:
        return self.index.query(text, k)

    def batch(self, prepared, k):
        """As arrays, which is what bm25s gives."""
        return self.index.query_batch_arrays(prepared[1], k, threads=1)

    def lists(self, prepared, k) -> list[list[tuple[int, float]]]:
        return self.index.query_batch(prepared[1], k, threads=1)


class Bm25s:
    """bm25s with Numba, compiled before anything is measured; the index is kept in .cache when it has a name."""

    name = "bm25s numba"

    def __init__(self, tokens, kept=None):
        folder = CACHE / f"bm25s_{bm25s.__version__}_{kept}"
        if kept is not None and folder.exists():
            self.index = bm25s.BM25.load(folder, load_corpus=False)
        else:
            self.index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
            self.index.compile(warmup=True)
            self.index.index(tokens, show_progress=False)
            if kept is not None:
                self.index.save(folder, corpus=None)
        self.index.backend = "numba"
        self.documents = len(tokens)

    def prepare(self, queries):
        return queries

    def one(self, query, k) -> Hits:
        return self.batch([query], k)

    def batch(self, queries, k):
        return self.index.retrieve(
            queries, k=min(k, self.documents), show_progress=False, n_threads=1, backend_selection="numba"
        )

    def hits(self, query, k) -> Hits:
        found = self.one(query, k)
        return [(int(d), float(s)) for d, s in zip(found.documents[0], found.scores[0], strict=True) if s > 0]


class Tantivy:
    """tantivy, one indexing thread, one segment if it merges so; queries are disjunctions that no parser has seen.

    Documents come back as addresses: to read an id of one costs more, and is not counted.
    """

    name = "tantivy"

    def __init__(self, tokens, kept=None):
        schema = (
            tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="whitespace", index_option="freq").build()
        )
        folder = CACHE / f"tantivy_{version('tantivy')}_{kept}"
        if kept is not None and (folder / "whole.json").exists():
            self.index = tantivy.Index.open(str(folder))
        else:
            if kept is None:
                self.index = tantivy.Index(schema)
            else:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                self.index = tantivy.Index(schema, str(folder))
            self.fill(self.index, [" ".join(terms) for terms in tokens])
            if kept is not None:
                (folder / "whole.json").write_text(json.dumps(True))
        self.index.reload()
        self.schema = self.index.schema
        self.searcher = self.index.searcher()

    @staticmethod
    def fill(index, texts):
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for text in texts:
            document = tantivy.Document()
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def prepare(self, queries):
        return queries

    def one(self, query, k):
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "text", term, "freq")) for term in query]
        return self.searcher.search(tantivy.Query.boolean_query(terms), limit=k, count=False)

    def batch(self, queries, k):
        return [self.one(query, k) for query in queries]


class RankBm25:
    name = "rank-bm25"

    def __init__(self, tokens):
        self.index = BM25Okapi(tokens, k1=1.2, b=0.75)

    def prepare(self, queries):
        return queries

    def one(self, query, k):
        scores = self.index.get_scores(query)
        k = min(k, len(scores))
        best = numpy.argpartition(-scores, k - 1)[:k]
        return best[numpy.argsort(-scores[best])]


warnings.filterwarnings("ignore", module="numba")
