"""Sentences: cuts that keep every character."""

from paritas.reference.convert import text as as_text
from paritas.reference.lexicon import ABBREVIATIONS, STOP_WORDS, TITLES
from paritas.reference.terms import is_lower, is_upper
from paritas.reference.unicode import fold, text_class
from paritas.results import Span

BREAKS = "\n\x0b\x0c\r\x85\u2028\u2029"
BULLETS = "-*•‣◦⁃▪"
TERMINATORS = ".!?…。！？｡।؟۔．"
FULL_TERMINATORS = "。！？｡"  # of scripts that put no space behind them
CLOSERS = "\"')]}”’»）」』】›"
WORD = ("letter", "mark", "digit")


def sentences(text: str) -> list[Span]:
    """The sentences in order, trimmed; every non-space character lies in exactly one.

    Cuts are made at terminators and blank lines, before list items, and not at abbreviations or decimals.
    """
    text = as_text(text)
    return [Span(start, end) for start, end in cut_sentences(text, [text_class(ch) for ch in text])]


def cut_sentences(text: str, classes: list[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = at = 0

    def cut(end: int) -> None:
        nonlocal start
        left, right = start, end
        while left < right and classes[left] in ("space", "transparent"):
            left += 1
        while right > left and classes[right - 1] in ("space", "transparent"):
            right -= 1
        if left < right:
            spans.append((left, right))
        start = end

    line, first = 0, -1  # where the current line starts, and its first character that is no space
    while at < len(text):
        if text[at] in BREAKS:
            end, breaks = at, 0
            while end < len(text) and classes[end] == "space":
                if text[end] in BREAKS and text[end - 1 : end + 1] != "\r\n":
                    breaks += 1
                if text[end] in BREAKS:
                    line, first = end + 1, -1
                end += 1
            if breaks >= 2 or _list_item(text, classes, end):
                cut(end)
            at = end
            continue
        if first < 0 and classes[at] != "space":
            first = at
        if text[at] in TERMINATORS:
            stop = at
            while stop < len(text) and text[stop] in TERMINATORS:
                stop += 1
            end = stop
            while end < len(text) and text[end] in CLOSERS:
                end += 1
            if _ends_sentence(text, classes, at, stop, end, line, first):
                cut(end)
            at = end
        else:
            at += 1
    cut(len(text))
    return spans


def _list_item(text: str, classes: list[str], at: int) -> bool:
    """Whether a line starts here with a bullet or "1." or "1)", and a space."""
    end = at
    if text[at : at + 1] != "" and text[at] in BULLETS:
        end += 1
    else:
        while end < len(text) and end - at < 4 and classes[end] == "digit":
            end += 1
        if not 1 <= end - at <= 3 or text[end : end + 1] not in (".", ")"):
            return False
        end += 1
    return end < len(text) and classes[end] == "space"


def _ends_sentence(text: str, classes: list[str], at: int, stop: int, end: int, line: int, first: int) -> bool:
    """Whether the terminators text[at:stop], with closers up to `end`, end a sentence."""
    if any(ch in FULL_TERMINATORS for ch in text[at:stop]):
        return True
    single = stop - at == 1 and text[at] == "." and end == stop
    following = end
    while following < len(text) and classes[following] == "transparent":
        following += 1
    if following < len(text) and classes[following] != "space":
        return (
            single
            and at >= 2
            and classes[at - 1] == classes[at - 2] == "letter"
            and following + 1 < len(text)
            and is_upper(text[following])
            and is_lower(text[following + 1])
        )
    while following < len(text) and classes[following] in ("space", "transparent"):
        following += 1
    if following == len(text):
        return True
    if is_lower(text[following]):
        return False
    return not single or not _abbreviates(text, classes, at, line, first, following)


def _abbreviates(text: str, classes: list[str], stop: int, line: int, first: int, following: int) -> bool:
    """Whether the full stop at `stop` belongs to the piece before it: a list marker or an abbreviation."""
    start = stop
    while start > line and (
        classes[start - 1] in WORD or (text[start - 1] == "." and start - 1 > line and classes[start - 2] == "letter")
    ):
        start -= 1
    piece = text[start:stop]
    if piece == "":
        return False
    if len(piece) <= 3 and all(kind == "digit" for kind in classes[start:stop]):
        return start == first
    key = fold(piece.replace(".", ""))
    if key in TITLES:
        return True
    dotted = "." in piece and all(len(part) == 1 and text_class(part) == "letter" for part in piece.split("."))
    initial = len(piece) == 1 and is_upper(piece) and piece != "I"
    if not (dotted or initial or key in ABBREVIATIONS):
        return False
    end = following
    while end < len(text) and classes[end] in WORD:
        end += 1
    return not (is_upper(text[following]) and fold(text[following:end]) in STOP_WORDS)
