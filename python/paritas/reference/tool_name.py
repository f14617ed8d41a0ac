"""validate_tool_name: names that a model may call tools by."""

import re

from paritas.reference.convert import text as as_text
from paritas.results_match import ToolName

LONGEST = 64


def validate_tool_name(name: str) -> ToolName:
    """Whether a model may call a tool by this name.

    name:    1 to 64 of ASCII letters, digits, "_", "-" and ".", the first a letter or "_"; "github.search" is one
    Returns: ToolName(ok, reason); reason is None, or the first that holds of "empty", "too_long" (code points),
             "starts_with_digit", "invalid_characters"
    """
    name = as_text(name)
    if not name:
        return ToolName(False, "empty")
    if len(name) > LONGEST:
        return ToolName(False, "too_long")
    if "0" <= name[0] <= "9":
        return ToolName(False, "starts_with_digit")
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name):
        return ToolName(False, "invalid_characters")
    return ToolName(True, None)
