"""What verification returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from paritas.results import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Verdict = Literal["supported", "contradicted", "fabricated", "unverifiable"]


class Reason(NamedTuple):
    """Why a verdict is what it is."""

    code: str  # "number_mismatch", "entity_missing", "verbatim", "low_support" ...
    message: str  # one sentence
    decisive: bool  # it contradicts by itself
    claim_span: Span | None  # of the response
    source_span: Span | None  # of the passage
    passage: int  # of the source_span; -1 without one

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON says them."""
        return {key: _plain(item) for key, item in self._asdict().items()}


class SourceSpan(NamedTuple):
    """A sentence of the source that speaks of what a claim says."""

    text: str
    index: int  # type: ignore[assignment]  # of the sentence, in all passages; hides tuple.index
    span: Span  # of the passage
    passage: int
    passage_id: Any  # what the caller calls the passage; None when it has no id
    score: float  # share of the claim's stems and numbers that it has, or the entailment that the caller's model gave
    nli_divergence: float  # 1.0 - score
    entity_match: float  # share of the claim's strong entities whose words it has; 1.0 when there are none
    numerical_match: bool | None  # whether it matches every hard number of the claim; None when there are none

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON says them."""
        return {key: _plain(item) for key, item in self._asdict().items()}


class ClaimVerdict(NamedTuple):
    """What became of one claim of the response."""

    claim: str
    span: Span  # of the response
    claim_index: int
    matched_source: str  # the source sentence that shares the most with it; "" when none shares anything
    source_index: int  # of that sentence, in all passages; -1 without one
    source_span: Span | None  # of the passage
    passage: int  # -1 without one
    probability: float  # that the source supports it
    nli_divergence: float  # 1.0 - probability
    entity_match: float  # share of its strong entities that the source has; 1.0 when there are none
    numerical_match: bool | None  # whether the source matches every hard number; None when there are none
    negation_flip: bool  # it says the opposite of all source sentences that share the most with it
    traceability: float  # share of its content stems and hard numbers that the source has; 1.0 when there are none
    verdict: Verdict
    confidence: float
    reasons: list[Reason]  # decisive ones first
    evidence_spans: list[SourceSpan]  # best first
    is_atomic: bool

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON says them."""
        return {key: _plain(item) for key, item in self._asdict().items()}


class VerificationResult(NamedTuple):
    """Whether a source supports a response, claim by claim."""

    approved: bool
    score: float  # how likely the source supports the whole response
    confidence: Literal["high", "medium", "low"]
    claims: list[ClaimVerdict]
    supported_count: int
    contradicted_count: int
    fabricated_count: int
    unverifiable_count: int
    coverage: float  # supported claims of all, 0.0 when there are none
    reasons: list[Reason]  # of all claims: decisive ones first, then in order of the claims
    status: Literal["ok", "no_claims", "no_source", "error"]

    @property
    def overall_score(self) -> float:
        """The score, by its published name."""
        return self.score

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON says it, unrounded; the published keys keep their names."""
        return {
            "approved": self.approved,
            "overall_score": self.score,
            "confidence": self.confidence,
            "supported": self.supported_count,
            "contradicted": self.contradicted_count,
            "fabricated": self.fabricated_count,
            "unverifiable": self.unverifiable_count,
            "coverage": self.coverage,
            "claims": _plain(self.claims),
            "reasons": _plain(self.reasons),
            "status": self.status,
        }


class VerificationScores(NamedTuple):
    """The outcome of many verifications without their claims, one row for each."""

    approved: npt.NDArray[np.bool_]
    score: npt.NDArray[np.float64]
    coverage: npt.NDArray[np.float64]


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return list(value)
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
