"""The checks of the repair of JSON, as core/src/selfcheck/json_repair.cpp draws them."""

from typing import TYPE_CHECKING

from paritas.reference.json_repair import repair_json_report
from paritas.reference.json_scan import is_valid_json
from paritas.reference.json_stream import JsonStream
from paritas.reference.random import Random
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

PIECES = (
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    '"',
    "'",
    "`",
    "\\",
    " ",
    "\n",
    "a",
    "bc",
    "1",
    "0",
    "-",
    ".",
    "e",
    "+",
    "true",
    "null",
    "None",
    "fals",
    "NaN",
    '"a"',
    '"b":',
    '{"c":',
    "'k': ",
    "// ",
    "/*",
    "*/",
    "#",
    "...",
    "“",
    "”",
    "’",
    "，",
    "：",
    "…",
    "\xa0",
    "\u200b",
    "\x01",
    "é",
    "😀",
    '\\"',
    "\\u00e",
    "\\ud83d",
    "\\x4",
    '"""',
    "f(",
    "=>",
    "1,234",
    "0x1F",
    "```\n",
    "\n```",
    "key: ",
    "text",
    ',"',
    '",',
    '": ',
    '"\n',
)


def check_json_repair(random: Random, digest: "Digest") -> None:
    text = ""
    for _ in range(random.below(16)):
        text += PIECES[random.below(len(PIECES))]
    partial = random.below(3) == 0
    multiple = "first" if random.below(4) == 0 else "array"
    non_finite = "string" if random.below(4) == 0 else "null"
    max_depth = 1 + random.below(6)
    result = repair_json_report(
        text,
        partial=partial,
        multiple=multiple,
        non_finite=non_finite,
        max_depth=max_depth,
        max_changes=random.below(12),
    )
    digest.add(result.text)
    for flag in (result.ok, result.changed, result.truncated, result.depth_limited):
        digest.add(flag)
    digest.add(result.change_count)
    for change in result.changes:
        digest.add(change.kind)
        digest.add(Span(change.start, change.end))
    digest.add(is_valid_json(text))
    stream = JsonStream()
    stream.feed(text)
    digest.add(stream.snapshot())
    digest.add(stream.path())
    digest.add(stream.complete)
