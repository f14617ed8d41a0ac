"""The values that functions return, the same classes whichever backend computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Metadata = dict[str, "str | int | float | bool | list[str | int | float | bool | None] | None"]
Filter = dict[str, "object"]  # keys and what they must be; see matches_filter


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


class HybridResult(NamedTuple):
    """One result of words and vectors, and where each had it: ranks from 1, None where it was not among theirs."""

    id: str | int
    score: float
    sparse_score: float | None
    sparse_rank: int | None
    dense_score: float | None
    dense_rank: int | None


class VectorDocument(NamedTuple):
    """What a vector index knows of one vector."""

    id: str | int
    vector: npt.NDArray[np.float32]
    metadata: Metadata | None


class VectorIndexStats(NamedTuple):
    """What a vector index holds, and its memory in bytes."""

    count: int  # type: ignore[assignment]
    removed: int  # rows that wait to be dropped
    dim: int
    metric: str
    dtype: str
    kind: str
    path: Literal["exact", "graph"]  # how a query finds its results
    vector_bytes: int
    graph_bytes: int
    document_bytes: int  # ids, their table, metadata


class Document(NamedTuple):
    """What an index knows of one document."""

    id: str | int
    length: int
    """Terms."""
    text: str | None
    """With store_text."""
    metadata: Metadata | None


class Fact(NamedTuple):
    """A text of a FactStore."""

    id: str | int
    text: str
    score: float
    """How well it fits the query; 0.0 where there was none."""
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
    segments: int
    """Parts that are frozen; documents added one by one wait in memory for the next."""
    posting_bytes: int
    forward_bytes: int
    vocabulary_bytes: int
    document_bytes: int
    bytes_per_posting: float
    """Of posting, forward and vocabulary bytes."""


class Term(NamedTuple):
    """A piece of a text that comparisons work on."""

    kind: Literal["word", "number", "char", "mark"]
    span: Span
    key: str  # folded: lower case, no accents, contractions undone
    stem: str  # of a word; any other term's is its key
    negated: bool  # "isn't": the key is "is"
    space_before: bool


class Number(NamedTuple):
    """A quantity, ordinal, date, decade or time of day, with all that its words say about it."""

    kind: Literal["quantity", "ordinal", "date", "decade", "time"]
    value: float  # in the unit; a time in seconds of the day, a decade its first year, a date 0.0
    unit: str  # "km", "USD", "fraction"; "" when there is none
    dimension: str  # "length", "money", "percent"; numbers of one dimension are compared by value
    per: str  # stem of the rate's unit: "month" in $99/month
    op: Literal["eq", "ge", "gt", "le", "lt", "approx"]
    soft: bool  # "one", "half", "first": too vague to hold a claim to it
    nouns: list[str]  # stems of what is counted
    year: int  # of a date; 0 when it does not say
    month: int
    day: int
    ambiguous: bool  # 05/06/2026: day and month may be swapped
    span: Span


class Entity(NamedTuple):
    """A name: of a person, place, product, organisation."""

    span: Span
    keys: list[str]  # of its words, in order, without connectors
    strong: bool  # no mere capital letter at the start of a sentence


class Cue(NamedTuple):
    """A word of negation and the terms that it negates."""

    span: Span
    scope: list[Span]


class Claim(NamedTuple):
    """A statement of a text that can be checked by itself: a sentence, or a part of one."""

    text: str
    span: Span
    sentence_index: int  # in sentences(text)
    is_atomic: bool  # one of several parts of its sentence


class NumberMatch(NamedTuple):
    """A hard number of the claim and what the source says about it."""

    claim_span: Span
    source_span: Span | None
    status: Literal["match", "differ", "missing"]


class PolarityMatch(NamedTuple):
    """What turns the meaning of a claim sentence against its best source sentence."""

    claim_span: Span
    source_span: Span
    kind: Literal["cue", "prefix", "antonym"]


class Signals(NamedTuple):
    """All signals between a claim and a source, with their evidence."""

    entity_overlap: float
    numerical_consistency: bool | None
    negation_flip: bool
    traceability: float
    novel_entities: list[Span]  # of the claim: entities that the source does not have
    numbers: list[NumberMatch]  # one for each hard number of the claim, in order
    polarity: list[PolarityMatch]  # of the claim sentences that conflict, in order
    missing: list[Span]  # of the claim: content terms that the source does not have
    best_source: Span | None  # the source sentence that shares the most with the claim


class SignalsBatch(NamedTuple):
    """The four signals of many pairs, one row for each."""

    entity_overlap: npt.NDArray[np.float64]
    numerical_consistency: npt.NDArray[np.int8]  # 1, 0, or -1 for nothing to compare
    negation_flip: npt.NDArray[np.bool_]
    traceability: npt.NDArray[np.float64]
