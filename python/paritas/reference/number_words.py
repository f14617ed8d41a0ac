"""Number words: two hundred and five, a dozen, three and a half, two-thirds."""

from paritas.reference.lexicon import (
    DIVISORS,
    NOT_ONE_AFTER,
    NOT_ONE_BEFORE,
    SCALE_WORDS,
    SPOKEN_SCALES,
    TENS_WORDS,
    UNITS_WORDS,
)
from paritas.reference.terms import Token
from paritas.reference.unicode import text_class


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].key if at < len(tokens) and tokens[at].kind == "word" else ""


def behind_hyphen(tokens: list[Token], at: int) -> int:
    """The token after a hyphen that stands here without spaces; `at` itself when there is none."""
    if at + 1 < len(tokens) and tokens[at].kind == "mark" and text_class(tokens[at].surface[0]) == "hyphen":
        if not tokens[at].space_before and not tokens[at + 1].space_before:
            return at + 1
    return at


def _below_hundred(tokens: list[Token], at: int) -> tuple[int, int]:
    """A value from 0 to 99 and one past it; -1 where no number word stands."""
    word = _word(tokens, at)
    if word in UNITS_WORDS:
        return UNITS_WORDS[word], at + 1
    if word not in TENS_WORDS:
        return -1, at
    unit_at = behind_hyphen(tokens, at + 1)
    unit = UNITS_WORDS.get(_word(tokens, unit_at), 0)
    return (TENS_WORDS[word] + unit, unit_at + 1) if 1 <= unit <= 9 else (TENS_WORDS[word], at + 1)


def read_fraction(tokens: list[Token], at: int) -> tuple[float, int, bool] | None:
    """(percent, one past it, whether it is "half") of two-thirds, one quarter or half."""
    if _word(tokens, at) == "half":
        return 50.0, at + 1, True
    dividend, end = _below_hundred(tokens, at)
    if not 1 <= dividend <= 19:
        return None
    divisor_at = behind_hyphen(tokens, end)
    word = _word(tokens, divisor_at)
    plural = word.endswith("s") or word == "halves"
    if word not in DIVISORS or plural != (dividend > 1):
        return None
    return float(dividend) / float(DIVISORS[word]) * 100.0, divisor_at + 1, False


def read_words(tokens: list[Token], at: int) -> tuple[str, int, int, bool] | None:
    """(digits, exponent, one past it, soft) of a number in words; "one" alone is soft."""
    article = _word(tokens, at) in ("a", "an")
    if article:
        value, end = 1, at + 1
        if _word(tokens, end) not in SPOKEN_SCALES and _word(tokens, end) != "dozen":
            return None
    else:
        value, end = _below_hundred(tokens, at)
        if value < 0:
            return None
    if [_word(tokens, end + i) for i in range(3)] == ["and", "a", "half"]:
        exponent, end = _scales(tokens, end + 3)
        return f"{value}5", exponent - 1, end, False
    total, scale_before = 0, 100
    while True:
        if _word(tokens, end) == "hundred" and value < 100:
            value, end = value * 100, end + 1
            rest, rest_end = _below_hundred(tokens, end + (_word(tokens, end) == "and"))
            if rest > 0:
                value, end = value + rest, rest_end
        scale = SCALE_WORDS[_word(tokens, end)] if _word(tokens, end) in SPOKEN_SCALES else 0
        if not 3 <= scale < scale_before:
            break
        total, scale_before, end = total + value * 10**scale, scale, end + 1
        value, next_end = _below_hundred(tokens, end + (_word(tokens, end) == "and"))
        if value <= 0:
            value = 0
            break
        end = next_end
    total += value
    if _word(tokens, end) == "dozen":
        total, end = total * 12, end + 1
    if end == at + 1 and _word(tokens, at) == "one":
        before = tokens[at - 1].key if at > 0 else ""
        if before in NOT_ONE_AFTER or _word(tokens, end) in NOT_ONE_BEFORE:
            return None
        return "1", 0, end, True
    exponent, end = _scales(tokens, end)
    return str(total), exponent, end, False


def _scales(tokens: list[Token], at: int) -> tuple[int, int]:
    """The power of ten of the scale words from here on, each perhaps behind a hyphen, and one past them."""
    exponent = 0
    while True:
        word_at = behind_hyphen(tokens, at)
        if _word(tokens, word_at) not in SCALE_WORDS:
            return exponent, at
        exponent, at = exponent + SCALE_WORDS[_word(tokens, word_at)], word_at + 1
