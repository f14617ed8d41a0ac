"""Shingles of texts: what MinHash and SimHash are made of, as core/src/repair/shingles.cpp cuts them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import whole
from paritas.reference.normalize_block import normalize_block, simple_lower
from paritas.reference.unicode import category
from paritas.reference.xxh3 import xxh3_64

MAX_K = 1000


@lru_cache(maxsize=65536)
def _word_part(ch: str) -> str:
    kind = category(ch)
    return simple_lower(ch) if kind[0] == "L" or kind == "Nd" else ""


def words(content: str) -> list[str]:
    """Runs of letters and digits in simple lower case."""
    return "".join(_word_part(ch) or " " for ch in content).split(" ")


def checked_k(k: Any) -> int:
    number = whole(k)
    if not 1 <= number <= MAX_K:
        raise ParitasError("invalid_argument", f"k must be from 1 to {MAX_K}, not {number}")
    return number


def checked_shingle(shingle: Any) -> str:
    if not isinstance(shingle, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(shingle).__name__}")
    if shingle not in ("word", "char"):
        raise ParitasError("invalid_argument", 'shingle must be "word" or "char"')
    return shingle


def shingles(content: str, k: int, shingle: str) -> list[str]:
    """Each k words in a row, joined by one space, or each k characters of the normal form; of fewer all as one."""
    parts = list(normalize_block(content)) if shingle == "char" else [word for word in words(content) if word]
    between = "" if shingle == "char" else " "
    if len(parts) < k:
        return [between.join(parts)] if parts else []
    return [between.join(parts[i : i + k]) for i in range(len(parts) - k + 1)]


def hashes(content: str, k: int, shingle: str) -> list[int]:
    return [xxh3_64(item.encode()) for item in shingles(content, k, shingle)]
