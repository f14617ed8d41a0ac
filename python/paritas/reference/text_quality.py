"""text_quality: how much a text looks like writing, without a dictionary and without a language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from paritas.errors import ParitasError
from paritas.reference.bigram_table import COST
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.convert import whole
from paritas.reference.floats import require_numpy
from paritas.reference.text_characters import (
    ODD,
    is_bad,
    is_digit,
    is_letter,
    is_sign,
    is_space,
    is_unseen,
    letter_number,
    script,
)
from paritas.reference.unicode import category, lower
from paritas.results import Span
from paritas.results_ocr import GarbageSpan, TextQuality

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RULES = (
    "bad_char",
    "symbols",
    "edge_symbols",
    "inner_punct",
    "script_mix",
    "digit_in_word",
    "too_long",
    "repeat",
    "case_mix",
    "no_vowel",
    "bigram",
    "token_repeat",
)
GARBAGE = 0.5
MAX_SPANS = 50
ADDRESSES = ("http://", "https://", "www.")
NUMERIC = frozenset(".,:/-'%()+°x–−")
PROSE = frozenset(".,:;()!?/-'\"%&")  # ASCII that stands between letters of any script
JOINERS = frozenset("-‐'’´`/._&@:+·#")
HYPHENS = frozenset("-'’‐")
VOWELS = frozenset(letter_number(ch) for ch in "aeiouy")
EDGE = 0


class Token(NamedTuple):
    start: int
    end: int
    quality: float
    rules: list[str]
    single: bool  # one sign or one Latin, Greek or Cyrillic letter


def text_quality(text: str) -> float:
    """How much a text looks like writing, from 0 to 1; 0 for a text without a token."""
    return _quality(_tokens(as_text(text)))


def text_quality_batch(texts: Sequence[str], *, threads: int = 0) -> npt.NDArray[np.float64]:
    """text_quality of each text."""
    many = as_texts(texts)
    if whole(threads) < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    array: npt.NDArray[np.float64] = require_numpy().array([_quality(_tokens(text)) for text in many], dtype="float64")
    return array


def text_quality_report(text: str, *, max_spans: int = MAX_SPANS) -> TextQuality:
    """text_quality, the rules that lowered it, and the tokens that look like noise."""
    text, most = as_text(text), whole(max_spans)
    tokens = _tokens(text)
    if most < 0:
        raise ParitasError("invalid_argument", "max_spans must be at least 0")
    counts = {rule: sum(rule in token.rules for token in tokens) for rule in RULES}
    garbage = [token for token in tokens if token.quality < GARBAGE]
    worst = sorted(garbage, key=lambda token: token.quality)[:most]  # stable: equal ones stay in text order
    spans = [GarbageSpan(Span(token.start, token.end), token.quality, tuple(token.rules)) for token in worst]
    rules = {rule: count for rule, count in counts.items() if count > 0}
    return TextQuality(_quality(tokens), len(tokens), len(garbage), rules, spans)


def _quality(tokens: list[Token]) -> float:
    if not tokens:
        return 0.0
    total = 0.0
    length = 0
    for token in tokens:  # in text order
        total += float(token.end - token.start) * token.quality
        length += token.end - token.start
    r = total / float(length)
    singles = sum(token.single for token in tokens)
    if len(tokens) >= 8 and 4 * singles > len(tokens):
        share = float(singles) / float(len(tokens))
        r *= max(0.3, 1.0 - 2.0 * (share - 0.25))
    return max(0.0, 2.0 * r - 1.0)


def _tokens(text: str) -> list[Token]:
    tokens = []
    start = 0
    before, alike = "", 0  # the token before, and how many like it stand in a row
    for end in range(len(text) + 1):
        if end < len(text) and not is_space(text[end]):
            continue
        if end > start:
            word = text[start:end]
            alike = alike + 1 if word == before else 1
            before = word
            tokens.append(_token(start, word, alike))
        start = end + 1
    return tokens


def _token(start: int, word: str, alike: int) -> Token:
    end = start + len(word)
    single = len(word) == 1 and (is_sign(word) or script(word) != "")
    quality, rules = 1.0, []

    def lower_by(rule: str, factor: float) -> None:
        nonlocal quality
        if factor < 1.0:
            quality *= factor
            rules.append(rule)

    bad = sum(is_bad(ch) for ch in word)
    lower_by("bad_char", 1.0 - min(1.0, 2.0 * float(bad) / float(len(word))))
    if all(is_sign(ch) for ch in word):
        lower_by("symbols", _symbols(word))
        return Token(start, end, quality, rules, single)
    first, last = 0, len(word)
    while is_sign(word[first]):
        first += 1
    while is_sign(word[last - 1]):
        last -= 1
    core, stripped = word[first:last], word[:first] + word[last:]
    lower_by("edge_symbols", 0.6 if len(stripped) > 4 or any(ch in ODD for ch in stripped) else 1.0)
    digits = sum(is_digit(ch) for ch in core)
    numeric = 2 * digits >= len(core) and all(is_digit(ch) or ch in NUMERIC for ch in core)
    if numeric or core.startswith(ADDRESSES):
        return Token(start, end, quality, rules, single)
    lower_by("inner_punct", _inner_punct(core))
    # The parts between signs: what each rule takes is counted once for the token, the factor by the part's length.
    total, length, found = 0.0, 0, set()
    for part in "".join(" " if is_sign(ch) else ch for ch in core).split(" "):
        factor = 1.0
        for rule, by in _part([ch for ch in part if not is_unseen(ch)]):
            if by < 1.0:
                factor *= by
                found.add(rule)
        total += float(len(part)) * factor
        length += len(part)
    quality *= total / float(length)
    rules += [rule for rule in RULES if rule in found]
    if alike >= 4 and any(is_letter(ch) for ch in word):
        lower_by("token_repeat", 0.2)
    return Token(start, end, quality, rules, single)


def _symbols(word: str) -> float:
    if len(word) == 1:
        return 0.4 if word in ODD else 1.0
    if len(set(word)) == 1:
        return 1.0
    return 0.8 if len(word) <= 3 and not any(ch in ODD for ch in word) else 0.4


def _inner_punct(core: str) -> float:
    def solid(ch: str) -> bool:
        return is_digit(ch) or script(ch) != ""

    found = set()
    for left, ch, right in zip(core, core[1:], core[2:], strict=False):
        if is_sign(ch) and all(is_letter(side) or is_digit(side) for side in (left, right)):
            if (solid(left) and solid(right)) or (ch < "\x80" and ch not in PROSE):
                found.add(ch)
    if found - JOINERS:
        return 0.6
    return 0.6 if len(found - HYPHENS) >= 2 and "@" not in found else 1.0


def _part(part: list[str]) -> list[tuple[str, float]]:
    """The factors of one part, which is given without marks and format characters."""
    letters = [ch for ch in part if is_letter(ch)]
    if not letters:
        return []
    scripts = {script(ch) for ch in letters}
    factors = []
    if len(letters) >= 3 and len(scripts - {""}) >= 2:
        factors.append(("script_mix", 0.3))
    if "" not in scripts:
        factors.append(("digit_in_word", _digit_in_word(part, len(letters))))
        factors.append(("too_long", 0.3 if len(part) > 40 else 1.0))
    factors.append(("repeat", _repeat(part)))
    factors.append(("case_mix", _case_mix(part)))
    if scripts == {"LATIN"}:
        factors.append(("no_vowel", _no_vowel(letters)))
        factors.append(("bigram", _bigram(part, letters)))
    return factors


def _digit_in_word(part: list[str], letters: int) -> float:
    changes = sum(is_digit(a) != is_digit(b) for a, b in pairwise(part))
    small = any(category(ch) == "Ll" for ch in part)
    if changes >= 2 and (small or len(part) > 4):
        return 0.4
    return 0.8 if changes == 1 and small and letters >= 3 else 1.0


def _repeat(part: list[str]) -> float:
    run = 0
    before = ""
    for ch in part:
        low = lower(ch) if is_letter(ch) else ""
        run = run + 1 if low != "" and low == before else 1
        before = low
        if run >= 4:
            return 0.2
    return 1.0


def _case_mix(part: list[str]) -> float:
    cases = [category(ch) for ch in part]
    changes = [at + 1 for at, pair in enumerate(pairwise(cases)) if pair == ("Ll", "Lu")]
    if len(changes) >= 2:
        return 0.3
    if not changes:
        return 1.0
    behind = cases[changes[0] + 1 :]
    named = len(behind) >= 2 and all(case == "Ll" for case in behind)  # McDonald, iPhone
    return 0.9 if named and (cases[0] == "Lu" or changes[0] == 1) else 0.5


def _no_vowel(letters: list[str]) -> float:
    numbers = {letter_number(ch) for ch in letters}
    if None in numbers or numbers & VOWELS:
        return 1.0
    capital = all(category(ch) == "Lu" for ch in letters)
    return 0.5 if len(letters) >= (8 if capital else 5) else 1.0


def _bigram(part: list[str], letters: list[str]) -> float:
    if len(letters) <= 5 and all(category(ch) == "Lu" for ch in letters):
        return 1.0
    cost = pairs = 0
    before: int | None = EDGE
    for number in [letter_number(ch) if is_letter(ch) else None for ch in part] + [EDGE]:
        if before is not None and number is not None:
            cost += COST[27 * before + number]
            pairs += 1
        before = number
    if pairs < 3 or cost <= 80 * pairs:
        return 1.0
    return 0.3 + 0.7 * max(0.0, float(120 * pairs - cost) / float(40 * pairs))
