"""How a text is normalised and where its parts came from, the same classes whichever backend computes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from paritas.results import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class NormalizeOptions(NamedTuple):
    """What normalize_text changes, in the order of its steps."""

    form: Literal["NFC", "NFKC", "none"] = "NFC"  # the normal form of Unicode 14
    newlines: Literal["lf", "keep"] = "lf"  # CRLF, CR, U+0085, U+2028 and U+2029 to LF
    controls: Literal["remove", "space", "keep"] = "remove"  # C0 but TAB and LF, DEL, C1
    zero_width: Literal["remove", "keep"] = "remove"  # invisible ones but the joiners; marks of direction too
    spaces: Literal["ascii", "keep"] = "ascii"  # all of category Zs to U+0020
    collapse: Literal["none", "spaces", "lines", "all"] = "none"  # runs of white space
    max_blank_lines: int = 1  # for "lines": so many stay of a run of blank lines
    quotes: Literal["keep", "straight"] = "keep"  # curly ones and primes to ' and "
    dashes: Literal["keep", "ascii"] = "keep"  # U+2010 to U+2015 and U+2212 to -
    ellipsis: Literal["keep", "dots"] = "keep"  # U+2026 to ...
    trim: bool = True  # white space at both ends goes
    respect_code: bool = True  # fenced code is left alone by the steps from `spaces` on


class NormalizeChanges(TypedDict, total=False):
    """NormalizeOptions as keyword arguments."""

    form: Literal["NFC", "NFKC", "none"]
    newlines: Literal["lf", "keep"]
    controls: Literal["remove", "space", "keep"]
    zero_width: Literal["remove", "keep"]
    spaces: Literal["ascii", "keep"]
    collapse: Literal["none", "spaces", "lines", "all"]
    max_blank_lines: int
    quotes: Literal["keep", "straight"]
    dashes: Literal["keep", "ascii"]
    ellipsis: Literal["keep", "dots"]
    trim: bool
    respect_code: bool


class TextEdit(NamedTuple):
    """What is not as it stands in the source: result[start:end] for source[source_start:source_end]."""

    start: int
    end: int
    source_start: int
    source_end: int


class OffsetMap(NamedTuple):
    """Where the parts of a normalised text came from, in code points. Between two edits source and result are equal."""

    edits: list[TextEdit]  # ascending
    length: int  # of the result
    source_length: int

    def to_source(self, start: int, end: int) -> Span:
        """The part of the source that result[start:end] was made of: an edit that is cut counts whole.

        Offsets below 0 count as 0, offsets past the end as the end.
        """
        return _mapped(self.edits, start, end, self.length)

    def to_result(self, start: int, end: int) -> Span:
        """What became of source[start:end]; empty where it was removed."""
        return _mapped([TextEdit(c, d, a, b) for a, b, c, d in self.edits], start, end, self.source_length)


def _mapped(edits: Sequence[TextEdit], start: int, end: int, length: int) -> Span:
    start = min(max(start, 0), length)
    end = min(max(end, start), length)
    # The start lies behind what was removed there, the end before it: a span grows by nothing that it does not touch.
    at = bisect_right(edits, start, key=lambda edit: edit.start) - 1
    first = start
    if at >= 0:
        edit = edits[at]
        first = edit.source_start if start < edit.end else edit.source_end + (start - edit.end)
    at = bisect_left(edits, end, key=lambda edit: edit.start) - 1
    last = end
    if at >= 0:
        edit = edits[at]
        last = edit.source_end if end <= edit.end else edit.source_end + (end - edit.end)
    return Span(first, max(first, last))
