"""How arguments come in: what targets/python/convert.cpp accepts and refuses."""

import operator
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError


def text(value: Any) -> str:
    """A str; each lone surrogate in it counts as U+FFFD."""
    if not isinstance(value, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(value).__name__}")
    if value.isascii() or not any("\ud800" <= ch <= "\udfff" for ch in value):
        return value
    return "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in value)


def whole(value: Any) -> int:
    """An int, or what says that it is one by __index__."""
    try:
        number = operator.index(value)
    except TypeError:
        raise ParitasTypeError("invalid_argument", f"an int is needed, not {type(value).__name__}") from None
    if not -(2**63) <= number < 2**63:
        raise ParitasError("out_of_range", "a whole number must fit into 64 bits")
    return number
