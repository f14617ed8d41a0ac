"""The graph of a VectorIndex, as core/src/retrieve/vector_index_graph.cpp keeps it: slots in order of adding."""

from collections.abc import Iterable

from paritas.reference.bm25 import DocId
from paritas.reference.hnsw import FEW, probe, sign_words
from paritas.reference.hnsw_graph import Graph, Hit

GRAPH_FROM = 50_000  # live vectors, with kind "auto"
METRICS = {"cosine": "cosine", "dot": "dot", "l2": "squared_euclidean", "euclidean": "euclidean"}


class Links:
    """Rows by slot, holes too, and the graph over them."""

    def __init__(self, dim: int, metric: str, m: int, ef_construction: int, seed: int) -> None:
        self._metric = METRICS[metric]
        self.rows: list[list[float]] = []
        self.names: list[DocId | None] = []  # None for a hole
        self._slots: dict[DocId, int] = {}
        words = sign_words(self._metric, dim)
        self.graph = Graph(
            m, ef_construction, seed % 2**64, words, lambda slot: probe(self.rows[slot], self.rows, self._metric)
        )

    @property
    def holes(self) -> int:
        return len(self.names) - len(self._slots)

    def place(self, name: DocId | None, row: list[float]) -> None:
        if name is not None:
            self._slots[name] = len(self.names)
        self.names.append(name)
        self.rows.append(row)

    def add(self, items: Iterable[tuple[DocId, list[float]]]) -> None:
        for name, row in items:
            self.place(name, row)
        while len(self.graph.levels) < len(self.names):
            self.graph.insert(min(self.graph.round, len(self.names) - len(self.graph.levels)))

    def remove(self, name: DocId) -> None:
        slot = self._slots.pop(name)
        self.graph.remove(slot)
        self.names[slot] = None
        if self.graph.sparse:
            self._close_holes()

    def _close_holes(self) -> None:
        kept = self.graph.renumber()
        self.rows = [self.rows[slot] for slot in kept]
        self.names = [self.names[slot] for slot in kept]
        self._slots = {name: slot for slot, name in enumerate(self.names) if name is not None}

    def compact(self) -> None:
        self._close_holes()
        self.graph = self.graph.rebuilt()

    def walk(self, query: list[float], k: int, ef: int, names: list[DocId]) -> list[DocId]:
        """The best of max(ef, k) that the walk finds; at least min(k, names) of them."""
        wanted = max(ef, k) if k else 0
        asked = probe(query, self.rows, self._metric)
        slots = {self._slots[name] for name in names}
        found: list[Hit]
        if len(slots) == len(self._slots):
            found = self.graph.search(asked, wanted, wanted)
        else:
            found = self.graph.search_filtered(asked, wanted, wanted, slots.__contains__)
        if len(found) < min(k, len(slots)):
            found = self.graph.exact(asked, k, slots)
        return [name for _, slot in found if (name := self.names[slot]) is not None]

    def walks(self, passing: int) -> bool:
        """Few that pass are quicker compared than looked for."""
        live = len(self._slots)
        return passing == live or (passing >= FEW and passing * 20 >= live)
