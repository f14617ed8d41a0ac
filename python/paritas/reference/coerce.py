"""coerce_string_type, as core/src/repair/coerce.cpp computes it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.json_scan import NUMBER, is_valid_json
from paritas.reference.normalize_text import count_of_threads
from paritas.reference.white_space import WHITE_SPACE
from paritas.results_repair import CoercedValue

WORDS = {"true": "true", "false": "false", "True": "true", "False": "false", "null": "null", "None": "null"}
MAX_DIGITS = 17  # as many as a double may need
ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def coerce_string_type(s: str) -> CoercedValue:
    """What a string says: a number, a boolean, null, a JSON object or array; else it is a string.

    White space around it does not count. A number is one of JSON with at most 17 significant digits that fits into a
    double: "007", "+1", "1e400" and "nan" stay strings. `json` has the number as it was written; `exact` is False where
    its double has other digits.
    """
    s = as_text(s)
    trimmed = s.strip(WHITE_SPACE)
    if trimmed in WORDS:
        return CoercedValue("null" if WORDS[trimmed] == "null" else "boolean", WORDS[trimmed], True)
    if trimmed[:1] in ("{", "["):
        if is_valid_json(trimmed):
            return CoercedValue("object" if trimmed[0] == "{" else "array", trimmed, True)
    elif NUMBER.fullmatch(trimmed):
        digits, exponent = _significant(trimmed)
        value = float(trimmed)
        if len(digits) <= MAX_DIGITS and not math.isinf(value) and (value != 0.0 or digits == ""):
            return CoercedValue("number", trimmed, (digits, exponent) == _significant(repr(value)))
    return CoercedValue("string", quoted(s), True)


def batch_coerce_string_types(strings: Sequence[str], *, threads: int = 0) -> list[CoercedValue]:
    """coerce_string_type of each; threads (0: all cores) change nothing but the time."""
    strings = as_texts(strings)
    count_of_threads(threads)
    return [coerce_string_type(s) for s in strings]


def _significant(number: str) -> tuple[str, int]:
    """Digits without zeros around them, and the power of ten of the last one."""
    mantissa, _, exponent = number.lstrip("-").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    short = digits.rstrip("0")
    if short == "":
        return "", 0
    return short, int(exponent or "0") - len(fraction) + len(digits) - len(short)


def quoted(s: str) -> str:
    """A JSON string; what needs no escape has none."""
    return '"' + "".join(ESCAPES.get(ch) or (f"\\u{ord(ch):04x}" if ch < " " else ch) for ch in s) + '"'
