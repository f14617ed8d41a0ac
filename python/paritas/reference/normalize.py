"""norm, normalize and their batches, as core/src/vectors/normalize.cpp computes them."""

import math
from typing import Any

from paritas.errors import ParitasError
from paritas.reference import lanes
from paritas.reference.convert import whole
from paritas.reference.floats import as_array, float32, matrix, require_numpy, vector


def norm_of(v: lanes.Vector) -> float:
    total = lanes.dot(v, v)
    return float32(math.sqrt(total if lanes.normal(total) else lanes.wide_dot(v, v)))


def normalized(v: list[float]) -> list[float]:
    total = lanes.dot(v, v)
    if lanes.normal(total):
        inverse = float32(1.0 / math.sqrt(total))
        return [float32(x * inverse) for x in v]
    root = math.sqrt(lanes.wide_dot(v, v))
    return list(v) if root == 0.0 else [float32(x / root) for x in v]


def norm(v: Any) -> float:
    return norm_of(vector(v))


def normalize(v: Any) -> Any:
    return require_numpy().array(normalized(vector(v)), dtype="float32")


def checked_threads(threads: Any) -> int:
    """One thread is all there is here; the argument is checked all the same."""
    count = whole(threads)
    if count < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    return count


def normalize_batch(m: Any, *, threads: int = 0) -> Any:
    rows = matrix(m)
    checked_threads(threads)
    return as_array([normalized(row) for row in rows.rows], rows.dim)


def _writable(array: Any, dimensions: int) -> Any:
    numpy = require_numpy()
    try:
        view = memoryview(array)
    except (TypeError, ValueError):
        view = None
    good = view is not None and view.format in ("f", "<f") and not view.readonly and view.c_contiguous
    if view is None or not good or view.ndim != dimensions:
        raise ParitasError(
            "invalid_argument", f"a writable, contiguous float32 array of {dimensions} dimensions is needed"
        )
    return numpy.asarray(view)


def normalize_inplace(v: Any) -> float:
    values = _writable(v, 1)
    length = norm_of(values.tolist())
    values[:] = normalized(values.tolist())
    return length


def normalize_batch_inplace(m: Any, *, threads: int = 0) -> Any:
    rows = _writable(m, 2)
    checked_threads(threads)
    norms = [norm_of(row) for row in rows.tolist()]
    for i, row in enumerate(rows.tolist()):
        rows[i] = normalized(row)
    return require_numpy().array(norms, dtype="float32")


batch_normalize_vectors = normalize_batch
