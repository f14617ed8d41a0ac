"""The names of backfire-kernel: `sys.modules["backfire_kernel"] = paritas.compat.backfire_kernel` is all it takes.

docs/compat.md lists where results differ from the original's, and why. What director-ai imports together with a name
that is here is here too; of the others it has versions in Python, or does without.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from paritas import BM25, Analyzer, entity_overlap, negation_flip, numerical_consistency, sentences, traceability
from paritas import trend_drop as rust_trend_drop
from paritas.compat._backfire_config import BackfireConfig
from paritas.compat._backfire_scorer import CoherenceScore, RustCoherenceScorer
from paritas.compat._backfire_stream import RustSafetyKernel, RustStreamingKernel, StreamSession
from paritas.errors import ParitasError

__all__ = [
    "BackfireConfig",
    "CoherenceScore",
    "RustBM25",
    "RustCoherenceScorer",
    "RustSafetyKernel",
    "RustStreamingKernel",
    "StreamSession",
    "rust_entity_overlap",
    "rust_mean",
    "rust_negation_flip",
    "rust_numerical_consistency",
    "rust_split_sentences",
    "rust_sum_f64",
    "rust_sum_i64",
    "rust_traceability",
    "rust_trend_drop",
    "rust_word_overlap",
]

rust_entity_overlap = entity_overlap
rust_negation_flip = negation_flip
rust_traceability = traceability


def rust_numerical_consistency(text_a: str, text_b: str) -> bool | None:
    """Whether every hard number of text_a is matched by text_b; None when either has none."""
    return numerical_consistency(text_a, text_b)


def rust_split_sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed, with one space for each run of spaces and line breaks."""
    return [" ".join(text[span.start : span.end].split()) for span in sentences(text)]


def rust_word_overlap(text_a: str, text_b: str) -> float:
    """Shared words over all words in lower case; 0.0 when either text has none."""
    words_a, words_b = set(text_a.lower().split()), set(text_b.lower().split())
    return len(words_a & words_b) / len(words_a | words_b) if words_a and words_b else 0.0


def rust_sum_f64(values: Iterable[float]) -> float:
    """The sum in order, -0.0 for none. Errors: invalid_argument for a value that is not finite."""
    total = -0.0
    for value in values:
        if not math.isfinite(value):
            raise ParitasError("invalid_argument", "values must be finite")
        total += value
    return total


def rust_sum_i64(values: Iterable[int]) -> int:
    """The sum. Errors: out_of_range where it does not fit into 64 bits."""
    total = sum(values)
    if not -(2**63) <= total < 2**63:
        raise ParitasError("out_of_range", "the sum must fit into 64 bits")
    return total


def rust_mean(values: Iterable[float]) -> float:
    """The sum over how many there are. Errors: invalid_argument for none, or for one that is not finite."""
    items = list(values)
    if not items:
        raise ParitasError("invalid_argument", "values must be non-empty")
    return rust_sum_f64(items) / len(items)


class RustBM25:
    """The class of that name: scores equal the original's to 1e-12, ties come in order of adding.

    As there, words are only put in lower case, and an id that is added again is one more document.
    """

    def __init__(self, k1: float = 1.2, b: float = 0.75) -> None:
        self._index = BM25(k1, b, variant="okapi", analyzer=Analyzer.plain())
        self._names: list[str] = []

    def add_document(self, doc_id: str, text: str) -> None:
        self._index.add_document(len(self._names), text)
        self._names.append(doc_id)

    def query(self, query_text: str, n_results: int) -> list[tuple[str, float]]:
        """The best (doc_id, score) pairs."""
        return [(self._names[int(place)], score) for place, score in self._index.query(query_text, n_results)]

    def count(self) -> int:
        return self._index.count()

    def clear(self) -> None:
        self._index.clear()
        self._names.clear()
