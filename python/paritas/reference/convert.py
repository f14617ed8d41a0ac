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


def integral(value: Any, offset: int = 0) -> int:
    """An int, or a float that is a whole number."""
    try:
        number = operator.index(value)
    except Exception:
        if not hasattr(value, "__float__"):
            raise ParitasTypeError(
                "invalid_argument", f"a whole number is needed, not {type(value).__name__}"
            ) from None
        as_float = real(value)
        if not as_float.is_integer():
            raise ParitasError("invalid_argument", "a number without a fraction is needed", offset) from None
        number = int(as_float)
    if not -(2**63) <= number < 2**63:
        raise ParitasError("out_of_range", "a whole number must fit into 64 bits", offset)
    return number


def integrals(values: Any) -> tuple[list[int], tuple[int, ...]]:
    """Many of them with the shape they came in: an array of any shape, or another sequence."""
    shape = None
    if hasattr(values, "__array__") and hasattr(values, "tolist"):
        shape = tuple(values.shape)
        values = values.ravel().tolist()
    elif isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        needed = "an array or a sequence of whole numbers"
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(values).__name__}")
    numbers = [integral(value, offset) for offset, value in enumerate(values)]
    return numbers, (len(numbers),) if shape is None else shape


def real(value: Any) -> float:
    """A float, an int, or what says that it is one by __float__ or __index__."""
    try:
        if hasattr(value, "__float__") or hasattr(value, "__index__"):
            return float(value)
    except OverflowError:
        raise ParitasError("out_of_range", "a number must fit into a double") from None
    except Exception:
        pass
    raise ParitasTypeError("invalid_argument", f"a number is needed, not {type(value).__name__}")


def flag(value: Any) -> bool:
    if value is not True and value is not False:
        raise ParitasTypeError("invalid_argument", f"True or False is needed, not {type(value).__name__}")
    return value


def texts(values: Any) -> list[str]:
    """The str items of any iterable but a str."""
    wrong = ParitasTypeError("invalid_argument", f"a sequence of str is needed, not {type(values).__name__}")
    if isinstance(values, str | bytes):
        raise wrong
    try:
        items = list(values)
    except TypeError:
        raise wrong from None
    for item in items:
        if not isinstance(item, str):
            raise ParitasTypeError("invalid_argument", f"a sequence of str is needed, not {type(item).__name__}")
    return [text(item) for item in items]
