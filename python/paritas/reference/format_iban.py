"""IBANs, as core/src/ocr/format_iban.cpp reads them."""

from paritas.reference.format_text import ASCII_DIGITS, Reading, all_digits, upper

REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
    "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
    "YE30"
)
LENGTHS = {entry[:2]: int(entry[2:]) for entry in REGISTRY.split()}
LONGEST = max(LENGTHS.values())
CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
TO_LETTER = str.maketrans("012568", "OIZSGB")
TO_DIGIT = str.maketrans("OIZSGB", "012568")
SWAP = str.maketrans("012568OIZSGB", "OIZSGB012568")


def read_iban(text: str) -> Reading:
    iban = upper(text.replace(" ", "").replace("-", ""))
    if not (CAPITALS | ASCII_DIGITS).issuperset(iban):
        return Reading("iban_chars")
    length = LENGTHS.get(iban[:2])
    if length is None:
        return Reading("iban_country", suggestion=_suggested(iban))
    if len(iban) != length:
        return Reading("iban_length", suggestion=_suggested(iban))
    if not _sum_is_right(iban):
        return Reading("iban_checksum", checks=1, suggestion=_suggested(iban))
    return Reading("iban_valid", iban, True, checks_passed=1, checks=1)


def _sum_is_right(iban: str) -> bool:
    """ISO 7064 MOD 97-10 of the rest and the first four; 00, 01 and 99 are never issued."""
    if not all_digits(iban[2:4]) or not 2 <= int(iban[2:4]) <= 98:
        return False
    return int("".join(str(int(ch, 36)) for ch in iban[4:] + iban[:4])) % 97 == 1


def _suggested(iban: str) -> str | None:
    """With letters at the first two places and digits at the next two, and then with the one swap that passes."""
    if not 5 <= len(iban) <= LONGEST:
        return None
    iban = iban[:2].translate(TO_LETTER) + iban[2:4].translate(TO_DIGIT) + iban[4:]
    if LENGTHS.get(iban[:2]) != len(iban):
        return None
    if _sum_is_right(iban):
        return iban
    swapped = [iban[:i] + iban[i].translate(SWAP) + iban[i + 1 :] for i in range(4, len(iban))]
    found = [other for other in swapped if other != iban and _sum_is_right(other)]
    return found[0] if len(found) == 1 else None  # with two ways to mend it neither is likelier
