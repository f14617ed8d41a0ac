"""An answer that refuses, as core/src/match/response_refusal.cpp finds it."""

from typing import NamedTuple

from paritas.reference.unicode import category
from paritas.results_filter import CodeRegion

REACH = 200  # code points from the start of the text in which a refusal begins
WINDOW = 400  # and in which it ends
REST = 600  # more than so many behind it are an answer after all

APOLOGIES = ("sorry", "i'm sorry", "i am sorry", "i apologize", "unfortunately", "but")
HINDRANCES = (
    *("can't", "cannot", "can not", "am unable to", "are unable to", "won't be able to", "am not able to"),
    *("are not able to", "must decline to", "have to decline to"),
)
OPENINGS = (
    *(f"{who} {how}" for who in ("i", "we") for how in HINDRANCES),
    *(f"{who} {how}" for who in ("i'm", "we're") for how in ("unable to", "not able to")),
)
DEEDS = (
    *("help", "assist", "comply", "provide", "fulfill", "answer", "do that", "create", "generate", "write", "share"),
    *("continue", "discuss"),
)
REFUSALS = (
    *(f"{opening} {deed}" for opening in OPENINGS for deed in DEEDS),
    *("as an ai language model", "as an ai assistant"),
)
CLAUSE_ENDS = frozenset(".!?:;,\n–—")


class Word(NamedTuple):
    text: str
    start: int
    end: int


def find_refusal(text: str, code: list[CodeRegion]) -> tuple[int, int] | None:
    """Start and end of the first refusal that begins within the first 200 code points, at the start of a clause."""
    words = _words(text[:WINDOW])
    for first, word in enumerate(words):
        if word.start >= REACH:
            return None
        if not _begins_clause(text, words, first) or any(r.start <= word.start < r.end for r in code):
            continue
        at = first
        while (apology := _said(text, words, at, APOLOGIES)) > 0:
            at += apology
            if at < len(words) and any(ch not in " \t,.!" for ch in text[words[at - 1].end : words[at].start]):
                break
        refusal = _said(text, words, at, REFUSALS)
        if refusal > 0:
            return word.start, words[at + refusal - 1].end
    return None


def _is_letter(ch: str) -> bool:
    return category(ch)[0] in "LMN"


def _words(text: str) -> list[Word]:
    """Runs of letters, marks and numbers, apostrophes between them; ASCII letters made small."""
    words: list[Word] = []
    start = -1
    for at in range(len(text) + 1):
        ch = text[at : at + 1]
        inner = ch in ("'", "’") and start >= 0 and at + 1 < len(text) and _is_letter(text[at + 1])
        if ch and (inner or _is_letter(ch)):
            start = at if start < 0 else start
        elif start >= 0:
            said = "".join(c.lower() if "A" <= c <= "Z" else c for c in text[start:at]).replace("’", "'")
            words.append(Word(said, start, at))
            start = -1
    return words


def _begins_clause(text: str, words: list[Word], first: int) -> bool:
    if first == 0:
        return True
    before = words[first - 1]
    gap = text[before.end : words[first].start]
    return before.text in ("but", "however") or any(ch in CLAUSE_ENDS for ch in gap)


def _said(text: str, words: list[Word], at: int, phrases: tuple[str, ...]) -> int:
    """How many words the first of these phrases that stands here has, with only spaces between them; 0 for none."""
    for phrase in phrases:
        parts = phrase.split()
        said = words[at : at + len(parts)]
        if [word.text for word in said] == parts and all(
            text[said[i].end : said[i + 1].start].strip(" \t") == "" for i in range(len(said) - 1)
        ):
            return len(parts)
    return 0
