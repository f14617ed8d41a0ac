"""What the mending of model output returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """One thing that was mended in a JSON text."""

    kind: str  # one of the kinds of docs/repair.md: "quote", "comma", "missing_value", ...
    start: int
    end: int  # equal to start where something was put in


class RepairResult(NamedTuple):
    """A mended JSON text, and what was done to it."""

    text: str  # valid JSON
    ok: bool  # a value was found; without one the text is "null"
    changed: bool
    changes: list[Change]  # by start, the first max_changes of them
    change_count: int  # of all
    truncated: bool  # the input ended inside a value
    depth_limited: bool  # something lay deeper than max_depth, and became null
