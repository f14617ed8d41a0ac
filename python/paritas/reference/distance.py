"""squared_euclidean and euclidean_distance, as core/src/vectors/distance.cpp computes them."""

import math
from typing import Any

from paritas.reference import lanes
from paritas.reference.dot import pair
from paritas.reference.floats import float32


def squared_of(a: lanes.Vector, b: lanes.Vector) -> float:
    total = lanes.distance(a, b)
    return total if lanes.normal(total) else float32(lanes.wide_distance(a, b))


def euclidean_of(a: lanes.Vector, b: lanes.Vector) -> float:
    total = lanes.distance(a, b)
    return float32(math.sqrt(total if lanes.normal(total) else lanes.wide_distance(a, b)))


def squared_euclidean(a: Any, b: Any) -> float:
    return squared_of(*pair(a, b))


def euclidean_distance(a: Any, b: Any) -> float:
    return euclidean_of(*pair(a, b))


squared_euclidean_distance = squared_euclidean
