"""What nearness means, and that two matrices fit, as core/src/vectors/{metric,matrix}.cpp say it."""

from collections.abc import Callable
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.floats import Rows

METRICS = {
    "cosine": "cosine",
    "Cosine": "cosine",
    "dot": "dot",
    "DotProduct": "dot",
    "euclidean": "euclidean",
    "Euclidean": "euclidean",
    "squared_euclidean": "squared_euclidean",
    "SquaredEuclidean": "squared_euclidean",
}
Pair = Callable[[Any, Any], float]


def parse_metric(metric: Any) -> str:
    if not isinstance(metric, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(metric).__name__}")
    if metric not in METRICS:
        raise ParitasError("invalid_argument", "metric must be cosine, dot, euclidean or squared_euclidean")
    return METRICS[metric]


def same_dimension(a: Rows, b: Rows) -> None:
    if a.rows and b.rows and a.dim != b.dim:
        raise ParitasError("length_mismatch", f"Vector length mismatch: {a.dim} vs {b.dim} in row 0")
