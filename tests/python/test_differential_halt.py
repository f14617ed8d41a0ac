import math

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference

SCORES = st.one_of(
    st.floats(0.45, 1.0),
    st.sampled_from([0.5, 0.6, 0.55, 0.0, 1.0, math.nan, math.inf, -0.5, 1.5, -1e-10, 1 + 1e-10]),
    st.none(),
)
CALM = st.floats(0.5, 1.0)
TOKENS = st.one_of(
    st.sampled_from(["a", " b", ".", '."', " ", "", "\n", "薬。", "」", "é𝔸! ", "x. y"]), st.text(max_size=4)
)
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "hard_limit": st.floats(0.0, 0.6),
        "window_size": st.integers(1, 12),
        "window_threshold": st.floats(0.0, 1.0),
        "trend_window": st.integers(2, 12),
        "trend_threshold": st.floats(0.01, 0.5),
        "trend_z": st.sampled_from([0.0, 1.0, 4.0]),
        "halt_mode": st.sampled_from(["hard", "soft"]),
        "soft_tail_max": st.integers(0, 5),
        "score_every_n": st.integers(1, 4),
        "adaptive": st.booleans(),
        "max_cadence": st.integers(1, 6),
        "on_invalid": st.sampled_from(["halt", "hold", "abstain"]),
        "max_invalid": st.integers(0, 3),
        "token_timeout": st.sampled_from([0.0, 0.5]),
        "total_timeout": st.sampled_from([0.0, 3.0]),
        "release": st.sampled_from(["token", "sentence"]),
    },
)
STREAMS = st.lists(st.tuples(TOKENS, SCORES, st.floats(0.0, 0.6)), max_size=40)


def events(api, config, stream, broken_at=None):
    monitor = api.HaltMonitor(soft_limit=0.6, **config)
    out, now = [], 0.0
    for i, (token, score, wait) in enumerate(stream):
        if i == broken_at:
            data = monitor.save_state()
            monitor = api.HaltMonitor()
            monitor.restore_state(data)
        now += wait
        wanted = monitor.wants_score()
        event = monitor.process_token(token, score, now)
        out.append((wanted, repr(event._replace(halt_evidence=None)), monitor.save_state()))
    session = monitor.finish()
    return out, session


@settings(max_examples=150, deadline=None)
@given(CONFIGS, STREAMS)
def test_both_backends_say_the_same_of_each_token(config, stream):
    native, one = events(_native, config, stream)
    plain, two = events(reference, config, stream)
    assert native == plain
    one, two = one.to_dict(), two.to_dict()
    for session in (one, two):
        session.pop("debug_log")
    assert repr(one) == repr(two)


@settings(max_examples=60, deadline=None)
@given(CONFIGS, STREAMS, st.integers(0, 40))
def test_restored_anywhere_a_stream_goes_on_unbroken(config, stream, at):
    whole, one = events(_native, config, stream)
    broken, two = events(_native, config, stream, at)
    assert whole == broken
    assert (one.halt_index, one.halt_reason, one.avg_coherence) == (two.halt_index, two.halt_reason, two.avg_coherence)


@settings(max_examples=100, deadline=None)
@given(CONFIGS, STREAMS)
def test_what_is_released(config, stream):
    config = {**config, "release": "token", "on_invalid": "halt"}
    steps, session = events(_native, config, stream)
    del steps
    tokens = [token for token, _, _ in stream]
    if not session.halted:
        assert session.output == "".join(tokens)
    elif not session.soft_halted:
        assert session.output == "".join(tokens[: session.events[-1].index])
    for event in session.events:
        assert not (event.emit and event.score < config.get("hard_limit", 0.5))
    _, held = events(_native, {**config, "release": "sentence"}, stream)
    assert session.output.startswith(held.output)
    assert (held.halt_index, held.halt_reason) == (session.halt_index, session.halt_reason)
    if not session.halted:
        assert held.output == session.output


@settings(max_examples=100, deadline=None)
@given(st.lists(CALM, min_size=1, max_size=30), st.data())
def test_a_lower_score_never_delays_a_halt_of_limit_or_window(scores, data):
    config = {"trend_threshold": 10.0}

    def halt(scores):
        _, session = events(_native, config, [("a", score, 0.0) for score in scores])
        return session.halt_index if session.halted else len(scores)

    at = data.draw(st.integers(0, len(scores) - 1))
    lower = [*scores]
    lower[at] *= data.draw(st.floats(0.0, 1.0))
    assert halt(lower) <= halt(scores)


@settings(max_examples=100, deadline=None)
@given(STREAMS, st.sampled_from(["token", "sentence"]))
def test_a_saved_state_keeps_its_size(stream, release):
    monitor = _native.HaltMonitor(release=release, on_invalid="abstain", window_threshold=0.0)
    text = ""
    for token, score, _ in stream:
        text += monitor.process_token(token, score).token
        assert (
            len(monitor.save_state())
            <= 256 + 8 * 15 + len(text.encode("utf-8", "replace")) * (release == "sentence") * 3
        )
