import pytest
from paritas import CoherenceScore, ParitasError, _native, reference
from vectors import load_vectors, outcome, plain


def run(api, given):
    store = None
    if "facts" in given:
        store = api.FactStore()
        for fact in given["facts"]:
            store.add(*fact)
    model = (lambda pairs: given["scores"]) if "scores" in given else None
    scorer = api.CoherenceScorer(store, nli_scorer=model, **given.get("options", {}))
    approved, score = scorer.review(given["prompt"], given["answer"], given.get("context"))
    assert approved is score.approved and type(score) is CoherenceScore
    value = plain(score)
    return {field: value[field] for field in given.get("fields", value)}


@pytest.mark.parametrize("case", load_vectors("coherence"), ids=lambda case: case["id"])
def test_coherence_scorer_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_types_are_checked(api):
    scorer = api.CoherenceScorer()
    for call in (
        lambda: scorer.review(None, "a"),
        lambda: scorer.review("a", b"a"),
        lambda: scorer.review("a", "a", 5),
        lambda: api.CoherenceScorer("store"),
        lambda: api.CoherenceScorer(threshold="x"),
        lambda: api.CoherenceScorer(top_k=1.5),
        lambda: api.CoherenceScorer(tenant_id=None),
        lambda: api.CoherenceScorer(allow_no_evidence=1),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_messages_say_what_to_change(api):
    for options, message in (
        ({"threshold": -0.1}, "threshold must be from 0 to 1"),
        ({"w_logic": 0.5}, "w_logic and w_fact must add up to 1"),
        ({"w_logic": -0.5, "w_fact": 1.5}, "w_logic and w_fact must be at least 0"),
        ({"top_k": -1}, "top_k must be at least 0"),
    ):
        with pytest.raises(ParitasError) as caught:
            api.CoherenceScorer(**options)
        assert str(caught.value) == message


def test_a_model_sees_the_claims_and_the_prompt(api):
    seen = []

    def model(pairs):
        seen.extend(pairs)
        return [1.0] * len(pairs)

    scorer = api.CoherenceScorer(nli_scorer=model)
    assert scorer.nli_scorer is model and scorer.fact_store is None
    approved, score = scorer.review(
        "Where do they live?", "They live in the south.", "Penguins are birds of the south."
    )
    assert seen == [
        ("Penguins are birds of the south.", "They live in the south."),
        ("Where do they live?", "They live in the south."),
    ]
    assert approved and score.h_logical == 0.0


def test_what_a_model_raises_goes_on(api):
    def model(pairs):
        raise KeyError("no model")

    with pytest.raises(KeyError):
        api.CoherenceScorer(nli_scorer=model).review("a", "b")


def test_facts_may_change_between_reviews(api):
    store = api.FactStore()
    scorer = api.CoherenceScorer(store)
    answer = "Refunds are accepted within 30 days."
    assert scorer.fact_store is store
    assert not scorer.review("How long?", answer)[0]
    store.add("refunds", answer)
    assert scorer.review("How long?", answer)[0]
    store.add("refunds", "Refunds are accepted within 14 days.")
    assert not scorer.review("How long?", answer)[0]


def test_spans_slice_what_messages_say(api):
    answer = "𝔸 café: the plan costs $20 per month. The plan costs $30 per month."
    _, score = api.CoherenceScorer().review("?", answer, "é𝔸 The plan costs $10 per month.")
    decisive = [reason for reason in score.reasons if reason.decisive]
    assert len(decisive) == 3
    for reason in decisive:
        said = answer[reason.claim_span.start : reason.claim_span.end]
        assert f'says "{said}"' in reason.message
        if reason.source_span is not None:
            stands = score.evidence[reason.source_span.start : reason.source_span.end]
            assert f'source says "{stands}"' in reason.message
    assert [reason.source_span is None for reason in decisive] == [False, False, True]


def test_a_score_as_json(api):
    _, score = api.CoherenceScorer().review("?", "The plan costs $20.", "The plan costs $10.")
    assert score.to_dict()["reasons"][0]["code"] == "number_mismatch"
    assert score.to_dict()["score"] == score.score


def test_both_backends_say_the_same_of_random_texts():
    from paritas.reference.random import Random
    from paritas.reference.selfcheck_texts import random_pair, random_text

    for seed in range(150):
        random = Random(seed)
        answer, evidence = random_pair(random, 30)
        prompt = random_text(random, 10)
        said = [
            repr(api.CoherenceScorer(allow_no_evidence=True).review(prompt, answer, evidence))
            for api in (_native, reference)
        ]
        assert said[0] == said[1], seed
