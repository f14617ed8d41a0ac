"""What a PatternRegistry gives."""

from typing import NamedTuple


class PatternDefinition(NamedTuple):
    """What a registry knows of one pattern."""

    name: str
    pattern: str
    kind: str
    """literal or regex."""
    category: str
    severity: str
    """low, medium, high or critical."""
    keywords: list[str]
    case_insensitive: bool
    whole_words: bool
    group: int
    description: str
    enabled: bool


class PatternHit(NamedTuple):
    """Where a pattern was found: text[hit.start:hit.end], in code points."""

    name: str
    category: str
    severity: str
    start: int
    end: int
    line: int
    """From 1; a line ends after its LF."""

    def of(self, text: str) -> str:
        """What was found, from the text that was scanned."""
        return text[self.start : self.end]


class PatternSummary(NamedTuple):
    """How many hits a text has; what has none is left out, the rest stands in the order of adding."""

    total: int
    by_name: dict[str, int]
    by_category: dict[str, int]
    by_severity: dict[str, int]


class PatternReport(NamedTuple):
    """What there is to say of a pattern before it is added."""

    ok: bool
    error: str | None
    """The code and what to change: "regex_syntax: this ( is never closed: ..."."""
    offset: int
    """The code point of the construct."""
    min_length: int
    """Code points of a match; 0 after an error."""
    max_length: int | None
    """None: without end, or after an error."""
    literals: list[str]
    """Each match holds one of these."""
    prefiltered: bool
    """Whether the engine runs around those alone."""
