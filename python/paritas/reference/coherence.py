"""CoherenceScorer: does an answer fit the evidence, its prompt and itself?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.nli import ask
from paritas.reference.claims import split_claims
from paritas.reference.convert import flag, real, whole
from paritas.reference.convert import text as as_text
from paritas.reference.facts import FactStore
from paritas.reference.sentences import sentences
from paritas.reference.verifier import VerificationPlan, VerifiedScorer
from paritas.results import Span
from paritas.results_coherence import CoherenceScore
from paritas.results_verify import Reason, VerificationResult

CONFLICT, NO_CONFLICT = 0.8, 0.2  # h_logical by the rules
UNPROVEN = 0.5  # most that an answer reaches without evidence
SAME_MATTER = 0.5  # share of a claim's items that what it contradicts must have
QUESTION = ("?", "？", "؟")
WEIGHT_ERROR = 1e-9


@dataclass(slots=True)
class _Plan:
    verification: VerificationPlan
    evidence: str | None
    conflicts: list[Reason]
    pairs: list[tuple[str, str]]  # the verification's, then the prompt and the answer


class CoherenceScorer:
    """Scores an answer by the facts it can lean on and by its logic; what has no evidence is not approved."""

    def __init__(
        self,
        fact_store: FactStore | None = None,
        *,
        threshold: float = 0.5,
        soft_limit: float = 0.6,
        w_logic: float = 0.3,
        w_fact: float = 0.7,
        top_k: int = 5,
        tenant_id: str = "",
        allow_no_evidence: bool = False,
        nli_scorer: Any = None,
    ) -> None:
        if fact_store is not None and not isinstance(fact_store, FactStore):
            raise ParitasTypeError("invalid_argument", f"a FactStore is needed, not {type(fact_store).__name__}")
        self.fact_store, self.nli_scorer = fact_store, nli_scorer
        self.threshold, self.soft_limit = real(threshold), real(soft_limit)
        self.w_logic, self.w_fact = real(w_logic), real(w_fact)
        self.top_k, self.tenant_id = whole(top_k), as_text(tenant_id)
        self.allow_no_evidence = flag(allow_no_evidence)
        for name, value in (("threshold", self.threshold), ("soft_limit", self.soft_limit)):
            if not 0.0 <= value <= 1.0:
                raise ParitasError("invalid_argument", f"{name} must be from 0 to 1")
        if not (self.w_logic >= 0.0 and self.w_fact >= 0.0 and math.isfinite(self.w_logic + self.w_fact)):
            raise ParitasError("invalid_argument", "w_logic and w_fact must be at least 0")
        if not abs(self.w_logic + self.w_fact - 1.0) <= WEIGHT_ERROR:
            raise ParitasError("invalid_argument", "w_logic and w_fact must add up to 1")
        if self.top_k < 0:
            raise ParitasError("invalid_argument", "top_k must be at least 0")
        self._verifier = VerifiedScorer()

    def review(self, prompt: str, answer: str, context: str | None = None) -> tuple[bool, CoherenceScore]:
        """Whether an answer is approved, and its score; the evidence is `context`, or the best facts of the store."""
        plan = self._plan(as_text(prompt), as_text(answer), None if context is None else as_text(context))
        scores = None if self.nli_scorer is None else ask(self.nli_scorer, plan.pairs)
        score = self._finish(plan, scores)
        return score.approved, score

    def _plan(self, prompt: str, answer: str, context: str | None) -> _Plan:
        evidence = context
        if evidence is None and self.fact_store is not None:
            facts = self.fact_store.query(prompt + "\n" + answer, self.top_k, self.tenant_id)
            evidence = "\n\n".join(fact.text for fact in facts)
        if evidence is not None and not sentences(evidence):
            evidence = None
        verification = self._verifier.plan(answer, evidence or "")
        conflicts = self._against(answer, 0, _statements(prompt))
        spans = [claim.span for claim in split_claims(answer)]
        conflicts += self._within(answer, spans)
        return _Plan(verification, evidence, conflicts, [*verification.pairs, (prompt, answer)])

    def _against(self, text: str, start: int, source: str) -> list[Reason]:
        """Why claims of a text, which begins at `start`, contradict a source about the same matter and names."""
        if not source:
            return []
        return [
            Reason(reason.code, reason.message, True, _moved(reason.claim_span, start), None, -1)
            for claim in self._verifier.verify(text, source, evidence_top_k=0).claims
            if claim.traceability >= SAME_MATTER and claim.entity_match == 1.0
            for reason in claim.reasons
            if reason.decisive
        ]

    def _within(self, answer: str, claims: list[Span]) -> list[Reason]:
        """Each claim against those before it: the second half against the first, then each half by itself."""
        if len(claims) < 2:
            return []
        middle = len(claims) // 2
        start, end = claims[middle].start, claims[-1].end
        first = answer[claims[0].start : claims[middle - 1].end]
        conflicts = self._against(answer[start:end], start, first)
        return conflicts + self._within(answer, claims[:middle]) + self._within(answer, claims[middle:])

    def _finish(self, plan: _Plan, scores: list[float] | None) -> CoherenceScore:
        conflicts = list(plan.conflicts)
        h_logical = CONFLICT if conflicts else NO_CONFLICT
        if scores is None:
            result: VerificationResult = self._verifier._finish(plan.verification, None)
        else:
            if len(scores) != len(plan.pairs):
                message = f"scores must be as many as pairs: {len(scores)} for {len(plan.pairs)}"
                raise ParitasError("invalid_argument", message)
            result = self._verifier._finish(plan.verification, scores[:-1])
            if 0.0 <= scores[-1] <= 1.0:
                h_logical = 1.0 - scores[-1]
            else:  # a model that fails vouches for nothing
                h_logical = CONFLICT
                message = "The model's score was not a number from 0 to 1 and was ignored."
                conflicts.append(Reason("nli_invalid", message, False, None, None, -1))
        if plan.evidence is None:
            h_factual = None
            score = min(UNPROVEN, 1.0 - h_logical)
        else:
            h_factual = 1.0 - result.score
            score = 1.0 - (self.w_logic * h_logical + self.w_fact * h_factual)
        approved = (
            score >= self.threshold
            and result.contradicted_count == 0
            and result.status != "no_claims"
            and (plan.evidence is not None or self.allow_no_evidence)
        )
        warning = approved and score < self.soft_limit
        reasons = [*result.reasons, *conflicts]
        return CoherenceScore(score, approved, h_logical, h_factual, warning, plan.evidence, reasons)


def _statements(prompt: str) -> str:
    """The sentences of a prompt that ask nothing, each in a paragraph of its own."""
    said = [prompt[span.start : span.end] for span in sentences(prompt)]
    return "\n\n".join(sentence for sentence in said if not sentence.endswith(QUESTION))


def _moved(span: Span | None, start: int) -> Span | None:
    return None if span is None else Span(span.start + start, span.end + start)
