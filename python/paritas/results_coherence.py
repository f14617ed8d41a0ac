"""What CoherenceScorer returns: the same class natively and in the reference."""

from __future__ import annotations

from typing import Any, NamedTuple

from paritas.results_verify import Reason


class CoherenceScore(NamedTuple):
    """How well an answer fits its prompt and the evidence."""

    score: float  # 0 to 1
    approved: bool
    h_logical: float  # divergence from the prompt and within the answer, 0 to 1
    h_factual: float | None  # divergence from the evidence, 0 to 1; None without evidence
    warning: bool  # approved, but below the soft limit
    evidence: str | None  # what the answer was checked against
    reasons: list[Reason]  # against the evidence, then against the prompt and within the answer, without source_span

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON says them, unrounded."""
        return self._asdict() | {"reasons": [reason.to_dict() for reason in self.reasons]}
