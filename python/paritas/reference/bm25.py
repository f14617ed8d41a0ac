"""BM25, as core/src/retrieve/bm25*.cpp computes it: a dict of postings, and the formulas as they are written."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from paritas._files import read_whole, write_whole
from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import bm25_file
from paritas.reference.analyzer import Analyzer, invalid
from paritas.reference.convert import flag, real, texts, whole
from paritas.reference.convert import text as as_text
from paritas.reference.filter import compiled
from paritas.reference.maths import log
from paritas.reference.metadata import checked
from paritas.results import BM25Stats, Document, Explanation, Filter, Metadata, Span, TermScore

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

DocId = str | int
AnyFilter = Filter | Callable[[DocId, Metadata | None], bool] | None
LARGEST = 1e100
MOST_TERMS = 1024


def okapi_idf(n: float, df: float) -> float:
    return log(1.0 + (n - df + 0.5) / (df + 0.5))


IDF: dict[str, Callable[[float, float], float]] = {
    "lucene": okapi_idf,
    "okapi": okapi_idf,
    "robertson": lambda n, df: log(max((n - df + 0.5) / (df + 0.5), 1.0)),
    "atire": lambda n, df: log(n / df),
    "bm25l": lambda n, df: log((n + 1.0) / (df + 0.5)),
    "bm25+": lambda n, df: log((n + 1.0) / df),
}


class BM25:
    """BM25 over the terms of documents: exact, updatable, the same order and bits everywhere."""

    most_terms = MOST_TERMS  # of a query

    def __init__(
        self,
        k1: float = 1.2,
        b: float = 0.75,
        delta: float = 0.5,
        variant: str = "lucene",
        analyzer: Analyzer | None = None,
        store_text: bool = False,
        **analyzer_options: Any,
    ) -> None:
        self.k1, self.b, self.delta = real(k1), real(b), real(delta)
        self.variant = as_text(variant)
        self.store_text = flag(store_text)
        if analyzer is None:
            analyzer = Analyzer(**analyzer_options)
        elif analyzer_options:
            raise invalid("give an analyzer or options of one, not both")
        elif not isinstance(analyzer, Analyzer):
            raise ParitasTypeError("invalid_argument", f"an Analyzer is needed, not {type(analyzer).__name__}")
        self.analyzer = analyzer
        if not 0.0 <= self.k1 <= LARGEST:
            raise invalid("k1 must be from 0 to 1e100")
        if not 0.0 <= self.b <= 1.0:
            raise invalid("b must be from 0 to 1")
        if not 0.0 <= self.delta <= LARGEST:
            raise invalid("delta must be from 0 to 1e100")
        if self.variant not in IDF:
            names = '"lucene", "okapi", "robertson", "atire", "bm25l" or "bm25+"'
            raise invalid(f'variant must be {names}, not "{self.variant}"')
        self.clear()

    # ---- changes

    def clear(self) -> None:
        """Removes all documents."""
        self.documents: dict[DocId, Document] = {}  # in order of adding
        self.counts: dict[DocId, dict[str, int]] = {}
        self.postings: dict[str, dict[DocId, int]] = {}
        self.total_length = 0

    def _add(self, doc_id: DocId, counts: dict[str, int], text: str | None, metadata: Metadata | None) -> bool:
        fresh = not self._remove(doc_id)
        length = sum(counts.values())
        self.documents[doc_id] = Document(doc_id, length, text, metadata)
        self.counts[doc_id] = counts
        for term, count in counts.items():
            self.postings.setdefault(term, {})[doc_id] = count
        self.total_length += length
        return fresh

    def _remove(self, doc_id: DocId) -> bool:
        if doc_id not in self.documents:
            return False
        self.total_length -= self.documents.pop(doc_id).length
        for term in self.counts.pop(doc_id):
            del self.postings[term][doc_id]
            if not self.postings[term]:
                del self.postings[term]
        return True

    def add_document(self, doc_id: DocId, text: str, metadata: Metadata | None = None) -> bool:
        """Adds a document, or replaces the one of that id, which moves to the end. True if the id is new."""
        doc_id, text = as_id(doc_id), as_text(text)
        known = None if metadata is None else checked(metadata)
        return self._add(doc_id, counted(self.analyzer.analyze(text)), text if self.store_text else None, known)

    def upsert(self, doc_id: DocId, text: str, metadata: Metadata | None = None) -> bool:
        """The same as add_document, for readers who look for this word."""
        return self.add_document(doc_id, text, metadata)

    def add_tokens(self, doc_id: DocId, tokens: Iterable[str], metadata: Metadata | None = None) -> bool:
        """As add_document, for callers with a tokeniser of their own."""
        doc_id, terms = as_id(doc_id), texts(tokens)
        return self._add(doc_id, counted(terms), None, None if metadata is None else checked(metadata))

    def add_documents(
        self,
        ids: Iterable[DocId],
        texts: Iterable[str],
        metadatas: Iterable[Metadata | None] | None = None,
        on_duplicate: str = "replace",
        threads: int = 0,
    ) -> int:
        """Adds or replaces many documents; returns how many. An error changes nothing."""
        names, bodies = as_ids(ids), as_texts(texts)
        known: list[Metadata | None] = [None] * len(names)
        if metadatas is not None:
            known = [None if item is None else checked(item) for item in metadatas]
        on_duplicate = as_text(on_duplicate)
        if on_duplicate not in ("replace", "keep", "error"):
            raise invalid('on_duplicate must be "replace", "keep" or "error"')
        check_threads(threads)
        if not len(names) == len(bodies) == len(known):
            raise ParitasError("length_mismatch", "ids, texts and metadatas must be of one length")
        if on_duplicate == "error":
            for i, name in enumerate(names):
                if name in self.documents or name in names[:i]:
                    raise ParitasError("duplicate_key", "an id must stand once and be new: nothing was added", i)
        added = 0
        for name, body, item in zip(names, bodies, known, strict=True):
            if on_duplicate != "keep" or name not in self.documents:
                self._add(name, counted(self.analyzer.analyze(body)), body if self.store_text else None, item)
                added += 1
        return added

    def remove(self, doc_id: DocId) -> bool:
        """Removes a document. True if there was one."""
        return self._remove(as_id(doc_id))

    def remove_many(self, ids: Iterable[DocId]) -> int:
        """Removes documents; returns how many there were."""
        return sum(map(self._remove, as_ids(ids)))

    # ---- queries

    def _weights(self, terms: list[str]) -> dict[str, int]:
        """The distinct terms of a query in order of first occurrence, and how often each is asked for."""
        weights = counted(terms)
        if len(weights) > self.most_terms:
            raise ParitasError("limit_exceeded", "a query must have at most 1024 different terms")
        return weights

    def _idf(self, term: str) -> float:
        return IDF[self.variant](float(len(self.documents)), float(len(self.postings[term])))

    def _tf_part(self, count: int, length: int) -> float:
        tf, k1, b = float(count), self.k1, self.b
        mean = float(self.total_length) / float(len(self.documents))
        size = (1.0 - b) + b * (float(length) / mean)
        if self.variant == "bm25l":
            c = tf / size
            return (k1 + 1.0) * (c + self.delta) / (k1 + c + self.delta)
        damping = k1 * size
        if self.variant in ("okapi", "atire"):
            return tf * (k1 + 1.0) / (tf + damping)
        if self.variant == "bm25+":
            return tf * (k1 + 1.0) / (tf + damping) + self.delta
        return tf / (tf + damping)

    def _scores(self, terms: list[str]) -> dict[DocId, float]:
        """The score of each document that holds a term: a sum over the terms in order of first occurrence."""
        scores: dict[DocId, float] = {}
        for term, weight in self._weights(terms).items():
            if term not in self.postings:
                continue
            idf = self._idf(term)
            for doc_id, count in self.postings[term].items():
                part = self._tf_part(count, self.documents[doc_id].length)
                scores[doc_id] = scores.get(doc_id, 0.0) + float(weight) * (idf * part)
        return scores

    def _allowed(self, filter: Any) -> Callable[[DocId], bool]:
        """Whether a document may be a result."""
        if filter is None:
            return lambda doc_id: True
        if not isinstance(filter, dict) and callable(filter):
            chosen = {doc_id for doc_id in self.documents if filter(doc_id, self.documents[doc_id].metadata)}
            return chosen.__contains__
        if not isinstance(filter, dict):
            needed = "a dict or a callable as filter is needed"
            raise ParitasTypeError("invalid_argument", f"{needed}, not {type(filter).__name__}")
        test = compiled(filter)
        return lambda doc_id: test(self.documents[doc_id].metadata or {})

    def _best(
        self, terms: list[str], n_results: int, min_score: float, allowed: Callable[[DocId], bool]
    ) -> list[tuple[DocId, float]]:
        scores = self._scores(terms)
        found = [(doc_id, scores[doc_id]) for doc_id in self.documents if scores.get(doc_id, 0.0) > min_score]
        found = [hit for hit in found if allowed(hit[0])]
        found.sort(key=lambda hit: -hit[1])  # keeps the order of adding where scores are equal
        return found[:n_results]

    def query(
        self, query_text: str, n_results: int = 10, filter: AnyFilter = None, *, min_score: float = 0.0
    ) -> list[tuple[DocId, float]]:
        """The best (doc_id, score) pairs: score descending, then order of adding."""
        terms, allowed = self.analyzer.analyze(as_text(query_text)), self._allowed(filter)
        return self._best(terms, *checked_query(n_results, min_score), allowed)

    def query_tokens(
        self, tokens: Iterable[str], n_results: int = 10, filter: AnyFilter = None, *, min_score: float = 0.0
    ) -> list[tuple[DocId, float]]:
        """As query, for terms of the caller's own."""
        terms, allowed = texts(tokens), self._allowed(filter)
        return self._best(terms, *checked_query(n_results, min_score), allowed)

    def query_batch(
        self,
        texts: Iterable[str],
        n_results: int = 10,
        filter: AnyFilter = None,
        *,
        min_score: float = 0.0,
        threads: int = 0,
    ) -> list[list[tuple[DocId, float]]]:
        """The results of query for each text."""
        bodies, allowed = as_texts(texts), self._allowed(filter)
        least = checked_query(n_results, min_score)
        check_threads(threads)
        out = []
        for i, body in enumerate(bodies):
            try:
                out.append(self._best(self.analyzer.analyze(body), *least, allowed))
            except ParitasError as error:
                raise ParitasError(error.code, str(error), i) from None
        return out

    def query_batch_arrays(
        self,
        texts: Iterable[str],
        n_results: int = 10,
        filter: AnyFilter = None,
        *,
        min_score: float = 0.0,
        threads: int = 0,
    ) -> "tuple[NDArray[numpy.int64], NDArray[numpy.float64]]":
        """The results of query_batch as two arrays of one row for each text and one column for each result."""
        bodies = as_texts(texts)
        columns, _ = checked_query(n_results, min_score)
        if columns * len(bodies) > 2**27:
            message = "n_results times the number of texts must be at most 134217728"
            raise ParitasError("limit_exceeded", message)
        numpy = arrays()
        all_hits = self.query_batch(bodies, n_results, filter, min_score=min_score, threads=threads)
        positions = numpy.full((len(bodies), columns), -1, numpy.int64)
        scores = numpy.zeros((len(bodies), columns), numpy.float64)
        place = {doc_id: i for i, doc_id in enumerate(self.documents)}
        for row, hits in enumerate(all_hits):
            for column, (doc_id, score) in enumerate(hits):
                positions[row, column] = place[doc_id]
                scores[row, column] = score
        return positions, scores

    def get_scores(self, text: str) -> "NDArray[numpy.float64]":
        """float64 scores of all documents in the order of ids(), 0.0 without a match. Needs NumPy."""
        scores = self._scores(self.analyzer.analyze(as_text(text)))
        found: NDArray[numpy.float64] = arrays().array([scores.get(doc_id, 0.0) for doc_id in self.documents], float)
        return found

    def get_scores_batch(self, texts: Iterable[str], threads: int = 0) -> "NDArray[numpy.float64]":
        """The scores of get_scores for each text, a row each: float64 of shape (texts, documents). Needs NumPy."""
        bodies = as_texts(texts)
        check_threads(threads)
        if len(bodies) * len(self.documents) > 2**27:
            message = "the number of texts times the number of documents must be at most 134217728"
            raise ParitasError("limit_exceeded", message)
        rows = []
        for i, body in enumerate(bodies):
            try:
                rows.append(self.get_scores(body))
            except ParitasError as error:
                raise ParitasError(error.code, str(error), i) from None
        found: NDArray[numpy.float64] = (
            arrays().array(rows, float).reshape(len(bodies), len(self.documents) if rows else 0)
        )
        return found

    def highlight(self, query_text: str, text: str) -> list[Span]:
        """Where a term of the query stands in a text, in code points and in order; terms that overlap are joined."""
        return self.analyzer.highlight(query_text, text)

    def explain(self, text: str, doc_id: DocId) -> Explanation:
        """How the score of a document comes about, term by term; the contributions add up to the score exactly."""
        text, doc_id = as_text(text), as_id(doc_id)
        if doc_id not in self.documents:
            raise ParitasError("not_found", "no document has this id")
        length = self.documents[doc_id].length
        terms = []
        score = 0.0
        for term, weight in self._weights(self.analyzer.analyze(text)).items():
            if doc_id not in self.postings.get(term, {}):
                continue
            tf, idf = self.counts[doc_id][term], self._idf(term)
            part = self._tf_part(tf, length)
            contribution = float(weight) * (idf * part)
            terms.append(TermScore(term, weight, tf, len(self.postings[term]), idf, part, contribution))
            score += contribution
        mean = float(self.total_length) / float(len(self.documents))
        return Explanation(score, length, mean, len(self.documents), terms)

    # ---- contents

    def count(self) -> int:
        """How many documents there are."""
        return len(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def contains(self, doc_id: DocId) -> bool:
        """Whether there is a document of that id."""
        return as_id(doc_id) in self.documents

    def get(self, doc_id: DocId) -> Document | None:
        """The Document of that id, or None."""
        found = self.documents.get(as_id(doc_id))
        if found is None or found.metadata is None:
            return found
        return found._replace(metadata=checked(found.metadata))

    def ids(self) -> list[DocId]:
        """All ids in order of adding."""
        return list(self.documents)

    def stats(self) -> BM25Stats:
        """What the index holds; memory is not measured here and is 0."""
        mean = float(self.total_length) / float(len(self.documents)) if self.documents else 0.0
        postings = sum(map(len, self.counts.values()))
        return BM25Stats(
            len(self.documents), 0, len(self.postings), postings, self.total_length, mean, 0, 0, 0, 0, 0, 0.0
        )

    def optimize(self) -> None:
        """Brings all documents into the form that is smallest and read fastest; results stay the same."""

    # ---- files

    def to_bytes(self) -> bytes:
        """The live index in one form: equal documents in equal order give equal bytes, on every target."""
        return bm25_file.written(self)

    @staticmethod
    def from_bytes(data: bytes) -> "BM25":
        """The index of to_bytes. Errors: corrupt_data for any other bytes."""
        try:
            view = memoryview(data).cast("B")
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        return bm25_file.read(bytes(view), BM25, Analyzer)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes to_bytes() to a file, which is replaced at once or not at all."""
        write_whole(path, self.to_bytes())

    @staticmethod
    def load(path: str | os.PathLike[str], mmap: bool = True, verify: bool = True) -> "BM25":
        """The index that save wrote. It is read and verified whole, whatever the options."""
        flag(mmap), flag(verify)
        return BM25.from_bytes(read_whole(path))

    def __reduce__(self) -> tuple[Any, ...]:
        return BM25.from_bytes, (self.to_bytes(),)


as_texts = texts  # a parameter of that name hides it above


def counted(terms: list[str]) -> dict[str, int]:
    """How often each term occurs, in order of first occurrence."""
    counts: dict[str, int] = {}
    for term in terms:
        counts[term] = counts.get(term, 0) + 1
    return counts


def as_id(value: Any) -> DocId:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, bool) or not hasattr(type(value), "__index__"):
        raise ParitasTypeError("invalid_argument", f"a str or an int as id is needed, not {type(value).__name__}")
    return whole(value)


def as_ids(values: Any) -> list[DocId]:
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ParitasTypeError("invalid_argument", f"a sequence of ids is needed, not {type(values).__name__}")
    return [as_id(value) for value in values]


def checked_query(n_results: Any, min_score: Any) -> tuple[int, float]:
    n_results, min_score = whole(n_results), real(min_score)
    if n_results < 0:
        raise invalid("n_results must be at least 0")
    if not min_score >= 0.0:
        raise invalid("min_score must be at least 0")
    return n_results, min_score


def check_threads(threads: Any) -> None:
    if whole(threads) < 0:
        raise invalid("threads must be at least 0")


def arrays() -> Any:
    """NumPy, which only what returns arrays needs."""
    try:
        import numpy
    except ImportError:
        raise ParitasError("unsupported", "this function returns arrays: install numpy") from None
    return numpy
