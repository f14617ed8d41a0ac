"""HNSWIndex, as core/src/vectors/hnsw.cpp and hnsw_search.cpp answer; the graph stands in hnsw_graph.py."""

import math
import os
from collections.abc import Callable, Iterable
from typing import Any

from paritas._files import read_whole, write_whole
from paritas._json import compact, parsed
from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import hnsw_file
from paritas.reference.convert import flag, text, whole
from paritas.reference.cosine import gap_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import matrix, require_numpy, vector
from paritas.reference.hnsw_graph import Graph, Hit, Probe
from paritas.reference.lanes import dot
from paritas.reference.metric import parse_metric
from paritas.reference.normalize import checked_threads

FEW = 10_000  # that pass a filter: quicker compared than looked for
DISTANCES: dict[str, Callable[[list[float], list[float]], float]] = {
    "cosine": gap_of,
    "dot": lambda a, b: 0.0 - dot_of(a, b),
    "euclidean": euclidean_of,
    "squared_euclidean": squared_of,
}
Hits = list[tuple[int, float]]


class HNSWIndex:
    """An approximate index of the nearest vectors, the same bytes everywhere."""

    def __init__(
        self,
        dimension: int,
        max_elements: int = 100_000,
        m: int = 16,
        ef_construction: int = 200,
        ef_search: int = 50,
        *,
        metric: str = "cosine",
        seed: int = 0,
        storage: str = "float32",
        exact_below: int = 2048,
    ) -> None:
        most = 2**31 - 1
        self._dimension, self.max_elements, self.m = whole(dimension), whole(max_elements), whole(m)
        self.ef_construction, self.ef_search, self.exact_below = (
            whole(ef_construction),
            whole(ef_search),
            whole(exact_below),
        )
        metric, self.seed, storage = text(metric), whole(seed) % 2**64, text(storage)
        for name, value, least, largest in (
            ("dimension", self._dimension, 1, 65_536),
            ("max_elements", self.max_elements, 0, most - 1),
            ("m", self.m, 2, 256),
            ("ef_construction", self.ef_construction, 1, most),
            ("ef_search", self.ef_search, 1, most),
            ("exact_below", self.exact_below, 0, most),
        ):
            if not least <= value <= largest:
                raise ParitasError("invalid_argument", f"{name} must be {least} to {largest}")
        self.metric = parse_metric(metric)
        if storage != "float32":
            raise ParitasError("invalid_argument", "storage must be float32")
        self._largest = -1
        self._rows: list[list[float]] = []
        self._ids: list[int] = []  # by slot, as the rows
        self._metadata: list[str] = []  # by slot; no list at all until there is one
        self._slots: dict[int, int] = {}
        self._graph = self._new_graph()

    def _new_graph(self) -> Graph:
        words = sign_words(self.metric, self._dimension)
        return Graph(self.m, self.ef_construction, self.seed, words, lambda slot: self._probe(self._rows[slot]))

    def _probe(self, values: list[float]) -> Probe:
        return probe(values, self._rows, self.metric)

    def add(self, vector: Any, id: int | None = None, metadata: Any = None) -> int:
        values = _vector(vector)
        ids = None if id is None else [_number(id)]
        note = None if metadata is None else compact(metadata)
        return self._add([values], len(values), ids, [note], None)[0]

    def add_batch(
        self,
        vectors: Any,
        ids: Any = None,
        metadata: Any = None,
        threads: int = 0,
        *,
        progress: Callable[[int, int], bool | None] | None = None,
    ) -> list[int]:
        rows = matrix(vectors)
        threads = whole(threads)
        names = None if ids is None else _numbers(ids)
        notes: list[str | None] = []
        if metadata is not None:
            notes = [None if value is None else compact(value) for value in metadata] or [None] * min(len(rows.rows), 1)
        _callable(progress)
        self._checked_counts(len(rows.rows), names, notes)
        checked_threads(threads)
        return self._add(rows.rows, rows.dim, names, notes, progress)

    def _checked_counts(self, count: int, ids: list[int] | None, notes: list[str | None]) -> None:
        if ids is not None and len(ids) != count:
            raise ParitasError("invalid_argument", f"{count} vectors need as many ids, not {len(ids)}")
        if notes and len(notes) != count:
            raise ParitasError("invalid_argument", f"{count} vectors need as many metadata, not {len(notes)}")

    def _add(
        self,
        rows: list[list[float]],
        dim: int,
        ids: list[int] | None,
        notes: list[str | None],
        progress: Callable[[int, int], bool | None] | None,
    ) -> list[int]:
        self._fits(rows, dim)
        if ids is not None:
            if any(id < 0 for id in ids):
                raise ParitasError("invalid_argument", "an id must be at least 0")
            twice = sorted(id for id in set(ids) if ids.count(id) > 1) if len(set(ids)) < len(ids) else []
            if twice:
                raise ParitasError("invalid_argument", f"id {twice[0]} stands twice in one batch")
        elif 2**63 - 1 - self._largest < len(rows):
            raise ParitasError("out_of_range", "there is no id above the largest one: give ids")
        names = list(range(self._largest + 1, self._largest + 1 + len(rows))) if ids is None else ids
        self._largest = max([self._largest, *names])
        done = 0
        while done < len(rows):
            count = min(self._graph.round, len(rows) - done)
            for id in names[done : done + count]:
                self._erase(id)
            for i in range(done, done + count):
                self._rows.append(rows[i])
                self._ids.append(names[i])
                self._slots[names[i]] = len(self._ids) - 1
                note = notes[i] if notes else None
                if note is not None and not self._metadata:
                    self._metadata = [""] * (len(self._rows) - 1)
                if note is not None or self._metadata:
                    self._metadata.append(note or "")
            self._graph.insert(count)
            done += count
            if progress is not None:
                answer = progress(done, len(rows))
                if answer is not None and not answer:
                    break
        return names[:done]

    def _fits(self, rows: list[list[float]], dim: int) -> None:
        for row, values in enumerate(rows):
            if dim != self._dimension:
                message = f"Vector dimension {dim} != index dimension {self._dimension}"
                raise ParitasError("length_mismatch", message)
            if not all(math.isfinite(value) for value in values):
                raise ParitasError("not_finite", f"row {row} must have neither NaN nor infinities", row)

    def _erase(self, id: int) -> bool:
        slot = self._slots.pop(id, None)
        if slot is None:
            return False
        self._graph.remove(slot)
        if self._metadata:
            self._metadata[slot] = ""
        if self._graph.sparse:
            self._close_holes()
        return True

    def _close_holes(self) -> None:
        kept = self._graph.renumber()
        self._rows = [self._rows[slot] for slot in kept]
        self._ids = [self._ids[slot] for slot in kept]
        self._metadata = [self._metadata[slot] for slot in kept] if self._metadata else []
        self._slots = {id: slot for slot, id in enumerate(self._ids)}

    def search(
        self,
        query: Any,
        k: int = 10,
        filter_fn: Callable[[int], bool] | None = None,
        *,
        ef: int | None = None,
        filter_ids: Any = None,
    ) -> Hits:
        values = _vector(query)
        return self._search_all([values], len(values), k, filter_fn, ef, filter_ids)[0]

    def search_batch(
        self,
        queries: Any,
        k: int = 10,
        threads: int = 0,
        filter_fn: Callable[[int], bool] | None = None,
        *,
        ef: int | None = None,
        filter_ids: Any = None,
    ) -> list[Hits]:
        rows = matrix(queries)
        return self._search_all(rows.rows, rows.dim, k, filter_fn, ef, filter_ids, whole(threads))

    def search_arrays(
        self,
        queries: Any,
        k: int = 10,
        threads: int = 0,
        filter_fn: Callable[[int], bool] | None = None,
        *,
        ef: int | None = None,
        filter_ids: Any = None,
    ) -> tuple[Any, Any]:
        found = self.search_batch(queries, k, threads, filter_fn, ef=ef, filter_ids=filter_ids)
        width = max([min(whole(k), len(self)), *map(len, found)])
        numpy = require_numpy()
        ids = numpy.full((len(found), width), -1, dtype="int64")
        distances = numpy.full((len(found), width), numpy.nan, dtype="float32")
        for row, hits in enumerate(found):
            for column, (id, distance) in enumerate(hits):
                ids[row, column], distances[row, column] = id, distance
        return ids, distances

    def _search_all(
        self,
        queries: list[list[float]],
        dim: int,
        k: Any,
        filter_fn: Callable[[int], bool] | None,
        ef: Any,
        filter_ids: Any,
        threads: int = 1,
    ) -> list[Hits]:
        k = whole(k)
        ef = None if ef is None else _number(ef)
        wanted = None if filter_ids is None else _numbers(filter_ids)
        _callable(filter_fn)
        if k < 0:
            raise ParitasError("invalid_argument", "k must be at least 0")
        if ef is not None and ef < 1:
            raise ParitasError("invalid_argument", "ef must be at least 1")
        checked_threads(threads)
        self._fits(queries, dim)
        return [self._search(query, k, filter_fn, ef or self.ef_search, wanted) for query in queries]

    def _search(
        self, query: list[float], k: int, filter_fn: Callable[[int], bool] | None, ef: int, wanted: list[int] | None
    ) -> Hits:
        live = len(self)
        k = min(k, live)
        few = live < self.exact_below
        probe = self._probe(query)
        graph = self._graph
        everything: Iterable[int] = range(len(self._rows))
        found: list[Hit] = []
        if wanted is not None:
            everything = {self._slots[id] for id in wanted if id in self._slots}
        if filter_fn is not None:
            asked: dict[int, bool] = {}
            among = set(everything)

            def passes(slot: int) -> bool:
                if slot not in asked:
                    asked[slot] = slot in among and bool(filter_fn(self._ids[slot]))
                return asked[slot]

            if not few:
                found = graph.search_filtered(probe, k, ef, passes)
            if len(found) < k:
                live_slots = [slot for slot in sorted(among) if graph.alive(slot)]
                found = graph.exact(probe, k, [slot for slot in live_slots if passes(slot)])
        elif wanted is not None:
            slots = set(everything)
            scan = few or len(slots) < FEW or len(slots) * 20 < live
            if not scan:
                found = graph.search_filtered(probe, k, ef, slots.__contains__)
            if scan or len(found) < min(k, len(slots)):
                found = graph.exact(probe, k, slots)
        elif few:
            found = graph.exact(probe, k, everything)
        else:
            found = graph.search(probe, k, ef)
        return [(self._ids[slot], distance) for distance, slot in found]

    def delete(self, id: int) -> bool:
        return self._erase(_number(id))

    def compact(self, threads: int = 0) -> None:
        checked_threads(whole(threads))
        self._close_holes()
        self._graph = self._graph.rebuilt()

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, id: int) -> bool:
        return _number(id) in self._slots

    def ids(self) -> list[int]:
        return [id for slot, id in enumerate(self._ids) if self._graph.alive(slot)]

    def _slot(self, id: Any) -> int:
        number = _number(id)
        if number not in self._slots:
            raise ParitasError("not_found", f"id {number} is not in the index")
        return self._slots[number]

    def get(self, id: int) -> Any:
        return require_numpy().array(self._rows[self._slot(id)], dtype="float32")

    def get_metadata(self, id: int) -> Any:
        slot = self._slot(id)
        if not self._metadata or not self._metadata[slot]:
            return None
        return parsed(self._metadata[slot].encode())

    @property
    def dimension(self) -> int:
        return self._dimension

    def stats(self) -> dict[str, Any]:
        """The figures of memory are those of the file: what Python's objects take, nobody knows."""
        count, slots = len(self), len(self._rows)
        return {
            "count": count,
            "holes": slots - count,
            "layers": 0 if self._graph.entry is None else self._graph.levels[self._graph.entry] + 1,
            "vector_bytes": slots * (self._dimension + 1) * 4,
            "link_bytes": sum(len(part) for part in hnsw_file.graph_sections(self._graph)),
            "id_bytes": slots * 8,
            "metadata_bytes": sum(len(note) for note in self._metadata),
            "exact": count < self.exact_below,
        }

    def to_bytes(self) -> bytes:
        squares = [dot(row, row) for row in self._rows]
        return hnsw_file.written(self, self._graph, self._ids, self._rows, squares, self._metadata, self._largest)

    @staticmethod
    def from_bytes(data: Any) -> "HNSWIndex":
        image = _bytes(data)
        sections = hnsw_file.opened(image)
        options, largest = hnsw_file.read_options(image, sections)
        index = HNSWIndex(**options)
        index._largest = largest
        if not hnsw_file.read_graph(sections[hnsw_file.GRAPH :], index._graph):
            raise hnsw_file.damaged(image, hnsw_file.GRAPH)
        slots = len(index._graph.levels)
        index._rows = hnsw_file.read_rows(image, sections, slots, index._dimension)
        index._ids = hnsw_file.read_ids(image, sections, index._graph, largest)
        index._slots = {id: slot for slot, id in enumerate(index._ids) if index._graph.alive(slot)}
        index._metadata = hnsw_file.read_metadata(image, sections, slots)
        hnsw_file.check_rows(image, sections, index._rows)
        return index

    def save(self, path: str | os.PathLike[str]) -> None:
        write_whole(path, self.to_bytes())

    @staticmethod
    def load(path: str | os.PathLike[str], *, mmap: bool = False, verify: bool = True) -> "HNSWIndex":
        """The file is read and checked in any case."""
        flag(mmap), flag(verify)
        return HNSWIndex.from_bytes(read_whole(path))

    def __reduce__(self) -> Any:
        return HNSWIndex.from_bytes, (self.to_bytes(),)


def sign_words(metric: str, dim: int) -> int:
    return (dim + 63) // 64 if metric == "cosine" and dim >= 96 else 0


def probe(values: list[float], rows: list[list[float]], metric: str) -> Probe:
    distance = DISTANCES[metric]
    signs = sum(1 << i for i, value in enumerate(values) if value > 0.0)
    return Probe(lambda slot: distance(values, rows[slot]), signs)


def _vector(values: Any) -> list[float]:
    return vector(values)


def _number(id: Any) -> int:
    if isinstance(id, bool):
        raise ParitasTypeError("invalid_argument", "an int as id is needed, not bool")
    return whole(id)


def _numbers(ids: Any) -> list[int]:
    plain = ids.tolist() if hasattr(ids, "tolist") else ids
    if isinstance(plain, str) or not isinstance(plain, Iterable):
        raise ParitasTypeError("invalid_argument", f"a sequence of ints is needed, not {type(ids).__name__}")
    return [_number(id) for id in plain]


def _callable(call: Any) -> None:
    if call is not None and not callable(call):
        raise ParitasTypeError("invalid_argument", f"a callable is needed, not {type(call).__name__}")


def _bytes(data: Any) -> bytes:
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
