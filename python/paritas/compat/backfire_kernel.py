"""The names of backfire-kernel."""

from __future__ import annotations

from paritas import BM25, Analyzer


class RustBM25:
    """The class of that name: scores equal the original's to 1e-12, ties come in order of adding.

    As there, words are only put in lower case, and an id that is added again is one more document.
    """

    def __init__(self, k1: float = 1.2, b: float = 0.75) -> None:
        self._index = BM25(k1, b, variant="okapi", analyzer=Analyzer.plain())
        self._names: list[str] = []

    def add_document(self, doc_id: str, text: str) -> None:
        self._index.add_document(len(self._names), text)
        self._names.append(doc_id)

    def query(self, query_text: str, n_results: int) -> list[tuple[str, float]]:
        """The best (doc_id, score) pairs."""
        return [(self._names[int(place)], score) for place, score in self._index.query(query_text, n_results)]

    def count(self) -> int:
        return self._index.count()

    def clear(self) -> None:
        self._index.clear()
        self._names.clear()
