"""Verification: vectors, the caller's own judge of entailment, batches, bad input."""

import asyncio
import gc
import math
import threading
import time
from types import SimpleNamespace

import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome, plain

CALL = ("response", "source", "atomic", "evidence_top_k")
CLAIM, SOURCE = "The plan includes 5 seats.", "The plan includes five seats."


def split(given):
    return {key: given[key] for key in CALL if key in given}, {
        key: value for key, value in given.items() if key not in (*CALL, "scores")
    }


@pytest.mark.parametrize("case", load_vectors("verifier"), ids=lambda case: case["id"])
def test_verify_agrees_with_its_vectors(api, case):
    call, options = split(case["given"])
    assert repr(outcome(lambda: api.VerifiedScorer(**options).verify(**call))) == repr(case["expect"])
    assert repr(outcome(lambda: api.verify(**call, **options))) == repr(case["expect"])
    prepared = {**call, "source": api.PreparedSource(call["source"])} if case["id"] != "ids-of-some" else call
    assert repr(outcome(lambda: api.VerifiedScorer(**options).verify(**prepared))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("verifier_plan"), ids=lambda case: case["id"])
def test_plan_and_finish_agree_with_their_vectors(api, case):
    call, options = split(case["given"])
    scores = case["given"]["scores"]
    scorer = api.VerifiedScorer(**options)
    plan = scorer.plan(**call)
    found = outcome(lambda: {"pairs": plan.pairs, "result": scorer.finish(plan, scores)})
    assert repr(found) == repr(case["expect"])
    with_model = api.VerifiedScorer(nli_scorer=lambda pairs: scores, **options)
    if plan.pairs:
        result = outcome(lambda: with_model.verify(**call))
        value = case["expect"].get("value", {})
        assert repr(result) == repr({"value": value["result"]} if value else case["expect"])


@pytest.mark.parametrize("case", load_vectors("verifier_batch"), ids=lambda case: case["id"])
def test_batches_agree_with_their_vectors(api, case):
    given = dict(case["given"])
    options = {key: given.pop(key) for key in ("max_chars",) if key in given}

    def rows(results):
        return [
            {
                "approved": result.approved,
                "score": result.score,
                "status": result.status,
                "reasons": [[why.code, why.message] for why in result.reasons],
            }
            for result in results
        ]

    scorer = api.VerifiedScorer(**options)
    for threads in (0, 1, 3):
        call = {**given, "threads": threads}
        assert repr(outcome(lambda call=call: rows(scorer.verify_batch(**call)))) == repr(case["expect"])
        assert repr(outcome(lambda call=call: rows(api.verify_batch(**call, **options)))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("prepared_source"), ids=lambda case: case["id"])
def test_prepared_source_agrees_with_its_vectors(api, case):
    def counts():
        source = api.PreparedSource(**case["given"])
        return {
            "passages": len(source),
            "sentences": source.sentences,
            "characters": source.characters,
            "ids": source.ids,
        }

    assert repr(outcome(counts)) == repr(case["expect"])


def test_to_dict_keeps_the_published_keys(api):
    result = api.verify(CLAIM, SOURCE)
    published = result.to_dict()
    assert published["overall_score"] == result.score == result.overall_score
    assert published["supported"] == result.supported_count == 1
    claim = published["claims"][0]
    assert {
        "claim",
        "matched_source",
        "nli_divergence",
        "entity_match",
        "numerical_match",
        "negation_flip",
    } < claim.keys()
    assert {"traceability", "verdict", "evidence_spans", "confidence", "is_atomic"} < claim.keys()
    assert claim["evidence_spans"][0]["text"] == SOURCE
    assert result.claims[0].to_dict() == claim


def test_passages_may_be_objects_and_ids_anything(api):
    passages = [SimpleNamespace(id=7, text="It failed."), SimpleNamespace(id=None, text=SOURCE)]
    result = api.verify(CLAIM, passages)
    assert [span.passage_id for span in result.claims[0].evidence_spans][:1] == [None]
    assert api.PreparedSource(passages).ids == [7, None]
    key = object()
    assert api.PreparedSource(["a b c."], ids=[key]).ids == [key]


class Judge:
    def __init__(self, answer):
        self.answer, self.pairs = answer, []

    def score(self, premise, hypothesis):
        self.pairs.append((premise, hypothesis))
        return self.answer


class BatchJudge(Judge):
    def score_batch(self, pairs):
        self.pairs += pairs
        return [self.answer] * len(pairs)


@pytest.mark.parametrize("judge", [Judge, BatchJudge])
def test_an_nli_scorer_is_asked_for_its_pairs(api, judge):
    sure, unsure = judge(0.99), judge(0.01)
    assert api.verify(CLAIM, SOURCE, nli_scorer=sure).approved
    assert not api.verify(CLAIM, SOURCE, nli_scorer=unsure).approved
    assert sure.pairs == unsure.pairs == [(SOURCE, CLAIM)]


def test_what_an_nli_scorer_raises_goes_on(api):
    def broken(pairs):
        raise RuntimeError("out of memory")

    scorer = api.VerifiedScorer(nli_scorer=broken)
    for call in (
        lambda: scorer.verify(CLAIM, SOURCE),
        lambda: scorer.verify_batch([CLAIM], [SOURCE]),
        lambda: asyncio.run(later(scorer)),
    ):
        with pytest.raises(RuntimeError, match="out of memory"):
            call()


async def later(scorer, **options):
    return await scorer.averify(CLAIM, SOURCE, **options)


@pytest.mark.parametrize("answer", [math.nan, None, "high", -0.1, 1.1, math.inf])
def test_what_is_no_score_approves_nothing(api, answer):
    result = api.verify(CLAIM, SOURCE, nli_scorer=Judge(answer))
    assert not result.approved
    assert [why.code for why in result.reasons] == ["nli_invalid"]
    assert result.claims[0].verdict == "unverifiable" and result.score <= 0.45


@pytest.mark.parametrize("answer", [[], [0.5, 0.5], 0.5, None, "ab"])
def test_answers_of_another_shape_are_refused(api, answer):
    with pytest.raises(ParitasError) as caught:
        api.verify(CLAIM, SOURCE, nli_scorer=lambda pairs: answer)
    assert caught.value.code == "invalid_argument"


def test_what_is_no_nli_scorer_is_refused(api):
    with pytest.raises(TypeError):
        api.verify(CLAIM, SOURCE, nli_scorer=5)


async def slow(pairs):
    await asyncio.sleep(0.01)
    return [0.99] * len(pairs)


def test_coroutines_are_awaited(api):
    scorer = api.VerifiedScorer(nli_scorer=slow)
    assert asyncio.run(later(scorer)).approved
    assert plain(asyncio.run(later(api.VerifiedScorer()))) == plain(api.verify(CLAIM, SOURCE))
    assert asyncio.run(later(api.VerifiedScorer(nli_scorer=Judge(0.99)), timeout=5)).approved
    with pytest.raises(TypeError, match="averify"):
        scorer.verify(CLAIM, SOURCE)


@pytest.mark.parametrize("blocking", [False, True])
def test_what_never_returns_times_out(api, blocking):
    held = threading.Event()

    async def never(pairs):
        await asyncio.Event().wait()

    scorer = api.VerifiedScorer(nli_scorer=(lambda pairs: held.wait(60)) if blocking else never)
    start = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(later(scorer, timeout=0.05))
    assert time.monotonic() - start < 50
    held.set()


def test_one_call_of_the_nli_scorer_serves_a_batch(api):
    judge = BatchJudge(0.99)
    calls = []
    scorer = api.VerifiedScorer(nli_scorer=lambda pairs: calls.append(len(pairs)) or judge.score_batch(pairs))
    results = scorer.verify_batch([CLAIM, "", "The fee is €9."], [SOURCE, SOURCE, "The fee is $9."])
    assert [result.approved for result in results] == [True, False, False]
    assert calls == [2]


def test_one_bad_pair_does_not_spoil_a_batch(api):
    for scorer in (api.VerifiedScorer(), api.VerifiedScorer(nli_scorer=BatchJudge(0.99))):
        results = scorer.verify_batch([CLAIM, None, CLAIM, CLAIM], [SOURCE, SOURCE, None, [SOURCE]])
        assert [result.status for result in results] == ["ok", "error", "error", "ok"]
        assert [result.approved for result in results] == [True, False, False, True]
        assert results[1].reasons[0].code == "invalid_argument"
        assert results[1].reasons[0].message == "a str is needed, not NoneType"


def test_scores_come_as_arrays(api):
    scorer = api.VerifiedScorer()
    found = scorer.score_batch([CLAIM, "The fee is €9."], [SOURCE, "The fee is $9."])
    assert found.approved.dtype == bool and found.score.dtype == found.coverage.dtype == float
    assert found.approved.tolist() == [True, False]
    assert found.score.tolist() == [
        result.score for result in scorer.verify_batch([CLAIM, "The fee is €9."], [SOURCE, "The fee is $9."])
    ]


@pytest.mark.parametrize("wrong", [None, b"bytes", 5, 1.5])
def test_wrong_types_are_type_errors_with_a_code(api, wrong):
    scorer = api.VerifiedScorer()
    calls = [
        lambda: scorer.verify(wrong, SOURCE),
        lambda: scorer.verify(CLAIM, wrong),
        lambda: scorer.verify(CLAIM, [wrong]),
        lambda: scorer.verify(CLAIM, SOURCE, wrong),
        lambda: scorer.verify_batch(wrong, [SOURCE]),
        lambda: scorer.plan(CLAIM, wrong),
        lambda: scorer.finish(wrong, []),
        lambda: api.PreparedSource(wrong),
        lambda: api.VerifiedScorer(nli_direction=wrong),
    ]
    for call in calls:
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_lone_surrogates_count_as_one_replacement_character(api):
    assert api.verify("Tim \udfff met Bob.", "Tim \ud800 met Bob.") == api.verify(
        "Tim \ufffd met Bob.", "Tim \ufffd met Bob."
    )


def test_a_plan_keeps_its_source(api):
    scorer = api.VerifiedScorer()
    plan = scorer.plan(CLAIM, api.PreparedSource(SOURCE))
    gc.collect()
    assert scorer.finish(plan, [0.9]).approved
    assert scorer.finish(plan, [0.9]) == scorer.finish(plan, [0.9])
