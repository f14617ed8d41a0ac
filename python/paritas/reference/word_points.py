"""What a word is made of, as core/src/text/word_points.cpp says it: the bounds of `whole_words`."""

from functools import lru_cache

from paritas.reference.unicode import category, text_class

# Where Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar lie outside the blocks of the class "unspaced", their
# digits and connectors included.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3021, 0x302D),
    (0x303B, 0x303B),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0x16FE2, 0x16FE3),
    (0x16FF0, 0x16FF1),
    (0x1AFF0, 0x1B16F),
)


@lru_cache(maxsize=65536)
def is_word_point(ch: str) -> bool:
    """A letter, mark, decimal digit or connector punctuation whose script writes spaces between words."""
    kind = category(ch)
    if kind[0] not in "LM" and kind not in ("Nd", "Pc"):
        return False
    return text_class(ch) != "unspaced" and not any(first <= ord(ch) <= last for first, last in UNSPACED)


def is_word_boundary(text: str, at: int) -> bool:
    """Whether a position (0 to len(text)) is the edge of a word: not both sides of it are word points."""
    return at == 0 or at == len(text) or not (is_word_point(text[at - 1]) and is_word_point(text[at]))
