"""VectorIndex, as core/src/retrieve/vector_index*.cpp keep and search it: every vector, sorted, or a graph."""

import math
import os
import struct
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from paritas._files import read_whole, write_whole
from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import hnsw_file, sections, vector_index_graph
from paritas.reference.bm25 import DocId, arrays, as_id, as_ids
from paritas.reference.bm25_file import key_of, read_id
from paritas.reference.convert import flag, text, whole
from paritas.reference.filter import compiled
from paritas.reference.floats import Rows, as_array, matrix, vector
from paritas.reference.lanes import dot
from paritas.reference.metadata import Damaged, Reader, checked, counted, decoded, encoded, varint
from paritas.reference.normalize import checked_threads
from paritas.reference.quantize import (
    DTYPES,
    Stored,
    best,
    comparing,
    packed,
    parse_dtype,
    restore,
    row_bytes,
    sound,
    store,
    unpacked,
)
from paritas.reference.vector_index_graph import METRICS, Links
from paritas.results import Filter, Metadata, VectorDocument, VectorIndexStats

AnyFilter = Filter | Callable[[DocId, Metadata | None], bool] | None
KINDS = ["flat", "hnsw", "auto"]
NAMES = ["options", "ids", "metadata", "rows", "scales", "squares", "full"]
GRAPH = ["graph", "levels", "links", "upper links", "signs"]
FILE = sections.FileKind(b"PVI1", 1, "vector index", NAMES + GRAPH)
OPTIONS = "<IBBBBIIIqQ"


class Entry(NamedTuple):
    stored: Stored
    full: list[float]
    metadata: Metadata | None


def _check(ok: bool, code: str, message: str) -> None:
    if not ok:
        raise ParitasError(code, message)


class VectorIndex:
    """Vectors by id, with metadata: exact search, or a walk through a graph."""

    def __init__(
        self,
        dim: int,
        metric: str = "cosine",
        dtype: str = "float32",
        kind: str = "auto",
        m: int = 16,
        ef_construction: int = 200,
        ef: int = 64,
        seed: int = 0,
        keep_full: bool = False,
    ) -> None:
        self._dim, self._metric, dtype, self._kind = whole(dim), text(metric), text(dtype), text(kind)
        self._graph = whole(m), whole(ef_construction), whole(ef), whole(seed)
        keep_full = flag(keep_full)
        _check(1 <= self._dim <= 65_536, "out_of_range", "dim must be from 1 to 65536")
        _check(self._metric in METRICS, "invalid_argument", "metric must be cosine, dot, l2 or euclidean")
        self._dtype = parse_dtype(dtype, True)
        self._compare = comparing(self._dtype, METRICS[self._metric])
        _check(self._kind in KINDS, "invalid_argument", "kind must be flat, hnsw or auto")
        plain = self._kind != "hnsw" or self._dtype == "float32"
        _check(plain, "invalid_argument", "a graph needs the dtype float32: kind must be flat or auto")
        m, ef_construction, ef, _ = self._graph
        _check(2 <= m <= 256, "out_of_range", "m must be from 2 to 256")
        _check(1 <= ef_construction <= 2**20, "out_of_range", "ef_construction must be from 1 to 1048576")
        _check(1 <= ef <= 2**20, "out_of_range", "ef must be from 1 to 1048576")
        self._keep_full = keep_full
        self._entries: dict[DocId, Entry] = {}
        self._holes = 0  # rows that the native index has not dropped yet; those of a graph are counted there
        self._links = self._new_links() if self._kind == "hnsw" else None

    def _new_links(self) -> Links:
        m, ef_construction, _, seed = self._graph
        return Links(self._dim, self._metric, m, ef_construction, seed)

    # ---- changes

    def _stored(self, rows: Rows, which: list[int]) -> dict[int, Stored]:
        if rows.rows:
            self._fit(rows.dim)
        for i, row in enumerate(rows.rows):
            _finite(row, i)
        return {i: store(self._dtype, rows.rows[i], i) for i in which}

    def _fit(self, dim: int) -> None:
        _check(dim == self._dim, "dimension_mismatch", f"a vector must have {self._dim} values, not {dim}")

    def _remove(self, doc_id: DocId) -> bool:
        if self._entries.pop(doc_id, None) is None:
            return False
        if self._links is None:
            self._holes += 1
        else:
            self._links.remove(doc_id)
        return True

    def _shrink(self) -> None:
        if self._holes * 4 > self._holes + len(self._entries):
            self._holes = 0

    def add(self, id: DocId, vector: Any, metadata: Metadata | None = None) -> bool:
        """Adds a vector, or replaces the one of that id, which moves to the end. True if the id is new."""
        name, values = as_id(id), one_row(vector)
        known = None if metadata is None else checked(metadata)
        new = name not in self._entries
        self._add([name], values, [known], "replace")
        return new

    upsert = add

    def add_batch(
        self,
        ids: Iterable[DocId],
        vectors: Any,
        metadatas: Iterable[Metadata | None] | None = None,
        on_duplicate: str = "replace",
        threads: int = 0,
    ) -> int:
        """Adds or replaces many vectors; returns how many. An error changes nothing."""
        rows = matrix(vectors)
        on_duplicate, threads, names = text(on_duplicate), whole(threads), as_ids(ids)
        known: list[Metadata | None] = [None] * len(names)
        if metadatas is not None:
            if isinstance(metadatas, str | bytes) or not isinstance(metadatas, Iterable):
                needed = "a sequence of dicts as metadatas is needed"
                raise ParitasTypeError("invalid_argument", f"{needed}, not {type(metadatas).__name__}")
            known = [None if item is None else checked(item) for item in metadatas]
        if on_duplicate not in ("replace", "keep", "error"):
            raise ParitasError("invalid_argument", 'on_duplicate must be "replace", "keep" or "error"')
        checked_threads(threads)
        if not len(names) == len(rows.rows) == len(known):
            raise ParitasError("length_mismatch", "ids, vectors and metadatas must be of one length")
        return self._add(names, rows, known, on_duplicate)

    def _add(self, names: list[DocId], rows: Rows, known: list[Metadata | None], on_duplicate: str) -> int:
        which = list(range(len(names)))
        if on_duplicate != "replace":
            which = []
            for i, name in enumerate(names):
                if name not in self._entries and name not in names[:i]:
                    which.append(i)
                elif on_duplicate == "error":
                    raise ParitasError("duplicate_key", "an id must stand once and be new: nothing was added", i)
        stored = self._stored(rows, which)
        added = len(which)
        if self._links is not None:  # what is replaced leaves it first: the new rows stand in a row
            which = sorted({names[i]: i for i in which}.values())
            for i in which:
                self._remove(names[i])
        for i in which:
            self._remove(names[i])
            self._entries[names[i]] = Entry(stored[i], rows.rows[i], known[i])
        self._shrink()
        if self._links is not None:
            self._links.add((names[i], rows.rows[i]) for i in which)
        elif self._kind == "auto" and self._dtype == "float32" and len(self) >= vector_index_graph.GRAPH_FROM:
            self._holes = 0
            self._links = self._new_links()
            self._links.add((name, list(entry.stored.values)) for name, entry in self._entries.items())
        return added

    def remove(self, id: DocId) -> bool:
        """Removes a vector. True if there was one."""
        return self.remove_many([as_id(id)]) == 1

    def remove_many(self, ids: Iterable[DocId]) -> int:
        """Removes vectors; returns how many there were."""
        removed = sum(map(self._remove, as_ids(ids)))
        self._shrink()
        return removed

    def clear(self) -> None:
        """Removes all vectors."""
        self._entries.clear()
        self._holes = 0
        self._links = self._new_links() if self._kind == "hnsw" else None

    def compact(self) -> None:
        """Gives back the memory of what was removed; a graph is built anew."""
        self._holes = 0
        if self._links is not None:
            self._links.compact()

    # ---- queries

    def _allowed(self, filter: Any) -> Callable[[DocId], bool]:
        if filter is None:
            return lambda doc_id: True
        if not isinstance(filter, dict) and callable(filter):
            chosen = {doc_id for doc_id, entry in self._entries.items() if filter(doc_id, entry.metadata)}
            return chosen.__contains__
        if not isinstance(filter, dict):
            needed = "a dict or a callable as filter is needed"
            raise ParitasTypeError("invalid_argument", f"{needed}, not {type(filter).__name__}")
        test = compiled(filter)
        return lambda doc_id: test(self._entries[doc_id].metadata or {})

    def _search(
        self, rows: Rows, k: Any, filter: Any, ef: Any, exact: Any, rescore: Any, threads: Any
    ) -> list[list[tuple[DocId, float]]]:
        k, rescore, threads, exact = whole(k), whole(rescore), whole(threads), flag(exact)
        allowed = self._allowed(filter)
        ef = None if ef is None else whole(ef)
        _check(k >= 0, "invalid_argument", "k must be at least 0")
        _check(ef is None or ef >= 1, "invalid_argument", "ef must be at least 1")
        _check(rescore >= 0, "invalid_argument", "rescore must be at least 0")
        again = rescore > 0 and self._dtype != "float32"
        _check(not again or self._keep_full, "invalid_argument", "rescore needs an index with keep_full")
        if rows.rows:
            self._fit(rows.dim)
        checked_threads(threads)
        asked = []
        for i, row in enumerate(rows.rows):
            _finite(row, i)
            asked.append(store(self._dtype, row, i))
        names = [name for name in self._entries if allowed(name)]
        if self._links is not None and not exact and self._links.walks(len(names)):
            return [self._walk(row, k, ef or self._graph[2], names) for row in rows.rows]
        entries = [self._entries[name] for name in names]
        plain = comparing("float32", METRICS[self._metric])
        out = []
        for query, values in zip(asked, rows.rows, strict=True):
            found = best(
                [(i, self._compare(query, entry.stored, self._dim)) for i, entry in enumerate(entries)],
                k * rescore if again else k,
                None,
            )
            if again:
                full = [(i, plain(Stored(values), Stored(entries[i].full), self._dim)) for i, _ in found]
                found = best(full, k, None)
            out.append([(names[i], score) for i, score in found])
        return out

    def _walk(self, query: list[float], k: int, ef: int, names: list[DocId]) -> list[tuple[DocId, float]]:
        assert self._links is not None
        order = {name: i for i, name in enumerate(self._entries)}
        found = sorted(self._links.walk(query, k, ef, names), key=order.__getitem__)
        scores = [self._compare(Stored(query), self._entries[name].stored, self._dim) for name in found]
        return [(found[i], score) for i, score in best(list(enumerate(scores)), k, None)]

    def query(
        self,
        vector: Any,
        k: int = 10,
        filter: AnyFilter = None,
        ef: int | None = None,
        exact: bool = False,
        rescore: int = 0,
    ) -> list[tuple[DocId, float]]:
        """The best (id, score) pairs: score descending, then order of adding; k, or all that pass."""
        return self._search(one_row(vector), k, filter, ef, exact, rescore, 0)[0]

    def query_batch(
        self,
        vectors: Any,
        k: int = 10,
        filter: AnyFilter = None,
        ef: int | None = None,
        exact: bool = False,
        rescore: int = 0,
        threads: int = 0,
    ) -> list[list[tuple[DocId, float]]]:
        """The results of query for each row, on one state of the index."""
        return self._search(matrix(vectors), k, filter, ef, exact, rescore, threads)

    def query_batch_arrays(
        self,
        vectors: Any,
        k: int = 10,
        filter: AnyFilter = None,
        ef: int | None = None,
        exact: bool = False,
        rescore: int = 0,
        threads: int = 0,
    ) -> Any:
        """The results of query_batch as int64 positions among ids(), -1 where there are fewer, and float64 scores."""
        found = self._search(matrix(vectors), k, filter, ef, exact, rescore, threads)
        numpy = arrays()
        columns = min(whole(k), len(self._entries))
        positions = numpy.full((len(found), columns), -1, numpy.int64)
        scores = numpy.zeros((len(found), columns), numpy.float64)
        place = {name: i for i, name in enumerate(self._entries)}
        for row, hits in enumerate(found):
            for column, (name, score) in enumerate(hits):
                positions[row, column], scores[row, column] = place[name], score
        return positions, scores

    # ---- contents

    def count(self) -> int:
        """How many vectors there are."""
        return len(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def contains(self, id: DocId) -> bool:
        """Whether there is a vector of that id."""
        return as_id(id) in self._entries

    def get(self, id: DocId) -> VectorDocument | None:
        """The VectorDocument of that id, or None."""
        name = as_id(id)
        entry = self._entries.get(name)
        if entry is None:
            return None
        values = entry.full if self._keeps_full() else restore(self._dtype, entry.stored, self._dim)
        metadata = None if entry.metadata is None else checked(entry.metadata)
        return VectorDocument(name, as_array([values], self._dim)[0], metadata)

    def ids(self) -> list[DocId]:
        """All ids in order of adding."""
        return list(self._entries)

    def stats(self) -> VectorIndexStats:
        """What the index holds; memory is not measured here and is 0."""
        kind = self._metric, self._dtype, self._kind
        holes = self._holes if self._links is None else self._links.holes
        path: Literal["exact", "graph"] = "exact" if self._links is None else "graph"
        return VectorIndexStats(len(self._entries), holes, self._dim, *kind, path, 0, 0, 0)

    # ---- files

    def _keeps_full(self) -> bool:
        return self._keep_full and self._dtype != "float32"

    def _square(self, stored: Stored) -> bytes:
        """What stands beside a row: S_vv, or the sum of the squared whole numbers."""
        if isinstance(stored.values, bytes):
            return b""
        if self._dtype == "int8":
            return struct.pack("<I", int(sum(value * value for value in stored.values)))
        return struct.pack("<f", dot(stored.values, stored.values))

    def _options(self, count: int) -> bytes:
        codes = list(METRICS).index(self._metric), DTYPES.index(self._dtype), KINDS.index(self._kind)
        return struct.pack(OPTIONS, self._dim, *codes, self._keep_full, *self._graph, count)

    def to_bytes(self) -> bytes:
        """The index in one form, the same on every target: equal vectors in equal order give equal bytes, or, with a
        graph, equal histories."""
        keys = [key_of(name) for name in self._entries]
        entries = list(self._entries.values())
        graph = [b""] * len(GRAPH)
        if self._links is not None:
            keys = [b"" if name is None else key_of(name) for name in self._links.names]
            pairs = zip(self._links.names, self._links.rows, strict=True)
            entries = [Entry(Stored(row), row, None) if name is None else self._entries[name] for name, row in pairs]
            graph = hnsw_file.graph_sections(self._links.graph)
        scales = (struct.pack("<f", entry.stored.scale) for entry in entries)
        extras = (b"\x00" if e.metadata is None else optional(encoded(e.metadata)) for e in entries)
        parts = [
            self._options(len(keys)),
            b"".join(map(counted, keys)),
            b"".join(extras),
            b"".join(packed(self._dtype, entry.stored) for entry in entries),
            b"".join(scales) if self._dtype == "int8" else b"",
            b"".join(self._square(entry.stored) for entry in entries),
            b"".join(packed("float32", Stored(entry.full)) for entry in entries) if self._keeps_full() else b"",
        ]
        return sections.written(FILE, parts + graph)

    @staticmethod
    def from_bytes(data: bytes) -> "VectorIndex":
        """The index of to_bytes. Errors: corrupt_data for any other bytes."""
        try:
            view = memoryview(data).cast("B")
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        return _read(bytes(view))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes to_bytes() to a file, which is replaced at once or not at all."""
        write_whole(path, self.to_bytes())

    @staticmethod
    def load(path: str | os.PathLike[str], mmap: bool = True, verify: bool = True) -> "VectorIndex":
        """The index that save wrote. It is read whole here."""
        flag(mmap), flag(verify)
        return VectorIndex.from_bytes(read_whole(path))

    def __reduce__(self) -> tuple[Any, ...]:
        return VectorIndex.from_bytes, (self.to_bytes(),)


def one_row(items: Any) -> Rows:
    values = vector(items)
    return Rows([values], len(values), 1)


def optional(data: bytes) -> bytes:
    return varint(len(data) + 1) + data


def _finite(row: list[float], number: int) -> None:
    if not all(map(math.isfinite, row)):
        raise ParitasError("invalid_argument", f"row {number} must have neither NaN nor infinities", number)


def _read(data: bytes) -> VectorIndex:
    parts = dict(zip(FILE.sections, sections.opened(FILE, data), strict=True))

    def need(ok: bool, name: str) -> None:
        if not ok:
            raise sections.damaged(FILE, parts[name])

    head = parts["options"].data
    need(len(head) == struct.calcsize(OPTIONS), "options")
    dim, metric, dtype_code, kind, keep_full, m, ef_construction, ef, seed, count = struct.unpack(OPTIONS, head)
    need(metric < 4 and dtype_code < 4 and kind < 3 and keep_full < 2 and count < 2**32 - 1, "options")
    dtype = DTYPES[dtype_code]
    try:
        names = list(METRICS)[metric], dtype, KINDS[kind]
        index = VectorIndex(dim, *names, m, ef_construction, ef, seed, bool(keep_full))
    except ParitasError:
        raise sections.damaged(FILE, parts["options"]) from None
    keeps = index._keeps_full()
    widths = {
        "rows": row_bytes(dtype, dim),
        "scales": 4 if dtype == "int8" else 0,
        "squares": 0 if dtype == "binary" else 4,
        "full": 4 * dim if keeps else 0,
    }
    for name, width in widths.items():
        need(len(parts[name].data) == width * count, name)
    graph = [parts[name].data for name in GRAPH]
    if KINDS[kind] == "hnsw" or (KINDS[kind] == "auto" and dtype == "float32" and graph[0]):
        bad = hnsw_file.damaged_part(graph)
        need(bad is None, GRAPH[bad or 0])
        index._links = index._new_links()
        need(hnsw_file.read_graph(graph, index._links.graph) and len(index._links.graph.levels) == count, "graph")
    for name, data in zip(GRAPH, graph, strict=True):
        need(index._links is not None or not data, name)
    ids, extras = Reader(parts["ids"].data), Reader(parts["metadata"].data)
    known: list[tuple[DocId | None, Metadata | None]] = []
    seen: set[DocId] = set()
    at = "ids"
    try:
        for slot in range(count):
            at = "ids"
            if index._links is not None and not index._links.graph.alive(slot):
                need(ids.counted() == b"", "ids")
                at = "metadata"
                need(extras.varint() == 0, "metadata")
                known.append((None, None))
                continue
            doc_id = read_id(ids.counted())
            need(doc_id not in seen, "ids")
            seen.add(doc_id)
            at = "metadata"
            size = extras.varint()
            known.append((doc_id, None if size == 0 else decoded(extras.take(size - 1))))
        at = "ids"
        ids.end()
        at = "metadata"
        extras.end()
    except Damaged:
        raise sections.damaged(FILE, parts[at]) from None
    for i, (name_or_hole, metadata) in enumerate(known):
        piece = {name: parts[name].data[i * width : (i + 1) * width] for name, width in widths.items()}
        scale = struct.unpack("<f", piece["scales"])[0] if dtype == "int8" else 0.0
        need(math.isfinite(scale) and math.copysign(1.0, scale) > 0.0, "scales")
        need(sound(dtype, piece["rows"], dim), "rows")
        stored = unpacked(dtype, piece["rows"], dim, scale)
        need(index._square(stored) == piece["squares"], "squares")
        need(dtype in ("int8", "binary") or all(map(math.isfinite, stored.values)), "rows")
        full = list(struct.unpack(f"<{dim}f", piece["full"])) if keeps else []
        if keeps:
            need(all(map(math.isfinite, full)), "full")
            try:
                again = store(dtype, full, 0)
            except ParitasError:
                raise sections.damaged(FILE, parts["full"]) from None
            need(packed(dtype, again) == piece["rows"] and again.scale == scale, "full")
        if index._links is not None:
            index._links.place(name_or_hole, list(stored.values))
        if name_or_hole is not None:
            index._entries[name_or_hole] = Entry(stored, full, metadata)
    return index
