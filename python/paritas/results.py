"""The values that functions return, the same classes whichever backend computes."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points: text[span.start:span.end] is what was meant."""

    start: int
    end: int
