"""Card numbers, as core/src/ocr/format_card.cpp reads them."""

from paritas.reference.check_digits import luhn_holds
from paritas.reference.format_text import ASCII_DIGITS, Reading, digits_for


def read_card(text: str) -> Reading:
    reading = _read(text)
    if not reading.valid:
        mended = _read(digits_for(text))
        if mended.valid:
            return reading._replace(suggestion=mended.normalized)
    return reading


def _read(text: str) -> Reading:
    digits = text.replace(" ", "").replace("-", "")
    if not ASCII_DIGITS.issuperset(digits):
        return Reading("card_chars")
    if not 12 <= len(digits) <= 19:
        return Reading("card_length")
    if not luhn_holds(digits) or len(set(digits)) == 1:
        return Reading("card_checksum", checks=1)
    return Reading("card_valid", digits, True, checks_passed=1, checks=1)
