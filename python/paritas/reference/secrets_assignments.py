"""Secrets that are assigned: a key that ends in a name such as password, an operator, a value.

Every search goes forward and behind a value, so a text costs time in proportion to its length.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from paritas.reference import secret_tables as rules
from paritas.reference.secrets_blocks import base64_text
from paritas.reference.secrets_shapes import Found, place_of
from paritas.reference.secrets_values import entropy, placeholder

KEYS = re.compile(rb"[A-Za-z0-9_.-]+")
KEY_CHARACTER = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-")
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]|[0-9]+")
CLOSING = re.compile(rb"(\\*[\"'`])?\]?")
OPERATOR = re.compile(rb"[ \t]*(===|!==|==|!=|=>|:=|\?=|=|:)[ \t]*")
TYPED = re.compile(rb"[A-Za-z_][A-Za-z0-9_.?]{0,31}[ \t]*=(?!=)[ \t]*(?=[bBuUrRnNL@]?[\"'`])")
IS = re.compile(rb"[ \t]+is (?=[\"'`])")
FLAG = re.compile(rb"[ \t]+(?!-)")
SPACED = re.compile(rb"[ \t]+(?=[\"'][^-])")  # prose says: Pass `--flag`
LINE_START = re.compile(rb"(?:\A|\n)[ \t]*\Z")
COMMA = re.compile(rb"[ \t]*,[ \t]*(?=[\"'`])")
CALL = re.compile(rb"\([ \t]*(?=[\"'`])")
NAMED_VALUE = re.compile(
    rb"[\s\"'`,{(]{0,80}\b(?:value|default|val|content)(?:\\*[\"'`])?[ \t]*[=:][ \t]*", re.IGNORECASE
)
QUOTE = re.compile(rb"[bBuUrRnNL@]?(\\{0,8})([\"'`])")
INNER = re.compile(rb"\\?[\"'`]")
WHITE = frozenset(" \t\r\n\v\f")
DELIMITERS = b" \t\r\n\v\f\x00\"'`,;<>()[]{}|\\"
RUN = re.compile(rb"[^" + re.escape(DELIMITERS) + rb"]+")
IN_QUERY = re.compile(rb"[^&#" + re.escape(DELIMITERS) + rb"]+")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
TYPE = re.compile(r"(?:[A-Z][a-z]+)+")
SMALL = re.compile(r"[a-z]{8,}")
DOTTED = re.compile(r"[A-Za-z_$][A-Za-z0-9_]*(?:(?:\.|->|::|\?\.)[A-Za-z_][A-Za-z0-9_]*)+")
PATH = re.compile(r"\.{0,2}/|~/|[A-Za-z]:[\\/]|\\\\")
ROUTE = re.compile(r"[A-Za-z_.-]+(?:/[A-Za-z_.#-]+){2,}")
HOST = re.compile(r"(?:[a-z0-9-]+\.){2,}[a-z]{2,}(?::[0-9]{1,5})?")
VARIABLE = re.compile(r"\$\{|\$\(|\{\{|#\{|<|&lt;|\$[A-Za-z_]|%[A-Za-z_]")
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
NUMBER = re.compile("0[xX][0-9A-Fa-f]{1,16}[uUlLnN]{0,3}")
LETTERS = re.compile(r"[A-Za-z]{8,}")
WORD_ALONE = re.compile(r"[A-Z]?(?:[a-z]|[^\x00-\x7f])+")
KEY_VALUE = re.compile(r"[A-Za-z0-9_+/=.~!@#$%^&*:-]{16,}")
HEXADECIMAL = re.compile(r"[0-9a-fA-F-]+")
MOST = 512  # code points of a value


class Names(NamedTuple):
    """The last words of keys, and what they ask of a value."""

    whole: dict[tuple[str, ...], str]
    endings: list[tuple[str, str]]
    dropped: frozenset[str]


@cache
def _names() -> Names:
    pairs = [item.split(":") for item in rules.KEY_NAMES.split("|")]
    endings = [item.split(":") for item in rules.KEY_ENDINGS.split("|")]
    return Names(
        {tuple(name.split(" ")): kind for name, kind in pairs},
        [(ending, kind) for ending, kind in endings],
        frozenset(rules.DROPPED_WORDS.split("|")),
    )


def key_words(key: str) -> list[str]:
    """Its words in lower case: they part at _ - . and where a capital begins one."""
    return [word.lower() for part in re.split("[_./-]", key) for word in PARTS.findall(part)]


def key_kind(key: str) -> str:
    """ "password", "secret", "api_key" or "basic", or "" for a key that is none: what the last of its words say."""
    names = _names()
    words = key_words(key)
    while words and (words[-1] in names.dropped or words[-1].isdigit()):
        words.pop()
    if not words:
        return ""
    words[-1] = words[-1].rstrip("0123456789")
    for count in (3, 2, 1):
        if len(words) >= count and tuple(words[-count:]) in names.whole:
            return names.whole[tuple(words[-count:])]
    return next((kind for ending, kind in names.endings if words[-1].endswith(ending)), "")


def find_assignments(data: bytes) -> Iterator[Found]:
    resume = 0
    for run in KEYS.finditer(data):
        if run.start() < resume or len(run[0]) > 64 + 2:
            continue
        key = run[0].lstrip(b"0123456789_.-")
        stripped = run[0][: len(run[0]) - len(key)]
        if not key or len(key) > 64 or stripped[-1:].isdigit():
            continue
        kind = key_kind(key.decode("ascii"))
        if not kind:
            continue
        value = _value(data, run.start(), run.end() - len(key), run.end())
        if value is None:
            continue
        resume = value.end
        if _accepted(data, key.decode("ascii"), kind, value):
            text = data[value.start : value.end].decode("utf-8", "replace")
            name = "basic_auth" if kind == "basic" else f"generic_{kind}"
            confidence = "medium" if kind == "basic" else "low"
            empty = kind != "basic" and placeholder(text)
            yield Found(value.start, value.end, place_of(name), confidence, "none", empty, False)


class Value(NamedTuple):
    """Where a value stands, and how it is written."""

    start: int
    end: int
    quoted: bool
    tight: bool  # `key=value` with nothing between
    form: str  # "", "argument" (a password must have a digit), "said" (`password is "..."`), "spaced"
    whole: bool  # it ends as it must
    alone: bool = False  # key and value fill their line


def _value(data: bytes, run_start: int, start: int, end: int) -> Value | None:
    """What is assigned to the key data[start:end]; run_start is where its dashes and dots began."""
    closing = CLOSING.match(data, end)
    assert closing is not None
    at = closing.end()
    opening = data[start - 1 : start] if start > 0 else b""
    in_tag = opening == b"<" or (opening == b":" and b"<" in data[max(0, start - 32) : start])
    if in_tag and data[at : at + 1] == b">":
        stop = data.find(b"<", at, at + 2 * MOST)
        if stop < 0 or data[stop : stop + 2] != b"</":
            return None
        run = RUN.match(data, at + 1, stop)
        return Value(at + 1, stop, False, False, "", bool(run and run.end() == stop))
    operator = OPERATOR.match(data, at)
    if operator and operator[1] == b":" and data[operator.end() : operator.end() + 1] in (b":", b"="):
        operator = None
    if operator:
        typed = TYPED.match(data, operator.end()) if operator[1] == b":" else None
        tight = operator[0] == b"="
        value = _read(data, (typed or operator).end(), tight, data[run_start - 1 : run_start] in (b"?", b"&"))
        if value and not closing[1] and opening in (b'"', b"'", b"`") and value.quoted:
            if data[value.start - 1 : value.start] == opening:
                return value._replace(whole=False)
        if (
            value
            and (run_start == 0 or data[run_start - 1] == ord("\n"))
            and data[value.end : value.end + 1] in (b"", b"\r", b"\n")
        ):
            return value._replace(alone=True)
        return value
    named = NAMED_VALUE.match(data, at)
    if named and (
        closing[1] or re.search(rb"(?i)\b(?:name|key)[\"']?[ \t]*[:=][ \t]*$", data[max(0, start - 16) : start])
    ):
        return _read(data, named.end(), False, False)
    if closing[1] and (comma := COMMA.match(data, at)):
        value = _read(data, comma.end(), False, False)
        return value._replace(form="argument") if value else None
    if not closing[0] and (call := CALL.match(data, at)):
        value = _read(data, call.end(), False, False)
        if value is None or re.compile(rb"\\*[\"'`][ \t]*\)").match(data, value.end) is None:
            return None
        return value._replace(form="argument")
    if not closing[0] and (word := IS.match(data, at)):
        value = _read(data, word.end(), False, False)
        return value._replace(form="said") if value else None
    if not closing[0] and run_start == start and LINE_START.search(data, max(0, start - 64), start):
        if spaced := SPACED.match(data, at):
            value = _read(data, spaced.end(), False, False)
            return value._replace(form="spaced") if value else None
    dashes = data[run_start:start]
    free = run_start == 0 or data[run_start - 1] in b" \t\r\n\"'`([,="
    if not closing[0] and dashes in (b"-", b"--") and free and (space := FLAG.match(data, at)):
        return _read(data, space.end(), False, False)
    return None


def _read(data: bytes, at: int, tight: bool, in_query: bool) -> Value | None:
    quote = QUOTE.match(data, at)
    if quote:
        start = quote.end()
        end = start
        while end < len(data) and end - start <= 4 * MOST and data[end] not in b"\r\n":
            if data.startswith(quote[1] + quote[2], end):
                inner = INNER.match(data, start, end)
                if inner and end - start >= 2 * len(inner[0]) and data[start:end].endswith(inner[0]):
                    return Value(start + len(inner[0]), end - len(inner[0]), True, tight, "", True)
                return Value(start, end, True, tight, "", True)
            end += 2 if data[end] == ord("\\") and not quote[1] else 1
        return None
    run = (IN_QUERY if in_query else RUN).match(data, at)
    if run is None:
        return None
    end = run.end()
    whole = data[end : end + 1] not in (b"(", b"[", b"{", b"\\") and data[at] not in b"$%&*@#"
    return Value(at, end, False, tight, "", whole)


def _kinds(value: str) -> set[str]:
    kinds = set()
    for ch in value:
        if "a" <= ch <= "z":
            kinds.add("lower")
        elif "A" <= ch <= "Z":
            kinds.add("upper")
        elif "0" <= ch <= "9":
            kinds.add("digit")
        elif ch not in "_./:#-":
            kinds.add("other")
    return kinds


def _accepted(data: bytes, key: str, kind: str, value: Value) -> bool:
    if not value.whole or value.end - value.start > 4 * MOST:
        return False
    text = data[value.start : value.end].decode("utf-8", "replace")
    if not 6 <= len(text) <= MOST or any(ch in WHITE for ch in text):
        return False
    if VARIABLE.match(text) or URL.match(text) or text.startswith("arn:") or PATH.match(text):
        return False
    slashes = text.count("/")
    if ROUTE.fullmatch(text) or HOST.fullmatch(text) or (slashes >= 3 and len(text) < 16 * slashes):
        return False
    if not value.quoted and (DOTTED.fullmatch(text) or NUMBER.fullmatch(text)):
        return False
    if NAME.fullmatch(text) and _is_name(text, kind, value.quoted):
        return False
    if kind == "basic":  # Docker's auth, npm's _auth
        decoded = base64_text(text.encode()) if len(text) >= 8 else None
        return decoded is not None and ":" in decoded
    if kind == "password":
        if value.form == "argument" and not ("digit" in _kinds(text) and len(_kinds(text)) >= 2):
            return False
        if value.form == "spaced" and SMALL.fullmatch(text):
            return False
        if is_password(text, value.quoted) or (value.form == "said" and LETTERS.fullmatch(text)):
            return True
        return (
            value.tight and not value.quoted and (key.upper() == key or value.alone) and bool(LETTERS.fullmatch(text))
        )
    if kind == "secret" and value.quoted and value.form != "argument":
        plain = value.form == "" and text.isascii() and not TYPE.fullmatch(text)
        if len(text) >= 8 and (plain or len(_kinds(text)) >= 3):
            return True
    if value.form == "argument" and 8 * sum("0" <= ch <= "9" for ch in text) < len(text):
        return False
    return _is_api_key(text)


def _is_name(identifier: str, kind: str, quoted: bool) -> bool:
    """Whether an identifier names another variable or a label: `currentPassword`, `imdsv2_session_token`."""
    digits = sum("0" <= ch <= "9" for ch in identifier)
    if (digits == 0 or not quoted) and len(key_words(identifier)) > 1 and key_kind(identifier):
        return True
    if not quoted and any(ch in "./-" for ch in identifier):
        return False
    return digits > 0 and kind != "password" and not quoted and "_" in identifier and 8 * digits < len(identifier)


def is_password(text: str, quoted: bool) -> bool:
    """Two kinds of characters, in the open a digit or a symbol; in quotes also 12 of one kind, or 8 small letters."""
    kinds = _kinds(text)
    foreign = sum(ch >= "\x80" for ch in text)
    if len(text) < 6 or foreign >= 8 or 2 * foreign > len(text):  # prose of other scripts has no spaces
        return False
    if len(kinds) >= 2 and not WORD_ALONE.fullmatch(text):  # a word with a capital is a label
        return quoted or "digit" in kinds or "other" in kinds
    return quoted and (len(text) >= 12 or bool(SMALL.fullmatch(text)))


def _is_api_key(text: str) -> bool:
    if not KEY_VALUE.fullmatch(text):
        return False
    letters = any("a" <= ch.lower() <= "z" for ch in text)
    if not letters or not any("0" <= ch <= "9" for ch in text):
        return False
    return entropy(text) >= (3.0 if HEXADECIMAL.fullmatch(text) else 3.3)
