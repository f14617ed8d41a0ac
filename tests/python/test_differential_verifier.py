"""Native against reference for verification, what must hold for any texts, and that nothing squares."""

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import reference
from test_differential_signals import HOSTILE, TEXTS

native = importlib.import_module("paritas._native")
DECISIVE = {"number_mismatch", "entity_mismatch", "antonym", "negation_flip"}
SCORES = st.lists(st.floats(0, 1) | st.sampled_from([float("nan"), -1.0, 2.0, 1.0, 0.0]), min_size=1, max_size=8)


@given(response=TEXTS, source=TEXTS, atomic=st.booleans(), most=st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_verify(response, source, atomic, most):
    for claimed, given_source in ((response, source), (response + " " + source, source + "\n\n" + response)):
        found = native.VerifiedScorer().verify(claimed, given_source, atomic, most)
        assert found == reference.VerifiedScorer().verify(claimed, given_source, atomic, most)


@given(response=TEXTS, passages=st.lists(TEXTS, max_size=4), scores=SCORES, divergence=st.booleans())
@settings(max_examples=150, deadline=None)
def test_passages_and_scores_of_a_model(response, passages, scores, divergence):
    def scored(pairs):
        return [scores[i % len(scores)] for i in range(len(pairs))]

    results = []
    for api in (native, reference):
        direction = "divergence" if divergence else "entailment"
        scorer = api.VerifiedScorer(nli_scorer=scored, nli_direction=direction)
        source = api.PreparedSource(passages, ids=range(len(passages)))
        results.append(scorer.verify(response, source))
        results.append(scorer.verify_batch([response], [source], threads=2)[0])
    assert repr(results[0]) == repr(results[1]) == repr(results[2]) == repr(results[3])


@given(response=TEXTS, passages=st.lists(TEXTS, min_size=1, max_size=3), atomic=st.booleans())
@settings(max_examples=300, deadline=None)
def test_properties(response, passages, atomic):
    result = native.VerifiedScorer().verify(response, passages, atomic)
    assert 0.0 <= result.score <= 1.0 and 0.0 <= result.coverage <= 1.0
    counts = [result.supported_count, result.contradicted_count, result.fabricated_count, result.unverifiable_count]
    assert sum(counts) == len(result.claims)
    verdicts = [claim.verdict for claim in result.claims]
    if result.approved:
        assert not {"contradicted", "fabricated"} & set(verdicts)
    for claim in result.claims:
        assert claim.claim == response[claim.span.start : claim.span.end]
        assert 0.0 <= claim.probability <= 1.0 and 0.0 <= claim.confidence <= 1.0
        assert (claim.verdict == "contradicted") is any(why.decisive for why in claim.reasons)
        if claim.source_index >= 0:
            assert claim.matched_source == passages[claim.passage][claim.source_span.start : claim.source_span.end]
        for span in claim.evidence_spans:
            assert span.text == passages[span.passage][span.span.start : span.span.end]
        for why in claim.reasons:
            assert why.decisive is (why.code in DECISIVE)
            if why.decisive:
                there = passages[why.passage][why.source_span.start : why.source_span.end]
                here = response[why.claim_span.start : why.claim_span.end]
                quoted = {"negation_flip": here in why.message or there in why.message}
                assert quoted.get(why.code, here in why.message and there in why.message)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_text_supports_itself(text):
    result = native.VerifiedScorer().verify(text, text)
    assert not any(why.decisive for why in result.reasons)
    checkable = any(claim.verdict == "supported" for claim in result.claims)
    assert result.approved is checkable
    assert all(claim.verdict == "supported" for claim in result.claims)


@given(response=TEXTS, source=TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_source_that_repeats_a_claim_supports_it(response, source):
    for claim in native.split_claims(response):
        if "\n" in claim.text or native.split_claims(claim.text) != native.split_claims(claim.text + "\n\n"):
            continue
        result = native.VerifiedScorer().verify(claim.text, [source, claim.text])
        verdicts = [item.verdict for item in result.claims]
        assert set(verdicts) <= {"supported"}, (claim.text, source)


@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), max_size=5), threads=st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_a_batch_is_a_loop_with_any_number_of_threads(pairs, threads):
    scorer = native.VerifiedScorer()
    responses, sources = [a for a, _ in pairs], [b for _, b in pairs]
    alone = [scorer.verify(a, b) for a, b in pairs]
    assert scorer.verify_batch(responses, sources, threads=threads) == alone
    scores = scorer.score_batch(responses, sources, threads=threads)
    assert scores.score.tolist() == [result.score for result in alone]


LARGE = {
    **HOSTILE,
    "one-word-of-1-mb": "water " * 170_000,
    "numbers-of-one-sentence": " ".join(map(str, range(100_000, 200_000))),
    "cues-of-one-sentence": "not water " * 100_000,
    "claims-against-one-sentence": "".join(f"The w{i} is x{i}. " for i in range(20_000)),
    "names-of-one-sentence": " ".join(f"Xa{i} met" for i in range(50_000)),
}
ONE_SENTENCE = " ".join(f"w{i} x{i}" for i in range(60_000))


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_large_texts_are_no_trouble(text):
    """What squares does not come back from this."""
    scorer = native.VerifiedScorer()
    for response, source in ((text, text), (text, text[: len(text) // 2]), (text, ONE_SENTENCE), (ONE_SENTENCE, text)):
        result = scorer.verify(response, source)
        assert 0.0 <= result.score <= 1.0
