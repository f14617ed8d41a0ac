"""The sums that every function on vectors is made of, as core/src/vectors/kernels.cpp takes them.

Float32 arithmetic in float64: a product, sum, difference or root of two float32 computed in float64 and rounded to
float32 is the correctly rounded float32 one, because 53 bits are at least 2 * 24 + 2.
"""

import math
from collections.abc import Callable, Iterable, Sequence

from paritas.reference import floats
from paritas.reference.floats import float32

LANES = 32
Vector = Sequence[float]


def fold(terms: Iterable[float], rounded: Callable[[float], float]) -> float:
    """Item i goes to lane i mod 32; lane j + half goes to lane j for 16, 8, 4, 2, 1."""
    lanes = [0.0] * LANES
    for i, term in enumerate(terms):
        lanes[i % LANES] = rounded(lanes[i % LANES] + term)
    for half in (16, 8, 4, 2, 1):
        for j in range(half):
            lanes[j] = rounded(lanes[j] + lanes[j + half])
    return lanes[0]


def dot(a: Vector, b: Vector) -> float:
    """S_ab in float32."""
    if len(a) > LANES and floats.numpy() is not None:
        return _fold_array(a, b, False)
    return fold((float32(x * y) for x, y in zip(a, b, strict=True)), float32)


def distance(a: Vector, b: Vector) -> float:
    """D in float32."""
    if len(a) > LANES and floats.numpy() is not None:
        return _fold_array(a, b, True)
    differences = (float32(x - y) for x, y in zip(a, b, strict=True))
    return fold((float32(d * d) for d in differences), float32)


def wide_dot(a: Vector, b: Vector) -> float:
    """S_ab in float64."""
    return fold((x * y for x, y in zip(a, b, strict=True)), float)


def wide_distance(a: Vector, b: Vector) -> float:
    """D in float64."""
    return fold(((x - y) * (x - y) for x, y in zip(a, b, strict=True)), float)


def _fold_array(a: Vector, b: Vector, difference: bool) -> float:
    """The same additions, 32 lanes at a time: NumPy rounds every float32 operation apart."""
    numpy = floats.numpy()
    with numpy.errstate(all="ignore"):
        x, y = numpy.asarray(a, "float32"), numpy.asarray(b, "float32")
        terms = (x - y) * (x - y) if difference else x * y
        lanes = numpy.zeros(LANES, "float32")
        for i in range(0, len(terms), LANES):
            block = terms[i : i + LANES]
            lanes[: len(block)] += block
        for half in (16, 8, 4, 2, 1):
            lanes[:half] += lanes[half : 2 * half]
        return float(lanes[0])


def normal(total: float) -> bool:
    """A float32 sum whose root and products have all their bits."""
    return 2.0**-96 <= total <= 2.0**120


def cosine(a: Vector, b: Vector) -> float:
    """The clamped cosine in float64."""
    ab, aa, bb = dot(a, b), dot(a, a), dot(b, b)
    if not (normal(aa) and normal(bb)):
        ab, aa, bb = wide_dot(a, b), wide_dot(a, a), wide_dot(b, b)
        if not (math.isfinite(aa) and math.isfinite(bb)):
            return math.nan
        if aa == 0.0 or bb == 0.0:
            return 0.0
    return max(-1.0, min(1.0, ab / math.sqrt(aa * bb)))
