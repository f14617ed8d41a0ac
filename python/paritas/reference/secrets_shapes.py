"""Shapes: the language of the rules for secrets, read and tried. Greedy, never backing up, so linear.

Everything runs over UTF-8; no byte of a character beyond ASCII belongs to a class.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from paritas.reference import secret_tables as rules
from paritas.reference.secrets_values import checksum, entropy, placeholder

_D = "0123456789"
_LOW = "abcdefghijklmnopqrstuvwxyz"
_N = _D + _LOW + _LOW.upper()
CLASSES = {
    name: frozenset(members.encode())
    for name, members in {
        "d": _D,
        "x": _D + "abcdef",
        "X": _D + "abcdefABCDEF",
        "l": _LOW,
        "a": _LOW + _LOW.upper(),
        "n": _N,
        "U": _LOW.upper() + _D,
        "L": _LOW + _D,
        "w": _N + "_",
        "k": _N + "_-",
        "b": _N + "+/",
        "P": _N + "_-.=%",
        "q": _N + "+/%=",
        "s": _N + "./",
        "t": _LOW.upper() + "234567",
        "h": _LOW + "234567",
        "z": _N + "_-~.",
        "=": "=",
    }.items()
}
WORD = CLASSES["w"]
SEVERITIES = {"C": "critical", "H": "high", "M": "medium", "L": "low"}
STARTS = re.compile(rb"[A-Za-z0-9_+/=.%~:$@!*-]{16,}")
SEPARATORS = frozenset(b"=:>(,[")
SKIPPED = frozenset(b" \t\r\n\"'`\\")


class Literal(NamedTuple):
    text: bytes


class Run(NamedTuple):
    name: str
    low: int
    high: int


class Choice(NamedTuple):
    options: list[list["Piece"]]
    optional: bool


class Mark(NamedTuple):
    opens: bool  # the secret begins here, or ends


Piece = Literal | Run | Choice | Mark


class Line(NamedTuple):
    """A line of the rules that has a shape."""

    rule: int  # its place among the names
    provider: str
    context: str  # the word behind @, or ""
    shape: list[Piece]
    entropy: float
    check: str


class Rule(NamedTuple):
    """A name with all its lines."""

    name: str
    severity: str
    provider: str
    kind: str
    shape: str
    description: str


class Found(NamedTuple):
    """A secret in UTF-8, not yet set against the others."""

    start: int
    end: int
    rule: int
    confidence: str
    checksum: str
    placeholder: bool
    shows: bool  # its ends may be shown when it is masked
    kept: tuple[tuple[int, int], ...] = ()  # what a mask leaves: the BEGIN and END lines of a PEM block


def _parse(text: str) -> list[Piece]:
    pieces, at = _sequence(text, 0)
    assert at == len(text), text
    return pieces


def _sequence(text: str, at: int) -> tuple[list[Piece], int]:
    pieces: list[Piece] = []
    while at < len(text) and text[at] not in "|)":
        ch = text[at]
        if text.startswith("<g>", at):
            for i, count in enumerate((8, 4, 4, 4, 12)):
                pieces += ([Literal(b"-")] if i else []) + [Run("X", count, count)]
            at += 3
        elif ch == "<":
            end = text.index(">", at)
            low, _, high = text[at + 2 : end].partition("-")
            pieces.append(Run(text[at + 1], int(low), int(high or low)))
            at = end + 1
        elif ch == "(":
            options = []
            while text[at] != ")":
                option, at = _sequence(text, at + 1)
                options.append(option)
            optional = text.startswith("?", at + 1)
            pieces.append(Choice(options, optional))
            at += 2 if optional else 1
        elif ch in "{}":
            pieces.append(Mark(ch == "{"))
            at += 1
        else:
            pieces.append(Literal(ch.encode()))
            at += 1
    return pieces, at


@cache
def all_rules() -> list[Rule]:
    """Every rule in its order: those with shapes, then those in code."""
    found: dict[str, Rule] = {}
    for line in (rules.RULES + rules.CODE_RULES).splitlines():
        name, severity, provider, kind, shape, description = line.split("\t")
        before = f"{found[name].shape} | " if name in found else ""
        found[name] = Rule(name, SEVERITIES[severity], provider, kind, before + shape, description)
    return list(found.values())


@cache
def place_of(name: str) -> int:
    return [rule.name for rule in all_rules()].index(name)


@cache
def _lines() -> list[Line]:
    places = {rule.name: place for place, rule in enumerate(all_rules())}
    lines = []
    for line in rules.RULES.splitlines():
        name, _, provider, _, shape, _ = line.split("\t")
        context, check, bits, body = "", "", 0.0, ""
        for part in shape.split():
            if part[0] == "@":
                context = part[1:]
            elif part[0] == "!" and part[1:].replace(".", "").isdigit():
                bits = float(part[1:])
            elif part in ("crc", "crc_gitlab", "crc_grafana", "bech32"):
                check = part
            else:
                body = part
        lines.append(Line(places[name], provider, context, _parse(body), bits, check))
    return lines


@cache
def _contexts() -> dict[str, list[bytes]]:
    pairs = (line.split("\t") for line in rules.CONTEXTS.splitlines())
    return {word: [name.encode() for name in names.split("|")] for word, names in pairs}


class Path:
    """How far a shape has come: what it took last, and where the secret lies."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = start
        self.at = start
        self.prefix = -1  # bytes before the first run
        self.last = ""  # class of the last run that is no padding
        self.padded = False
        self.secret = [start, -1]

    def take(self, pieces: list[Piece]) -> bool:
        for piece in pieces:
            if isinstance(piece, Literal):
                if not self.data.startswith(piece.text, self.at):
                    return False
                self.at += len(piece.text)
            elif isinstance(piece, Run):
                if not self._run(piece):
                    return False
            elif isinstance(piece, Mark):
                self.secret[0 if piece.opens else 1] = self.at
            elif not self._choose(piece):
                return False
        return True

    def _run(self, run: Run) -> bool:
        members = CLASSES[run.name]
        end = self.at
        while end < len(self.data) and end - self.at < run.high and self.data[end] in members:
            end += 1
        if end - self.at < run.low:
            return False
        if self.prefix < 0:
            self.prefix = self.at - self.start
        if run.name == "=":
            self.padded = True
        else:
            self.last, self.padded = run.name, False
        self.at = end
        return True

    def _choose(self, choice: Choice) -> bool:
        before = (self.at, self.prefix, self.last, self.padded)
        for option in choice.options:
            if self.take(option):
                return True
            self.at, self.prefix, self.last, self.padded = before
        return choice.optional

    def ends_well(self) -> bool:
        if self.at == len(self.data):
            return True
        after = self.data[self.at]
        return after not in CLASSES[self.last] and not (self.padded and after == ord("="))


def left_edge(data: bytes, at: int) -> bool:
    """Whether no word runs into a match: a backslash and n, r or t, or a %HH, are no word."""
    if at == 0 or data[at - 1] not in WORD:
        return True
    if at >= 2 and data[at - 2] == ord("\\") and data[at - 1] in b"nrt":
        return True
    return at >= 3 and data[at - 3] == ord("%") and all(byte in CLASSES["X"] for byte in data[at - 2 : at])


def window(data: bytes, at: int) -> bytes:
    """What stands before a value, for names to be found in: at most 80 bytes, on its line and the last one before
    that is not blank, in lower case and without _ - . and space; empty where no separator stands before the value."""
    back = at
    while back > 0 and data[back - 1] in SKIPPED:
        back -= 1
    if back == 0 or data[back - 1] not in SEPARATORS:
        return b""
    start = max(0, at - 80)
    line = data.rfind(b"\n", start, at)
    while line >= 0:  # the line of the value begins behind; seek the one before that holds something
        before = data.rfind(b"\n", start, line)
        if data[max(before + 1, start) : line].strip(b" \t\r\n\v\f"):
            start = before + 1 if before >= 0 else start
            break
        line = before
    return data[start:at].translate(None, b"_-. ").lower()


def _first_bytes(pieces: list[Piece]) -> tuple[set[int], bool]:
    """Bytes that a shape can begin with, and whether these pieces may also take nothing."""
    found: set[int] = set()
    for piece in pieces:
        if isinstance(piece, Literal):
            return found | {piece.text[0]}, False
        if isinstance(piece, Run):
            found |= CLASSES[piece.name]
            if piece.low:
                return found, False
        elif isinstance(piece, Choice):
            empty = piece.optional
            for option in piece.options:
                first, nothing = _first_bytes(option)
                found |= first
                empty |= nothing
            if not empty:
                return found, False
    return found, True


@cache
def _by_first_byte() -> list[list[int]]:
    """For each byte the lines without context that can begin with it."""
    table: list[list[int]] = [[] for _ in range(256)]
    for place, line in enumerate(_lines()):
        if not line.context:
            for byte in _first_bytes(line.shape)[0]:
                table[byte].append(place)
    return table


@cache
def _by_context() -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for place, line in enumerate(_lines()):
        if line.context:
            table.setdefault(line.context, []).append(place)
    return table


@cache
def _context_bytes() -> set[int]:
    """Bytes that a value beside a name can begin with."""
    return set().union(*(_first_bytes(line.shape)[0] for line in _lines() if line.context))


def find_shapes(data: bytes, wanted: frozenset[int] | None) -> Iterator[Found]:
    """What the rules with a shape find, each from left to right; wanted: places of the rules, None for all."""
    lines = _lines()
    resume: dict[int, int] = {}
    for stretch in STARTS.finditer(data):
        for at in range(stretch.start(), stretch.end() - 15):
            if not left_edge(data, at):
                continue
            candidates = _by_first_byte()[data[at]]
            near = window(data, at) if data[at] in _context_bytes() else b""
            if near:
                words = [word for word, names in _contexts().items() if any(name in near for name in names)]
                candidates = sorted(candidates + [place for word in words for place in _by_context()[word]])
            for place in candidates:
                line = lines[place]
                if at < resume.get(line.rule, 0) or (wanted is not None and line.rule not in wanted):
                    continue
                found, end = _try(data, at, line)
                if found:
                    resume[line.rule] = end
                    yield found


def _try(data: bytes, at: int, line: Line) -> tuple[Found | None, int]:
    path = Path(data, at)
    if not path.take(line.shape) or not path.ends_well():
        return None, 0
    rule = all_rules()[line.rule]
    start, end = path.secret[0], path.secret[1] if path.secret[1] >= 0 else path.at
    value = data[start:end].decode("utf-8")
    if line.entropy and entropy(value) < line.entropy:
        return None, 0
    check = checksum(line.check, value)
    prefix = path.prefix if path.prefix >= 0 else path.at - at
    strong = check == "valid" or (prefix >= 4 and not line.context)
    confidence = "low" if check == "invalid" else "high" if strong else "medium"
    empty = rule.kind == "provider" and placeholder(value, 6, line.provider == "aws")
    shows = rule.kind == "provider" and not line.context
    return Found(start, end, line.rule, confidence, check, empty, shows), path.at
