"""Where the meaning of a text turns, by the distances of its sentences: core/src/chunk/semantic_groups.cpp."""

import math
from collections.abc import Callable

from paritas.errors import ParitasError
from paritas.reference.cosine import gap_of
from paritas.reference.floats import float32

METHODS = ("percentile", "stdev", "similarity", "local_max")


def gap_distances(rows: list[list[float]], window: int) -> list[float]:
    """1 - cosine of the means of up to `window` rows before and after it, for each gap between two rows."""
    for i, row in enumerate(rows):
        if not all(math.isfinite(value) for value in row):
            raise ParitasError("not_finite", f"row {i} must have neither NaN nor infinities", i)
    if window == 1:
        return [gap_of(rows[i], rows[i + 1]) for i in range(len(rows) - 1)]
    count = len(rows)
    tail = count - min(window, count)  # from there on the end cuts the windows short
    out = []
    for i in range(count - 1):
        before = _mean(rows, max(0, i + 1 - window), i + 1, window)
        after = _tail_mean(rows, i + 1) if i + 1 >= tail else _mean(rows, i + 1, i + 1 + window, window)
        out.append(gap_of(before, after))
    return out


def _mean(rows: list[list[float]], start: int, end: int, window: int) -> list[float]:
    """The mean of rows[start:end], `window` at most, in float64, rounded to float32.

    The order of the additions is that of a linear walk: the rows lie in stretches of `window`; of the first stretch the
    rows are added from its end backwards, of the second in order, and then both.
    """
    border = (end - 1) // window * window
    total = _sum(rows, range(max(start, border), end))
    if start < border:
        total = [a + b for a, b in zip(_sum(rows, range(border - 1, start - 1, -1)), total, strict=True)]
    return [float32(value / (end - start)) for value in total]


def _tail_mean(rows: list[list[float]], start: int) -> list[float]:
    """The mean of rows[start:], added from the last one backwards."""
    total = _sum(rows, range(len(rows) - 1, start - 1, -1))
    return [float32(value / (len(rows) - start)) for value in total]


def _sum(rows: list[list[float]], order: range) -> list[float]:
    total = [0.0] * len(rows[order[0]])
    for i in order:
        total = [a + b for a, b in zip(total, rows[i], strict=True)]
    return total


def breaks_of(distances: list[float], method: str, threshold: float) -> list[bool]:
    """Whether there is a break at each gap."""
    if not distances:
        return []
    if method == "percentile":
        # p * n / 100 and not p / 100 * n: whole ranks stay whole.
        rank = min(max(math.ceil(threshold * len(distances) / 100.0), 1), len(distances))
        limit = sorted(distances)[rank - 1]
        return [d > limit for d in distances]
    if method == "similarity":
        return [1.0 - d < threshold for d in distances]
    mean, deviation = _spread(distances)
    limit = mean + threshold * deviation
    if method == "stdev":
        return [d > limit for d in distances]
    last = len(distances) - 1
    return [
        d > limit and (i == 0 or d > distances[i - 1]) and (i == last or d > distances[i + 1])
        for i, d in enumerate(distances)
    ]


def _spread(values: list[float]) -> tuple[float, float]:
    """Mean and population standard deviation. Distances from the first value, added in order: equal values have exactly
    their own mean and no deviation."""
    first = values[0]
    total = 0.0
    for value in values:
        total += value - first
    shift = total / len(values)
    squares = 0.0
    for value in values:
        off = value - first - shift
        squares += off * off
    return first + shift, math.sqrt(squares / len(values))


def semantic_groups(
    distances: list[float],
    method: str,
    threshold: float,
    min_sentences: int,
    max_sentences: int,
    fits: Callable[[int, int], bool],
) -> list[tuple[int, int]]:
    """Groups of sentences in order, as (first, behind the last); fits(first, last): they are within the size."""
    groups: list[tuple[int, int]] = []
    start = 0
    for i, is_break in enumerate([*breaks_of(distances, method, threshold), True]):
        if is_break:
            groups.append((start, i + 1))
            start = i + 1
    out: list[tuple[int, int]] = []
    for start, end in _joined(groups, distances, min_sentences):
        parts = [(start, end)]
        while parts:
            start, end = parts.pop()
            many = 0 < max_sentences < end - start
            if end - start == 1 or (not many and fits(start, end - 1)):
                out.append((start, end))
                continue
            inner = distances[start : end - 1]
            middle = start + inner.index(max(inner)) + 1  # the first of equal ones
            parts += [(middle, end), (start, middle)]
    return out


def _joined(groups: list[tuple[int, int]], distances: list[float], least: int) -> list[tuple[int, int]]:
    """Groups of too few sentences, from the left, join the neighbour with the smaller distance, the left on a tie."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(groups):
        start, end = groups[i]
        while end - start < least and (out or i + 1 < len(groups)):
            right = i + 1 < len(groups)
            if right and (not out or distances[end - 1] < distances[start - 1]):
                i += 1
                end = groups[i][1]
            else:
                start = out.pop()[0]
        out.append((start, end))
        i += 1
    return out
