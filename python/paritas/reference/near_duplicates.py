"""Texts that are nearly the same, as core/src/repair/near_duplicates.cpp finds them."""

from __future__ import annotations

from collections.abc import Sequence

from paritas.errors import ParitasError
from paritas.reference.convert import text, texts, whole
from paritas.reference.minhash import MOST, MinHash, band_shape, checked_threshold, in_range, jaccard_of, keys_of
from paritas.reference.normalize import checked_threads
from paritas.reference.shingles import checked_k, checked_shingle
from paritas.reference.simhash import simhash_of
from paritas.results_dedup import Pair


def near_duplicates(
    texts: Sequence[str],
    threshold: float = 0.8,
    method: str = "minhash",
    *,
    num_perm: int = 128,
    seed: int = 1,
    k: int = 3,
    shingle: str = "word",
    threads: int = 0,
) -> list[Pair]:
    """The pairs of texts, by their numbers, whose likeness is estimated as at least threshold."""
    contents = _texts(texts)
    least = checked_threshold(threshold)
    kind = checked_shingle(shingle)
    checked_threads(threads)
    named = text(method)
    if named not in ("minhash", "simhash"):
        raise ParitasError("invalid_argument", 'method must be "minhash" or "simhash"')
    if named == "simhash":
        if kind != "word":
            raise ParitasError("invalid_argument", 'method "simhash" takes shingles of words')
        return _by_simhash(contents, least, checked_k(k))
    many = in_range("num_perm", num_perm, 1, MOST)
    made = MinHash(many, whole(seed), checked_k(k), kind)
    bands, rows = band_shape(least, many, None, None)
    signatures = [made._places(content) for content in contents]
    keys = [keys_of(signature, bands, rows) for signature in signatures]
    out = []
    for i in range(len(contents)):
        for j in range(i + 1, len(contents)):
            if any(a == b for a, b in zip(keys[i], keys[j], strict=True)):
                similarity = jaccard_of(signatures[i], signatures[j])
                if similarity >= least:
                    out.append(Pair(i, j, similarity))
    return out


_texts = texts


def _by_simhash(contents: list[str], least: float, k: int) -> list[Pair]:
    found = [simhash_of(content, k) for content in contents]
    out = []
    for i, one in enumerate(found):
        for j in range(i + 1, len(found)):
            similarity = float(64 - (one ^ found[j]).bit_count()) / 64.0
            if similarity >= least:
                out.append(Pair(i, j, similarity))
    return out


def near_duplicate_groups(
    texts: Sequence[str],
    threshold: float = 0.8,
    method: str = "minhash",
    *,
    num_perm: int = 128,
    seed: int = 1,
    k: int = 3,
    shingle: str = "word",
    threads: int = 0,
) -> list[list[int]]:
    """All texts in groups of those that pairs connect, by their numbers; most groups have one text."""
    texts = _texts(texts)
    group = list(range(len(texts)))

    def first(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    pairs = near_duplicates(
        texts, threshold, method, num_perm=num_perm, seed=seed, k=k, shingle=shingle, threads=threads
    )
    for pair in pairs:
        low, high = sorted((first(pair.i), first(pair.j)))
        group[high] = low
    out: dict[int, list[int]] = {}
    for i in range(len(texts)):
        out.setdefault(first(i), []).append(i)
    return list(out.values())


def keep_indices(
    texts: Sequence[str],
    threshold: float = 0.8,
    method: str = "minhash",
    *,
    num_perm: int = 128,
    seed: int = 1,
    k: int = 3,
    shingle: str = "word",
    threads: int = 0,
) -> list[int]:
    """The first text of each group, by its number."""
    groups = near_duplicate_groups(
        texts, threshold, method, num_perm=num_perm, seed=seed, k=k, shingle=shingle, threads=threads
    )
    return [members[0] for members in groups]
