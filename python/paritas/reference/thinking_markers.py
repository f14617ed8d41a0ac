"""The markers by which language models begin and end a thought, in all their dialects."""

from collections.abc import Callable, Iterator
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import text as as_text

# Even numbers open a thought, odd ones close it.
TAGS = (
    ("think", 4),
    ("thinking", 6),
    ("thought", 8),
    ("thoughts", 8),
    ("reasoning", 10),
    ("scratchpad", 12),
    ("seed:think", 12),
)  # <think> and </think>: in any case, with attributes
BRACKETS = (("[THINK]", 14), ("[/THINK]", 15))  # in any case
EXACT = (
    ("<\uff5cbegin\u2581of\u2581thinking\uff5c>", 0),
    ("<\uff5cend\u2581of\u2581thinking\uff5c>", 1),
    ("<|begin_of_thinking|>", 2),
    ("<|end_of_thinking|>", 3),
    ("<|begin_of_thought|>", 16),
    ("<|START_THINKING|>", 16),
    ("<|end_of_thought|>", 17),
    ("<|END_THINKING|>", 17),
    ("\u25c1think\u25b7", 18),
    ("\u25c1/think\u25b7", 19),
)
CHANNEL, FINAL_CHANNEL = 20, 21  # a header of a channel opens a thought; that of the channel "final" ends it
AFTER_HEADER = ("<|end|>", "<|return|>", "<|call|>")  # end a thought too, once a header was seen
FIRST_CUSTOM = 22
# In code points.
MAX_MARKER = 64
MAX_ATTRIBUTES = 64
MAX_NAME = 16
MAX_REST, MAX_CONSTRAINT = 64, 32

MORE = -1  # in place of a length: what there is of the text begins a marker, and does not end it
_SPACE = " \t\n\f\r"
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.-")


class Markers:
    """The default markers, the caller's own, or both."""

    def __init__(self, markers: Any = (), default_markers: bool = True) -> None:
        self.defaults = default_markers
        self.custom: list[tuple[str, int]] = []
        for number, (opening, closing) in enumerate(pairs(markers)):
            for marker in (opening, closing):
                if not 1 <= len(marker) <= MAX_MARKER:
                    raise ParitasError("invalid_argument", "a marker must have 1 to 64 characters", number)
            if opening == closing:
                raise ParitasError("invalid_argument", "the two markers of a pair must differ", number)
            self.custom += [(opening, FIRST_CUSTOM + 2 * number), (closing, FIRST_CUSTOM + 2 * number + 1)]

    def match(self, text: str, at: int, final: bool, header_seen: bool) -> tuple[int, int]:
        """Length and id of the longest marker at a place, of two as long the lower id.

        The length is 0 for none, MORE where what follows the text may decide; final: nothing follows.
        """
        found = list(self._candidates(text, at, header_seen))
        if not final and any(length == MORE for length, _ in found):
            return MORE, -1
        return max(((length, marker) for length, marker in found if length > 0), key=_rank, default=(0, -1))

    def _candidates(self, text: str, at: int, header_seen: bool) -> Iterator[tuple[int, int]]:
        if self.defaults and text[at] in "<[\u25c1":
            for name, marker in TAGS:
                yield tag(text, at, "<" + name), marker
                yield tag(text, at, "</" + name), marker + 1
            for bracket, marker in BRACKETS:
                yield literal(ascii_upper(text[at : at + len(bracket)]), 0, bracket), marker
            for exact, marker in EXACT:
                yield literal(text, at, exact), marker
            length, is_final = header(text, at)
            yield length, FINAL_CHANNEL if is_final else CHANNEL
            if header_seen:
                for exact in AFTER_HEADER:
                    yield literal(text, at, exact), FINAL_CHANNEL
        for custom, marker in self.custom:
            yield literal(text, at, custom), marker


def _rank(found: tuple[int, int]) -> tuple[int, int]:
    return found[0], -found[1]


def ascii_upper(text: str) -> str:
    """Letters of ASCII alone: no other letter becomes one of them."""
    return "".join(ch.upper() if "a" <= ch <= "z" else ch for ch in text)


def literal(text: str, at: int, marker: str) -> int:
    part = text[at : at + len(marker)]
    if part == marker:
        return len(marker)
    return MORE if len(part) < len(marker) and marker.startswith(part) else 0


def tag(text: str, at: int, name: str) -> int:
    """A tag of this name: `<name`, then up to 64 characters of white space and attributes, then `>`."""
    begun = literal(ascii_upper(text[at : at + len(name)]), 0, ascii_upper(name))
    if begun <= 0:
        return begun
    place, quote = "name", ""
    start = at + len(name)
    for i in range(start, min(len(text), start + MAX_ATTRIBUTES + 1)):
        ch = text[i]
        if place == "value":
            place = "name" if ch == quote else "value"
        elif place == "equals":
            if ch not in "\"'":
                return 0
            place, quote = "value", ch
        elif ch == ">" and place != "attribute":
            return i + 1 - at
        elif ch in _SPACE and place != "attribute":
            place = "space"
        elif ch in _NAME and place in ("space", "attribute"):
            place = "attribute"
        elif ch == "=" and place == "attribute":
            place = "equals"
        else:
            return 0
    return MORE if len(text) - start <= MAX_ATTRIBUTES else 0


class _No(Exception):
    """This is no header."""


class _Cut(Exception):
    """It may become one."""


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def maybe(self, word: str) -> bool:
        length = literal(self.text, self.at, word)
        if length == MORE:
            raise _Cut
        self.at += length
        return length > 0

    def must(self, word: str) -> None:
        if not self.maybe(word):
            raise _No

    def run(self, least: int, most: int, belongs: Callable[[str], bool]) -> str:
        """All characters that belong, if they are neither too few nor too many."""
        start = self.at
        while self.at < len(self.text) and belongs(self.text[self.at]):
            self.at += 1
            if self.at - start > most:
                raise _No
        if self.at == len(self.text):
            raise _Cut
        if self.at - start < least:
            raise _No
        return self.text[start : self.at]

    def name(self) -> str:
        return self.run(1, MAX_NAME, lambda ch: "a" <= ch <= "z")

    def rest(self, most: int) -> None:
        self.run(0, most, lambda ch: ch != "<")


def header(text: str, at: int) -> tuple[int, bool]:
    """`[<|start|>role]<|channel|>label[rest][<|constrain|>rest]<|message|>`, and whether the label is "final"."""
    reader = _Reader(text, at)
    try:
        if reader.maybe("<|start|>"):
            reader.name()
        reader.must("<|channel|>")
        label = reader.name()
        reader.rest(MAX_REST)
        if reader.maybe("<|constrain|>"):
            reader.rest(MAX_CONSTRAINT)
        reader.must("<|message|>")
    except _No:
        return 0, False
    except _Cut:
        return MORE, False
    return reader.at - at, label == "final"


def pairs(markers: Any) -> list[tuple[str, str]]:
    """What a caller gives as markers: any sequence of pairs of str."""
    wrong = "a sequence of pairs of str is needed, not "
    if isinstance(markers, str | bytes) or not hasattr(markers, "__iter__"):
        raise ParitasTypeError("invalid_argument", wrong + type(markers).__name__)
    made = []
    for number, pair in enumerate(markers):
        if isinstance(pair, str | bytes) or not hasattr(pair, "__iter__"):
            raise ParitasTypeError("invalid_argument", wrong + type(pair).__name__)
        items = [as_text(marker) for marker in pair]
        if len(items) != 2:
            message = "a pair of markers has two texts: what opens a thought and what closes it"
            raise ParitasError("invalid_argument", message, number)
        made.append((items[0], items[1]))
    return made
