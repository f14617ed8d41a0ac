"""HybridIndex: words and vectors over the same documents, on either backend."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from paritas._backend import api
from paritas._files import read_whole, write_whole
from paritas._lock import SharedLock
from paritas.errors import ParitasError, ParitasTypeError
from paritas.results import Document, Filter, HybridResult, Metadata, Span

DocId = str | int
AnyFilter = Filter | Callable[[DocId, Metadata | None], bool] | None
Embed = Callable[[list[str]], Any]


class HybridIndex:
    """Words and vectors over the same documents, in one call from both to results.

    bm25:             the index of the words; by default one that keeps the texts, for highlights()
    vectors:          the index of the vectors; by default one for cosines, made with the first vector. Both may be
                      shared with other code that only reads them; they must hold the same ids
    rrf_k:            how little the first ranks stand out, above 0, with fusion "rrf"
    sparse_weight:    of the words, at least 0
    dense_weight:     of the vectors, at least 0
    fetch_multiplier: each part gives so many times n_results to be fused, 1 to 1,000
    fusion:           "rrf", or "weighted" with norm "minmax", "max" or "none"
    embed:            makes vectors of texts, a row for each: for documents and queries that come without a vector
    Errors:           invalid_argument for options without meaning, and for indexes of different ids

    A change is made in both parts or in none. Many threads may read; a change waits for them and they for it.
    """

    _api: ClassVar[Any] = api

    def __init__(
        self,
        bm25: Any = None,
        vectors: Any = None,
        *,
        rrf_k: float = 60.0,
        sparse_weight: float = 1.0,
        dense_weight: float = 1.0,
        fetch_multiplier: int = 3,
        fusion: str = "rrf",
        norm: str = "minmax",
        embed: Embed | None = None,
    ) -> None:
        rules = self._api.Hybrid(rrf_k, sparse_weight, dense_weight, fetch_multiplier, fusion, norm)
        self._start(rules, bm25, vectors, embed)

    def _start(self, rules: Any, bm25: Any, vectors: Any, embed: Embed | None) -> None:
        if bm25 is None:
            bm25 = self._api.BM25(store_text=True)
        for value, kind in ((bm25, "BM25"), (vectors, "VectorIndex")):
            if value is not None and type(value).__name__ != kind:
                raise ParitasTypeError("invalid_argument", f"a {kind} is needed, not {type(value).__name__}")
        if embed is not None and not callable(embed):
            raise ParitasTypeError("invalid_argument", f"a callable as embed is needed, not {type(embed).__name__}")
        if set(bm25.ids()) != set([] if vectors is None else vectors.ids()):
            raise ParitasError("invalid_argument", "bm25 and vectors must hold the same ids")
        self._rules, self._bm25, self._vectors, self._embed = rules, bm25, vectors, embed
        self._lock = SharedLock()

    @property
    def bm25(self) -> Any:
        """The BM25 of the words; to be read only."""
        return self._bm25

    @property
    def vectors(self) -> Any:
        """The VectorIndex; to be read only. None as long as it is to be made and nothing has been added."""
        return self._vectors

    # ---- changes

    def add(self, doc_id: DocId, text: str, vector: Any = None, metadata: Metadata | None = None) -> bool:
        """Adds a document, or replaces the one of that id, which moves to the end. True if the id is new.

        vector: of the dimension of the index; without one the text is embedded
        Errors: as BM25 and VectorIndex; invalid_argument without a vector and without embed
        """
        _check_texts([text])
        row = self._embedded([text])[0] if vector is None else vector
        with self._lock.alone():
            vectors = self._made(row)
            vectors.add(doc_id, row, metadata)  # refuses whatever either part would refuse
            new = bool(self._bm25.add_document(doc_id, text, metadata))
            self._vectors = vectors
            return new

    def upsert(self, doc_id: DocId, text: str, vector: Any = None, metadata: Metadata | None = None) -> bool:
        """The same as add, for readers who look for this word."""
        return self.add(doc_id, text, vector, metadata)

    def add_batch(
        self,
        ids: Sequence[DocId],
        texts: Sequence[str],
        vectors: Any = None,
        metadatas: Sequence[Metadata | None] | None = None,
        on_duplicate: str = "replace",
        threads: int = 0,
    ) -> int:
        """Adds or replaces many documents; returns how many. An error changes nothing.

        vectors:      a row for each text; without them the texts are embedded in one call
        on_duplicate: "replace", "keep" (the first one wins) or "error"
        threads:      for reading the texts; 0 for all cores
        Errors:       length_mismatch; duplicate_key with the index of the document; as add
        """
        _check_texts(texts)
        texts = list(texts)
        ids = ids if isinstance(ids, str | bytes) else list(ids)
        if not len(ids) == len(texts):
            raise ParitasError("length_mismatch", "ids, texts and vectors must be of one length")
        rows = self._embedded(texts) if vectors is None else vectors
        with self._lock.alone():
            if not texts:
                return 0
            vectors = self._made(rows[0])
            vectors.add_batch(ids, rows, metadatas, on_duplicate, threads)
            added = int(self._bm25.add_documents(ids, texts, metadatas, on_duplicate, threads))
            self._vectors = vectors
            return added

    def remove(self, doc_id: DocId) -> bool:
        """Removes a document. True if there was one."""
        with self._lock.alone():
            found = bool(self._bm25.remove(doc_id))
            return bool(self._vectors.remove(doc_id)) if found else False

    def remove_many(self, ids: Iterable[DocId]) -> int:
        """Removes documents; returns how many there were."""
        ids = ids if isinstance(ids, str | bytes) else list(ids)
        with self._lock.alone():
            removed = int(self._bm25.remove_many(ids))
            if removed:
                self._vectors.remove_many(ids)
            return removed

    def clear(self) -> None:
        """Removes all documents."""
        with self._lock.alone():
            self._bm25.clear()
            if self._vectors is not None:
                self._vectors.clear()

    # ---- queries

    def query(
        self, text: str | None = None, vector: Any = None, n_results: int = 10, filter: AnyFilter = None
    ) -> list[HybridResult]:
        """The best documents for a text, a vector or both: score descending.

        A text alone ranks by the words, a vector alone by the vectors, each with its own scores; with embed a text
        alone is asked of both. Of both, fetch_multiplier * n_results of each part are fused.

        filter: as that of BM25 and VectorIndex: a dict, or a callable (id, metadata) -> bool
        Errors: invalid_argument for neither; as the queries of the parts
        """
        if vector is None and text is not None and self._embed is not None:
            _check_texts([text])
            vector = self._embedded([text])[0]
        fetch = self._rules.fetch(n_results, text is not None and vector is not None)
        with self._lock.shared():
            sparse = None if text is None else self._bm25.query(text, fetch, filter)
            dense: list[tuple[DocId, float]] | None = None if vector is None else []
            if vector is not None and self._vectors is not None:
                dense = self._vectors.query(vector, fetch, filter)
        found: list[HybridResult] = self._rules.join(sparse, dense, n_results)
        return found

    def highlights(self, doc_id: DocId, text: str) -> list[Span]:
        """Where the words of a query stand in the text of a document, in code points, as BM25.highlight.

        Errors: not_found for an unknown id, invalid_argument for words that keep no texts
        """
        found = self.get(doc_id)
        if found is None:
            raise ParitasError("not_found", "no document has this id")
        if found.text is None:
            raise ParitasError("invalid_argument", "bm25 must keep the texts: create it with store_text=True")
        spans: list[Span] = self._bm25.highlight(text, found.text)
        return spans

    # ---- contents

    def count(self) -> int:
        """How many documents there are."""
        return int(self._bm25.count())

    def __len__(self) -> int:
        return self.count()

    def contains(self, doc_id: DocId) -> bool:
        """Whether there is a document of that id."""
        return bool(self._bm25.contains(doc_id))

    def get(self, doc_id: DocId) -> Document | None:
        """The Document of that id as BM25 has it, or None."""
        found: Document | None = self._bm25.get(doc_id)
        return found

    def ids(self) -> list[DocId]:
        """All ids in order of adding."""
        return list(self._bm25.ids())

    # ---- files

    def to_bytes(self) -> bytes:
        """Both parts and the options in one form; embed is not kept."""
        with self._lock.shared():
            words = self._bm25.to_bytes()
            rows = b"" if self._vectors is None else self._vectors.to_bytes()
            data: bytes = self._rules.to_bytes(words, rows)
        return data

    @classmethod
    def from_bytes(cls, data: bytes, *, embed: Embed | None = None) -> "HybridIndex":
        """The index of to_bytes. Errors: corrupt_data for any other bytes."""
        rules, (start, end), (first, last) = cls._api.Hybrid.from_bytes(data)
        view = memoryview(data).cast("B")
        made = cls.__new__(cls)
        vectors = None if first == last else cls._api.VectorIndex.from_bytes(bytes(view[first:last]))
        words = cls._api.BM25.from_bytes(bytes(view[start:end]))
        try:
            made._start(rules, words, vectors, embed)
        except ParitasTypeError:
            raise
        except ParitasError:
            message = "these bytes are no hybrid index of version 1: its parts hold different ids"
            raise ParitasError("corrupt_data", message, first) from None
        return made

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes to_bytes() to a file, which is replaced at once or not at all."""
        write_whole(path, self.to_bytes())

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, embed: Embed | None = None) -> "HybridIndex":
        """The index that save wrote. Errors: OSError, corrupt_data."""
        return cls.from_bytes(read_whole(path), embed=embed)

    # ---- inside

    def _made(self, row: Any) -> Any:
        """The index of the vectors, or one for the first of them, to be kept once it holds it."""
        return self._api.VectorIndex(len(row)) if self._vectors is None else self._vectors

    def _embedded(self, texts: list[str]) -> Any:
        if self._embed is None:
            raise ParitasError("invalid_argument", "give a vector, or an embed function to the index")
        rows = self._embed(texts)
        if len(rows) != len(texts):
            raise ParitasError("length_mismatch", "embed must give one row for each text")
        return rows


def _check_texts(texts: Any) -> None:
    """So that the words cannot refuse what the vectors have taken."""
    if isinstance(texts, str | bytes):
        raise ParitasTypeError("invalid_argument", f"a sequence of str is needed, not {type(texts).__name__}")
    for text in texts:
        if not isinstance(text, str):
            raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(text).__name__}")
        if len(text) >= 2**31:
            raise ParitasError("limit_exceeded", "a document must have at most 2147483647 terms")
