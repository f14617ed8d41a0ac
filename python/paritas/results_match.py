"""What the functions of room `match` give: patterns and what is found by them."""

from collections.abc import Iterator
from typing import NamedTuple


class ToolName(NamedTuple):
    """Whether a name is one for a tool, and if not, why."""

    ok: bool
    #: `empty`, `too_long`, `starts_with_digit` or `invalid_characters`; None for a good name.
    reason: str | None


class Match:
    """An occurrence of a pattern: its index, and code points from `start` to `end`; unpacks to these three."""

    __slots__ = ("_base", "_source", "end", "pattern", "start")

    pattern: int
    start: int
    end: int

    def __init__(self, pattern: int, start: int, end: int, source: str = "", base: int = 0) -> None:
        self.pattern = pattern
        self.start = start
        self.end = end
        self._source = source
        self._base = base

    @property
    def text(self) -> str:
        """What stands there, as the text has it."""
        return self._source[self.start - self._base : self.end - self._base]

    def __iter__(self) -> Iterator[int]:
        return iter((self.pattern, self.start, self.end))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Match) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.pattern, self.start, self.end))

    def __reduce__(self) -> tuple[type["Match"], tuple[int, int, int, str, int]]:
        return Match, (self.pattern, self.start, self.end, self.text, self.start)

    def __repr__(self) -> str:
        return f"Match(pattern={self.pattern}, start={self.start}, end={self.end})"
