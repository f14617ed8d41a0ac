"""check_verifier, as core/src/selfcheck/verifier.cpp computes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_pair, random_text
from paritas.reference.verifier import VerifiedScorer
from paritas.results_verify import VerificationResult

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_verifier(random: Random, digest: Digest) -> None:
    claim, source = random_pair(random, 16)
    other = random_text(random, 6)
    atomic = random.below(2) == 1
    evidence = random.below(4)
    scorer = VerifiedScorer()
    if random.below(2) == 1:
        _add(digest, scorer.verify(claim, source, atomic, evidence))
        return
    plan = scorer.plan(claim, [other, source], atomic, evidence)
    scores = []
    for _ in plan.pairs:
        score = random.unit()
        scores.append(2.0 if random.below(8) == 0 else score)
    _add(digest, scorer.finish(plan, scores))


def _add(digest: Digest, result: VerificationResult) -> None:
    digest.add(result.approved)
    digest.add(result.status)
    digest.add(result.confidence)
    digest.add(result.score)
    digest.add(result.coverage)
    for reason in result.reasons:
        digest.add(reason.code)
        digest.add(reason.message)
        digest.add(reason.decisive)
        if reason.claim_span is not None:
            digest.add(reason.claim_span)
        if reason.source_span is not None:
            digest.add(reason.source_span)
    for claim in result.claims:
        digest.add(claim.span)
        digest.add(claim.verdict)
        digest.add(claim.probability)
        digest.add(claim.confidence)
        digest.add(claim.entity_match)
        digest.add(_maybe(claim.numerical_match))
        digest.add(claim.negation_flip)
        digest.add(claim.traceability)
        digest.add(claim.is_atomic)
        for span in claim.evidence_spans:
            digest.add(span.index)
            digest.add(span.passage)
            digest.add(span.span)
            digest.add(span.score)
            digest.add(span.entity_match)
            digest.add(_maybe(span.numerical_match))


def _maybe(value: bool | None) -> int:
    return 2 if value is None else int(value)
