"""dot_product, as core/src/vectors/dot.cpp computes it."""

import math
from typing import Any

from paritas.errors import ParitasError
from paritas.reference import lanes
from paritas.reference.floats import float32, vector


def pair(a: Any, b: Any) -> tuple[list[float], list[float]]:
    x, y = vector(a), vector(b)
    if len(x) != len(y):
        raise ParitasError("length_mismatch", f"Vector length mismatch: {len(x)} vs {len(y)}")
    return x, y


def dot_of(a: lanes.Vector, b: lanes.Vector) -> float:
    total = lanes.dot(a, b)
    return total if math.isfinite(total) else float32(lanes.wide_dot(a, b)) + 0.0


def dot_product(a: Any, b: Any) -> float:
    return dot_of(*pair(a, b))
