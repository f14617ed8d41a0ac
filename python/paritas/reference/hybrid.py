"""Hybrid, as core/src/retrieve/hybrid.cpp joins the results and files of words and vectors."""

import math
import struct
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import sections
from paritas.reference.convert import real, text, whole
from paritas.reference.fusion import rrf, weighted_fusion
from paritas.results import HybridResult

FUSIONS = ("rrf", "weighted")
NORMS = ("minmax", "max", "none")
FILE = sections.FileKind(b"PHY1", 1, "hybrid index", ["options", "bm25", "vectors"])
OPTIONS = "<BBdddQ"
ENOUGH = 2**31  # no index has as many documents

Pairs = list[tuple[str | int, float]]


def _check(ok: bool, message: str) -> None:
    if not ok:
        raise ParitasError("invalid_argument", message)


class Hybrid:
    """How an index of words and one of vectors answer together: what HybridIndex runs on."""

    def __init__(
        self,
        rrf_k: float = 60.0,
        sparse_weight: float = 1.0,
        dense_weight: float = 1.0,
        fetch_multiplier: int = 3,
        fusion: str = "rrf",
        norm: str = "minmax",
    ) -> None:
        self.rrf_k, self.weights = real(rrf_k), [real(sparse_weight), real(dense_weight)]
        self.fetch_multiplier, self.fusion, self.norm = whole(fetch_multiplier), text(fusion), text(norm)
        _check(self.rrf_k > 0.0 and math.isfinite(self.rrf_k), "rrf_k must be finite and above 0")
        for name, weight in zip(("sparse_weight", "dense_weight"), self.weights, strict=True):
            _check(weight >= 0.0 and math.isfinite(weight), f"{name} must be finite and at least 0")
        _check(1 <= self.fetch_multiplier <= 1000, "fetch_multiplier must be from 1 to 1000")
        _check(self.fusion in FUSIONS, 'fusion must be "rrf" or "weighted"')
        _check(self.norm in NORMS, 'norm must be "minmax", "max" or "none"')

    def fetch(self, n_results: int, both: bool) -> int:
        """How many results to ask a part for."""
        n_results = whole(n_results)
        _check(n_results >= 0, "n_results must be at least 0")
        if n_results >= ENOUGH // 1000:
            return ENOUGH - 1
        return n_results * self.fetch_multiplier if both else n_results

    def join(self, sparse: Pairs | None, dense: Pairs | None, n_results: int) -> list[HybridResult]:
        """The best HybridResults of what the parts gave, (id, score) pairs, or None for a part that was not asked."""
        n_results = whole(n_results)
        _check(n_results >= 0, "n_results must be at least 0")
        _check(sparse is not None or dense is not None, "give a text, a vector or both")
        if dense is None:
            alone = enumerate((sparse or [])[:n_results], 1)
            return [HybridResult(doc_id, score, score, rank, None, None) for rank, (doc_id, score) in alone]
        if sparse is None:
            alone = enumerate(dense[:n_results], 1)
            return [HybridResult(doc_id, score, None, None, score, rank) for rank, (doc_id, score) in alone]
        lists = [sparse, dense]
        if self.fusion == "rrf":
            fused = rrf(lists, self.rrf_k, self.weights, n_results)
        else:
            fused = weighted_fusion(lists, self.weights, self.norm, n_results)
        places = [_places(pairs) for pairs in lists]
        none = (None, None)
        return [HybridResult(key, score, *places[0].get(key, none), *places[1].get(key, none)) for key, score in fused]

    def to_bytes(self, bm25: bytes, vectors: bytes) -> bytes:
        """One file of the files of both parts."""
        names = FUSIONS.index(self.fusion), NORMS.index(self.norm)
        options = struct.pack(OPTIONS, *names, self.rrf_k, *self.weights, self.fetch_multiplier)
        return sections.written(FILE, [options, bytes(bm25), bytes(vectors)])

    @staticmethod
    def from_bytes(data: bytes) -> "tuple[Hybrid, tuple[int, int], tuple[int, int]]":
        """The Hybrid, and where the files of both parts start and end. Errors: corrupt_data."""
        try:
            view = memoryview(data).cast("B")
        except TypeError:
            raise ParitasTypeError("invalid_argument", f"bytes is needed, not {type(data).__name__}") from None
        options, *parts = sections.opened(FILE, bytes(view))
        try:
            fusion, norm, k, sparse, dense, multiplier = struct.unpack(OPTIONS, options.data)
            made = Hybrid(k, sparse, dense, multiplier, FUSIONS[fusion], NORMS[norm])
        except (struct.error, IndexError, ParitasError):
            raise sections.damaged(FILE, options) from None
        one, two = ((part.start, part.start + len(part.data)) for part in parts)
        return made, one, two


def _places(pairs: Pairs) -> dict[Any, tuple[float, int]]:
    """Score and rank of each id, where it comes first."""
    found: dict[Any, tuple[float, int]] = {}
    for rank, (doc_id, score) in enumerate(pairs, 1):
        found.setdefault(doc_id, (score, rank))
    return found
