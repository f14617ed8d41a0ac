"""Vectors in fewer bits, as core/src/vectors/{stored,quantize}.cpp keep and compare them."""

import math
import struct
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import lanes, sections
from paritas.reference.convert import text, whole
from paritas.reference.cosine import cosine_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, as_array, float32, matrix, real_number, require_numpy
from paritas.reference.metric import parse_metric, same_dimension
from paritas.reference.normalize import checked_threads

DTYPES = ["float32", "float16", "int8", "binary"]
LIMIT = 131_072
FILE = sections.FileKind(b"PQV1", 1, "quantised vectors", ["shape", "data", "scales"])
_ITEMS = {"float16": "<f2", "int8": "int8", "binary": "uint8"}


class Stored(NamedTuple):
    """One vector: whole numbers and their scale, float32 values, or packed bits."""

    values: Sequence[float] | bytes
    scale: float = 0.0


def parse_dtype(dtype: Any, float32_too: bool = False) -> str:
    name = text(dtype)
    if name not in DTYPES or (name == "float32" and not float32_too):
        allowed = "float32, float16, int8 or binary" if float32_too else "int8, float16 or binary"
        raise ParitasError("invalid_argument", f"dtype must be {allowed}")
    return name


def store(dtype: str, vector: Sequence[float], row: int) -> Stored:
    if dtype == "int8":
        return _whole(vector, row)
    if dtype == "float16":
        return Stored([_half(value, row, column) for column, value in enumerate(vector)])
    if dtype == "binary":
        bits = [value > 0.0 for value in vector] + [False] * (-len(vector) % 8)
        return Stored(
            bytes(sum(bit << (7 - i) for i, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8))
        )
    return Stored(vector)


def _whole(vector: Sequence[float], row: int) -> Stored:
    if not all(map(math.isfinite, vector)):
        raise ParitasError("not_finite", f"row {row} must have neither NaN nor infinities", row)
    scale = float32(max(map(abs, vector), default=0.0) / 127.0)
    if scale == 0.0:
        return Stored([0] * len(vector), 0.0)
    quotients = (max(-127.0, min(127.0, float32(value / scale))) for value in vector)
    return Stored([round(quotient) for quotient in quotients], scale)  # ties to even


def _half(value: float, row: int, column: int) -> float:
    if math.isfinite(value) and abs(value) >= 65520.0:
        raise ParitasError("out_of_range", f"row {row}, column {column} must fit into a 16-bit float", row)
    return math.nan if math.isnan(value) else cast(float, struct.unpack("<e", struct.pack("<e", value))[0])


def restore(dtype: str, stored: Stored, dim: int) -> list[float]:
    values = stored.values
    if dtype == "int8":
        return [float32(value * stored.scale) for value in values]
    if isinstance(values, bytes):
        return [1.0 if values[i // 8] & (0x80 >> i % 8) else -1.0 for i in range(dim)]
    return list(values)


def packed(dtype: str, stored: Stored) -> bytes:
    """The bytes of one row."""
    values = stored.values
    if isinstance(values, bytes):
        return values
    if dtype == "int8":
        return struct.pack(f"{len(values)}b", *values)
    if dtype == "float16":
        return b"".join(b"\x00\x7e" if math.isnan(value) else struct.pack("<e", value) for value in values)
    return struct.pack(f"<{len(values)}f", *values)


def unpacked(dtype: str, data: bytes, dim: int, scale: float) -> Stored:
    if dtype == "binary":
        return Stored(data)
    form = {"int8": "b", "float16": "e", "float32": "f"}[dtype]
    return Stored(list(struct.unpack(f"<{dim}{form}", data)), scale)


def row_bytes(dtype: str, dim: int) -> int:
    return (dim + 7) // 8 if dtype == "binary" else dim * {"int8": 1, "float16": 2, "float32": 4}[dtype]


def sound(dtype: str, data: bytes, dim: int) -> bool:
    """Whether store could have written this row."""
    if dtype == "int8":
        return 0x80 not in data
    return dtype != "binary" or dim % 8 == 0 or data[-1] & (0xFF >> dim % 8) == 0


Compare = Callable[[Stored, Stored, int], float]


def comparing(dtype: str, metric: str) -> Compare:
    """The score of two vectors; a distance is negated."""
    if dtype == "binary":
        if metric != "cosine":
            raise ParitasError("invalid_argument", "binary vectors are compared by cosine alone")
        return lambda a, b, dim: float32((dim - 2 * differing(cast(bytes, a.values), cast(bytes, b.values))) / dim)
    if dtype == "int8":
        return lambda a, b, dim: _whole_score(a, b, metric)
    pair = {"cosine": cosine_of, "dot": dot_of, "euclidean": euclidean_of, "squared_euclidean": squared_of}[metric]
    negate = metric in ("euclidean", "squared_euclidean")
    return lambda a, b, dim: 0.0 - pair(_floats(a), _floats(b)) if negate else pair(_floats(a), _floats(b))


def _floats(stored: Stored) -> lanes.Vector:
    return cast(lanes.Vector, stored.values)


def _whole_score(a: Stored, b: Stored, metric: str) -> float:
    t = int(sum(x * y for x, y in zip(a.values, b.values, strict=True)))
    if metric == "dot":
        return float32(float32(t) * float32(a.scale * b.scale)) + 0.0 if t else 0.0
    aa, bb = (int(sum(x * x for x in side.values)) for side in (a, b))
    if metric == "cosine":
        return float32(t / math.sqrt(float(aa) * float(bb))) + 0.0 if aa and bb else 0.0
    sa, sb = a.scale, b.scale
    distance = max(0.0, (aa * (sa * sa) + bb * (sb * sb)) - 2.0 * (t * (sa * sb)))
    return 0.0 - float32(math.sqrt(distance) if metric == "euclidean" else distance)


def differing(a: bytes, b: bytes) -> int:
    return sum((x ^ y).bit_count() for x, y in zip(a, b, strict=True))


class QuantizedVectors:
    """Vectors in fewer bits: dtype, dim, count, data, scales, nbytes."""

    def __init__(self) -> None:
        raise TypeError("paritas.QuantizedVectors: quantize() makes one")

    @classmethod
    def _make(cls, dtype: str, dim: int, rows: list[Stored]) -> "QuantizedVectors":
        self = object.__new__(cls)
        self._dtype, self._dim, self._rows = dtype, dim, rows
        return self

    _dtype: str
    _dim: int
    _rows: list[Stored]

    @property
    def dtype(self) -> str:
        """ "int8", "float16" or "binary"."""
        return self._dtype

    @property
    def dim(self) -> int:
        """Values in a vector."""
        return self._dim

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return len(self._rows)

    @property
    def data(self) -> Any:
        """A read-only view: int8 or float16 (count, dim), or uint8 (count, (dim + 7) // 8)."""
        array = require_numpy().frombuffer(self._data(), _ITEMS[self._dtype])
        width = row_bytes("binary", self._dim) if self._dtype == "binary" else self._dim
        return array.reshape(len(self._rows), width)

    @property
    def scales(self) -> Any:
        """A read-only view: float32 (count,) of int8, (0,) otherwise."""
        return require_numpy().frombuffer(self._scales(), "<f4")

    @property
    def nbytes(self) -> int:
        """Bytes of data and scales."""
        return len(self._data()) + len(self._scales())

    def dequantize(self) -> Any:
        """The values that the bits stand for, float32 (count, dim): q * scale, the halves, or 1 and -1."""
        return as_array(self._values(), self._dim)

    def _values(self) -> list[list[float]]:
        return [restore(self._dtype, row, self._dim) for row in self._rows]

    def __getitem__(self, index: int) -> Any:
        index = whole(index)
        if not -len(self._rows) <= index < len(self._rows):
            raise IndexError(f"there are {len(self._rows)} vectors")
        return as_array([restore(self._dtype, self._rows[index], self._dim)], self._dim)[0]

    def __len__(self) -> int:
        return len(self._rows)

    def to_bytes(self) -> bytes:
        """The same bytes on every target."""
        shape = struct.pack("<BIQ", DTYPES.index(self._dtype), self._dim, len(self._rows))
        return sections.written(FILE, [shape, self._data(), self._scales()])

    @staticmethod
    def from_bytes(data: bytes) -> "QuantizedVectors":
        """The vectors of to_bytes. Errors: corrupt_data for any other bytes."""
        try:
            view = memoryview(data).cast("B")
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        return _read(bytes(view))

    def __reduce__(self) -> tuple[Any, ...]:
        return QuantizedVectors.from_bytes, (self.to_bytes(),)

    def _data(self) -> bytes:
        return b"".join(packed(self._dtype, row) for row in self._rows)

    def _scales(self) -> bytes:
        return b"".join(struct.pack("<f", row.scale) for row in self._rows) if self._dtype == "int8" else b""


def _read(data: bytes) -> QuantizedVectors:
    parts = sections.opened(FILE, data)
    shape, rows, scales = (part.data for part in parts)
    if len(shape) != 13 or not 1 <= shape[0] < len(DTYPES):
        raise sections.damaged(FILE, parts[0])
    kind, dim, count = struct.unpack("<BIQ", shape)
    dtype = DTYPES[kind]
    if dim > LIMIT:
        raise sections.damaged(FILE, parts[0])
    width = row_bytes(dtype, dim)
    if len(rows) != width * count or (width == 0 and count != 0):
        raise sections.damaged(FILE, parts[1])
    if len(scales) != (4 * count if dtype == "int8" else 0):
        raise sections.damaged(FILE, parts[2])
    steps = struct.unpack(f"<{count}f", scales) if scales else (0.0,) * count
    out = []
    for i, scale in enumerate(steps):
        row = rows[i * width : (i + 1) * width]
        if not (scale >= 0.0 and math.isfinite(scale)) or math.copysign(1.0, scale) < 0.0:
            raise sections.damaged(FILE, parts[2])
        if not sound(dtype, row, dim):
            raise sections.damaged(FILE, parts[1])
        out.append(unpacked(dtype, row, dim, scale))
    return QuantizedVectors._make(dtype, dim, out)


def quantize(vectors: Any, dtype: str = "int8") -> QuantizedVectors:
    rows = matrix(vectors)
    return quantized(rows, parse_dtype(dtype))


def quantized(rows: Rows, kind: str) -> QuantizedVectors:
    if rows.rows and rows.dim == 0:
        raise ParitasError("invalid_argument", "a vector must have at least 1 value to be quantised")
    if rows.dim > LIMIT:
        raise ParitasError("limit_exceeded", "a vector may have at most 131072 values")
    return QuantizedVectors._make(kind, rows.dim, [store(kind, row, i) for i, row in enumerate(rows.rows)])


def _bytes(value: Any) -> bytes:
    try:
        view = memoryview(value)
    except TypeError:
        view = None
    if view is None or view.itemsize != 1 or not view.c_contiguous:
        raise ParitasTypeError("invalid_argument", f"bytes or a uint8 array is needed, not {type(value).__name__}")
    return bytes(view)


def hamming_distance(a: Any, b: Any) -> int:
    x, y = _bytes(a), _bytes(b)
    if len(x) != len(y):
        raise ParitasError("length_mismatch", f"Vector length mismatch: {len(x)} vs {len(y)}")
    return differing(x, y)


def corpus_of(items: Any) -> Any:
    """QuantizedVectors as they are, or a matrix."""
    return items if isinstance(items, QuantizedVectors) else matrix(items)


def check_search(
    queries: Rows, rows: int, dim: int, k: int, threshold: float | None, rescore: Rows | None, oversample: int
) -> None:
    if k < 0:
        raise ParitasError("invalid_argument", "k must be at least 0")
    if threshold is not None and math.isnan(threshold):
        raise ParitasError("invalid_argument", "threshold must not be NaN")
    if rescore is not None and oversample < 1:
        raise ParitasError("invalid_argument", "oversample must be at least 1")
    if rescore is not None and (len(rescore.rows) != rows or (rows > 0 and rescore.dim != dim)):
        message = f"rescore must have the {rows} vectors of {dim} values that were quantised"
        raise ParitasError("length_mismatch", message)
    _same(queries, rows, dim)


def _same(queries: Rows, rows: int, dim: int) -> None:
    same_dimension(queries, Rows([[]] * rows, dim, 2))


def best(scored: list[tuple[int, float]], k: int, threshold: float | None) -> list[tuple[int, float]]:
    kept = [(row, value) for row, value in scored if threshold is None or value >= threshold]
    kept.sort(key=lambda hit: (math.isnan(hit[1]), 0.0 if math.isnan(hit[1]) else -hit[1], hit[0]))
    return kept[:k]


def search_quantized(
    queries: Rows,
    rows: QuantizedVectors,
    k: int,
    metric: str,
    threshold: Any,
    allowed: list[int],
    threads: int,
    rescore: Rows | None,
    oversample: int,
) -> list[list[tuple[int, float]]]:
    dtype, dim, items = rows._dtype, rows._dim, rows._rows
    least = None if threshold is None else real_number(threshold)
    check_search(queries, len(items), dim, k, least, rescore, oversample)
    compare = comparing(dtype, metric)
    checked_threads(threads)
    asked = [store(dtype, query, i) for i, query in enumerate(queries.rows)]
    exact = comparing("float32", metric)
    out = []
    for query, vector in zip(asked, queries.rows, strict=True):
        scored = [(row, compare(query, items[row], dim)) for row in allowed]
        if rescore is None:
            out.append(best(scored, k, least))
            continue
        found = best(scored, k * oversample, None)
        again = [(row, exact(Stored(vector), Stored(rescore.rows[row]), dim)) for row, _ in found]
        out.append(best(again, k, least))
    return out


def similarities(queries: Rows, rows: QuantizedVectors, normalize: bool, threads: int) -> Any:
    _same(queries, len(rows._rows), rows._dim)
    compare = comparing(rows._dtype, parse_metric("cosine" if normalize else "dot"))
    checked_threads(threads)
    asked = [store(rows._dtype, query, i) for i, query in enumerate(queries.rows)]
    return as_array([[compare(query, row, rows._dim) for row in rows._rows] for query in asked], len(rows._rows))
