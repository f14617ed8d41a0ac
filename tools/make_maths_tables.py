"""Writes the tables of base/maths: core/src/base/maths_tables.hpp and python/paritas/reference/maths_tables.py.

Run it after changing a rule here; nothing but Python's decimal is needed. --check only compares.

Logarithms. The fraction m of x lies in [0.6875, 1.375). Its range is cut into 128 intervals by the upper bits of m,
80 of width 2^-8 below 1 and 48 of width 2^-7 from 1 on. For each: `inverse`, the reciprocal of its middle rounded to
21 bits (so that its products with the halves of m are exact), and log(1 / inverse) as `high`, a multiple of 2^-42 (so
that sums with whole numbers are exact), and `low`, the rest.
Exponential. 2^(i/128) as the nearest double and the relative rest: 2^(i/128) = power * (1 + rest).
"""

import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

getcontext().prec = 80
ROOT = Path(__file__).resolve().parent.parent
INTERVALS = 128
LN2 = Decimal(2).ln()


def nearest(value: Decimal) -> float:
    """The nearest double: Fraction divides integers with one rounding."""
    return float(Fraction(value))


def to_multiple(value: Decimal, bits: int) -> float:
    """The nearest multiple of 2^-bits, which the caller knows to be a double."""
    return float(Fraction(int((value * 2**bits).to_integral_value()), 2**bits))


def halves(value: Decimal, bits: int) -> tuple[float, float]:
    high = to_multiple(value, bits)
    return high, nearest(value - Decimal(high))


def intervals() -> list[tuple[float, float]]:
    below = [(0.6875 + i / 256, 0.6875 + (i + 1) / 256) for i in range(80)]
    above = [(1 + i / 128, 1 + (i + 1) / 128) for i in range(48)]
    return below + above


def log_rows() -> list[tuple[float, float, float, float, float]]:
    rows = []
    for start, end in intervals():
        middle = Fraction(start + end) / 2
        bits = 20 if middle < 1 else 21
        inverse = to_multiple(Decimal(middle.denominator) / Decimal(middle.numerator), bits)
        ln = -Decimal(inverse).ln()
        rows.append((inverse, *halves(ln, 42), *halves(ln / LN2, 42)))
    return rows


def exp_rows() -> list[tuple[float, float]]:
    rows = []
    for i in range(INTERVALS):
        exact = (LN2 * i / INTERVALS).exp()
        power = nearest(exact)
        rows.append((power, nearest(exact / Decimal(power) - 1)))
    return rows


def constants() -> dict[str, tuple[float, str]]:
    inverse = 1 / LN2
    ln2_high, ln2_low = halves(LN2, 42)
    log2_e_high, log2_e_low = halves(inverse, 17)
    step_high, step_low = halves(LN2 / INTERVALS, 42)
    return {
        "ln2_high": (ln2_high, "ln 2 to 42 bits: its product with an exponent is exact"),
        "ln2_low": (ln2_low, "the rest of it"),
        "log2_e": (nearest(inverse), "1 / ln 2"),
        "log2_e_high": (log2_e_high, "1 / ln 2 to 18 bits: its product with 35 bits is exact"),
        "log2_e_low": (log2_e_low, "the rest of it"),
        "steps": (nearest(INTERVALS / LN2), "128 / ln 2"),
        "step_high": (step_high, "ln 2 / 128 to 35 bits: its product with 18 bits is exact"),
        "step_low": (step_low, "the rest of it"),
    }


def series() -> dict[str, tuple[list[float], str]]:
    signs = [Decimal(1 if k % 2 else -1) for k in range(11)]
    return {
        "ln_terms": ([nearest(signs[k] / k) for k in range(2, 11)], "ln(1 + r): the factors of r^2 to r^10"),
        "log2_terms": ([nearest(signs[k] / k / LN2) for k in range(2, 11)], "log2(1 + r): the same"),
        "exp_terms": ([nearest(1 / Decimal(f)) for f in (2, 6, 24, 120, 720)], "exp(r): the factors of r^2 to r^6"),
    }


def camel(name: str) -> str:
    return "k" + "".join(part.capitalize() for part in name.split("_"))


def cpp() -> str:
    lines = ["// Written by tools/make_maths_tables.py, which says what the numbers are.", "#pragma once", ""]
    lines += ["namespace paritas::maths {", "", "// clang-format off"]
    lines += [f"inline constexpr double {camel(n)} = {v.hex()};  // {why}" for n, (v, why) in constants().items()]
    lines += [""]
    for name, (values, why) in series().items():
        lines += [f"// {why}.", f"inline constexpr double {camel(name)}[{len(values)}] = {{"]
        lines += [f"    {value.hex()}," for value in values] + ["};", ""]
    lines += ["inline constexpr double kLogInverse[128] = {"]
    lines += [f"    {row[0].hex()}," for row in log_rows()] + ["};", ""]
    lines += ["struct Halves {", "  double high;", "  double low;", "};", ""]
    for name, at in (("ln", 1), ("log2", 3)):
        lines += [f"inline constexpr Halves {camel(name)}[128] = {{"]
        lines += [f"    {{{row[at].hex()}, {row[at + 1].hex()}}}," for row in log_rows()] + ["};", ""]
    lines += ["struct Power {", "  double power;", "  double rest;", "};", ""]
    lines += ["inline constexpr Power kPowers[128] = {"]
    lines += [f"    {{{power.hex()}, {rest.hex()}}}," for power, rest in exp_rows()] + ["};", ""]
    lines += ["// clang-format on", "", "}  // namespace paritas::maths", ""]
    return "\n".join(lines)


def python() -> str:
    lines = ['"""Written by tools/make_maths_tables.py, which says what the numbers are."""', ""]
    lines += [f"{name.upper()} = {value!r}  # {why}" for name, (value, why) in constants().items()]
    for name, (values, why) in series().items():
        lines += [f"{name.upper()} = (  # {why}", *(f"    {value!r}," for value in values), ")"]
    lines += ["LOG_INVERSE = (", *(f"    {row[0]!r}," for row in log_rows()), ")"]
    for name, at in (("LN", 1), ("LOG2", 3)):
        lines += [f"{name} = (", *(f"    ({row[at]!r}, {row[at + 1]!r})," for row in log_rows()), ")"]
    lines += ["POWERS = (", *(f"    ({power!r}, {rest!r})," for power, rest in exp_rows()), ")", ""]
    return "\n".join(lines)


def main() -> int:
    files = {
        ROOT / "core/src/base/maths_tables.hpp": cpp(),
        ROOT / "python/paritas/reference/maths_tables.py": python(),
    }
    if "--check" not in sys.argv:
        for path, text in files.items():
            path.write_text(text)
        return 0
    stale = [str(path.relative_to(ROOT)) for path, text in files.items() if path.read_text() != text]
    if stale:
        print(f"stale: {', '.join(stale)}; run tools/make_maths_tables.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
