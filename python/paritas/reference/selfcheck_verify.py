"""The checks of room verify, as core/src/selfcheck computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paritas.reference.analysis import extract_cues, extract_entities, extract_numbers
from paritas.reference.claims import split_claims
from paritas.reference.coherence import CoherenceScorer
from paritas.reference.facts import FactStore
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_pair, random_text
from paritas.reference.sentences import sentences
from paritas.reference.signals import signals
from paritas.reference.terms import terms
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


TENANTS = ("", "b", "a")


def check_coherence(random: Random, digest: Digest) -> None:
    w_logic = random.unit()
    allow_no_evidence = random.below(2) == 1
    scorer = CoherenceScorer(w_logic=w_logic, w_fact=1.0 - w_logic, allow_no_evidence=allow_no_evidence)
    answer, source = random_pair(random, 12)
    prompt = random_text(random, 6)
    context = None if random.below(4) == 0 else source
    _, score = scorer.review(prompt, answer, context)
    digest.add(score.score)
    digest.add(score.approved)
    digest.add(score.h_logical)
    if score.h_factual is not None:
        digest.add(score.h_factual)
    digest.add(score.warning)
    for reason in score.reasons:
        if reason.decisive and reason.source_span is None and reason.claim_span is not None:
            digest.add(reason.code)
            digest.add(reason.claim_span)
            digest.add(reason.message)


def check_claims(random: Random, digest: Digest) -> None:
    text = random_text(random, 24)
    for claim in split_claims(text, random.below(2) == 1):
        digest.add(claim.span)
        digest.add(claim.sentence_index)
        digest.add(claim.is_atomic)


def check_facts(random: Random, digest: Digest) -> None:
    k1 = 3.0 * random.unit()
    store = FactStore(k1, random.unit())
    for _ in range(1 + random.below(4)):
        tenant_id = TENANTS[random.below(3)]
        fact_id = random.below(3)
        if random.below(6) == 0:
            digest.add(store.remove(fact_id, tenant_id))
        else:
            digest.add(store.add(fact_id, random_text(random, 8), tenant_id))
    tenant_id = TENANTS[random.below(3)]
    text = random_text(random, 12)
    for fact in store.query(text, random.below(4), tenant_id):
        digest.add(fact.id)
        digest.add(fact.score)
    digest.add(store.count(tenant_id))
    if random.below(4) == 0:
        digest.add(xxh3_64(store.to_bytes()))


def check_signals(random: Random, digest: Digest) -> None:
    claim, source = random_pair(random, 24)
    found = signals(claim, source)
    digest.add(found.entity_overlap)
    digest.add(2 if found.numerical_consistency is None else int(found.numerical_consistency))
    digest.add(found.negation_flip)
    digest.add(found.traceability)
    for span in found.novel_entities:
        digest.add(span)
    for number in found.numbers:
        digest.add(number.claim_span)
        if number.source_span is not None:
            digest.add(number.source_span)
        digest.add(number.status)
    for match in found.polarity:
        digest.add(match.claim_span)
        digest.add(match.source_span)
        digest.add(match.kind)
    for span in found.missing:
        digest.add(span)
    if found.best_source is not None:
        digest.add(found.best_source)


def check_terms(random: Random, digest: Digest) -> None:
    text = random_text(random, 24)
    for term in terms(text):
        digest.add(term.kind)
        digest.add(term.span)
        digest.add(term.key)
        digest.add(term.stem)
        digest.add(term.negated)
        digest.add(term.space_before)
    for span in sentences(text):
        digest.add(span)
    for number in extract_numbers(text):
        digest.add(number.kind)
        digest.add(number.value)
        digest.add(number.unit)
        digest.add(number.dimension)
        digest.add(number.per)
        digest.add(number.op)
        digest.add(number.soft)
        for noun in number.nouns:
            digest.add(noun)
        digest.add(number.year)
        digest.add(number.month)
        digest.add(number.day)
        digest.add(number.ambiguous)
        digest.add(number.span)
    for entity in extract_entities(text):
        digest.add(entity.span)
        for key in entity.keys:
            digest.add(key)
        digest.add(entity.strong)
    for cue in extract_cues(text):
        digest.add(cue.span)
        for span in cue.scope:
            digest.add(span)
