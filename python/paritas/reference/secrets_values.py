"""Tests on the value of a secret: entropy, placeholders, checksums."""

import base64
import re
import zlib
from functools import cache

from paritas.reference import secret_tables as rules
from paritas.reference.maths import log2

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
SIX_X = re.compile("xxxxxx", re.IGNORECASE)
BRACKETS = re.compile(r"<[^>]+>|\[[^\]]+\]")
PERCENT = re.compile("%[A-Za-z_][A-Za-z0-9_]*%")


def entropy(value: str) -> float:
    """Shannon's, in bits a code point: log2(n) - (1/n) * sum of c * log2(c), c in ascending order of code points."""
    counts: dict[str, int] = {}
    for ch in value:
        counts[ch] = counts.get(ch, 0) + 1
    total = 0.0
    for ch in sorted(counts):
        total += float(counts[ch]) * log2(float(counts[ch]))
    return log2(float(len(value))) - total / float(len(value))


@cache
def _words() -> list[str]:
    return rules.PLACEHOLDER_WORDS.split("|")


@cache
def _samples() -> frozenset[str]:
    return frozenset(base64.b64decode(item).decode("ascii") for item in rules.SAMPLE_KEYS.split("|"))


def marked(value: str) -> bool:
    """Whether a value says by its marks that something else belongs in its place."""
    return (
        "***" in value
        or "..." in value
        or "{{" in value
        or "${" in value
        or "a1b2c3d4" in value.translate(_LOWER)  # counted up, or down
        or "d4c3b2a1" in value.translate(_LOWER)
        or SIX_X.search(value) is not None
        or BRACKETS.search(value) is not None
        or PERCENT.search(value) is not None
    )


def placeholder(value: str, skip: int = 0, aws: bool = False) -> bool:
    """Whether a value stands for a secret without being one; skip: code points at its start that are no evidence."""
    distinct = {ch for ch in value[skip:] if ch >= "\x80" or ch.isalnum()}
    if len(distinct) <= 3 or marked(value) or value in _samples() or (aws and value.endswith("EXAMPLE")):
        return True
    reduced = "".join(ch for ch in value.translate(_LOWER) if ch in BASE36)
    rest = reduced
    for word in _words():
        rest = rest.replace(word, "")
    return len(rest) < 4 and 3 * len(rest) < len(reduced)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _digits(number: int, alphabet: str, count: int) -> str:
    text = ""
    for _ in range(count):
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return text


def checksum(kind: str, value: str) -> str:
    """ "valid", "invalid", or "none" where the format of this value has no checksum."""
    if kind == "crc":  # GitHub, npm: 30 letters and digits, then their CRC-32 in base 62
        body = value.rpartition("_")[2]
        if len(body) != 36:
            return "none"
        return _verdict(_digits(zlib.crc32(body[:30].encode()), BASE62, 6) == body[30:])
    if kind == "crc_gitlab":  # routable tokens: the CRC-32 of all before it in base 36
        if re.search(r"\.[0-9a-z]{9}$", value) is None:
            return "none"
        return _verdict(_digits(zlib.crc32(value[:-7].encode()), BASE36, 7) == value[-7:])
    if kind == "crc_grafana":  # the CRC-32 of all before the last _, its lowest byte first, in hexadecimal
        body, _, check = value.rpartition("_")
        return _verdict(zlib.crc32(body.encode()).to_bytes(4, "little").hex() == check.translate(_LOWER))
    if kind == "bech32":  # BIP 173
        prefix, _, data = value.translate(_LOWER).rpartition("1")
        symbols = [BECH32.find(ch) for ch in data]
        if any(symbol < 0 for symbol in symbols):
            return "invalid"
        expanded = [ord(ch) >> 5 for ch in prefix] + [0] + [ord(ch) & 31 for ch in prefix]
        return _verdict(_polymod(expanded + symbols) == 1)
    return "none"


def _verdict(right: bool) -> str:
    return "valid" if right else "invalid"


def _polymod(symbols: list[int]) -> int:
    check = 1
    for symbol in symbols:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ symbol
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check
