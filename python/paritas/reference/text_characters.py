"""What text_quality asks of a character; the core reads the same from core/src/ocr/text_quality_characters.cpp."""

from functools import lru_cache

from paritas.reference.script_table import SCRIPT
from paritas.reference.unicode import category, lower, nfd

ODD = frozenset("~^`\\|_{}<>¤¦¬")  # signs that print seldom has and misread ink often
FOLDED = dict(zip("æœøđðłıßþħŋ", "aaoddlisthn", strict=True))
BAD = frozenset(("Cc", "Cs", "Co", "Cn"))
_RANGES = [
    (int(span.split("-")[0], 16), int(span.split("-")[-1], 16), line.split(":")[0])
    for line in SCRIPT.split()
    for span in line.split(":")[1].split(",")
]


@lru_cache(maxsize=65536)
def script(ch: str) -> str:
    """LATIN, GREEK or CYRILLIC for a letter whose Unicode name begins so, else nothing."""
    return next((name for first, last, name in _RANGES if first <= ord(ch) <= last), "")


@lru_cache(maxsize=65536)
def letter_number(ch: str) -> int | None:
    """1 to 26 for a letter that folds to a to z, else None."""
    low = lower(ch)[0]
    low = FOLDED.get(low) or nfd(low)[0]
    return ord(low) - 96 if "a" <= low <= "z" else None


def is_space(ch: str) -> bool:
    """Unicode's White_Space."""
    return category(ch)[0] == "Z" or "\t" <= ch <= "\r" or ch == "\x85"


def is_bad(ch: str) -> bool:
    """U+FFFD, controls, surrogates, private use and what is not assigned; ask is_space first."""
    return ch == "\ufffd" or category(ch) in BAD


def is_letter(ch: str) -> bool:
    return category(ch)[0] == "L"


def is_digit(ch: str) -> bool:
    return category(ch) == "Nd"


def is_sign(ch: str) -> bool:
    """Punctuation and symbols."""
    return category(ch)[0] in "PS"


def is_unseen(ch: str) -> bool:
    """Marks and format characters, which do not count within a word."""
    return category(ch)[0] == "M" or category(ch) == "Cf"
