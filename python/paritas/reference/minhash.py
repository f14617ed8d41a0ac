"""MinHash and its banded index, as core/src/repair/minhash.cpp and minhash_lsh.cpp compute them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import real, text, texts, whole
from paritas.reference.floats import require_numpy
from paritas.reference.normalize import checked_threads
from paritas.reference.random import Random
from paritas.reference.sections import FileKind, damaged, opened, written
from paritas.reference.shingles import checked_k, checked_shingle, hashes
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EMPTY = 2**32 - 1  # in all places of a text without shingles
MOST = 65_536
# The least threshold, and the rows of a band that finds it.
ROWS = ((0.0, 4), (0.5, 5), (0.6, 7), (0.7, 9), (0.8, 13), (0.85, 16), (0.9, 25), (0.95, 42))
FILE = FileKind(b"PMLS", 1, "MinHashLSH", ["shape", "ids", "keys"])


def in_range(name: str, value: Any, least: int, most: int) -> int:
    number = whole(value)
    if not least <= number <= most:
        raise ParitasError("invalid_argument", f"{name} must be from {least} to {most}, not {number}")
    return number


def coefficients(num_perm: int, seed: int) -> list[tuple[int, int]]:
    random = Random(seed)
    return [(random.next() | 1, random.next()) for _ in range(num_perm)]


def places(signature: Any) -> list[int]:
    """The places of a signature: a uint32 array, or any sequence of whole numbers below 2^32."""
    if isinstance(signature, str | bytes) or not hasattr(signature, "__iter__"):
        needed = "a uint32 array or a sequence of whole numbers"
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(signature).__name__}")
    out = []
    for at, value in enumerate(signature):
        number = whole(value)
        if not 0 <= number <= EMPTY:
            raise ParitasError("out_of_range", "a place of a signature must fit into 32 bits without a sign", at)
        out.append(number)
    return out


def jaccard_of(a: Sequence[int], b: Sequence[int]) -> float:
    if len(a) != len(b):
        message = f"both signatures must have as many places, not {len(a)} and {len(b)}"
        raise ParitasError("length_mismatch", message)
    if not a:
        return 1.0
    if all(place == EMPTY for place in a) != all(place == EMPTY for place in b):
        return 0.0
    return float(sum(x == y for x, y in zip(a, b, strict=True))) / float(len(a))


class MinHash:
    """Signatures of texts whose places agree as often as their sets of shingles overlap."""

    def __init__(self, num_perm: int = 128, seed: int = 1, k: int = 3, shingle: str = "word") -> None:
        self._kind = checked_shingle(shingle)
        self._num_perm = in_range("num_perm", num_perm, 1, MOST)
        self._seed = whole(seed)
        self._k = checked_k(k)
        self._permutations = coefficients(self._num_perm, self._seed)
        self._own = [EMPTY] * self._num_perm

    @property
    def num_perm(self) -> int:
        return self._num_perm

    def _places(self, content: str) -> list[int]:
        items = set(hashes(content, self._k, self._kind))
        return [
            min(((a * x + b & 0xFFFFFFFFFFFFFFFF) >> 32 for x in items), default=EMPTY) for a, b in self._permutations
        ]

    def signature(self, text: str) -> NDArray[np.uint32]:
        content = _text(text)
        return require_numpy().array(self._places(content), dtype="uint32")  # type: ignore[no-any-return]

    def signatures(self, texts: Sequence[str], threads: int = 0) -> NDArray[np.uint32]:
        contents = _texts(texts)
        checked_threads(threads)
        rows = [self._places(content) for content in contents]
        return require_numpy().array(rows, dtype="uint32").reshape(len(rows), self._num_perm)  # type: ignore[no-any-return]

    def update(self, text: str) -> None:
        """Adds the shingles of a text to the sketch."""
        self._own = [min(pair) for pair in zip(self._own, self._places(_text(text)), strict=True)]

    def merge(self, other: MinHash) -> None:
        """Adds all that another sketch has seen."""
        if not isinstance(other, MinHash):
            raise ParitasTypeError("invalid_argument", f"a MinHash is needed, not {type(other).__name__}")
        if (self._permutations, self._k, self._kind) != (other._permutations, other._k, other._kind):
            message = "only sketches of the same num_perm, seed, k and shingle can be merged"
            raise ParitasError("invalid_argument", message)
        self._own = [min(pair) for pair in zip(self._own, other._own, strict=True)]

    def digest(self) -> NDArray[np.uint32]:
        """The signature of all that was added."""
        return require_numpy().array(self._own, dtype="uint32")  # type: ignore[no-any-return]

    @staticmethod
    def jaccard(a: Sequence[int] | NDArray[np.uint32], b: Sequence[int] | NDArray[np.uint32]) -> float:
        """Equal places over all: 1.0 for two of empty texts, 0.0 where one text is empty."""
        return jaccard_of(places(a), places(b))


_text, _texts = text, texts


def checked_threshold(threshold: Any) -> float:
    number = real(threshold)
    if not 0.0 <= number <= 1.0:
        raise ParitasError("invalid_argument", "threshold must be from 0 to 1")
    return number


def band_shape(threshold: float, num_perm: int, bands: Any, rows: Any) -> tuple[int, int]:
    """How many bands, and the rows of each."""
    many = None if bands is None else in_range("bands", bands, 1, num_perm)
    each = None if rows is None else in_range("rows", rows, 1, num_perm)
    if many is None and each is None:
        each = min(num_perm, [rows for least, rows in ROWS if least <= threshold][-1])
    if many is None:
        assert each is not None
        many = num_perm // each
    elif each is None:
        each = num_perm // many
    if many * each > num_perm:
        raise ParitasError("invalid_argument", f"bands * rows must be at most num_perm, {num_perm}, not {many * each}")
    return many, each


def keys_of(signature: Sequence[int], bands: int, rows: int) -> list[int]:
    return [
        xxh3_64(struct.pack(f"<{rows}I", *signature[band * rows : (band + 1) * rows]), band) for band in range(bands)
    ]


class MinHashLSH:
    """Finds signatures that agree in all rows of at least one band."""

    def __init__(
        self, threshold: float = 0.8, num_perm: int = 128, bands: int | None = None, rows: int | None = None
    ) -> None:
        least = checked_threshold(threshold)
        self._num_perm = in_range("num_perm", num_perm, 1, MOST)
        self._bands, self._rows = band_shape(least, self._num_perm, bands, rows)
        self._keys: dict[int, list[int]] = {}

    @property
    def bands(self) -> int:
        return self._bands

    @property
    def rows(self) -> int:
        return self._rows

    @property
    def num_perm(self) -> int:
        return self._num_perm

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, id: int) -> bool:
        return whole(id) in self._keys

    def _keys_of(self, signature: Any) -> list[int]:
        given = places(signature)
        if len(given) != self._num_perm:
            raise ParitasError("length_mismatch", f"a signature must have {self._num_perm} places, not {len(given)}")
        return keys_of(given, self._bands, self._rows)

    def insert(self, id: int, signature: Sequence[int] | NDArray[np.uint32]) -> None:
        number, keys = whole(id), self._keys_of(signature)
        if number in self._keys:
            raise ParitasError("duplicate_key", f"the id {number} is there already: remove it first")
        self._keys[number] = keys

    def query(self, signature: Sequence[int] | NDArray[np.uint32]) -> list[int]:
        """The ids that share a band, ascending."""
        wanted = self._keys_of(signature)
        return sorted(id for id, keys in self._keys.items() if any(a == b for a, b in zip(keys, wanted, strict=True)))

    def remove(self, id: int) -> None:
        number = whole(id)
        if number not in self._keys:
            raise ParitasError("not_found", f"no signature has the id {number}")
        del self._keys[number]

    def band_keys(self, signature: Sequence[int] | NDArray[np.uint32]) -> NDArray[np.uint64]:
        """The key of each band, for joins elsewhere."""
        return require_numpy().array(self._keys_of(signature), dtype="uint64")  # type: ignore[no-any-return]

    def to_bytes(self) -> bytes:
        ids = sorted(self._keys)
        shape = struct.pack("<IIIIQ", self._num_perm, self._bands, self._rows, 0, len(ids))
        keys = [key for id in ids for key in self._keys[id]]
        return written(FILE, [shape, struct.pack(f"<{len(ids)}q", *ids), struct.pack(f"<{len(keys)}Q", *keys)])

    @staticmethod
    def from_bytes(data: bytes) -> MinHashLSH:
        """The index of to_bytes; corrupt_data for any other bytes."""
        if isinstance(data, str):
            raise ParitasTypeError("invalid_argument", "bytes is needed, not str")
        try:
            given = bytes(memoryview(data))
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        shape, ids, keys = opened(FILE, given)
        if len(shape.data) != 24:
            raise damaged(FILE, shape)
        num_perm, bands, rows, zero, count = struct.unpack("<IIIIQ", shape.data)
        fits = 1 <= num_perm <= MOST and 1 <= bands <= num_perm and rows >= 1 and bands * rows <= num_perm
        if zero != 0 or not fits:
            raise damaged(FILE, shape)
        if len(ids.data) != 8 * count:
            raise damaged(FILE, ids)
        numbers = struct.unpack(f"<{count}q", ids.data)
        if any(a >= b for a, b in pairwise(numbers)):
            raise damaged(FILE, ids)
        if len(keys.data) != 8 * count * bands:
            raise damaged(FILE, keys)
        out = MinHashLSH(0.8, num_perm, bands, rows)
        all_keys = struct.unpack(f"<{count * bands}Q", keys.data)
        out._keys = {id: list(all_keys[at * bands : (at + 1) * bands]) for at, id in enumerate(numbers)}
        return out

    def __reduce__(self) -> Any:
        return MinHashLSH.from_bytes, (self.to_bytes(),)
