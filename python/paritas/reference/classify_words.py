"""The words of a classifier: how they are read and inflected, and the lists of core/src/match/classify_words.cpp."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from paritas.errors import ParitasError
from paritas.reference.convert import text as text_of
from paritas.reference.unicode import HYPHENS, category, text_class
from paritas.reference.word_points import is_word_point

MOST_WORDS = 64  # of a keyword or negator: what is tried at one word of a text

CATEGORIES = {
    "action": "execute 1, apply 1, run .9, deploy 1, build .8, install .9, start .7, stop .7, restart .8, test .8,"
    " commit .9, push .8, pull .7, merge .8",
    "analysis": "analyze 1, analyse 1, analysis .9, explore 1, review .9, understand .9, explain .9, describe .8,"
    " investigate .9, examine .9, study .8, assess .8, evaluate .8, summarize .8, summarise .8, summary .7,"
    " overview .7, what is .8, what does .8, how does .8, why does .7",
    "generation": "create 1, generate 1, write .9, implement 1, add .8, new .7, scaffold .9, initialize .8,"
    " initialise .8, setup .8, set up .8, bootstrap .9",
    "search": "find 1, search 1, locate .9, grep 1, look for .9, where is .9, which file .8, list .7",
    "edit": "modify 1, refactor 1, fix 1, update .9, change .8, edit .9, rename .9, move .7, delete .8, remove .8,"
    " replace .9, improve .8, optimize .9, optimise .9, clean up .8, debug .9",
}
NEGATORS = (
    "don't, dont, doesn't, didn't, shouldn't, wouldn't, won't, can't, cannot, not, never, needn't, without, no need to,"
    " rather than, instead of, avoid, avoids, avoiding, skip, skips, skipping, ignore, ignores, ignoring, refrain from,"
    " refrains from, refraining from"
).split(", ")
VERB_NEGATORS = frozenset(NEGATORS[NEGATORS.index("avoid") :])
NOT_NEGATORS = (
    "not only, not just, don't forget, don't forget to, dont forget, dont forget to, do not forget, do not forget to,"
    " never forget, never forget to, don't hesitate to, dont hesitate to, do not hesitate to, never fail to, why not,"
    " why don't you, why don't we, why dont you, why dont we, can't you, couldn't you, won't you"
).split(", ")
ENDS_SCOPE = frozenset("but however instead then although though yet so".split())
SOFTENERS = frozenset("just only please".split())

_NO_FORMS = frozenset(
    "analysis summary overview new setup what where which who whose when why how".split()  # questions have none
)
_IRREGULAR = {
    "build": ["build", "builds", "built", "building"],
    "find": ["find", "finds", "found", "finding"],
    "run": ["run", "runs", "ran", "running"],
    "set": ["set", "sets", "setting"],
    "understand": ["understand", "understands", "understood", "understanding"],
    "write": ["write", "writes", "wrote", "written", "writing"],
}
_DOUBLES = frozenset("bootstrap commit debug submit".split())  # besides words of one vowel, as "stop"
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_VOWELS = frozenset("aeiou")
LINE_BREAKS = frozenset("\n\x0b\x0c\r\x85\u2028\u2029")

TIGHT, LOOSE, APART = range(3)  # between two words: nothing; spaces or one hyphen; anything else


class Word(NamedTuple):
    """A run of word points with inner apostrophes, or one letter of a script that writes no spaces."""

    start: int
    end: int
    key: str


def words(text: str) -> list[Word]:
    out: list[Word] = []
    at = 0
    while at < len(text):
        start = at
        while at < len(text) and (is_word_point(text[at]) or (at > start and _is_inner_apostrophe(text, at))):
            at += 1
        if at > start or _is_unspaced(text[at]):
            at = max(at, start + 1)
            out.append(Word(start, at, lowered(text[start:at])))
        else:
            at += 1
    return out


def _is_inner_apostrophe(text: str, at: int) -> bool:
    return text[at] in "'\u2019" and is_word_point(text[at - 1]) and at + 1 < len(text) and is_word_point(text[at + 1])


def _is_unspaced(ch: str) -> bool:
    kind = category(ch)
    return (kind[0] in "LM" or kind in ("Nd", "Pc")) and not is_word_point(ch)


def lowered(text: str) -> str:
    return "".join(chr(ord(ch) + 32) if "A" <= ch <= "Z" else "'" if ch == "\u2019" else ch for ch in text)


def gap_kind(gap: str) -> int:
    if gap == "":
        return TIGHT
    spaces = all(text_class(ch) == "space" and ch not in LINE_BREAKS for ch in gap)
    return LOOSE if spaces or (len(gap) == 1 and gap in HYPHENS) else APART


class Phrase(NamedTuple):
    """The words of a keyword, and what stands before each but the first."""

    keys: tuple[str, ...]
    gaps: tuple[int, ...]


def phrase(text: str, what: str, offset: int) -> Phrase:
    found = words(text)
    if not found:
        raise ParitasError("invalid_argument", f'{what} must have a word: "{text}"', offset)
    if len(found) > MOST_WORDS:
        raise ParitasError("limit_exceeded", f"{what} must have at most {MOST_WORDS} words", offset)
    gaps = tuple(gap_kind(text[a.end : b.start]) for a, b in pairwise(found))
    if APART in gaps:
        message = f'{what} must be words joined by spaces or one hyphen: "{text}"'
        raise ParitasError("invalid_argument", message, offset)
    return Phrase(tuple(word.key for word in found), gaps)


def forms(word: str) -> list[str]:
    """A word and what English makes of it: third person, past, -ing."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _NO_FORMS or not _LETTERS.issuperset(word):
        return [word]
    if word.endswith("e"):
        stem = word if word.endswith(("ee", "oe", "ye")) else word[:-2] + "y" if word.endswith("ie") else word[:-1]
        return [word, word + "s", word + "d", stem + "ing"]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word, word + "es", word + "ed", word + "ing"]
    stem = word + word[-1] if _doubles(word) else word
    return [word, word + "s", stem + "ed", stem + "ing"]


def _doubles(word: str) -> bool:
    """Whether the last letter is written twice before -ed and -ing: stop, grep, commit."""
    if word in _DOUBLES:
        return True
    vowels = [ch in _VOWELS for ch in word]
    return sum(vowels) == 1 and vowels[-2:] == [True, False] and word[-1] not in "wy"


def inflect(word: str) -> list[str]:
    """The forms of a keyword that a classifier knows: of its first word, the rest as it is.

    Returns: ASCII-lowered, the keyword itself first; alone where English gives it no forms, as "summary" and "what is"
    Errors:  invalid_argument for a text without a word, or with more than spaces or one hyphen between its words
    """
    text = text_of(word)
    phrase(text, "word", 0)
    first, last = words(text)[0], words(text)[-1]
    return [form + lowered(text[first.end : last.end]) for form in forms(first.key)]
