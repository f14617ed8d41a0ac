"""Countries and currencies, as core/src/ocr/format_names.cpp knows them."""

from functools import cache

from paritas.reference.format_tables import COUNTRIES, CURRENCIES
from paritas.reference.format_text import Reading, upper
from paritas.reference.unicode import category, fold

CURRENCY_CODES = frozenset(CURRENCIES[at : at + 3] for at in range(0, len(CURRENCIES), 3))


@cache
def _countries() -> dict[str, str]:
    known = {"XK": "XK"}  # Kosovo, which ISO has not
    for codes, *names in COUNTRIES:
        known |= dict.fromkeys((codes[:2], codes[2:5], codes[5:], *names), codes[:2])
    return known


def read_country(text: str) -> Reading:
    code = _countries().get(upper(text)) or _countries().get(fold(text) if len(text) > 3 else "")
    return Reading("country_valid", code, True) if code else Reading("country_unknown")


def read_currency(text: str) -> Reading:
    code = upper(text)
    if code in CURRENCY_CODES or (len(text) == 1 and category(text) == "Sc"):
        return Reading("currency_valid", code, True)
    return Reading("currency_unknown")
