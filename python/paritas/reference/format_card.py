"""Card numbers, as core/src/ocr/format_card.cpp reads them."""

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
    # Luhn (ISO/IEC 7812): from the right every second digit doubled, its own digits added.
    total = sum(int(digit) for digit in digits[-1::-2])
    total += sum((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[int(digit)] for digit in digits[-2::-2])
    if total % 10 != 0 or len(set(digits)) == 1:
        return Reading("card_checksum", checks=1)
    return Reading("card_valid", digits, True, checks_passed=1, checks=1)
