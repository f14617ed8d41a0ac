"""Signatures and likeness of tool calls, as core/src/stream/signature.cpp computes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.canonical_json import Canonical
from paritas.reference.convert import text, whole
from paritas.reference.xxh3 import xxh3_128

Default = Callable[[Any], Any] | None


def _digits(length: Any) -> int:
    digits: int = whole(length)
    if not 8 <= digits <= 32:
        raise ParitasError("invalid_argument", f"length must be from 8 to 32, not {digits}")
    return digits


def call_text(tool_name: str, arguments: Any, default: Default = None) -> str:
    """What is hashed. A path in an error begins at the arguments."""
    return Canonical(default, outer=1).of([text(tool_name), arguments])


def compute_signature(tool_name: str, arguments: Any, *, length: int = 32, default: Default = None) -> str:
    length = _digits(length)
    return f"{xxh3_128(call_text(tool_name, arguments, default).encode()):032x}"[:length]


def compute_batch_signatures(
    tool_calls: Iterable[tuple[str, Any]], *, length: int = 32, default: Default = None
) -> list[str]:
    length = _digits(length)
    out: list[str] = []
    for call in sequence(tool_calls):
        if not isinstance(call, list | tuple) or len(call) != 2:
            message = f"a pair of tool name and arguments is needed, not {type(call).__name__}"
            raise ParitasTypeError("invalid_argument", message, len(out))
        try:
            out.append(compute_signature(call[0], call[1], length=length, default=default))
        except ParitasError as error:
            raise type(error)(error.code, str(error), len(out)) from None
    return out


def sequence(items: Any) -> Iterable[Any]:
    if isinstance(items, str | bytes) or not hasattr(items, "__iter__"):
        message = f"a sequence of tool calls is needed, not {type(items).__name__}"
        raise ParitasTypeError("invalid_argument", message)
    return list(items)


def signature_similarity(sig1: str, sig2: str) -> float:
    return 1.0 if text(sig1) == text(sig2) else 0.0


def leaves(canonical: str) -> frozenset[tuple[str, str]]:
    """The (path, value) pairs of a canonical text; an empty container is a value."""
    out = []
    path: list[tuple[str, int]] = []  # of each open container: "" or the key, and how many items it has
    at = 0
    while at < len(canonical):
        ch = canonical[at]
        if ch in "{[" and canonical[at + 1] not in "}]":
            path.append(("", 0))
            at += 1
            continue
        if ch in "]}":
            path.pop()
            at += 1
            continue
        if ch == ",":
            path[-1] = ("", path[-1][1] + 1)
            at += 1
            continue
        end = at + 2 if ch in "{[" else scalar_end(canonical, at)
        item = canonical[at:end]
        at = end
        if canonical[at : at + 1] == ":":
            path[-1] = (item, path[-1][1])
            at += 1
        else:
            out.append(("/".join(key or str(count) for key, count in path), item))
    return frozenset(out)


def scalar_end(canonical: str, at: int) -> int:
    if canonical[at] != '"':
        while at < len(canonical) and canonical[at] not in ",]}":
            at += 1
        return at
    at += 1
    while canonical[at] != '"':
        at += 2 if canonical[at] == "\\" else 1
    return at + 1


def jaccard(a: frozenset[Any], b: frozenset[Any]) -> float:
    """Shared over all; 1.0 for two empty sets."""
    shared = len(a & b)
    every = len(a) + len(b) - shared
    return float(shared) / float(every) if every else 1.0


def call_similarity(name1: str, args1: Any, name2: str, args2: Any, *, default: Default = None) -> float:
    names_equal = text(name1) == text(name2)
    sides = [leaves(Canonical(default).of(arguments)) for arguments in (args1, args2)]
    return jaccard(*sides) if names_equal else 0.0
