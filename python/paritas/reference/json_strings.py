"""Strings of JSON that is none yet: how they open, where they end, what they hold."""

import re
from dataclasses import dataclass

from paritas.reference.json_tokens import (
    COLONS,
    COMMAS,
    DOUBLES,
    LITERALS,
    LOOK,
    NON_FINITE,
    QUOTES,
    SINGLES,
    WHITE,
)

NEAR = 64  # a key without its closing quote and its value are no longer than that
HEX = frozenset("0123456789abcdefABCDEF")
CONTROLS = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


@dataclass(frozen=True)
class Opening:
    """How a string opens."""

    size: int  # of what stands before its content
    closers: str  # any of these ends it
    width: int = 1  # 3 for three quotes
    escaped: bool = False  # with \" in place of "
    raw: bool = False


@dataclass(frozen=True)
class Ending:
    """Where the content of a string ends, and where the text goes on."""

    end: int
    resume: int
    closed: bool
    lost: bool = False  # its closing quote is missing


class Source:
    """A text up to `end`, and what can be seen from a place of it."""

    def __init__(self, text: str, end: int) -> None:
        self.text, self.end = text, end
        self.arriving = False  # what is cut may go on
        self.triples: dict[str, int] = {}
        self.endless: dict[str, int] = {}  # from where on no quote ends a key

    def char(self, at: int) -> str:
        return self.text[at] if at < self.end else ""

    def limit(self, at: int) -> int:
        return min(self.end, at + LOOK)

    def peek(self, at: int, limit: int) -> tuple[int, bool]:
        """The first place that is not white, and whether a line ends before it."""
        broke = False
        while at < limit and self.text[at] in WHITE:
            broke = broke or self.text[at] in "\n\r"
            at += 1
        return at, broke

    def comment_at(self, at: int) -> bool:
        return self.char(at) == "#" or (self.char(at) == "/" and self.char(at + 1) in ("/", "*"))

    def ellipsis(self, at: int) -> int:
        """How long an ellipsis is that stands for elements; 0 without one."""
        size = 1 if self.char(at) == "\u2026" else 3 if self.text.startswith("...", at) and at + 3 <= self.end else 0
        if size == 0:
            return 0
        after, broke = self.peek(at + size, self.limit(at + size))
        fits = after == self.end or broke or self.text[after] in COMMAS or self.text[after] in QUOTES
        return size if fits or self.text[after] in "}])[{" else 0

    def opening(self, at: int) -> Opening | None:
        """How a string opens here, if one does."""
        prefix = at
        while prefix < at + 2 and self.char(prefix) != "" and self.char(prefix) in "rRbBuUfF":
            prefix += 1
        quote = self.char(prefix)
        raw = "r" in self.text[at:prefix].lower()
        if prefix > at:
            if quote == "" or quote not in "\"'":
                return None
        elif quote == "\\":
            quote = self.char(at + 1)
            return Opening(2, quote, escaped=True) if quote != "" and quote in "\"'" else None
        elif quote == "" or quote not in QUOTES:
            return None
        size = prefix - at + 1
        if quote in "\"'" and self.char(prefix + 1) == quote and self._triple(prefix, quote):
            return Opening(size + 2, quote, 3, raw=raw)
        if quote == "`":
            return Opening(size, "`\u00b4")
        if quote in "\"'":
            return Opening(size, quote, raw=raw)
        return Opening(size, DOUBLES if quote in DOUBLES else SINGLES)

    def _triple(self, at: int, quote: str) -> bool:
        """Three quotes, and three more somewhere behind them."""
        if at + 3 > self.end or not self.text.startswith(quote * 3, at):
            return False
        if quote not in self.triples:
            self.triples[quote] = self.text.rfind(quote * 3, 0, self.end)
        return self.triples[quote] >= at + 3

    def key_at(self, at: int, bare: bool) -> bool:
        """Whether a key and its colon stand here; a quoted one that goes out of sight counts."""
        limit = self.limit(at)
        if at >= limit:
            return False
        escaped = self.text[at] == "\\"
        start = at + 1 if escaped else at
        quote = self.char(start)
        if quote != "" and quote in QUOTES:
            closers = (
                quote if quote in "\"'" else "`\u00b4" if quote == "`" else DOUBLES if quote in DOUBLES else SINGLES
            )
            at = start + 1
            while at < limit:
                ch = self.text[at]
                if ch in "\n\r":
                    return False
                if ch == "\\":
                    if not (escaped and self.char(at + 1) == quote):
                        at += 2
                        continue
                    at += 1
                if self.char(at) in closers:
                    after, _ = self.peek(at + 1, self.limit(at + 1))
                    if after >= self.limit(at + 1) or self.text[after] in COLONS or self.text[after] == "=":
                        return True
                    while at > start + 1 and self.text[at - 1] in " \t":
                        at -= 1
                    return at > start + 2 and self.text[at - 1] in COLONS  # "key: "value", without its quote
                at += 1
            return True
        start = at
        number = "0" <= self.text[at] <= "9"  # 2.5 may be a key; a word ends at its full stop
        while at < limit and (name_char(self.text[at]) or (number and self.text[at] == ".")):
            at += 1
        if not bare or at == start or at >= limit:
            return False
        at, _ = self.peek(at, limit)
        return at < limit and self.text[at] in COLONS

    def element_at(self, at: int) -> bool:
        """Whether an element of an array stands here: a string, a container, or one word and what ends it."""
        limit = self.limit(at)
        if at >= limit:
            return True
        ch = self.text[at]
        if ch in QUOTES or ch in "{[(\\":
            return True
        while at < limit and word_char(self.text[at]):
            at += 1
        at, broke = self.peek(at, limit)
        return at >= limit or broke or self.text[at] in COMMAS or self.text[at] in "]})" or self.comment_at(at)

    def literal_at(self, at: int) -> bool:
        stop = at
        while stop < min(self.end, at + 10) and name_char(self.text[stop]):
            stop += 1
        return self.text[at:stop] in LITERALS or self.text[at:stop] in NON_FINITE

    def key_ends(self, after: int) -> bool:
        """Whether a key ends before `after`."""
        limit = self.limit(after)
        at, _ = self.peek(after, limit)
        if at >= limit:
            return True
        ch = self.text[at]
        fits = ch in COLONS or ch in COMMAS or ch in QUOTES or ch in "=}{[])-\\" or "0" <= ch <= "9"
        return fits or self.comment_at(at) or self.literal_at(at)

    def value_ends(self, after: int, place: str, parens: bool) -> bool:
        """Whether a string value ends before `after`. place: "{", "[" or "(" for what it stands in, "" for nothing."""
        limit = self.limit(after)
        at, broke = self.peek(after, limit)
        if at >= limit:
            return True
        ch = self.text[at]
        if ch in "}]" or (ch == ")" and parens) or self.comment_at(at):
            return True
        if ch == "+":
            at, _ = self.peek(at + 1, self.limit(at + 1))
            return self.opening(at) is not None
        if ch in COMMAS:
            return self._comma_ends(at, place)
        if place == "{":
            return (ch in QUOTES or ch == "\\" or broke) and self.key_at(at, broke)
        if place == "":
            return False
        return ch in QUOTES or ch in "{[\\" or ch in COLONS

    def _comma_ends(self, at: int, place: str) -> bool:
        """Whether a key or an element follows the comma at `at`."""
        limit = self.limit(at)
        while at < limit and (self.text[at] in COMMAS or self.text[at] in WHITE):
            at += 1
        if at >= limit:
            return True
        if self.text[at] in "}])" or self.comment_at(at) or self.ellipsis(at) > 0:
            return True
        if place == "":
            return False
        return self.key_at(at, True) if place == "{" else self.element_at(at)


def name_char(ch: str) -> bool:
    """What a bare name may have."""
    if ch < "\x80":
        return ch.isalnum() or ch in "_$-"
    return ch not in WHITE and ch not in QUOTES and ch not in COMMAS and ch not in COLONS and ch != "\u2026"


def word_char(ch: str) -> bool:
    """What a number or a literal may have."""
    return name_char(ch) or ch in ".+"


def find_end(source: Source, start: int, opening: Opening, place: str, parens: bool) -> Ending:
    """Where a string with its content at `start` ends. place: as in value_ends, or "key"."""
    text, end = source.text, source.end
    stops = re.compile("[\\\\" + opening.closers + "]")
    at, lost, inner = start, -1, 0
    if place == "key" and start >= source.endless.get(opening.closers, end):
        at = end  # so that a text of such keys is not read to its end for each of them
    while (stop := stops.search(text, at, end)) is not None:
        at = stop.start()
        size = opening.width
        if text[at] == "\\":
            if not (opening.escaped and source.char(at + 1) == opening.closers):
                twice = opening.escaped and text[at + 1 : at + 4] == "\\\\" + opening.closers
                at += 4 if twice else 2
                continue
            size = 2
        elif size == 3:
            if at + 3 > end or not text.startswith(opening.closers * 3, at):
                at += 1
                continue
            while source.char(at + 3) == opening.closers:
                at += 1
            return Ending(at, at + 3, True)
        if source.key_ends(at + size) if place == "key" else source.value_ends(at + size, place, parens):
            if place == "[" and inner == 1 and lost >= 0:
                return Ending(lost, lost, True, True)  # ["a, "b"]: the one quote within opens the next element
            return Ending(at, at + size, True)
        inner += 1
        if place == "key":
            lost = _lost_key(source, start, at)
            if lost >= 0:
                return Ending(lost, lost, True, True)
        elif place != "":
            after, _ = source.peek(at + size, source.limit(at + size))
            if place == "{" and lost >= 0 and after < end and text[after] in COLONS:
                return Ending(lost, lost, True, True)
            candidate = _lost_value(source, start, at)
            lost = candidate if candidate >= 0 else lost
        at += size
    if place == "key" and not source.arriving:
        source.endless.setdefault(opening.closers, start)
        colon = text.find(":", start, min(end, start + LOOK))
        if colon > start:
            return Ending(colon, colon, False, True)
    return Ending(end, end, False)


def _back(source: Source, start: int, at: int) -> tuple[int, bool]:
    """Before the white space before `at`, and whether a line ends in it."""
    broke = False
    least = max(start, at - LOOK)
    while at > least and source.text[at - 1] in " \t\n\r":
        broke = broke or source.text[at - 1] in "\n\r"
        at -= 1
    return at, broke


def _lost_value(source: Source, start: int, at: int) -> int:
    """Where a value ends whose closing quote is missing, if the quote at `at` opens the key behind it; -1 if not."""
    before, broke = _back(source, start, at)
    if before > start and source.text[before - 1] in COMMAS:
        return before - 1
    return before if broke else -1


def _lost_key(source: Source, start: int, at: int) -> int:
    """Where a key ends whose closing quote is missing, if the quote at `at` belongs to its value or the next key."""
    before, _ = _back(source, start, at)
    if before <= start + 1:
        return -1
    if source.text[before - 1] in COLONS:
        return before - 1
    if source.text[before - 1] in COMMAS and at - start <= NEAR:
        colon = source.text.find(":", start, at)
        return colon if colon > start else -1
    return -1


def unescape_once(text: str) -> str:
    """What a text was before a JSON string was made of it: of doubled backslashes and of quotes."""
    return re.sub(r"\\([\\\"'])", r"\1", text)


def utf8_safe(code: int) -> str | None:
    """The character of an escape of any length, as JSON holds it."""
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return None
    ch = chr(code)
    return f"\\{ch}" if ch in '"\\' else CONTROLS.get(ch, f"\\u{code:04x}") if code < 0x20 else ch
