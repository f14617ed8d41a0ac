"""Countries and currencies, as core/src/ocr/format_names.cpp knows them."""

from functools import cache

from paritas.reference.format_tables import COUNTRIES, CURRENCIES
from paritas.reference.format_text import Reading, upper
from paritas.reference.unicode import category, fold

CURRENCY_CODES = frozenset(CURRENCIES[at : at + 3] for at in range(0, len(CURRENCIES), 3))


@cache
def _countries() -> tuple[dict[str, str], dict[str, str]]:
    """By code and by folded name."""
    by_code = {"XK": "XK"}  # Kosovo, which ISO has not
    by_name: dict[str, str] = {}
    for codes, *names in COUNTRIES:
        by_code |= dict.fromkeys((codes[:2], codes[2:5], codes[5:]), codes[:2])
        by_name |= dict.fromkeys(names, codes[:2])
    return by_code, by_name


def read_country(text: str) -> Reading:
    by_code, by_name = _countries()
    code = by_code.get(upper(text)) or by_name.get(fold(text))
    return Reading("country_valid", code, True) if code else Reading("country_unknown")


def read_currency(text: str) -> Reading:
    code = upper(text)
    if code in CURRENCY_CODES or (len(text) == 1 and category(text) == "Sc"):
        return Reading("currency_valid", code, True)
    return Reading("currency_unknown")
