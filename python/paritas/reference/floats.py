"""How vectors and matrices come in: what targets/python/floats.cpp accepts and refuses, as lists of float32 values."""

import importlib
import math
import struct
from array import array
from functools import cache
from typing import Any, NamedTuple

from paritas.errors import ParitasError, ParitasTypeError


@cache
def numpy() -> Any:
    """NumPy, imported when first asked for; None where there is none: scalar functions and lists work without."""
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return None


class Rows(NamedTuple):
    """Rows of equal length; a vector is one row. An empty list is a vector without values and a matrix without rows."""

    rows: list[list[float]]
    dim: int
    rank: int
    empty_list: bool = False

    @property
    def matrix(self) -> "Rows":
        """What it is where a matrix is needed."""
        return Rows([], 0, 2) if self.empty_list else self


def float32(x: float) -> float:
    """The nearest float32, ties to even; infinity where it is too large, and one NaN for all."""
    if math.isnan(x):
        return math.nan
    try:
        return float(struct.unpack("<f", struct.pack("<f", x))[0])
    except OverflowError:
        return math.copysign(math.inf, x)


def require_numpy() -> Any:
    if numpy() is None:
        raise ParitasError("unsupported", "this function returns NumPy arrays: pip install numpy")
    return numpy()


def as_array(rows: list[list[float]], dim: int) -> Any:
    return require_numpy().array(rows, dtype="float32").reshape(len(rows), dim)


def real_number(item: Any) -> float:
    """A whole number is rounded to odd, so that its float32 is the nearest one and not rounded twice."""
    kind = type(item)
    is_complex = isinstance(item, complex) or (kind.__module__ == "numpy" and kind.__name__.startswith("complex"))
    if is_complex or isinstance(item, str | bytes):
        raise ParitasTypeError("invalid_argument", f"a real number is needed, not {type(item).__name__}")
    try:
        if isinstance(item, float) or not hasattr(item, "__index__"):
            return float(item)
        whole = item.__index__()
    except TypeError:
        raise ParitasTypeError("invalid_argument", f"a real number is needed, not {type(item).__name__}") from None
    try:
        value = float(whole)
    except OverflowError:
        return 1.7e308
    if abs(value) < 2.0**53 or int(value) == whole:
        return value
    odd = struct.unpack("<Q", struct.pack("<d", value))[0] & 1
    return value if odd else math.nextafter(value, math.inf if whole > int(value) else -math.inf)


def narrow(values: list[float], row: int | None = None) -> list[float]:
    out = [float32(value) for value in values]
    for column, (value, single) in enumerate(zip(values, out, strict=True)):
        if math.isinf(single) and math.isfinite(value):
            where = f"column {column}" if row is None else f"row {row}, column {column}"
            raise ParitasError("out_of_range", f"{where} must fit into a 32-bit float", column if row is None else row)
    return out


def _is_nested(item: Any) -> bool:
    if isinstance(item, list | tuple | array | memoryview | bytearray):
        return True
    return hasattr(item, "__array__") and getattr(item, "ndim", 0) > 0


def _read_array(items: Any) -> Rows:
    if items.dtype.kind not in "fiub" or items.dtype.itemsize > 8:
        raise ParitasTypeError("invalid_argument", f"numbers are needed, not items of dtype {items.dtype}")
    if items.ndim not in (1, 2):
        raise ParitasError("invalid_argument", f"a vector has 1 dimension and a matrix 2, not {items.ndim}")
    with numpy().errstate(over="ignore"):
        single = items.astype("float32")
    beyond = numpy().argwhere(numpy().isinf(single) & numpy().isfinite(items))
    if len(beyond) > 0 and items.ndim == 1:
        raise ParitasError("out_of_range", f"column {beyond[0][0]} must fit into a 32-bit float", int(beyond[0][0]))
    if len(beyond) > 0:
        row, column = (int(at) for at in beyond[0])
        raise ParitasError("out_of_range", f"row {row}, column {column} must fit into a 32-bit float", row)
    rows = single.tolist()
    return Rows([rows] if items.ndim == 1 else rows, items.shape[-1], items.ndim)


def _read_buffer(items: memoryview) -> Rows:
    if items.format.lstrip("@=<>!") not in {*"efdbhilqnBHILQN?"}:
        raise ParitasTypeError("invalid_argument", f"numbers are needed, not items of format {items.format}")
    if items.ndim not in (1, 2):
        raise ParitasError("invalid_argument", f"a vector has 1 dimension and a matrix 2, not {items.ndim}")
    values: Any = items.tolist()
    dim = (items.shape or (0,))[-1]
    if items.ndim == 1:
        return Rows([narrow([real_number(item) for item in values])], dim, 1)
    return Rows([narrow([real_number(item) for item in row], i) for i, row in enumerate(values)], dim, 2)


def read(items: Any) -> Rows:
    """A vector or a matrix."""
    if items is None or isinstance(items, str | bytes | dict):
        raise ParitasTypeError(
            "invalid_argument", f"a vector or a matrix of numbers is needed, not {type(items).__name__}"
        )
    if numpy() is not None and (hasattr(items, "__array__") or isinstance(items, memoryview)):
        return _read_array(numpy().asarray(items))
    if isinstance(items, memoryview | array | bytearray):
        return _read_buffer(memoryview(items))
    if not hasattr(items, "__getitem__"):
        raise ParitasTypeError(
            "invalid_argument", f"a vector or a matrix of numbers is needed, not {type(items).__name__}"
        )
    values = list(items)
    if not values or not _is_nested(values[0]):
        return Rows([narrow([real_number(item) for item in values])], len(values), 1, not values)
    rows: list[list[float]] = []
    for i, item in enumerate(values):
        if not _is_nested(item):
            raise ParitasError("invalid_argument", f"row {i} must be a vector", i)
        try:
            row = read(item)
        except ParitasError as error:
            glue = ", " if error.code == "out_of_range" else ": "
            raise type(error)(error.code, f"row {i}{glue}{error}", i) from None
        if row.rank != 1:
            raise ParitasError("invalid_argument", f"row {i} must be a vector", i)
        if rows and row.dim != len(rows[0]):
            raise ParitasError(
                "invalid_argument", f"row {i} must have {len(rows[0])} values as row 0 has, not {row.dim}", i
            )
        rows += row.rows
    return Rows(rows, len(rows[0]), 2)


def vector(items: Any) -> list[float]:
    """Only a vector."""
    out = read(items)
    if out.rank != 1:
        raise ParitasError("invalid_argument", "a vector of 1 dimension is needed, not a matrix")
    return out.rows[0]


def matrix(items: Any) -> Rows:
    """Only a matrix."""
    out = read(items).matrix
    if out.rank != 2:
        raise ParitasError("invalid_argument", "a matrix of 2 dimensions is needed, not a vector")
    return out
