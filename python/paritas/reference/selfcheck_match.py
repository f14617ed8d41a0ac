"""The checks of room match, as core/src/selfcheck/tool_name.cpp draws them."""

from typing import TYPE_CHECKING

from paritas.reference.random import Random
from paritas.reference.tool_name import validate_tool_name

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

TOOL_NAME_PIECES = ("read", "_", "-", ".", "7", "Z", " ", "\u00e9", "github.search", "\ufffd")


def check_tool_name(random: Random, digest: "Digest") -> None:
    name = "".join(TOOL_NAME_PIECES[random.below(len(TOOL_NAME_PIECES))] for _ in range(random.below(12)))
    digest.add(validate_tool_name(name).reason or "")
