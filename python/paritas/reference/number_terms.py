"""Number terms: digits with their groups, fraction, exponent and suffix; numeric dates and times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paritas.reference.lexicon import (
    BEFORE_DECADE,
    CURRENCY_SIGNS,
    ORDINAL_SUFFIXES,
    SCALE_SUFFIXES,
    SCALE_WORDS,
    SYMBOLS,
    UNIT_STEMS,
    UNITS,
    Unit,
)
from paritas.reference.stem_light import stem
from paritas.reference.unicode import digit_value, fold

if TYPE_CHECKING:
    from paritas.reference.terms import Token

GROUP_SEPARATORS = ",\u00a0\u202f\u2009"


@dataclass(slots=True)
class NumberTerm:
    """What the digits say. The value of a quantity is digits * 10 ** exponent."""

    end: int
    kind: str = "quantity"  # also "ordinal", "decade", "date" and "time"
    digits: str = "0"
    exponent: int = 0  # of the last digit, with the scale of the suffix
    fraction: int = 0  # digits behind the point
    written: int = 0  # digits of a plain number: digits and nothing else; 0 for any other
    scaled: bool = False  # the suffix is a power of ten
    unit: Unit | None = None
    year: int = 0
    month: int = 0
    day: int = 0
    ambiguous: bool = False
    seconds: int = 0  # of a time of day
    twelve: bool = False  # a time that "am" or "pm" may follow
    meridiem: bool = False  # it already did

    @property
    def value(self) -> float:
        return float(f"{self.digits}e{self.exponent}")

    @property
    def small(self) -> int:
        """The value of at most two plain digits, else -1."""
        return int(self.digits) if 1 <= self.written <= 2 else -1

    @property
    def plain(self) -> bool:
        return self.written > 0


def read_number_term(text: str, classes: list[str], at: int, before: Token | None) -> NumberTerm | None:
    """The number term that starts here, or None; a None at a digit means that a word starts here."""
    starts = classes[at] == "digit"
    pointed = (
        text[at] == "."
        and at + 1 < len(text)
        and classes[at + 1] == "digit"
        and (at == 0 or classes[at - 1] not in ("letter", "digit"))
    )
    if not starts and not pointed:
        return None
    if starts:
        special = _date(text, classes, at) or _time(text, classes, at)
        if special is not None:
            return special
    return _decimal(text, classes, at, before)


def _run(text: str, classes: list[str], at: int) -> str:
    """The decimal digits from here on, as ASCII."""
    end = at
    while end < len(text) and classes[end] == "digit":
        end += 1
    return "".join(str(digit_value(ch)) for ch in text[at:end])


def _is(classes: list[str], at: int, *kinds: str) -> bool:
    return at < len(classes) and classes[at] in kinds


def _date(text: str, classes: list[str], at: int) -> NumberTerm | None:
    """Y4-M-D or D-M-Y4 by one of - / . twice, with no letter or digit behind."""
    first = _run(text, classes, at)
    middle_at = at + len(first) + 1
    separator = text[middle_at - 1 : middle_at]
    if len(first) not in (1, 2, 4) or separator == "" or separator not in "-/.":
        return None
    middle = _run(text, classes, middle_at)
    last_at = middle_at + len(middle) + 1
    if len(middle) not in (1, 2) or text[last_at - 1 : last_at] != separator:
        return None
    last = _run(text, classes, last_at)
    end = last_at + len(last)
    if len(last) not in ((1, 2) if len(first) == 4 else (4,)) or _is(classes, end, "letter", "mark"):
        return None
    if len(first) == 4:
        year, month, day, ambiguous = int(first), int(middle), int(last), False
    else:
        year, day, month = int(last), int(first), int(middle)
        ambiguous = day <= 12 and month <= 12 and day != month
        if month > 12:
            day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31 and year >= 1):
        return None
    return NumberTerm(end, "date", year=year, month=month, day=day, ambiguous=ambiguous)


def _time(text: str, classes: list[str], at: int) -> NumberTerm | None:
    """H:MM or H:MM:SS, with am or pm directly behind it."""
    hours = _run(text, classes, at)
    end = at + len(hours)
    if len(hours) > 2 or int(hours) > 23 or text[end : end + 1] != ":":
        return None
    minutes = _run(text, classes, end + 1)
    if len(minutes) != 2 or int(minutes) > 59:
        return None
    end += 3
    seconds = _run(text, classes, end + 1) if text[end : end + 1] == ":" else ""
    if len(seconds) == 2 and int(seconds) <= 59:
        end += 3
    else:
        seconds = "0"
    hour = int(hours)
    time = NumberTerm(end, "time", seconds=hour * 3600 + int(minutes) * 60 + int(seconds), twelve=1 <= hour <= 12)
    suffix, suffix_end = _suffix(text, classes, end)
    if time.twelve and fold(suffix) in ("am", "pm"):
        time.end = suffix_end
        set_meridiem(time, fold(suffix))
    return time


def set_meridiem(time: NumberTerm, half: str) -> None:
    """Turns hours of a half day into hours of the day: 12 am is 0, 12 pm is 12."""
    half_day = 12 * 3600
    time.seconds = time.seconds % half_day + (half_day if half == "pm" else 0)
    time.twelve, time.meridiem = False, True


def _suffix(text: str, classes: list[str], at: int) -> tuple[str, int]:
    """The run of letters that follows directly; empty when a digit goes on behind it."""
    end = at
    while _is(classes, end, "letter", "mark"):
        end += 1
    return (text[at:end], end) if not _is(classes, end, "digit") else ("", at)


def _grouped(text: str, classes: list[str], at: int, digits: str) -> tuple[str, int]:
    """The integer part with its groups: 1-3 digits, then groups of 2-3 behind one separator, the last one of 3."""
    end = at + len(digits)
    best = (digits, end)
    separator = text[end : end + 1]
    if len(digits) > 3 or separator == "" or separator not in GROUP_SEPARATORS:
        return best
    while text[end : end + 1] == separator:
        group = _run(text, classes, end + 1)
        if len(group) not in (2, 3):
            break
        digits += group
        end += 1 + len(group)
        if len(group) == 3:
            best = (digits, end)
    return best


def _decimal(text: str, classes: list[str], at: int, before: Token | None) -> NumberTerm | None:
    whole = _run(text, classes, at)
    digits, end = _grouped(text, classes, at, whole)
    plain = end - at == len(whole)
    fraction = ""
    if text[end : end + 1] == "." and _is(classes, end + 1, "digit"):
        fraction = _run(text, classes, end + 1)
        end += 1 + len(fraction)
        if plain and whole and text[end : end + 1] == "." and _is(classes, end + 1, "digit"):
            return None  # 1.2.3 is a version: a word
        plain = False
    exponent, end_of_exponent = _exponent(text, classes, end)
    if end_of_exponent > end:
        end, plain = end_of_exponent, False
    digits = (digits + fraction).lstrip("0") or "0"
    term = NumberTerm(end, digits=digits, exponent=exponent - len(fraction), fraction=len(fraction))
    term.written = len(whole) if plain else 0
    if _is(classes, end, "letter", "mark"):
        suffix, suffix_end = _suffix(text, classes, end)
        if suffix and _read_suffix(term, whole, suffix, before):
            term.end = suffix_end
            term.written = 0
        elif plain:
            return None
    return term


def _exponent(text: str, classes: list[str], at: int) -> tuple[int, int]:
    if text[at : at + 1] not in ("e", "E"):
        return 0, at
    sign = text[at + 1 : at + 2]
    digits_at = at + (2 if sign in ("+", "-") else 1)
    digits = _run(text, classes, digits_at)
    if not 1 <= len(digits) <= 3:
        return 0, at
    return (-int(digits) if sign == "-" else int(digits)), digits_at + len(digits)


def _read_suffix(term: NumberTerm, whole: str, suffix: str, before: Token | None) -> bool:
    """Whether the letters behind the digits mean something, and what."""
    key = fold(suffix)
    money = before is not None and before.surface in CURRENCY_SIGNS
    scale = SCALE_SUFFIXES.get(suffix, SCALE_WORDS.get(key))
    if money and suffix == "m":
        scale = 6
    if key in ORDINAL_SUFFIXES and term.plain:
        term.kind = "ordinal"
    elif scale is not None:
        term.exponent += scale
        term.scaled = True
    elif key in ("am", "pm") and 1 <= term.small <= 12:
        term.kind, term.seconds = "time", term.small * 3600
        set_meridiem(term, key)
    elif suffix == "s" and term.plain and len(whole) == 4 and whole[-1] == "0":
        term.kind = "decade"
    elif suffix == "s" and term.plain and len(whole) == 2 and whole[-1] == "0" and _decade_before(before):
        term.kind = "decade"
        term.digits = "19" + whole
    elif suffix in ("x", "X"):
        term.unit = UNITS["times"]
    elif suffix in SYMBOLS:
        term.unit = SYMBOLS[suffix]
    elif stem(key) in UNIT_STEMS:
        term.unit = UNIT_STEMS[stem(key)]
    else:
        return False
    return True


def _decade_before(before: Token | None) -> bool:
    return before is not None and before.key in BEFORE_DECADE
