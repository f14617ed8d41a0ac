"""The checks of loops in streams, as core/src/selfcheck draws them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.canonical_json import canonical_json
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_text
from paritas.reference.signature import jaccard, leaves
from paritas.reference.xxh3 import xxh3_128

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def random_number(random: Random) -> float:
    turn = random.below(8)
    if turn == 0:
        return float(struct.unpack("<d", struct.pack("<Q", random.next()))[0])
    if turn == 1:
        return random.unit()
    return float(random.below(1_000_000)) / 1000.0


def random_value(random: Random, depth: int) -> Any:
    turn = random.below(6 if depth == 3 else 10)
    if turn == 0:
        return None
    if turn == 1:
        return random.below(2) == 1
    if turn == 2:
        bits = random.below(64)
        return struct.unpack("<q", struct.pack("<Q", random.next() >> bits))[0]
    if turn == 3:
        return random_number(random)
    if turn < 6:
        return random_text(random, 3)
    if turn < 8:
        return [random_value(random, depth + 1) for _ in range(random.below(4))]
    out = {}
    for count in range(random.below(5), 0, -1):
        key = random_text(random, 1) + str(count)
        out[key] = random_value(random, depth + 1)
    return out


def check_signature(random: Random, digest: Digest) -> None:
    values = [random_value(random, 0), random_value(random, 0)]
    texts = []
    for value in values:
        try:
            texts.append(canonical_json(value))
        except ParitasError as error:
            digest.add_error(error)
            return
        digest.add(texts[-1])
        digest.add(f"{xxh3_128(texts[-1].encode()):032x}")
    digest.add(jaccard(leaves(texts[0]), leaves(texts[1])))
