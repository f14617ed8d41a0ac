"""The value of a JSON text, in the types of the json module."""

import json
from typing import Any

from paritas.errors import ParitasError


def loads(text: str) -> Any:
    """json.loads, with whole numbers of any size.

    Errors: depth_limit where json.loads cannot go as deep as the text does
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ParitasError("depth_limit", "the value lies too deep for json.loads: use repair_json") from None
    except ValueError:  # Python refuses to read whole numbers of more than 4300 digits
        return json.loads(text, parse_int=whole)


def whole(digits: str) -> int:
    """A whole number of any length."""
    if len(digits) <= 600:
        return int(digits)
    if digits[0] == "-":
        return -whole(digits[1:])
    low = len(digits) // 2
    scale: int = 10**low
    return whole(digits[:-low]) * scale + whole(digits[-low:])
