"""What the functions of room `match` give: patterns and what is found by them."""

from typing import NamedTuple


class ToolName(NamedTuple):
    """Whether a name is one for a tool, and if not, why."""

    ok: bool
    #: `empty`, `too_long`, `starts_with_digit` or `invalid_characters`; None for a good name.
    reason: str | None
