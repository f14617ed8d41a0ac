"""Dates, as core/src/ocr/format_date.cpp reads them."""

import re
from typing import NamedTuple

from paritas.reference.format_tables import MONTHS
from paritas.reference.format_text import ASCII_DIGITS, Reading, digits_for
from paritas.reference.unicode import category, fold

YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(.*)", re.DOTALL)
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/ ]|\. ?)([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
TIME = re.compile(
    r"[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.,][0-9]+)?)?"
    r"( ?[Zz]| ?[-+]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?"
)
ORDINALS = frozenset("st nd rd th er re ere e eme o a ste de te ten °".split())
FILLERS = frozenset(("de", "del", "of"))
SEPARATOR = re.compile(r"[-/.,]? ?")


def read_date(text: str, day_first: bool | None) -> Reading:
    reading = _read(text, day_first)
    if not reading.valid:
        digits = digits_for(text)
        mended = _read(digits, day_first)
        if mended.valid:
            return reading._replace(suggestion=mended.normalized or digits)
    return reading


def _read(text: str, day_first: bool | None) -> Reading:
    match = YEAR_FIRST.fullmatch(text)
    if match and (match[5] == "" or TIME.fullmatch(match[5])):
        return _day(match[1], match[3], match[4])
    if len(text) == 8 and ASCII_DIGITS.issuperset(text):
        return _day(text[:4], text[4:6], text[6:])
    match = YEAR_LAST.fullmatch(text)
    if match:
        return _either(match[1], match[3], match[4], day_first, match[2][0] == ".")
    named = _named(text)
    return Reading("date_form") if named is None else _day(*named)


def _either(first: str, second: str, year: str, day_first: bool | None, dots: bool) -> Reading:
    """Of a date that ends with its year: which of the other two is the day."""
    if day_first is None:
        if int(first) > 12 or dots or int(first) == int(second):
            day_first = True
        elif int(second) > 12:
            day_first = False
    day, month = (first, second) if day_first is not False else (second, first)
    reading = _day(year, month, day)
    if day_first is None and reading.valid:
        return reading._replace(reason="date_ambiguous", normalized="")
    return reading


def _day(year: str, month: str, day: str) -> Reading:
    y, m, d = int(year), int(month), int(day)
    notes: tuple[str, ...] = ()
    if len(year) == 2:
        y += 2000 if y <= 68 else 1900
        notes = ("two_digit_year",)
    if not 1800 <= y <= 2199:
        return Reading("date_year", notes=notes)
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    if not 1 <= m <= 12 or not 1 <= d <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]:
        return Reading("date_calendar", notes=notes)
    return Reading("date_valid", f"{y:04}-{m:02}-{d:02}", True, notes)


class _Part(NamedTuple):
    digits: str  # of a number
    month: int  # of a month's name, else 0
    ordinal: bool  # "5th"


def _named(text: str) -> tuple[str, str, str] | None:
    """Year, month and day of a date whose month is a name."""
    parts = _parts(text)
    if len(parts) != 3:
        return None
    a, b, c = parts
    if b.month:  # 5 March 2024, 2024 March 5
        day, month, year = (c, b, a) if len(a.digits) == 4 else (a, b, c)
    else:  # March 5, 2024
        month, day, year = parts
    if not month.month or not 1 <= len(day.digits) <= 2 or len(year.digits) not in (2, 4) or year.ordinal:
        return None
    return year.digits, str(month.month), day.digits


def _parts(text: str) -> list[_Part]:
    """Up to four numbers and names of months, without "de" and "of" between them; none when there is anything else."""
    parts: list[_Part] = []
    at = 0
    filler = True  # nothing but a part may come first
    while at < len(text) and len(parts) < 4:
        end = at
        if text[at] in ASCII_DIGITS:
            while end < len(text) and text[end] in ASCII_DIGITS:
                end += 1
            digits, at = text[at:end], end
            end = _word_end(text, at)
            ordinal = fold(text[at:end]) in ORDINALS
            if ordinal:
                at = end
            parts.append(_Part(digits, 0, ordinal))
            filler = False
        else:
            end = _word_end(text, at)
            word, at = fold(text[at:end]), end
            if word in FILLERS and not filler:
                filler = True
            else:
                month = month_of(word)
                if month == 0:
                    return []
                parts.append(_Part("", month, False))
                filler = False
        separator = SEPARATOR.match(text, at)
        at = separator.end() if separator else at
        if at == len(text) and (filler or (separator and separator[0])):
            return []
    return parts


def _word_end(text: str, at: int) -> int:
    """Behind the letters and marks that begin there; "°" is a word."""
    if at < len(text) and text[at] == "°":
        return at + 1
    while at < len(text) and category(text[at])[0] in "LM":
        at += 1
    return at


def month_of(word: str) -> int:
    """1 to 12 of a folded name, or of three letters or more that begin the names of one month only; else 0."""
    for number, names in enumerate(MONTHS, 1):
        if word in names:
            return number
    if len(word) < 3:
        return 0
    found = [number for number, names in enumerate(MONTHS, 1) if any(name.startswith(word) for name in names)]
    return found[0] if len(found) == 1 else 0
