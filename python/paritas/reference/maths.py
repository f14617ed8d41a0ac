"""log, log2 and exp with the core's bits: only + - * and exact scalings, in the order of core/src/base/maths.cpp."""

import math
from collections.abc import Sequence

from paritas.reference import maths_tables as tables


def log(x: float) -> float:
    """Natural logarithm; error below 0.52 ulp."""
    if _near_one(x):
        r = x - 1.0
        r2 = r * r
        return r + r2 * _nine_terms(tables.LN_TERMS, r, r2)
    if not 0.0 < x < math.inf:
        return _outside(x)
    exponent, at, high, low = _reduce(x)
    r = high + low
    r2 = r * r
    table_high, table_low = tables.LN[at]
    upper = (exponent * tables.LN2_HIGH + table_high) + high
    lower = ((exponent * tables.LN2_LOW + table_low) + low) + r2 * _seven_terms(tables.LN_TERMS, r, r2)
    return upper + lower


def log2(x: float) -> float:
    """Logarithm to base 2; the nearest float outside [0.6875, 1.375], error below 0.52 ulp inside."""
    if _near_one(x):
        r = x - 1.0
        r2 = r * r
        part = _upper_part(r)
        lower = part * tables.LOG2_E_LOW + (r - part) * tables.LOG2_E
        return part * tables.LOG2_E_HIGH + (lower + r2 * _nine_terms(tables.LOG2_TERMS, r, r2))
    if not 0.0 < x < math.inf:
        return _outside(x)
    exponent, at, high, low = _reduce(x)
    r = high + low
    r2 = r * r
    table_high, table_low = tables.LOG2[at]
    start = exponent + table_high
    linear = high * tables.LOG2_E_HIGH
    upper = start + linear
    lost = linear - (upper - start)
    small = (table_low + high * tables.LOG2_E_LOW) + low * tables.LOG2_E
    lower = (lost + small) + r2 * _seven_terms(tables.LOG2_TERMS, r, r2)
    if exponent == 0.0:
        return upper + lower
    # The true value lies within 2^-66 of upper + lower. Where both ends round alike, so does it.
    nearest = upper + (lower + 2.0**-66)
    return nearest if nearest == upper + (lower - 2.0**-66) else log2_exact(x)


def log2_exact(x: float) -> float:
    """The float nearest to log2(x), for x > 0 that is no power of two: squaring doubles a logarithm, and whether the
    square passes 2 is its next binary digit. 120 digits, then a 1 for what is left."""
    fraction, exponent = math.frexp(x)
    m = int(fraction * 2.0**53) << 75  # in [1, 2), with 127 bits after the point
    digits = exponent - 1
    for _ in range(120):
        m = m * m >> 127
        digits = digits << 1 | m >> 128
        m >>= m >> 128
    return float(digits << 1 | 1) * 2.0**-121  # int to float rounds to nearest


def exp(x: float) -> float:
    """e to the power of x; error below 0.52 ulp."""
    if not -746.0 < x < 710.0:
        return math.nan if math.isnan(x) else math.inf if x > 0.0 else 0.0
    steps = (x * tables.STEPS + 1.5 * 2.0**52) - 1.5 * 2.0**52  # rounds to a whole number
    r = (x - steps * tables.STEP_HIGH) - steps * tables.STEP_LOW
    r2 = r * r
    c = tables.EXP_TERMS
    exponent, at = divmod(int(steps), 128)
    power, rest = tables.POWERS[at]
    part = ((rest + r) + r2 * (c[0] + r * c[1])) + (r2 * r2) * ((c[2] + r * c[3]) + r2 * c[4])
    if -900 <= exponent <= 1022:  # below, scale * part would lose bits
        scale = math.ldexp(power, exponent)
        return scale + scale * part
    if exponent > 0:  # the last step may overflow, as it should
        scale = math.ldexp(power, 1022)
        return (scale + scale * part) * math.ldexp(1.0, exponent - 1022)
    # Towards subnormal results: 2^1022 times as large at first, and rounded once to what will be left of it.
    scale = math.ldexp(power, exponent + 1022)
    value = scale + scale * part
    if value < 1.0:
        lost = (scale - value) + scale * part
        above = 1.0 + value
        value = (above + (((1.0 - above) + value) + lost)) - 1.0
    return value * 2.0**-1022


def _near_one(x: float) -> bool:
    return 0.99609375 <= x < 1.0078125


def _outside(x: float) -> float:
    if x == 0.0:
        return -math.inf
    return math.inf if x > 0.0 else math.nan


def _upper_part(x: float) -> float:
    """The upper 21 bits of the fraction."""
    fraction, exponent = math.frexp(x)
    return math.ldexp(float(int(fraction * 2.0**21)), exponent - 21)


def _reduce(x: float) -> tuple[float, int, float, float]:
    """(exponent, at, high, low): x = m * 2^exponent, m in interval `at` of the tables, m * inverse = 1 + high + low."""
    m, exponent = math.frexp(x)
    if m < 0.6875:
        m, exponent = m * 2.0, exponent - 1
    at = int((m - 0.6875) * 256.0) if m < 1.0 else 80 + int((m - 1.0) * 128.0)
    inverse = tables.LOG_INVERSE[at]
    upper = _upper_part(m)
    return float(exponent), at, upper * inverse - 1.0, (m - upper) * inverse


def _seven_terms(c: Sequence[float], r: float, r2: float) -> float:
    return ((c[0] + r * c[1]) + r2 * (c[2] + r * c[3])) + (r2 * r2) * ((c[4] + r * c[5]) + r2 * c[6])


def _nine_terms(c: Sequence[float], r: float, r2: float) -> float:
    r4 = r2 * r2
    upper = ((c[4] + r * c[5]) + r2 * (c[6] + r * c[7])) + r4 * c[8]
    return ((c[0] + r * c[1]) + r2 * (c[2] + r * c[3])) + r4 * upper
