"""Numbers: what the number terms and number words of a text say, with unit, rate, operator and nouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from paritas.reference.lexicon import (
    AREA_WORDS,
    ARTICLES,
    BEFORE_MONTH,
    BEFORE_YEAR,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    MONTH_NAMES,
    MONTHS,
    OPERATORS_AFTER,
    OPERATORS_BEFORE,
    ORDINAL_WORDS,
    PER_STEMS,
    SCALE_WORDS,
    SKIPPED_BEFORE_NOUN,
    SYMBOLS,
    TIME_STEMS,
    UNIT_MARKS,
    UNIT_STEMS,
    UNITS,
    Unit,
)
from paritas.reference.number_terms import set_meridiem
from paritas.reference.number_words import behind_hyphen, read_fraction, read_words
from paritas.reference.terms import Token, content_word, is_lower, is_upper
from paritas.reference.unicode import text_class

FRACTION: Unit = ("fraction", "percent", 1.0)
HALF_A_UNIT_MIN = 1000.0  # rounding is accepted where the last written digit is worth at least this


@dataclass(slots=True)
class Amount:
    """A number of a text: tokens[first:last]."""

    first: int
    last: int
    kind: str = "quantity"
    value: float = 0.0
    unit: Unit | None = None
    per: str = ""
    op: str = "eq"
    soft: bool = False
    nouns: list[str] = field(default_factory=list)
    year: int = 0
    month: int = 0
    day: int = 0
    ambiguous: bool = False
    significant: int = 9  # digits that say something; number words count as 9
    step: float = 0.0  # what one unit of the last written digit of a scaled number term is worth
    half: bool = False

    @property
    def hard(self) -> bool:
        return not self.soft

    @property
    def dimension(self) -> str:
        return self.unit[1] if self.unit else ""

    @property
    def factor(self) -> float:
        return self.unit[2] if self.unit else 1.0


def find_numbers(tokens: list[Token]) -> list[Amount]:
    """The numbers in order. Marks their tokens; nouns are found later, when the cues are known."""
    amounts: list[Amount] = []
    at = 0
    while at < len(tokens):
        amount = (
            _month_date(tokens, at)
            or _year(tokens, at)
            or _time(tokens, at)
            or _ordinal(tokens, at)
            or _signed(tokens, at)
            or _quantity(tokens, at)
        )
        if amount is None:
            at += 1
            continue
        for token in tokens[amount.first : amount.last]:
            token.number = len(amounts)
        amounts.append(amount)
        at = amount.last
    for left, right in zip(reversed(amounts[:-1]), reversed(amounts[1:]), strict=True):
        shares = left.kind == right.kind == "quantity" and left.unit is None and right.unit is not None
        if shares and right.first == left.last + 1 and _links(tokens[left.last]):
            left.unit = right.unit
    for amount in amounts:
        if (amount.unit is not None or amount.per) and not amount.half:
            amount.soft = False
        _read_operator(tokens, amount)
    return amounts


def _links(token: Token) -> bool:
    return token.key in ("to", "and", "or") or text_class(token.surface[0]) in ("hyphen", "dash")


def _word(tokens: list[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) and tokens[at].kind == "word" else None


def _key(tokens: list[Token], at: int) -> str:
    return tokens[at].key if 0 <= at < len(tokens) else ""


def _is_month(tokens: list[Token], at: int) -> bool:
    token = _word(tokens, at)
    return token is not None and token.key in MONTHS and is_upper(token.surface[0])


def _after_month(tokens: list[Token], at: int) -> int:
    """One past a month, with the full stop of a short form."""
    short = tokens[at].key not in MONTH_NAMES
    dotted = short and _key(tokens, at + 1) == "." and not tokens[at + 1].space_before
    return at + (2 if dotted else 1)


def _day_of(tokens: list[Token], at: int) -> int:
    numeral = tokens[at].numeral if at < len(tokens) else None
    if numeral is None:
        return 0
    if numeral.kind == "ordinal":
        return int(numeral.digits) if len(numeral.digits) <= 2 and int(numeral.digits) <= 31 else 0
    return numeral.small if numeral.small <= 31 else 0


def _year_of(tokens: list[Token], at: int) -> int:
    numeral = tokens[at].numeral if at < len(tokens) else None
    if numeral is None or numeral.kind != "quantity" or numeral.written != 4:
        return 0
    year = int(numeral.digits)
    return year if 1000 <= year <= 2199 else 0


def _comma_year(tokens: list[Token], at: int) -> tuple[int, int]:
    """A year, perhaps behind a comma, and one past it."""
    skip = at + (_key(tokens, at) == ",")
    year = _year_of(tokens, skip)
    return (year, skip + 1) if year else (0, at)


def _month_date(tokens: list[Token], at: int) -> Amount | None:
    day = _day_of(tokens, at)
    if day > 0 and not (at > 0 and _is_currency(tokens[at - 1])):
        month_at = at + (2 if _key(tokens, at + 1) == "of" else 1)
        if not _is_month(tokens, month_at):
            return None
        year, end = _comma_year(tokens, _after_month(tokens, month_at))
        end = end if year else month_at + 1
        return Amount(at, end, "date", year=year, month=MONTHS[tokens[month_at].key], day=day)
    if not _is_month(tokens, at):
        return None
    month = MONTHS[tokens[at].key]
    after = _after_month(tokens, at)
    day = _day_of(tokens, after)
    if day > 0:
        year, end = _comma_year(tokens, after + 1)
        return Amount(at, end if year else after + 1, "date", year=year, month=month, day=day)
    year, end = _comma_year(tokens, after)
    if year:
        return Amount(at, end, "date", year=year, month=month)
    if _key(tokens, at - 1) in BEFORE_MONTH:
        return Amount(at, at + 1, "date", month=month)
    return None


def _is_currency(token: Token) -> bool:
    return token.surface in CURRENCY_SIGNS or token.surface in CURRENCY_CODES


def _year(tokens: list[Token], at: int) -> Amount | None:
    year = _year_of(tokens, at)
    if year == 0 or (at > 0 and _is_currency(tokens[at - 1])):
        return None
    following = _word(tokens, at + 1)
    if _key(tokens, at + 1) in SCALE_WORDS or _key(tokens, at + 1) == "dozen" or _read_unit(tokens, at + 1)[0]:
        return None
    if following is not None and is_lower(following.surface[0]) and not following.stop:
        before = _key(tokens, at - 1)
        if before not in BEFORE_YEAR and before not in MONTHS:
            return None
    if (
        year % 10 == 0
        and _key(tokens, at + 1) == "'"
        and _key(tokens, at + 2) == "s"
        and not tokens[at + 2].space_before
    ):
        return Amount(at, at + 3, "decade", float(year))
    return Amount(at, at + 1, "date", year=year)


def _time(tokens: list[Token], at: int) -> Amount | None:
    numeral = tokens[at].numeral
    if numeral is None:
        return None
    half = _key(tokens, at + 1) if _word(tokens, at + 1) else ""
    if numeral.kind == "time":
        if numeral.twelve and half in ("am", "pm"):
            set_meridiem(numeral, half)
            return Amount(at, at + 2, "time", float(numeral.seconds))
        return Amount(at, at + 1, "time", float(numeral.seconds))
    if 1 <= numeral.small <= 12 and half in ("am", "pm"):
        hours = numeral.small % 12 + (12 if half == "pm" else 0)
        return Amount(at, at + 2, "time", float(hours * 3600))
    return None


def _ordinal(tokens: list[Token], at: int) -> Amount | None:
    token = tokens[at]
    if token.numeral is not None:
        numeral = token.numeral
        if numeral.kind == "date":
            return Amount(
                at,
                at + 1,
                "date",
                year=numeral.year,
                month=numeral.month,
                day=numeral.day,
                ambiguous=numeral.ambiguous,
            )
        if numeral.kind in ("ordinal", "decade"):
            return Amount(at, at + 1, numeral.kind, numeral.value)
        return None
    if token.kind != "word" or token.key not in ORDINAL_WORDS:
        return None
    if token.key == "second" and (
        _key(tokens, at - 1) in ("per", "each", "every", "/") or (at > 0 and tokens[at - 1].number >= 0)
    ):
        return None
    return Amount(at, at + 1, "ordinal", float(ORDINAL_WORDS[token.key]), soft=True)


def _signed(tokens: list[Token], at: int) -> Amount | None:
    """A quantity behind a minus sign that has a space, a parenthesis or nothing before it."""
    if tokens[at].surface not in ("-", "\u2212") or at + 1 == len(tokens) or tokens[at + 1].space_before:
        return None
    if not (at == 0 or tokens[at].space_before or tokens[at - 1].surface == "("):
        return None
    amount = _quantity(tokens, at + 1)
    if amount is None:
        return None
    amount.first = at
    amount.value = -amount.value
    return amount


def _quantity(tokens: list[Token], at: int) -> Amount | None:
    currency: Unit | None = None
    start = at
    if _is_currency(tokens[at]):
        surface = tokens[at].surface
        currency = UNITS[CURRENCY_SIGNS.get(surface, surface)]
        at += 1
    numeral = tokens[at].numeral if at < len(tokens) else None
    if numeral is not None and numeral.kind == "quantity":
        amount = _of_digits(tokens, start, at)
    elif currency is not None:
        return None
    else:
        fraction = read_fraction(tokens, at)
        if fraction is not None:
            percent, end, half = fraction
            return Amount(at, end, value=percent, unit=FRACTION, soft=half, half=half)
        words = read_words(tokens, at)
        if words is None:
            return None
        digits, exponent, end, soft = words
        amount = Amount(at, end, value=float(f"{digits}e{exponent}"), soft=soft)
    amount.unit = currency or amount.unit
    if amount.unit is None:
        amount.unit, amount.last = _read_unit(tokens, amount.last)
        if amount.unit is None:
            amount.unit, amount.last = _currency_behind(tokens, amount.last)
    elif amount.unit[1] == "money":
        again, end = _read_unit(tokens, amount.last)  # $5 million dollars
        if again == amount.unit:
            amount.last = end
    amount.per, amount.last = _read_rate(tokens, amount.last, amount.unit is not None)
    return amount


def _of_digits(tokens: list[Token], start: int, at: int) -> Amount:
    """A number term with its fraction in words and its scale words."""
    numeral = tokens[at].numeral
    assert numeral is not None
    digits, exponent, fraction = numeral.digits, numeral.exponent, numeral.fraction
    last = at + 1
    if numeral.plain and [_key(tokens, last + i) for i in range(3)] == ["and", "a", "half"]:
        digits, exponent, fraction, last = digits + "5", -1, 1, last + 3
    dozens, scaled = 1.0, numeral.scaled
    while not numeral.scaled and numeral.unit is None:
        word_at = behind_hyphen(tokens, last)
        key = _key(tokens, word_at) if _word(tokens, word_at) else ""
        if key == "dozen":
            dozens *= 12.0
        elif key in SCALE_WORDS:
            exponent += SCALE_WORDS[key]
            scaled = True
        else:
            break
        last = word_at + 1
    amount = Amount(start, last, value=float(f"{digits}e{exponent}") * dozens, unit=numeral.unit)
    amount.significant = len(digits if fraction else digits.rstrip("0"))
    amount.step = float(f"1e{exponent}") if scaled and dozens == 1.0 else 0.0
    return amount


def _read_unit(tokens: list[Token], at: int) -> tuple[Unit | None, int]:
    """The unit here, perhaps behind a hyphen, and one past it."""
    if at < len(tokens) and tokens[at].surface in UNIT_MARKS:
        unit, scale = UNITS[UNIT_MARKS[tokens[at].surface]], _word(tokens, at + 1)
        if tokens[at].surface == "°" and scale is not None and scale.surface in ("C", "F"):
            return UNITS["celsius" if scale.surface == "C" else "fahrenheit"], at + 2
        return unit, at + 1
    word_at = behind_hyphen(tokens, at)
    word, following = _word(tokens, word_at), _word(tokens, word_at + 1)
    if word is None:
        return None, at
    next_stem = following.stem if following is not None else ""
    if word.key == "per" and next_stem == "cent":
        return UNITS["%"], word_at + 2
    if word.key == "percentage" and next_stem == "point":
        return UNITS["point"], word_at + 2
    if word.key in AREA_WORDS and following is not None:
        length = SYMBOLS.get(following.surface) or UNIT_STEMS.get(next_stem)
        if length is not None and length[1] == "length":
            name, dimension, factor = length
            power = factor * factor if AREA_WORDS[word.key] == 2 else factor * factor * factor
            return (f"{word.key} {name}", f"{word.key} {dimension}", power), word_at + 2
    if word.stem == "degre" and following is not None:
        for letter, name in (("C", "celsius"), ("F", "fahrenheit")):
            if following.surface == letter or next_stem == name:
                return UNITS[name], word_at + 2
    if word.key == "times":
        return UNITS["times"], word_at + 1
    found = SYMBOLS.get(word.surface) or UNIT_STEMS.get(word.stem)
    return (found, word_at + 1) if found else (None, at)


def _currency_behind(tokens: list[Token], at: int) -> tuple[Unit | None, int]:
    """A sign as in 5 €, unless it begins the next number."""
    if at < len(tokens) and tokens[at].surface in CURRENCY_SIGNS:
        if at + 1 == len(tokens) or tokens[at + 1].kind != "number":
            return UNITS[CURRENCY_SIGNS[tokens[at].surface]], at + 1
    return None, at


def _read_rate(tokens: list[Token], at: int, has_unit: bool) -> tuple[str, int]:
    """The stem of what the number is per, and one past the number: past the rate where it follows directly."""
    if has_unit and _key(tokens, at) in ("a", "an", "each", "every"):
        word = _word(tokens, at + 1)
        if word is not None and (word.stem in TIME_STEMS or word.key in TIME_STEMS):
            return PER_STEMS.get(word.key, word.stem), at + 2
    sign = at
    while sign < len(tokens) and sign < at + 3 and content_word(tokens[sign]):
        sign += 1
    word = _word(tokens, sign + 1)
    if _key(tokens, sign) not in ("/", "per") or word is None:
        return "", at
    return PER_STEMS.get(word.key, word.stem), (sign + 2 if sign == at else at)


def _read_operator(tokens: list[Token], amount: Amount) -> None:
    before = amount.first
    if _key(tokens, before - 1) in ARTICLES:
        before -= 1
    best: list[str] = []
    for phrase, op in OPERATORS_BEFORE:
        if len(phrase) > len(best) and len(phrase) <= before:
            if [token.key for token in tokens[before - len(phrase) : before]] == phrase:
                best, amount.op = phrase, op
    if not best:
        for phrase, op in OPERATORS_AFTER:
            if [token.key for token in tokens[amount.last : amount.last + len(phrase)]] == phrase:
                amount.op = op
    if amount.kind == "date" and amount.op == "approx":
        amount.op = "eq"


def find_nouns(tokens: list[Token], amounts: list[Amount]) -> None:
    """What each number counts: up to two content words behind it, else the nearest before it."""
    for amount in amounts:
        for token in tokens[amount.last : amount.last + 3]:
            if _is_noun(token) and len(amount.nouns) < 2:
                amount.nouns.append(token.stem)
                continue
            hyphen = token.kind == "mark" and text_class(token.surface[0]) == "hyphen"
            skipped = not amount.nouns and token.kind == "word" and token.key in SKIPPED_BEFORE_NOUN
            if not (hyphen or skipped):
                break
        if amount.nouns:
            continue
        sentence = tokens[amount.first].sentence
        for token in reversed(tokens[max(0, amount.first - 2) : amount.first]):
            if token.sentence == sentence and _is_noun(token):
                amount.nouns.append(token.stem)
                break


def _is_noun(token: Token) -> bool:
    return content_word(token) and token.number < 0 and not token.cue
