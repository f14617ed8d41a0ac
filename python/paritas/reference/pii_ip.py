"""IP addresses in a text, as core/src/match/pii_ip.cpp finds them."""

import re

from paritas.reference.check_digits import DIGITS
from paritas.reference.pii_email import Found
from paritas.reference.pii_numbers import WORD

HEX = frozenset("0123456789ABCDEFabcdef")
LONGEST = 45  # eight groups of four, the last two as IPv4
BETWEEN = frozenset(" \t:=\"'")
IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")


def find_ips(text: str) -> list[Found]:
    """Those of version 6 first; none of version 4 is looked for in them."""
    found: list[Found] = []
    for run in re.finditer(r"[0-9A-Fa-f:.]+", text):
        if run.group().count(":") >= 2:
            six = _six_in(text, *run.span())
            if six is not None:
                found.append(six)
    free = 0
    taken = [(six.start, six.end) for six in found]
    for run in re.finditer(r"[0-9]+", text):
        start = run.start()
        if start >= free and not any(first <= start < last for first, last in taken):
            four = _four_at(text, start)
            if four is not None:
                found.append(four)
                free = four.end
    return sorted(found)


def _char(text: str, at: int) -> str:
    return text[at] if 0 <= at < len(text) else ""


def _four_at(text: str, start: int) -> Found | None:
    before = _char(text, start - 1)
    if before in WORD or (before == "." and _char(text, start - 2) in DIGITS) or _after_version(text, start):
        return None
    match = IPV4.match(text, start)
    if match is None:
        return None
    end = match.end()
    if _char(text, end) in WORD or (_char(text, end) == "." and _char(text, end + 1) in DIGITS):
        return None
    numbers = _four(match.group())
    return None if numbers is None else Found(start, end, match.group(), _kind_of_four(numbers))


def _four(text: str) -> list[int] | None:
    parts = text.split(".")
    if len(parts) != 4 or not all(part and DIGITS.issuperset(part) and len(part) <= 3 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    plain = all(str(number) == part and number <= 255 for number, part in zip(numbers, parts, strict=True))
    return numbers if plain else None


def _after_version(text: str, start: int) -> bool:
    """ "version 1.2.3.4", "version: ...", "version" = "..."; a v before the number is a letter beside it."""
    at = start
    while at > 0 and start - at < 4 and text[at - 1] in BETWEEN:
        at -= 1
    word = text[max(at - 7, 0) : at]
    return at < start and word.isascii() and word.lower() == "version"


def _kind_of_four(n: list[int]) -> str:
    if n[0] == 127:
        return "loopback"
    if n[0] == 169 and n[1] == 254:
        return "link_local"
    if (n[0], n[1], n[2]) in ((192, 0, 2), (198, 51, 100), (203, 0, 113)):
        return "documentation"
    shared = n[0] == 100 and 64 <= n[1] <= 127
    inside = n[0] == 10 or (n[0] == 172 and 16 <= n[1] <= 31) or (n[0] == 192 and n[1] == 168)
    return "private" if inside or shared or n[0] == 0 or n[0] >= 224 else "public"


def _six_in(text: str, start: int, end: int) -> Found | None:
    """The address that a whole run of hexadecimal digits, ":" and "." is, but for what stands around one."""
    if _char(text, start - 1) in WORD:  # src:2001:db8::1
        colon = text.index(":", start, end)
        if text[colon + 1 : colon + 2] == ":":  # std::dead
            return None
        start = colon + 1
    elif text[start] == ":" and text[start : start + 2] != "::":
        start += 1
    while end > start and text[end - 1] == ".":
        end -= 1
    if end > start and text[end - 1] == ":" and text[end - 2 : end] != "::":
        end -= 1
    if end - start > LONGEST or _char(text, end) in WORD:
        return None
    run = text[start:end]
    groups = _groups(run)
    if groups is None or not _is_meant(text, start, end):
        return None
    return Found(start, end, _written(groups), _kind_of_six(groups))


def _groups(run: str) -> list[int] | None:
    """The eight groups of any text form of RFC 4291."""
    head, gap, tail = run.partition("::")
    if "::" in tail or tail.startswith(":"):
        return None
    sides: list[list[int]] = []
    for side, last in ((head, not gap), (tail, True)):
        numbers: list[int] = []
        parts = side.split(":") if side else []
        for at, part in enumerate(parts):
            if "." in part:
                four = _four(part)
                if four is None or not last or at != len(parts) - 1:
                    return None
                numbers += [four[0] * 256 + four[1], four[2] * 256 + four[3]]
            elif 1 <= len(part) <= 4:
                numbers.append(int(part, 16))
            else:
                return None
        sides.append(numbers)
    count = len(sides[0]) + len(sides[1])
    if gap:
        return sides[0] + [0] * (8 - count) + sides[1] if count < 8 else None
    return sides[0] if count == 8 else None


def _is_meant(text: str, start: int, end: int) -> bool:
    """Not a clock time, a slice, a name in a namespace, or the number of a network card."""
    run = text[start:end]
    parts = [part for part in run.split(":") if part]
    if "." in run:
        return True
    if "::" not in run:
        return any(len(part) != 2 for part in parts)
    bracket = _char(text, start - 1) == "["
    owner = _char(text, start - 2)
    indexes = bracket and (owner in WORD or owner in (")", "]"))  # a[::1]
    if not parts:
        return bracket and not indexes and _char(text, end) == "]"
    if len(parts) <= 3 and all(DIGITS.issuperset(part) and len(part) <= 2 for part in parts):
        return run == "::1" and not indexes
    return len(parts) >= 3 or any(ch in DIGITS for ch in run)


def _written(groups: list[int]) -> str:
    """RFC 5952: small letters, the first longest run of zeros as "::"; an IPv4 inside IPv6 with points."""
    if groups[:6] == [0, 0, 0, 0, 0, 0xFFFF]:
        return f"::ffff:{groups[6] >> 8}.{groups[6] & 255}.{groups[7] >> 8}.{groups[7] & 255}"
    best, length = 0, 1
    for first in range(8):
        last = first
        while last < 8 and groups[last] == 0:
            last += 1
        if last - first > length:
            best, length = first, last - first
    written = [f"{group:x}" for group in groups]
    if length < 2:
        return ":".join(written)
    return ":".join(written[:best]) + "::" + ":".join(written[best + length :])


def _kind_of_six(g: list[int]) -> str:
    if g[:5] == [0] * 5 and (g[5] == 0xFFFF or (g[5] == 0 and g[6] != 0)):
        return _kind_of_four([g[6] >> 8, g[6] & 255, g[7] >> 8, g[7] & 255])
    if g == [0, 0, 0, 0, 0, 0, 0, 1]:
        return "loopback"
    if g[0] & 0xFFC0 == 0xFE80:
        return "link_local"
    if (g[0] == 0x2001 and g[1] == 0xDB8) or (g[0] == 0x3FFF and g[1] < 0x1000):
        return "documentation"
    return "private" if g[0] >= 0xFC00 or g == [0] * 8 else "public"
