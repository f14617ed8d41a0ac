"""Filters of metadata, as core/src/retrieve/filter.cpp reads and applies them."""

import math
from collections.abc import Callable
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import text, whole
from paritas.reference.metadata import checked
from paritas.results import Filter, Metadata

DEPTH = 32  # how deep filters may stand in filters
Test = Callable[[Metadata], bool]


class Object(list[tuple[str, Any]]):
    """The pairs of a dict: two keys may become one when lone surrogates are replaced, and both must hold."""


def plain(value: Any, path: str = "filter", nesting: int = 0) -> Any:
    """A copy of a filter of which nothing can change: scalars, lists and Objects."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict | list | tuple):
        if nesting > 2 * DEPTH + 2:  # refused further up, so nobody looks at it; a dict may hold itself
            return None
        if isinstance(value, dict):
            pairs = Object()
            for key, item in value.items():
                key = text(key)
                pairs.append((key, plain(item, f"{path}.{key}", nesting + 1)))
            return pairs
        return [plain(item, f"{path}[{i}]", nesting + 1) for i, item in enumerate(value)]
    if not hasattr(type(value), "__index__"):
        needed = f"a str, int, float, bool, None, list or dict as {path}"
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(value).__name__}")
    return whole(value)


def compiled(value: Any) -> Test:
    """The test that a filter makes of metadata. Errors: invalid_argument with the path of the wrong place."""
    if not isinstance(value, dict):
        raise ParitasTypeError("invalid_argument", f"a dict as filter is needed, not {type(value).__name__}")
    return test_of(plain(value))


def test_of(value: Any) -> Test:
    """The same of what plain has copied."""
    return _filter(value, "filter", 0)


def matches_filter(metadata: Metadata | None, filter: Filter) -> bool:
    """Whether a document of that metadata passes a filter."""
    known = {} if metadata is None else checked(metadata)
    return compiled(filter)(known)


def _wrong(path: str, what: str) -> ParitasError:
    return ParitasError("invalid_argument", f"{path} {what}")


def _check_depth(depth: int) -> None:
    if depth > DEPTH:
        raise ParitasError("limit_exceeded", f"a filter must be at most {DEPTH} deep")


def _every(tests: list[Test]) -> Test:
    return lambda known: all(test(known) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda known: any(test(known) for test in tests)


def _unless(test: Test) -> Test:
    return lambda known: not test(known)


def _filter(value: Any, path: str, depth: int) -> Test:
    if not isinstance(value, Object):
        raise _wrong(path, "must be a filter: keys and what they must be")
    _check_depth(depth)
    tests = []
    for key, item in value:
        here = f"{path}.{key}"
        if not key.startswith("$"):
            tests.append(_condition(key, item, here, depth + 1))
        elif key == "$not":
            tests.append(_unless(_filter(item, here, depth + 1)))
        elif key in ("$and", "$or"):
            items = item if isinstance(item, list) and not isinstance(item, Object) else []
            inner = [_filter(one, f"{here}[{i}]", depth + 1) for i, one in enumerate(items)]
            if not inner:
                raise _wrong(here, "must be a list of at least one filter")
            tests.append(_every(inner) if key == "$and" else _any(inner))
        else:
            raise _wrong(here, "is no operator: use $and, $or or $not, or the name of a key")
    return _every(tests)


def _condition(key: str, value: Any, path: str, depth: int) -> Test:
    """What one key must be: operators, or a value alone."""
    if not isinstance(value, Object):
        return _equal(key, value, path)
    _check_depth(depth)
    tests = [_operator(key, name, operand, f"{path}.{name}", depth) for name, operand in value]
    if not tests:
        raise _wrong(path, "must hold an operator such as $gte")
    return _every(tests)


def _operator(key: str, name: str, operand: Any, path: str, depth: int) -> Test:
    if name == "$not":
        return _unless(_condition(key, operand, path, depth + 1))
    if name == "$eq":
        return _equal(key, operand, path)
    if name == "$ne":
        return _unless(_equal(key, operand, path))
    if name in ("$in", "$nin"):
        if not isinstance(operand, list) or isinstance(operand, Object):
            raise _wrong(path, "must be a list")
        items = [_scalar(item, f"{path}[{i}]") for i, item in enumerate(operand)]
        test = _leaf(key, lambda value: any(equal(value, item) for item in items))
        return test if name == "$in" else _unless(test)
    if name == "$exists":
        if not isinstance(_scalar(operand, path), bool):
            raise _wrong(path, "must be true or false")
        test = _leaf(key, lambda value: True)
        return test if operand else _unless(test)
    if name == "$contains":
        item = _scalar(operand, path)
        return _leaf(key, lambda value: _contains(value, item))
    orders = {"$lt": (-1,), "$lte": (-1, 0), "$gt": (1,), "$gte": (0, 1)}
    if name not in orders:
        known = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $contains or $not"
        raise _wrong(path, f"is no operator: use {known}")
    if isinstance(operand, list) or operand is None or isinstance(operand, bool):
        raise _wrong(path, "must be a text or a number")
    bound = _scalar(operand, path)
    return _leaf(key, lambda value: comparison(value, bound) in orders[name])


def _leaf(key: str, test: Callable[[Any], bool]) -> Test:
    return lambda known: key in known and test(known[key])


def _equal(key: str, operand: Any, path: str) -> Test:
    if not isinstance(operand, list) or isinstance(operand, Object):
        item = _scalar(operand, path)
        return _leaf(key, lambda value: equal(value, item))
    items = [_scalar(one, f"{path}[{i}]") for i, one in enumerate(operand)]
    return _leaf(
        key,
        lambda value: isinstance(value, list) and len(value) == len(items) and all(map(equal, value, items)),
    )


def _scalar(value: Any, path: str) -> Any:
    if isinstance(value, list):
        raise _wrong(path, "must be a text, a number, a truth value or null")
    if isinstance(value, float) and math.isnan(value):
        raise _wrong(path, "must not be NaN")
    return value


def _kind(value: Any) -> str:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def equal(value: Any, operand: Any) -> bool:
    """Numbers by value, which Python compares exactly; True is no number."""
    return bool(_kind(value) == _kind(operand) and value == operand)


def comparison(value: Any, operand: Any) -> int | None:
    """-1, 0 or 1 for two numbers or two texts, the latter by code points."""
    if _kind(value) != _kind(operand) or _kind(value) not in ("number", "str"):
        return None
    return int(value > operand) - int(value < operand)


def _contains(value: Any, operand: Any) -> bool:
    if isinstance(value, str):
        return isinstance(operand, str) and operand in value
    return isinstance(value, list) and any(equal(item, operand) for item in value)
