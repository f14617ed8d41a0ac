import json

import pytest
from paritas import ParitasError
from paritas.compat import backfire_kernel as kernel
from paritas.compat.backfire_kernel import RustBM25


def test_a_repeated_id_is_one_more_document_and_scores_are_the_published_ones():
    index = RustBM25()
    index.add_document("a", "foo_bar baz I x")
    index.add_document("a", "I i café")
    assert index.count() == 2
    # What backfire-kernel 0.1.3 answers.
    first, second = index.query("I", 5)
    assert first == ("a", pytest.approx(0.2696520503843362, abs=1e-12))
    assert second == ("a", pytest.approx(0.1654051236893609, abs=1e-12))
    assert index.query("bar", 5) == [("a", pytest.approx(0.628834555559538, abs=1e-12))]
    assert index.query("cafÉ", 5) == [("a", pytest.approx(0.7721133150541163, abs=1e-12))]
    assert index.query("", 5) == []
    index.clear()
    assert (index.count(), index.query("I", 5)) == (0, [])


def test_signals_have_the_published_names_and_signatures():
    assert kernel.rust_entity_overlap(text_a="Tim Cook met Bob", text_b="Cook met Alice") == pytest.approx(1 / 3)
    assert kernel.rust_numerical_consistency(text_a="$3.5M", text_b="$3,500,000") is True
    assert kernel.rust_numerical_consistency("some", "5") is None
    assert kernel.rust_negation_flip(claim="It is not safe for children.", source="It is safe for children.") is True
    assert kernel.rust_traceability(claim="Water boils.", source="water boils") == 1.0
    assert kernel.rust_trend_drop(values=[0.8, 0.2]) == 0.6000000000000001
    for name in kernel.__all__:
        assert getattr(kernel, name) is not None


def test_helpers_answer_as_published():
    # What backfire-kernel 0.1.3 answers.
    assert kernel.rust_mean([1, 2]) == 1.5
    assert repr(kernel.rust_sum_f64([])) == "-0.0"
    assert kernel.rust_sum_i64([1, 2]) == 3
    assert kernel.rust_word_overlap("a b", "b c") == 0.3333333333333333
    assert (kernel.rust_word_overlap("", ""), kernel.rust_word_overlap("A a", "a")) == (0.0, 1.0)
    assert kernel.rust_split_sentences("Hi. There! you? ok") == ["Hi.", "There! you? ok"]
    assert kernel.rust_split_sentences("One\ntwo. Three.") == ["One two.", "Three."]
    for call in (
        lambda: kernel.rust_mean([]),
        lambda: kernel.rust_mean([float("inf")]),
        lambda: kernel.rust_sum_f64([float("nan")]),
        lambda: kernel.rust_sum_i64([2**63 - 1, 1]),
    ):
        with pytest.raises(ValueError):
            call()


def test_a_config_is_checked_and_printed_as_published():
    assert repr(kernel.BackfireConfig(0.7, 0.5)) == "BackfireConfig(threshold=0.7, hard_limit=0.5, deadline_ms=50)"
    fields = vars(kernel.BackfireConfig(window_size=3))
    assert vars(kernel.BackfireConfig.from_json(json.dumps(fields))) == fields
    for bad in (
        {"coherence_threshold": 2.0},
        {"w_logic": 0.9},
        {"w_logic": float("nan")},
        {"window_size": 0},
        {"deadline_ms": -1},
        {"trend_threshold": float("inf")},
    ):
        with pytest.raises(ValueError):
            kernel.BackfireConfig(**bad)
    for bad in ("{", "[]", '{"hard_limit": 0.5}'):
        with pytest.raises(ValueError):
            kernel.BackfireConfig.from_json(bad)
    with pytest.raises(TypeError):
        kernel.BackfireConfig(window_size=1.5)


SOURCE = "The Team plan costs $49 per month."


def test_a_scorer_approves_what_its_evidence_supports():
    asked = []

    def knowledge(prompt):
        asked.append(prompt)
        return SOURCE

    scorer = kernel.RustCoherenceScorer(kernel.BackfireConfig(history_window=2), None, knowledge)
    assert (scorer.threshold, scorer.soft_limit, scorer.use_nli, scorer.history_len) == (0.6, 0.7, True, 0)
    approved, score = scorer.review("Price?", SOURCE)
    assert approved and score.approved and asked == ["Price?"]
    assert score.to_dict().keys() == {"score", "approved", "h_logical", "h_factual", "warning"}
    assert scorer.compute_divergence("Price?", SOURCE) == pytest.approx(0.6 * score.h_logical + 0.4 * score.h_factual)
    for _ in range(4):
        scorer.review("Price?", SOURCE)
    assert scorer.history_len == 2
    approved, score = scorer.review("Price?", "The Team plan costs $99 per month.")
    assert not approved and score.score < 0.3
    assert scorer.calculate_factual_divergence("Price?", "The Team plan costs $99 per month.") >= 0.8
    assert (
        scorer.calculate_logical_divergence(
            "Price?", "The drug is safe for children. The drug is not safe for children."
        )
        == 0.8
    )


@pytest.mark.parametrize("answer", ["", "...", "The sky is blue.", "The answer is consistent with reality."])
def test_a_scorer_without_evidence_approves_nothing(answer):
    for knowledge in (None, lambda prompt: None, lambda prompt: ""):
        scorer = kernel.RustCoherenceScorer(knowledge_callback=knowledge)
        approved, score = scorer.review("What color is the sky?", answer)
        assert not approved and score.h_factual == 0.5 and score.score <= 0.5


def test_callbacks_of_a_scorer_are_asked_and_never_swallowed():
    def model(prompt, answer):
        assert (prompt, answer) == ("Price?", SOURCE)
        return 0.9

    scorer = kernel.RustCoherenceScorer(None, model, lambda prompt: SOURCE)
    assert scorer.calculate_logical_divergence("Price?", SOURCE) == 0.9
    assert not scorer.review("Price?", SOURCE)[0]
    nan = kernel.RustCoherenceScorer(None, lambda prompt, answer: float("nan"), lambda prompt: SOURCE)
    assert not nan.review("Price?", SOURCE)[0]

    def fails(*_):
        raise KeyError("no model")

    for callbacks in ({"nli_callback": fails}, {"knowledge_callback": fails}):
        with pytest.raises(KeyError):
            kernel.RustCoherenceScorer(**callbacks).review("Price?", SOURCE)


def test_the_safety_kernel_halts_by_its_limit_alone():
    seen = []
    safety = kernel.RustSafetyKernel()
    assert safety.stream_output(["a", "b"], lambda token: seen.append(token) or 0.9) == "ab" and seen == ["a", "b"]
    assert safety.stream_output(["a", "b"], lambda token: 0.1) == "[KERNEL INTERRUPT: COHERENCE LIMIT EXCEEDED]"
    assert safety.is_active and safety.stream_output(["a"] * 30, lambda token: 0.5) == "a" * 30
    falling = iter([1.0 - i / 20 for i in range(10)])
    assert safety.stream_output(["a"] * 10, lambda token: next(falling)) == "a" * 10
    for bad in (float("nan"), float("inf"), None, "0.9"):
        assert safety.stream_output(["a"], lambda token, bad=bad: bad).startswith("[KERNEL INTERRUPT")
    safety.emergency_stop()
    assert not safety.is_active and safety.stream_output(["a"], lambda token: 0.9).startswith("[KERNEL INTERRUPT")
    safety.reactivate()
    assert safety.is_active and safety.stream_output(["a"], lambda token: 0.9) == "a"
    with pytest.raises(ParitasError):
        kernel.RustSafetyKernel(float("nan"))


def test_the_streaming_kernel_has_the_published_session():
    streaming = kernel.RustStreamingKernel()
    session = streaming.stream_tokens(["a", "b", "c"], {"a": 0.9, "b": 0.3}.get)
    assert (session.tokens, session.coherence_history, session.output()) == (["a", "b"], [0.9, 0.3], "a")
    assert (session.halted, session.halt_index, session.halt_reason) == (True, 1, "hard_limit (0.3000 < 0.5)")
    assert (session.token_count(), session.min_coherence(), session.avg_coherence()) == (2, 0.3, 0.6)
    assert session.duration_ms() >= 0.0 and streaming.is_active
    calm = streaming.stream_tokens(iter("abc"), lambda token: 0.9)
    assert (calm.halted, calm.halt_index, calm.halt_reason, calm.output()) == (False, -1, "", "abc")
    assert streaming.stream_output(["a"] * 12, lambda token: 0.54) == "[KERNEL INTERRUPT: window_avg (0.5400 < 0.55)]"
    config = kernel.BackfireConfig(window_size=2, hard_limit=0.2, trend_window=1)
    assert kernel.RustStreamingKernel(config).stream_tokens("abc", lambda token: 0.5).halt_index == 1
    assert kernel.RustStreamingKernel(kernel.BackfireConfig(hard_limit=0.9)).stream_output("ab", lambda _: 0.95) == "ab"
