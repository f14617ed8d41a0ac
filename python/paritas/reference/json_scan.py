"""Whether a text is JSON (RFC 8259), where a value ends, and of which type it is."""

import re
from typing import Literal

from paritas.errors import ParitasTypeError

JsonType = Literal["object", "array", "string", "number", "boolean", "null"]

SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = r'[^"\\\x00-\x1f\ud800-\udfff]*'
STRING = re.compile(rf'"{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{{4}}){_PLAIN})*"')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
SCALAR = re.compile(rf"{STRING.pattern}|{NUMBER.pattern}|true|false|null")
TYPES: dict[str, JsonType] = {"{": "object", "[": "array", '"': "string", "t": "boolean", "f": "boolean", "n": "null"}


def skip_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def scan_json_value(text: str, at: int) -> tuple[bool, int]:
    """Whether one JSON value starts at `at`, without white space before it; where it ends, or stops being JSON."""
    closers: list[str] = []
    while True:
        opener = text[at : at + 1]
        if opener in ("{", "["):
            closers.append("}" if opener == "{" else "]")
            inside = skip_space(text, at + 1)
            if not text.startswith(closers[-1], inside):
                at = inside
                if opener == "{":
                    at, found = _key(text, at)
                    if not found:
                        return False, at
                continue
            at = inside + 1
            closers.pop()
        else:
            scalar = SCALAR.match(text, at)
            if scalar is None:
                return False, at
            at = scalar.end()
        while closers:
            at = skip_space(text, at)
            if text.startswith(closers[-1], at):
                at += 1
                closers.pop()
                continue
            if not text.startswith(",", at):
                return False, at
            at = skip_space(text, at + 1)
            if closers[-1] == "}":
                at, found = _key(text, at)
                if not found:
                    return False, at
            break
        else:
            return True, at


def _key(text: str, at: int) -> tuple[int, bool]:
    """Behind a key, its colon and white space."""
    key = STRING.match(text, at)
    if key is None:
        return at, False
    at = skip_space(text, key.end())
    if not text.startswith(":", at):
        return at, False
    return skip_space(text, at + 1), True


def valid(text: str) -> bool:
    found, end = scan_json_value(text, skip_space(text, 0))
    return found and skip_space(text, end) == len(text)


def as_str(value: object) -> str:
    """A str as it is: a lone surrogate makes it invalid, so it must not be replaced before."""
    if not isinstance(value, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(value).__name__}")
    return value


def is_valid_json(s: str) -> bool:
    """Whether a text is one JSON value (RFC 8259), of any depth, with nothing but white space around it.

    A lone surrogate makes a text invalid; its escape does not.
    """
    return valid(as_str(s))


def get_json_type(s: str) -> JsonType | None:
    """ "object", "array", "string", "number", "boolean" or "null"; None for what is not valid JSON."""
    if not valid(as_str(s)):
        return None
    return TYPES.get(s[skip_space(s, 0)], "number")
