"""rrf and weighted_fusion, as core/src/retrieve/fusion.cpp computes them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.bm25 import DocId, as_id
from paritas.reference.convert import real, text, whole

Ranked = Iterable[DocId] | Iterable[tuple[DocId, float]] | Mapping[DocId, float]


def rrf(
    lists: Iterable[Ranked],
    k: float = 60.0,
    weights: Sequence[float] | None = None,
    n_results: int | None = None,
) -> list[tuple[DocId, float]]:
    """Joins lists of results by rank alone: the sum over the lists of weight / (k + rank), ranks from 1."""
    entries = _entries(lists, scored=False)
    k, each, most = real(k), _weights(weights), _limit(n_results)
    if not (k > 0.0 and math.isfinite(k)):
        raise ParitasError("invalid_argument", "k must be finite and above 0")
    each = _checked(each, len(entries), most)
    sums: dict[DocId, float] = {}
    for ranked, weight in zip(entries, each, strict=True):
        seen = set()
        for rank, (doc_id, _) in enumerate(ranked, 1):
            sums.setdefault(doc_id, 0.0)
            if doc_id not in seen:
                sums[doc_id] += weight / (k + float(rank))
            seen.add(doc_id)
    return _best(sums, most)


def weighted_fusion(
    lists: Iterable[Iterable[tuple[DocId, float]] | Mapping[DocId, float]],
    weights: Sequence[float] | None = None,
    norm: str = "minmax",
    n_results: int | None = None,
) -> list[tuple[DocId, float]]:
    """Joins lists of results by scores that norm has brought to one scale: the sum over the lists of weight * value."""
    entries = _entries(lists, scored=True)
    each, norm, most = _weights(weights), text(norm), _limit(n_results)
    if norm not in ("minmax", "max", "none"):
        raise ParitasError("invalid_argument", 'norm must be "minmax", "max" or "none"')
    each = _checked(each, len(entries), most)
    sums: dict[DocId, float] = {}
    for i, (ranked, weight) in enumerate(zip(entries, each, strict=True)):
        scores: dict[DocId, float] = {}
        for doc_id, score in ranked:
            if not math.isfinite(score):
                raise ParitasError("invalid_argument", "scores must be finite", i)
            scores.setdefault(doc_id, score)
        for doc_id, value in zip(scores, _scaled(list(scores.values()), norm), strict=True):
            sums[doc_id] = sums.get(doc_id, 0.0) + weight * value
    return _best(sums, most)


def _scaled(scores: list[float], norm: str) -> list[float]:
    if norm == "none" or not scores:
        return scores
    least, most = min(scores), max(scores)
    if norm == "max":
        return [score / most if most > 0.0 else 0.0 for score in scores]
    # Halves where the distance of the ends is no double any more.
    half = 1.0 if math.isfinite(most - least) else 0.5
    spread = most * half - least * half
    return [1.0 if spread == 0.0 else (score * half - least * half) / spread for score in scores]


def _best(sums: dict[DocId, float], most: int | None) -> list[tuple[DocId, float]]:
    if not all(map(math.isfinite, sums.values())):
        message = "a fused score must fit into a double: use smaller weights or scores"
        raise ParitasError("out_of_range", message)
    found = sorted(sums.items(), key=lambda item: -item[1])  # keeps the order of coming where scores are equal
    return found[:most]


def _weights(weights: Any) -> list[float] | None:
    if weights is None:
        return None
    if isinstance(weights, str | bytes) or not hasattr(weights, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"a sequence of numbers is needed, not {type(weights).__name__}")
    return [real(weight) for weight in weights]


def _limit(n_results: Any) -> int | None:
    return None if n_results is None else whole(n_results)


def _checked(weights: list[float] | None, lists: int, most: int | None) -> list[float]:
    """One weight for each list."""
    if weights is not None and len(weights) != lists:
        raise ParitasError("length_mismatch", "weights must be one for each list")
    for i, weight in enumerate(weights or []):
        if not (weight >= 0.0 and math.isfinite(weight)):
            raise ParitasError("invalid_argument", "weights must be finite and at least 0", i)
    if most is not None and most < 0:
        raise ParitasError("invalid_argument", "n_results must be at least 0")
    return [1.0] * lists if weights is None else weights


def _entries(lists: Any, scored: bool) -> list[list[tuple[DocId, float]]]:
    """The (id, score) pairs of each list; 0.0 where an id stands alone."""
    return [[_entry(item, scored) for item in _items(ranked)] for ranked in _items(lists)]


def _items(values: Any) -> list[Any]:
    if isinstance(values, dict):
        return list(values.items())
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ParitasTypeError("invalid_argument", f"a list of lists of results is needed, not {type(values).__name__}")
    return list(values)


def _entry(item: Any, scored: bool) -> tuple[DocId, float]:
    if isinstance(item, tuple | list) and len(item) == 2:
        return as_id(item[0]), real(item[1])
    if scored:
        raise ParitasTypeError("invalid_argument", f"an (id, score) pair is needed, not {type(item).__name__}")
    return as_id(item), 0.0
