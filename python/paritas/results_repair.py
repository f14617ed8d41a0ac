"""What the mending of model output returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import Any, NamedTuple


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


class CoercedValue(NamedTuple):
    """What a string says."""

    type: str  # "object", "array", "string", "number", "boolean" or "null"
    json: str  # the value; a number as it was written
    exact: bool  # False where the double nearest to the number has other digits


class JsonSpan(NamedTuple):
    """A JSON value in a text: text[start:end] is its source."""

    start: int
    end: int
    json: str  # the source itself where it is valid
    repaired: bool

    def value(self) -> Any:
        """What it says, as json.loads gives it; whole numbers keep all their digits.

        Errors: depth_limit where json.loads cannot go as deep as the text does
        """
        from paritas._json_value import loads

        return loads(self.json)
