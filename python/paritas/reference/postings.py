"""The lists of postings of a file, as core/src/retrieve/postings.cpp packs them; the layout stands in postings.hpp."""

import struct
from collections.abc import Iterable, Sequence

from paritas.reference.metadata import Damaged, Reader, varint

BLOCK = 128
MOST_TF = 17  # bounds tell larger ones not apart

Posting = tuple[int, int]  # document, occurrences


def written_list(postings: Sequence[Posting], lengths: Sequence[int]) -> bytes:
    if len(postings) <= BLOCK:
        return _row(postings, -1)
    blocks = [postings[i : i + BLOCK] for i in range(0, len(postings), BLOCK)]
    bounds: list[Posting] = []
    ends = []
    for block in blocks:
        bounds += _frontier((tf, lengths[doc]) for doc, tf in block)
        ends.append(len(bounds))
    of_list = _frontier(bounds)
    bounds += of_list
    heads = b""
    body = b""
    before = -1
    for number, block in enumerate(blocks):
        data = len(blocks) * 4 + len(bounds) + len(body) // 4
        doc_bits = tf_bits = 0
        if len(block) < BLOCK:
            body += _row(block, before)
        else:
            distances = [
                doc - last - 1 for (doc, _), last in zip(block, [before, *(d for d, _ in block)], strict=False)
            ]
            counts = [tf - 1 for _, tf in block]
            doc_bits, tf_bits = max(distances).bit_length(), max(counts).bit_length()
            body += _packed(distances, doc_bits) + _packed(counts, tf_bits)
        before = block[-1][0]
        heads += struct.pack("<IIIBBH", before, data, ends[number], doc_bits, tf_bits, 0 if number else len(of_list))
    return heads + b"".join(struct.pack("<HH", tf, length) for tf, length in bounds) + body


def _row(postings: Iterable[Posting], before: int) -> bytes:
    out = b""
    for doc, tf in postings:
        out += varint((doc - before - 1) * 4 + min(tf - 1, 3))
        if tf > 3:
            out += varint(tf - 4)
        before = doc
    return out + bytes(-len(out) % 4)


def _frontier(pairs: Iterable[Posting]) -> list[Posting]:
    """Of pairs of tf and length those that no other exceeds, by a larger tf at a smaller length."""
    shortest: dict[int, int] = {}
    most = 0
    for tf, length in pairs:
        slot = min(tf, MOST_TF)
        shortest[slot] = min(shortest.get(slot, length), length)
        most = max(most, tf)
    out: list[Posting] = []
    met = 2**32
    for slot in sorted(shortest, reverse=True):
        if shortest[slot] < met:
            met = shortest[slot]
            out.append((min(most if slot == MOST_TF else slot, 65535), min(met, 65535)))
    return out


def _packed(values: Sequence[int], bits: int) -> bytes:
    lanes = [0, 0, 0, 0]
    for i, value in enumerate(values):
        lanes[i % 4] |= value << i // 4 * bits
    words = [[lane >> 32 * w & 0xFFFFFFFF for lane in lanes] for w in range(bits)]
    return b"".join(struct.pack("<4I", *row) for row in words)


def _unpacked(data: bytes, bits: int) -> list[int]:
    if bits > 32 or len(data) < 16 * bits:
        raise Damaged
    lanes = [0, 0, 0, 0]
    for w in range(bits):
        for lane, word in enumerate(struct.unpack_from("<4I", data, 16 * w)):
            lanes[lane] |= word << 32 * w
    return [lanes[i % 4] >> i // 4 * bits & (1 << bits) - 1 for i in range(BLOCK)]


def _read_row(data: bytes, count: int, before: int, docs: int) -> list[Posting]:
    reader = Reader(data)
    out = []
    for _ in range(count):
        code = reader.varint()
        before += code // 4 + 1
        tf = code % 4 + 1 + (reader.varint() if code % 4 == 3 else 0)
        if before >= docs or tf >= 2**32 - 16:
            raise Damaged
        out.append((before, tf))
    return out


def read_list(data: bytes, count: int, docs: int) -> list[Posting]:
    """The postings of the list that begins the data. Errors: Damaged."""
    if count > docs:
        raise Damaged
    if count <= BLOCK:
        return _read_row(data, count, -1, docs)
    out: list[Posting] = []
    before = -1
    blocks = -(-count // BLOCK)
    if len(data) < blocks * 16:
        raise Damaged
    for block in range(blocks):
        last, at, _, doc_bits, tf_bits, _ = struct.unpack_from("<IIIBBH", data, block * 16)
        body = data[at * 4 :]
        left = count - block * BLOCK
        if left < BLOCK:
            out += _read_row(body, left, before, docs)
            break
        doc = before
        for distance, less in zip(_unpacked(body, doc_bits), _unpacked(body[16 * doc_bits :], tf_bits), strict=True):
            doc += distance + 1
            out.append((doc, less + 1))
        if doc != last or doc >= docs:
            raise Damaged
        before = last
    return out
