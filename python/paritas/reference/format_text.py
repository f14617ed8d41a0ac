"""What the readers of single formats share, as core/src/ocr/format_text.cpp has it."""

from typing import NamedTuple

from paritas.reference.unicode import category, digit_value, nfkc

HYPHENS = frozenset("\u2010\u2012\u2013\u2212")  # NFKC has made U+2010 of U+2011, and ASCII of the wide ones
BREAKS = frozenset("\n\v\f\r\x85\u2028\u2029")
DIGIT_FOR = str.maketrans("OoQDIli|ZzSsGB", "00001111225568")
ASCII_DIGITS = frozenset("0123456789")


class Reading(NamedTuple):
    """What a reader has found; validate_format makes a FormatResult of it."""

    reason: str
    normalized: str = ""
    valid: bool = False
    notes: tuple[str, ...] = ()
    checks_passed: int = 0
    checks: int = 0
    suggestion: str | None = None


def is_space(ch: str) -> bool:
    """White_Space of Unicode."""
    if ch < "\x80":
        return ch == " " or "\t" <= ch <= "\r"
    return ch == "\x85" or category(ch)[0] == "Z"


def is_letter(ch: str) -> bool:
    return category(ch)[0] == "L"


def clean(text: str, keep_breaks: bool = False, keep_dashes: bool = False) -> str:
    """NFKC, decimal digits of every script as ASCII, runs of White_Space as one space, trimmed.

    keep_breaks: a run of White_Space with a line break is a line feed
    keep_dashes: else hyphens, short dashes and the minus sign are "-"
    """
    out: list[str] = []
    gap = ""
    for ch in text if text.isascii() else nfkc(text):
        if is_space(ch):
            gap = "\n" if keep_breaks and (gap == "\n" or ch in BREAKS) else " "
            continue
        if gap and out:
            out.append(gap)
        gap = ""
        digit = digit_value(ch)
        out.append(str(digit) if digit >= 0 else "-" if not keep_dashes and ch in HYPHENS else ch)
    return "".join(out)


def upper(text: str) -> str:
    """ASCII letters alone."""
    return "".join(ch.upper() if "a" <= ch <= "z" else ch for ch in text)


def all_digits(text: str) -> bool:
    return text != "" and all(ch in ASCII_DIGITS for ch in text)


def digits_for(text: str) -> str:
    """What is read for a digit, O o Q D I l i | Z z S s G B, as that digit."""
    return text.translate(DIGIT_FOR)
