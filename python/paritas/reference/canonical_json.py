"""canonical_json: one text for equal values, as core/src/stream/canonical_json.cpp writes it. RFC 8785 in spirit."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterator
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.convert import text

MAX_DEPTH = 1000  # containers within each other
MAX_BITS = 262_144  # of a whole number: writing it in decimal takes quadratic time
MAX_BYTES = 256 * 1024 * 1024  # of the text: a value may hold itself a thousand times over without a cycle
MAX_PATH = 200  # code points of a path that a message shows

_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ESCAPES = str.maketrans({chr(c): f"\\u{c:04x}" for c in range(32)} | _SHORT)


def quoted(string: str) -> str:
    return '"' + string.translate(_ESCAPES) + '"'


def utf16(string: str) -> bytes:
    """Sorts as UTF-16 code units do."""
    return string.encode("utf-16-be")


def decimal(number: float) -> str:
    """A finite number as ECMAScript prints it: the shortest digits that read back."""
    if number == 0.0:
        return "0"
    sign = "-" if number < 0.0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))  # 0.DIGITS * 10^point
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = "." + digits[1:] if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def whole_decimal(number: int) -> str:
    """All digits; in pieces, because Python refuses to write long ones at once."""
    sign, number = ("-", -number) if number < 0 else ("", number)
    pieces = []
    while number >= 10**4000:
        number, low = divmod(number, 10**4000)
        pieces.append(f"{low:04000d}")
    return sign + str(number) + "".join(reversed(pieces))


class _Container:
    """An object, an array or a set that is being written."""

    def __init__(self, kind: str, items: Iterator[Any]) -> None:
        self.kind = kind
        self.items = items
        self.parts: list[Any] = []  # texts, or (raw key, text of the key, text of the value)
        self.key: tuple[str, str] | None = None  # of an object, while its value is written

    def segment(self) -> str:
        """What a path calls the item that is being written."""
        if self.kind == "set":
            return "*"
        if self.kind == "array":
            return str(len(self.parts))
        assert self.key is not None
        return self.key[1][1:-1].replace("~", "~0").replace("/", "~1")

    def written(self, path: str) -> str:
        if self.kind == "array":
            return "[" + ",".join(self.parts) + "]"
        if self.kind == "set":
            return "[" + ",".join(sorted(self.parts, key=utf16)) + "]"
        members = sorted(self.parts, key=lambda member: utf16(member[0]))
        for (one, _, _), (next_one, _, _) in itertools.pairwise(members):
            if one == next_one:
                raise ParitasError("duplicate_key", f"two keys of the object at {path} are the same: change one")
        return "{" + ",".join(f"{key}:{value}" for _, key, value in members) + "}"


class Canonical:
    """Writes values. `outer` levels of its path belong to the caller and are not shown."""

    def __init__(self, default: Callable[[Any], Any] | None, outer: int = 0) -> None:
        self.default = default
        self.outer = outer
        self.open: list[_Container] = []
        self.size = 0

    def path(self) -> str:
        """The place of the item that is being written, as a JSON pointer."""
        open_ = self.open[:-1] if self.at_key() else self.open
        pointer = "".join(f"/{each.segment()}" for each in open_[self.outer :])
        return (pointer[:MAX_PATH] + "..." if len(pointer) > MAX_PATH else pointer) or "the top"

    def at_key(self) -> bool:
        return bool(self.open) and self.open[-1].kind == "object" and self.open[-1].key is None

    def of(self, value: Any) -> str:
        done = self.start(value)
        while done is None or self.open:
            top = self.open[-1]
            if done is not None:
                self.add(top, done)
            try:
                item = next(top.items)
            except StopIteration:
                self.open.pop()
                done = top.written(self.path())  # of the container itself
                self.grown(1)
                continue
            if top.kind == "object":
                key, item = item
                top.key = self.key(top, key)
            done = self.start(item)
        return done

    def add(self, top: _Container, written: str) -> None:
        if top.kind == "object":
            assert top.key is not None
            top.parts.append((*top.key, written))
            top.key = None
        else:
            top.parts.append(written)

    def grown(self, size: int) -> None:
        self.size += size
        if self.size > MAX_BYTES:
            raise ParitasError("limit_exceeded", f"canonical JSON must be at most {MAX_BYTES} bytes")

    def start(self, value: Any, mapped: bool = False) -> str | None:
        """The text of a scalar; None for a container, which is open then."""
        if self.open and self.open[-1].kind != "object" and self.open[-1].parts:
            self.grown(1)  # the comma
        scalar = self.scalar(value)
        if scalar is not None:
            self.grown(len(scalar.encode()))
            return scalar
        kind = (
            "object"
            if isinstance(value, dict)
            else "array"
            if isinstance(value, list | tuple)
            else "set"
            if isinstance(value, set | frozenset)
            else ""
        )
        if kind:
            if len(self.open) == MAX_DEPTH:
                message = f"at {self.path()} nesting is deeper than {MAX_DEPTH} levels, or a container holds itself"
                raise ParitasError("depth_limit", message)
            self.grown(1)
            self.open.append(_Container(kind, iter(value.items() if kind == "object" else value)))
            return None
        if self.default is None or mapped:
            raise self.unsupported(value)
        return self.start(self.default(value), mapped=True)

    def unsupported(self, value: Any) -> ParitasError:
        what = type(value).__name__
        if self.at_key():
            message = f"a key at {self.path()} must be text, a number, a boolean or null, not {what}"
        else:
            message = f"{what} at {self.path()} has no form in JSON: map it with default"
        return ParitasError("unsupported_type", message)

    def scalar(self, value: Any) -> str | None:
        if value is None:
            return "null"
        if value is True or value is False:
            return "true" if value else "false"
        if isinstance(value, str):
            return quoted(text(value))
        if isinstance(value, float):
            if not math.isfinite(value):
                raise ParitasError("not_canonical", f"the number at {self.path()} must be finite")
            return decimal(value)
        if not hasattr(value, "__index__"):
            return None
        number = operator.index(value)
        if number.bit_length() > MAX_BITS:
            message = f"the whole number at {self.path()} must have at most {MAX_BITS} bits"
            raise ParitasError("limit_exceeded", message)
        return whole_decimal(number)

    def key(self, top: _Container, key: Any) -> tuple[str, str]:
        """As it is compared and as it is written."""
        self.grown(2 if top.parts else 1)  # the colon, and the comma before
        if isinstance(key, str):
            raw = text(key)
            written = quoted(raw)
        else:
            scalar = self.scalar(key)
            if scalar is None:
                raise self.unsupported(key)
            raw, written = scalar, f'"{scalar}"'
        self.grown(len(written.encode()))
        return raw, written


def canonical_json(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    return Canonical(default).of(value)
