"""cosine_similarity and cosine_distance, as core/src/vectors/cosine.cpp computes them."""

from typing import Any

from paritas.reference import lanes
from paritas.reference.dot import pair
from paritas.reference.floats import float32


def cosine_of(a: lanes.Vector, b: lanes.Vector) -> float:
    return float32(lanes.cosine(a, b)) + 0.0  # never -0.0


def gap_of(a: lanes.Vector, b: lanes.Vector) -> float:
    return float32(1.0 - lanes.cosine(a, b))


def cosine_similarity(a: Any, b: Any) -> float:
    return cosine_of(*pair(a, b))


def cosine_distance(a: Any, b: Any) -> float:
    return gap_of(*pair(a, b))
