"""EmbeddingIndex, as core/src/vectors/embedding_index.cpp computes it."""

from typing import Any

from paritas.errors import ParitasError
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, matrix, require_numpy, vector
from paritas.reference.normalize import normalized
from paritas.reference.topk import search


class EmbeddingIndex:
    """A flat, exact index of labelled vectors, normalised when they come in."""

    def __init__(self, vectors: Any = None, labels: Any = None) -> None:
        self._rows: list[list[float]] = []
        self._labels: list[Any] = []
        self._dim = 0
        if vectors is not None or labels is not None:
            self.add([] if vectors is None else vectors, labels)

    def add(self, vectors: Any, labels: Any) -> None:
        rows = matrix(vectors)
        start = len(self._rows)
        names = list(range(start, start + len(rows.rows)) if labels is None else labels)
        if len(names) != len(rows.rows):
            raise ParitasError("length_mismatch", f"{len(rows.rows)} vectors need as many labels, not {len(names)}")
        if not rows.rows:
            return
        self._fits(rows.dim)
        self._rows += [normalized(row) for row in rows.rows]
        self._labels += names
        self._dim = rows.dim

    def query(self, query: Any, k: int = 10, threshold: float = 0.0) -> list[tuple[Any, float]]:
        hits = search(self._unit(query), Rows(self._rows, self._dim, 2), k, dot_of, threshold, None, 0)
        return [(self._labels[row], score) for row, score in hits[0]]

    def similarities(self, query: Any) -> Any:
        unit = self._unit(query).rows[0]
        return require_numpy().array([dot_of(unit, row) for row in self._rows], dtype="float32")

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dim(self) -> int:
        return self._dim

    def _fits(self, length: int) -> None:
        if self._rows and length != self._dim:
            raise ParitasError("length_mismatch", f"Vector dimension {length} != index dimension {self._dim}")

    def _unit(self, query: Any) -> Rows:
        values = vector(query)
        self._fits(len(values))
        return Rows([normalized(values)], len(values), 1)
