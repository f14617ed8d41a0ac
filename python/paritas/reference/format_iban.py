"""IBANs, as core/src/ocr/format_iban.cpp reads them."""

from paritas.reference.check_digits import IBAN_LENGTHS, LONGEST_IBAN, iban_holds
from paritas.reference.format_text import ASCII_DIGITS, Reading, upper

CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
TO_LETTER = str.maketrans("012568", "OIZSGB")
TO_DIGIT = str.maketrans("OIZSGB", "012568")
SWAP = str.maketrans("012568OIZSGB", "OIZSGB012568")


def read_iban(text: str) -> Reading:
    iban = upper(text.replace(" ", "").replace("-", ""))
    if not (CAPITALS | ASCII_DIGITS).issuperset(iban):
        return Reading("iban_chars")
    length = IBAN_LENGTHS.get(iban[:2])
    if length is None:
        return Reading("iban_country", suggestion=_suggested(iban))
    if len(iban) != length:
        return Reading("iban_length", suggestion=_suggested(iban))
    if not iban_holds(iban):
        return Reading("iban_checksum", checks=1, suggestion=_suggested(iban))
    return Reading("iban_valid", iban, True, checks_passed=1, checks=1)


def _suggested(iban: str) -> str | None:
    """With letters at the first two places and digits at the next two, and then with the one swap that passes."""
    if not 5 <= len(iban) <= LONGEST_IBAN:
        return None
    iban = iban[:2].translate(TO_LETTER) + iban[2:4].translate(TO_DIGIT) + iban[4:]
    if IBAN_LENGTHS.get(iban[:2]) != len(iban):
        return None
    if iban_holds(iban):
        return iban
    swapped = [iban[:i] + iban[i].translate(SWAP) + iban[i + 1 :] for i in range(4, len(iban))]
    found = [other for other in swapped if other != iban and iban_holds(other)]
    return found[0] if len(found) == 1 else None  # with two ways to mend it neither is likelier
