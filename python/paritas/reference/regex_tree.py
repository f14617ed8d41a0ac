"""The tree of a regular expression, as core/src/match/regex_tree.cpp builds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from paritas.reference.unicode import simple_fold

INFINITE = 2**31 - 1  # a length or a count without end
LAST = 0x10FFFF
MOST_STEPS = 2**18  # of 32 bytes: 8 MiB compiled

Ranges = tuple[tuple[int, int], ...]  # sorted, neither touching nor overlapping


@dataclass
class Node:
    """A part of an expression, and what is known of it. A set has `ranges`, a repetition `low`, `high`, `lazy`."""

    kind: str  # set, begin_text, end_text, begin_line, end_line, boundary, no_boundary, group, concat, either, repeat
    parts: list[Node] = field(default_factory=list)
    ranges: Ranges = ()
    low: int = 0
    high: int = 0
    lazy: bool = False
    least: int = 0  # code points of a match
    most: int = 0
    most_bytes: int = 0
    steps: int = 0  # of the compiled form, at least
    repeats: int = 1  # the counts of repetitions inside one another, multiplied
    exact: list[str] | None = None  # all that it can match, where that is little; an assertion counts as ""
    needs: list[str] | None = None  # each match holds one of these


def utf8_size(code_point: int) -> int:
    return 1 if code_point < 0x80 else 2 if code_point < 0x800 else 3 if code_point < 0x10000 else 4


def merged(ranges: list[tuple[int, int]]) -> Ranges:
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges: Ranges) -> Ranges:
    out, at = [], 0
    for low, high in ranges:
        if at < low:
            out.append((at, low - 1))
        at = high + 1
    return (*out, (at, LAST)) if at <= LAST else tuple(out)


@cache
def _circles() -> dict[str, list[int]]:
    """The code points that have one simple folding, by it, where they are several."""
    circles: dict[str, list[int]] = {}
    for code_point in range(0x1E944):  # the last one with case
        if not 0xD800 <= code_point <= 0xDFFF and simple_fold(chr(code_point)) != chr(code_point):
            circles.setdefault(simple_fold(chr(code_point)), []).append(code_point)
    return {folded: [ord(folded), *others] for folded, others in circles.items()}


def _characters(ranges: Ranges, most: int) -> list[str] | None:
    """Each one, lone surrogates aside, if there are at most so many."""
    if sum(high - low + 1 for low, high in ranges) > most:
        return None
    return [chr(code) for low, high in ranges for code in range(low, high + 1) if not 0xD800 <= code <= 0xDFFF]


def with_cases(ranges: Ranges) -> Ranges:
    """The set and every code point that differs from one of its own in case alone."""
    more = list(ranges)
    few = _characters(ranges, 128)
    for folded in _circles() if few is None else {simple_fold(ch) for ch in few}:
        circle = _circles().get(folded, [])
        if any(low <= code_point <= high for code_point in circle for low, high in ranges):
            more += [(code_point, code_point) for code_point in circle]
    return merged(more)


# --- What is known of a node, from what is known of its parts.

MOST_EXACT, MOST_LENGTH, MOST_NEEDS, LEAST_BYTES = 16, 32, 64, 3


def best(candidates: list[list[str] | None]) -> list[str] | None:
    """The set of literals that says most: the longest shortest one, then the fewest, then the first."""
    chosen, least = None, LEAST_BYTES - 1
    for candidate in candidates:
        if not candidate or len(candidate) > MOST_NEEDS:
            continue
        shortest = min(len(literal.encode()) for literal in candidate)
        if shortest > least or (chosen and shortest == least and len(candidate) < len(chosen)):
            chosen, least = candidate, shortest
    return chosen


def _distinct(literals: list[str]) -> list[str]:
    return list(dict.fromkeys(literals))


def set_node(ranges: Ranges, folds: bool) -> Node:
    node = Node("set", ranges=ranges, least=1, most=1, most_bytes=utf8_size(ranges[-1][1]))
    for _, high in ranges:
        size = utf8_size(high)
        node.steps += 1 if size == 1 else size * (2 * size - 1)  # sequences of bytes that a range can fall into
    members = {simple_fold(ch) if folds else ch for ch in _characters(ranges, 8) or ()}
    if 0 < len(members) <= 4:
        node.exact = sorted(members)
    return node


def assertion(kind: str) -> Node:
    return Node(kind, steps=1, exact=[""])


def group(inner: Node) -> Node:
    return Node(
        "group", [inner], least=inner.least, most=inner.most, most_bytes=inner.most_bytes, steps=inner.steps + 2,
        repeats=inner.repeats, exact=inner.exact, needs=inner.needs,
    )  # fmt: skip


def concat(parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    node = Node("concat", parts, exact=[""])
    run, candidates, whole = [""], [], True
    for part in parts:
        node.least += part.least
        node.most = min(INFINITE, node.most + part.most)
        node.most_bytes = min(INFINITE, node.most_bytes + part.most_bytes)
        node.steps += part.steps
        node.repeats = max(node.repeats, part.repeats)
        longer = None
        if part.exact is not None and len(run) * len(part.exact) <= MOST_EXACT:
            longer = _distinct([a + b for a in run for b in part.exact])
        if longer is not None and max(map(len, longer)) <= MOST_LENGTH:
            run = longer
            continue
        whole = False
        candidates += [run, part.needs]
        run = part.exact or [""]
    node.exact = run if whole else None
    node.needs = best([*candidates, run])
    return node


def either(parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    node = Node("either", parts, least=min(part.least for part in parts), exact=[], needs=[])
    for part in parts:
        node.most = max(node.most, part.most)
        node.most_bytes = max(node.most_bytes, part.most_bytes)
        node.steps += part.steps + 1
        node.repeats = max(node.repeats, part.repeats)
        needs = best([part.needs, part.exact])
        node.exact = None if node.exact is None or part.exact is None else _distinct(node.exact + part.exact)
        node.needs = None if node.needs is None or needs is None else _distinct(node.needs + needs)
        if node.exact is not None and len(node.exact) > MOST_EXACT:
            node.exact = None
        if node.needs is not None and len(node.needs) > MOST_NEEDS:
            node.needs = None
    return node


def repeat(inner: Node, low: int, high: int, lazy: bool) -> Node:
    def times(length: int) -> int:
        return INFINITE if high == INFINITE else min(INFINITE, length * high)

    copies = max(1, low if high == INFINITE else high)
    node = Node("repeat", [inner], low=low, high=high, lazy=lazy)
    node.least, node.most, node.most_bytes = inner.least * low, times(inner.most), times(inner.most_bytes)
    node.steps = inner.steps * copies + copies
    node.repeats = inner.repeats * copies
    if low > 0:
        once = inner.exact[0] if inner.exact is not None and len(inner.exact) == 1 else ""
        fitting = once * min(low, MOST_LENGTH // len(once)) if once else ""
        node.needs = best([inner.needs, inner.exact, [fitting]])
        if low == high == 1:
            node.exact = inner.exact
        elif low == high and once and len(once) * low <= MOST_LENGTH:
            node.exact = [fitting]
    return node


# --- What Python's `re` reads. All classes and cases are written out, so that no flag and no version changes them.

_PRINTED = {
    "begin_text": r"\A", "end_text": r"\Z", "begin_line": "(?m:^)", "end_line": "(?m:$)", "boundary": r"\b",
    "no_boundary": r"\B",
}  # fmt: skip


def _char(code_point: int) -> str:
    ch = chr(code_point)
    return ch if ch.isascii() and ch.isalnum() else f"\\U{code_point:08x}"


def printed(node: Node) -> str:
    """The expression for `re.compile(.., re.ASCII)`."""
    if node.kind == "set":
        if node.ranges[0][0] == node.ranges[-1][1]:
            return _char(node.ranges[0][0])
        return "[" + "".join(f"{_char(low)}-{_char(high)}" for low, high in node.ranges) + "]"
    if node.kind == "group":
        return f"({printed(node.parts[0])})"
    if node.kind == "concat":
        return "".join(f"(?:{printed(part)})" if part.kind == "either" else printed(part) for part in node.parts)
    if node.kind == "either":
        return "|".join(map(printed, node.parts))
    if node.kind == "repeat":
        inner = printed(node.parts[0])
        if node.parts[0].kind not in ("set", "group"):
            inner = f"(?:{inner})"
        short = {(0, INFINITE): "*", (1, INFINITE): "+", (0, 1): "?"}.get((node.low, node.high))
        high = "" if node.high == INFINITE else str(node.high)
        return f"{inner}{short or f'{{{node.low},{high}}}'}{'?' if node.lazy else ''}"
    return _PRINTED[node.kind]
