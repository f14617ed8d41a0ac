"""The sums that numbers carry to prove themselves, as core/src/text/check_digits.cpp computes them."""

REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
    "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
    "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
    "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
    "YE30"
)
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in REGISTRY.split()}
LONGEST_IBAN = max(IBAN_LENGTHS.values())
DIGITS = frozenset("0123456789")


def luhn_holds(digits: str) -> bool:
    """Luhn (ISO/IEC 7812): from the right every second digit doubled, its own digits added."""
    total = sum(int(digit) for digit in digits[-1::-2])
    total += sum((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0


def iban_holds(iban: str) -> bool:
    """ISO 7064 MOD 97-10 of the rest and the first four; 00, 01 and 99 are never issued."""
    if not DIGITS.issuperset(iban[2:4]) or not 2 <= int(iban[2:4]) <= 98:
        return False
    return int("".join(str(int(ch, 36)) for ch in iban[4:] + iban[:4])) % 97 == 1
