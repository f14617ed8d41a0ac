"""The content of a string, as JSON holds it."""

import re
from collections.abc import Callable

from paritas.reference.json_strings import CONTROLS, HEX, utf8_safe

Note = Callable[[str, int, int], None]
SPECIAL = {closers: re.compile('[\\\\"\\x00-\\x1f' + closers + "]") for closers in ("", '"', "'", "`")}


def special_of(closers: str) -> re.Pattern[str]:
    return SPECIAL.get(closers) or re.compile('[\\\\"\\x00-\\x1f' + closers + "]")


def content(text: str, start: int, end: int, closers: str, raw: bool, cut: bool, partial: bool, note: Note) -> str:
    """text[start:end] between the quotes of a JSON string.

    closers: quotes that should not stand in it
    cut:     the text ends within it: a half escape at the end goes
    partial: half a surrogate pair at the end goes too
    """
    special = special_of(closers)
    out: list[str] = []
    at = start
    while at < end:
        stop = special.search(text, at, end)
        if stop is None:
            out.append(text[at:end])
            break
        out.append(text[at : stop.start()])
        at = stop.start()
        ch = text[at]
        if ch == "\\":
            if raw:
                out.append("\\\\")
                at += 1
                if at < end and text[at] == '"':
                    out.append('\\"')
                    at += 1
                continue
            written, size, kind = escape(text, at, end, cut)
            if partial and cut and _half_pair(text, at, end, written):
                break
            out.append(written)
            if kind:
                note("escape", at, at + size)
            at += size
        elif ch < " ":
            out.append(CONTROLS.get(ch, f"\\u{ord(ch):04x}"))
            note("control", at, at + 1)
            at += 1
        else:
            out.append('\\"' if ch == '"' else ch)
            if ch in closers:
                note("inner_quote", at, at + 1)
            at += 1
    return "".join(out)


def _half_pair(text: str, at: int, end: int, written: str) -> bool:
    """A high surrogate with nothing behind it but what may become its other half."""
    if len(written) != 6 or written[2:3] not in ("d", "D") or written[3:4] not in tuple("89abAB"):
        return False
    rest = text[at + 6 : end]
    return rest in ("", "\\") or (len(rest) < 6 and rest.startswith("\\u") and all(ch in HEX for ch in rest[2:]))


def escape(text: str, at: int, end: int, cut: bool) -> tuple[str, int, bool]:
    """What the backslash at `at` and what belongs to it become, how long that was, and whether it was changed."""
    following = text[at + 1 : min(end, at + 2)]
    if following == "":
        return ("", 1, True) if cut else ("\\\\", 1, True)
    if following in '"\\/bfnrt':
        return "\\" + following, 2, False
    if following == "u":
        return _unicode(text, at, end, cut)
    if following in "xU":
        digits = _hex(text, at + 2, min(end, at + (4 if following == "x" else 10)))
        if len(digits) == (2 if following == "x" else 8):
            if following == "x":
                return f"\\u00{digits}", 4, True
            written = utf8_safe(int(digits, 16))
            if written is not None:
                return written, 10, True
        return ("", end - at, True) if cut and at + 2 + len(digits) == end else ("\\\\", 1, True)
    if following == "0":
        return "\\u0000", 2, True
    if following == "v":
        return "\\u000b", 2, True
    if following == "\r":
        return "", 3 if text[at + 2 : min(end, at + 3)] == "\n" else 2, True
    if following == "\n":
        return "", 2, True
    if following in "'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f":
        return following, 2, True
    return "\\\\", 1, True


def _hex(text: str, start: int, end: int) -> str:
    at = start
    while at < end and text[at] in HEX:
        at += 1
    return text[start:at]


def _unicode(text: str, at: int, end: int, cut: bool) -> tuple[str, int, bool]:
    digits = _hex(text, at + 2, min(end, at + 6))
    if len(digits) == 4:
        return text[at : at + 6], 6, False
    if text[at + 2 : min(end, at + 3)] == "{":
        digits = _hex(text, at + 3, min(end, at + 11))
        close = at + 3 + len(digits)
        if digits and text[close : min(end, close + 1)] == "}":
            written = utf8_safe(int(digits, 16))
            if written is not None:
                return written, close + 1 - at, True
        return ("", end - at, True) if cut and close == end else ("\\\\", 1, True)
    return ("", end - at, True) if cut and at + 2 + len(digits) == end else ("\\\\", 1, True)
