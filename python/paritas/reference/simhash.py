"""SimHash and its index, as core/src/repair/simhash.cpp computes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.convert import text, texts, whole
from paritas.reference.floats import require_numpy
from paritas.reference.minhash import in_range
from paritas.reference.normalize import checked_threads
from paritas.reference.shingles import checked_k, hashes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MASK = 2**64 - 1


def fingerprint(value: Any) -> int:
    """64 bits without a sign."""
    try:
        number = int(value.__index__())
    except AttributeError:
        whole(value)
        raise
    if not 0 <= number <= MASK:
        raise ParitasError("out_of_range", "a fingerprint must be from 0 to 2^64 - 1")
    return number


def simhash_of(content: str, k: int) -> int:
    sums = [0] * 64
    for x in hashes(content, k, "word"):
        for bit in range(64):
            sums[bit] += 1 if x >> bit & 1 else -1
    return sum(1 << bit for bit, total in enumerate(sums) if total > 0)


class SimHash:
    """Fingerprints of 64 bits that differ in few of them when texts share most shingles."""

    def __init__(self, k: int = 3) -> None:
        self._k = checked_k(k)

    def hash(self, text: str) -> int:
        return simhash_of(_text(text), self._k)

    def hashes(self, texts: Sequence[str], threads: int = 0) -> NDArray[np.uint64]:
        contents = _texts(texts)
        checked_threads(threads)
        return require_numpy().array([simhash_of(item, self._k) for item in contents], dtype="uint64")  # type: ignore[no-any-return]

    @staticmethod
    def hamming(a: int, b: int) -> int:
        """How many bits differ."""
        return (fingerprint(a) ^ fingerprint(b)).bit_count()


_text, _texts = text, texts


class SimHashIndex:
    """Finds all fingerprints within a distance."""

    def __init__(self, max_distance: int = 3) -> None:
        self._most = in_range("max_distance", max_distance, 0, 31)
        self._hashes: dict[int, int] = {}

    @property
    def max_distance(self) -> int:
        return self._most

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, id: int) -> bool:
        return whole(id) in self._hashes

    def insert(self, id: int, hash: int) -> None:
        number, value = whole(id), fingerprint(hash)
        if number in self._hashes:
            raise ParitasError("duplicate_key", f"the id {number} is there already: remove it first")
        self._hashes[number] = value

    def query(self, hash: int) -> list[int]:
        """The ids within max_distance, ascending."""
        value = fingerprint(hash)
        return sorted(id for id, other in self._hashes.items() if (value ^ other).bit_count() <= self._most)

    def remove(self, id: int) -> None:
        number = whole(id)
        if number not in self._hashes:
            raise ParitasError("not_found", f"no fingerprint has the id {number}")
        del self._hashes[number]
