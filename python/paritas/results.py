"""The values that functions return, the same classes whichever backend computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Metadata = dict[str, "str | int | float | bool | list[str | int | float | bool | None] | None"]


class Span(NamedTuple):
    """A half-open range of code points: text[span.start:span.end] is what was meant."""

    start: int
    end: int


class FeatureDigest(NamedTuple):
    """The digest of the cases that fell to one feature."""

    feature: str
    cases: int
    digest: str


class SelfcheckReport(NamedTuple):
    """One digest of everything and one for each feature, in alphabetical order."""

    digest: str
    features: list[FeatureDigest]


class SpaceBoundResult(NamedTuple):
    """The Williams numbers of one count: S = sqrt(t) * log2(t), E = t / S, t, R = ((t - S) / t) * 100."""

    space_bound: float
    efficiency: float
    time_complexity: int
    space_reduction_percent: float

    def __repr__(self) -> str:
        return (
            f"SpaceBoundResult(efficiency={self.efficiency:.2f}x, space_reduction={self.space_reduction_percent:.1f}%)"
        )


class SpaceBoundBatch(NamedTuple):
    """The Williams numbers of many counts, in the shape of the input; None where only the bounds were asked for."""

    space_bound: npt.NDArray[np.float64]
    efficiency: npt.NDArray[np.float64] | None
    space_reduction_percent: npt.NDArray[np.float64] | None


class Document(NamedTuple):
    """What an index knows of one document."""

    id: str | int
    length: int
    """Terms."""
    text: str | None
    """With store_text."""
    metadata: Metadata | None


class TermScore(NamedTuple):
    """One query term that a document holds, and what it adds."""

    term: str
    weight: int
    """Occurrences in the query."""
    tf: int
    """Occurrences in the document."""
    df: int
    """Documents that hold it."""
    idf: float
    tf_part: float
    contribution: float
    """weight * (idf * tf_part)"""


class Explanation(NamedTuple):
    """How a score came about: the contributions of the terms, added in their order, are the score."""

    score: float
    doc_length: int
    avg_doc_length: float
    doc_count: int
    terms: list[TermScore]


class BM25Stats(NamedTuple):
    """What an index holds and how much memory it takes; the reference does not measure memory and says 0."""

    documents: int
    removed: int
    """Documents whose postings wait to be dropped."""
    terms: int
    postings: int
    """Pairs of term and document, removed ones included."""
    total_length: int
    avg_doc_length: float
    posting_bytes: int
    forward_bytes: int
    vocabulary_bytes: int
    document_bytes: int
    bytes_per_posting: float
    """Of posting, forward and vocabulary bytes."""
