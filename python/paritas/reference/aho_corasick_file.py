"""What AhoCorasick.to_bytes writes, as core/src/match/aho_corasick_file.cpp describes it."""

import struct
from collections.abc import Sequence

from paritas.errors import ParitasError
from paritas.reference.aho_corasick import FOLDINGS, KINDS, AhoCorasick
from paritas.reference.xxh3 import xxh3_64


def to_bytes(patterns: Sequence[str], kind: int, folding: int, whole_words: bool) -> bytes:
    encoded = [pattern.encode() for pattern in patterns]
    head = b"PACM" + bytes([1, kind, folding, whole_words])
    sizes = b"".join(map(_varint, [len(encoded), *map(len, encoded)]))
    body = head + sizes + b"".join(encoded)
    return body + struct.pack("<Q", xxh3_64(body))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def from_bytes(data: bytes) -> AhoCorasick:
    def corrupt(offset: int, what: str) -> ParitasError:
        return ParitasError("corrupt_data", f"these are no bytes of AhoCorasick.to_bytes: {what}", offset)

    if data[:4] != b"PACM":
        raise corrupt(0, "they do not begin with PACM")
    if len(data) < 17:
        raise corrupt(len(data), "the end is missing")
    if data[4] != 1:
        raise corrupt(4, "another version wrote them")
    body = data[:-8]
    if struct.unpack("<Q", data[-8:])[0] != xxh3_64(body):
        raise corrupt(len(body), "the check sum differs")
    kind, folding, whole_words = body[5:8]
    if kind > 3:
        raise corrupt(5, "no match kind has this number")
    if folding > 2:
        raise corrupt(6, "no case folding has this number")
    if whole_words > 1:
        raise corrupt(7, "whole_words is neither 0 nor 1")
    at = 8

    def varint() -> int | None:
        """None for what ends too early, is longer than it must be or does not fit into 64 bits."""
        nonlocal at
        value = shift = 0
        while at < len(body) and shift < 64:
            byte = body[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return None if (byte == 0 and shift > 7) or value >= 2**64 else value
        return None

    count = varint()
    if count is None or count > len(body) - at:
        raise corrupt(8, "there cannot be so many patterns")
    sizes = []
    for _ in range(count):
        here = at
        size = varint()
        if size is None or size == 0 or size > len(body) - at:
            raise corrupt(here, "no pattern has this length")
        sizes.append(size)
    patterns = []
    for size in sizes:
        part = body[at : at + size]
        if len(part) < size:
            raise corrupt(at, "a pattern is cut off")
        try:
            patterns.append(part.decode())
        except UnicodeDecodeError:
            raise corrupt(at, "a pattern is not well-formed UTF-8") from None
        at += size
    if at != len(body):
        raise corrupt(at, "bytes are left over")
    return AhoCorasick(
        patterns,
        match_kind=KINDS[kind],
        case_insensitive=FOLDINGS[folding] if folding else False,
        whole_words=bool(whole_words),
    )
