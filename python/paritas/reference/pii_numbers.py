"""Cards, IBANs, social security and phone numbers in a text, as core/src/match/pii_numbers.cpp finds them."""

import re
from collections.abc import Callable

from paritas.reference.check_digits import DIGITS, IBAN_LENGTHS, iban_holds, luhn_holds
from paritas.reference.pii_email import Found

LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
WORD = LETTERS | DIGITS | {"_"}

NORTH_AMERICAN = re.compile(
    r"(?:1-)?(?:\(([2-9][0-9]{2})\) ?([2-9][0-9]{2})-([0-9]{4})"
    r"|([2-9][0-9]{2})([-.])([2-9][0-9]{2})\5([0-9]{4}))"
)
SSN = re.compile(r"([0-9]{3})([- ])([0-9]{2})\2([0-9]{4})")
NEVER_ISSUED = {"078-05-1120", "219-09-9999"}  # printed in advertisements
SSN_NAMES = ("ssn", "social security")
SSN_REACH = 30


def _char(text: str, at: int) -> str:
    return text[at] if 0 <= at < len(text) else ""


def find_each(text: str, firsts: str, read: Callable[[str, int], Found | None]) -> list[Found]:
    """What `read` finds from each place that begins with one of these characters; no two overlap."""
    found: list[Found] = []
    free = 0
    for match in re.finditer(f"[{firsts}]", text):
        if match.start() < free:
            continue
        one = read(text, match.start())
        if one is not None:
            found.append(one)
            free = one.end
    return found


def find_cards(text: str) -> list[Found]:
    return find_each(text, "0-9", _card_at)


def _card_at(text: str, start: int) -> Found | None:
    """Digits in one piece, or a first group of 4 or 6 and others of at least 3, of which the last may be shorter."""
    before = _char(text, start - 1)
    if before in WORD or (before == "." and _char(text, start - 2) in DIGITS):
        return None
    digits, at, best = "", start, None
    while True:
        end = at
        while _char(text, end) in DIGITS and end - at < 20:
            end += 1
        group = text[at:end]
        first = digits == ""
        digits += group
        if len(digits) > 19:
            return best
        after = _char(text, end)
        scheme = _scheme(digits)
        decimals = after == "." and _char(text, end + 1) in DIGITS
        if scheme and after not in WORD and not decimals and len(set(digits)) > 1 and luhn_holds(digits):
            best = Found(start, end, digits, scheme)
        if after not in (" ", "-") or _char(text, end + 1) not in DIGITS:
            return best
        if (len(group) not in (4, 6)) if first else len(group) < 3:
            return best
        at = end + 1


def _scheme(digits: str) -> str:
    """Of a prefix and a length that go together (ISO/IEC 7812); "" for none."""
    count = len(digits)
    if count < 12:
        return ""
    two, three, four = int(digits[:2]), int(digits[:3]), int(digits[:4])
    if digits[0] == "4":
        return "visa" if count in (13, 16, 19) else ""
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return "mastercard" if count == 16 else ""
    if two in (34, 37):
        return "amex" if count == 15 else ""
    if 300 <= three <= 305 or two in (36, 38, 39):
        return "diners" if count == 14 else ""
    if four == 6011 or 644 <= three <= 649 or two == 65:
        return "discover" if count >= 16 else ""
    if 3528 <= four <= 3589:
        return "jcb" if count >= 16 else ""
    if two == 62:
        return "unionpay" if count >= 16 else ""
    return "maestro" if two == 50 or 56 <= two <= 58 else ""


def find_ibans(text: str) -> list[Found]:
    return find_each(text, "A-Za-z", _iban_at)


def _iban_at(text: str, start: int) -> Found | None:
    if _char(text, start - 1) in WORD or _char(text, start + 1) not in LETTERS:
        return None
    country = text[start : start + 2].upper()
    length = IBAN_LENGTHS.get(country, 0)
    iban, end = "", start
    while len(iban) < length:
        if len(iban) % 4 == 0 and iban and _char(text, end) == " ":
            end += 1
        ch = _char(text, end)
        if ch == "_" or ch not in WORD:
            return None
        iban += ch.upper()
        end += 1
    if length == 0 or _char(text, end) in WORD or not iban_holds(iban):
        return None
    return Found(start, end, iban, country)


def find_ssns(text: str) -> list[Found]:
    return find_each(text, "0-9", _ssn_at)


def _ssn_at(text: str, start: int) -> Found | None:
    if _char(text, start - 1) in WORD:
        return None
    match = SSN.match(text, start)
    if match is not None:
        area, sign, group, serial = match.groups()
        end = match.end()
        if _char(text, start - 1) == sign and _char(text, start - 2) in DIGITS:
            return None
        if _char(text, end) == sign and _char(text, end + 1) in DIGITS:
            return None
    else:
        end = start + 9
        digits = text[start:end]
        if len(digits) < 9 or not DIGITS.issuperset(digits) or not _after_ssn_name(text, start):
            return None
        area, group, serial = digits[:3], digits[3:5], digits[5:]
    if _char(text, end) in WORD:
        return None
    number = f"{area}-{group}-{serial}"
    if area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000" or number in NEVER_ISSUED:
        return None
    return Found(start, end, number)


def _after_ssn_name(text: str, start: int) -> bool:
    for end in range(start, max(start - SSN_REACH, 0) - 1, -1):
        for name in SSN_NAMES:
            first = end - len(name)
            if first < 0 or _char(text, first - 1) in LETTERS or _char(text, end) in LETTERS:
                continue
            if text[first:end].isascii() and text[first:end].lower() == name:
                return True
    return False


def find_phones(text: str) -> list[Found]:
    return find_each(text, "+(0-9", _phone_at)


def _phone_at(text: str, start: int) -> Found | None:
    before = _char(text, start - 1)
    if before in WORD or before == "+":
        return None
    if text[start] == "+":
        return _international_at(text, start)
    if before in ("-", ".") and _char(text, start - 2) in DIGITS:
        return None
    match = NORTH_AMERICAN.match(text, start)
    if match is None:
        return None
    after = _char(text, match.end())
    if after in WORD or (after in ("-", ".") and _char(text, match.end() + 1) in DIGITS):
        return None
    groups = match.groups()
    number = "".join(groups[:3]) if groups[0] else groups[3] + groups[5] + groups[6]
    return Found(start, match.end(), "+1" + number, "north_american")


def _international_at(text: str, start: int) -> Found | None:
    """ "+", then 8 to 15 digits; between two of them one space, "-" or ".", and parentheses."""
    at = start + 1
    if _char(text, at) not in DIGITS or text[at] == "0":
        return None
    digits, inside, best = "", False, None
    while True:
        end = at
        while _char(text, end) in DIGITS and end - at < 16:
            end += 1
        group = text[at:end]
        closed = inside and _char(text, end) == ")"
        if not (group == "0" and closed and text[at - 1] == "("):  # +49 (0)30: dialled inside the country only
            digits += group
        if len(digits) > 15:
            return best
        last = end + 1 if closed else end
        whole = _char(text, last) not in DIGITS and (closed or not inside)
        if whole and len(digits) >= 8:
            best = Found(start, last, "+" + digits, "international")
            if digits[0] == "1" and len(digits) == 11:  # as long as all numbers of North America
                return best
        inside = inside and not closed
        following = last
        if _char(text, following) in (" ", "-", "."):
            following += 1
        if not inside and _char(text, following) == "(":
            inside = True
            following += 1
        if _char(text, following) not in DIGITS or following == end:
            return best
        at = following
