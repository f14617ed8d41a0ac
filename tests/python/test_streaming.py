"""What kernels do beside the rules: callbacks, errors, time, evidence."""

import asyncio
import itertools
import threading
import time
from types import SimpleNamespace

import pytest
from halting import async_kernel, calls, kernel
from paritas import ParitasError, StreamSession
from paritas.results import Span


def both(api, tokens, callback, options=None, **config):
    """The session of the sync kernel and of the async one."""
    yield kernel(api, **config).stream_tokens(tokens(), callback, **options or {})
    yield asyncio.run(async_kernel(api, **config).stream_to_session(tokens(), callback, **options or {}))


def broken(text):
    raise ValueError(text)


def test_a_callback_that_always_raises_releases_nothing(api):
    for session in both(api, lambda: "abc", broken):
        assert (session.output, session.halt_reason, session.halt_index) == ("", "callback_error (ValueError)", 0)
        assert isinstance(session.error, ValueError) and session.tokens == []
        assert session.halt_evidence_structured.suggested_action == "Repair the scorer; the text was not checked."


def test_on_error_raise_comes_after_the_session_is_closed(api):
    seen = []
    with pytest.raises(ValueError, match="a"):
        kernel(api, on_halt=seen.append).stream_tokens("abc", broken, on_error="raise")
    with pytest.raises(ValueError, match="a"):
        asyncio.run(async_kernel(api, on_halt=seen.append).stream_to_session("abc", broken, on_error="raise"))
    assert [session.halt_code for session in seen] == ["callback_error"] * 2


@pytest.mark.parametrize("option", [{"on_error": "x"}, {"callback_input": "x"}])
def test_options_are_checked(api, option):
    with pytest.raises(ParitasError) as caught:
        kernel(api).stream_tokens("a", lambda text: 0.9, **option)
    assert caught.value.code == "invalid_argument"


def failing_source():
    yield "a"
    yield "b"
    raise OSError("gone")


def test_a_source_that_fails_keeps_what_was_accepted(api):
    for session in both(api, failing_source, lambda text: 0.9):
        assert (session.output, session.halt_reason, session.halt_index) == ("ab", "source_error (OSError)", 2)
        assert isinstance(session.error, OSError) and session.tokens == ["a", "b"]
    for session in both(api, lambda: None, lambda text: 0.9):
        assert session.halt_reason == "source_error (TypeError)"


@pytest.mark.parametrize("answer", [None, "0.9", float("nan"), [0.9]])
def test_an_answer_that_is_no_number_halts(api, answer):
    for session in both(api, lambda: "ab", lambda text: answer):
        assert (session.halt_reason, session.output) == ("invalid_score (nan)", "")


def test_nothing_is_read_past_a_halt(api):
    read = []

    def source():
        for i in itertools.count():
            read.append(i)
            yield "a"

    for session in both(api, source, lambda text: 0.9 if len(text) < 3 else 0.1):
        assert (session.halt_index, read) == (2, [0, 1, 2])
        read.clear()
    events = kernel(api).iter_tokens(source(), lambda text: 0.9)
    assert [next(events).index, next(events).index, read] == [0, 1, [0, 1]]


def test_what_the_callback_gets(api):
    wanted = {"text": ["a", "abc", "abcde"], "new_text": ["a", "bc", "de"], "token": ["a", "c", "e"]}
    for mode, texts in wanted.items():
        seen = []
        score = lambda text, seen=seen: seen.append(text) or 0.9  # noqa: E731
        for session in both(api, lambda: "abcde", score, {"callback_input": mode}, score_every_n=2):
            assert (seen, session.output, session.coherence_history) == (texts, "abcde", [0.9] * 3)
            seen.clear()


def test_a_callback_may_keep_its_text(api):
    kept = []
    kernel(api).stream_tokens("abc", lambda text: kept.append(text) or 0.9)
    assert kept == ["a", "ab", "abc"]


def test_on_halt_gets_the_complete_session_and_cannot_change_the_verdict(api):
    seen = []

    def on_halt(session):
        seen.append((type(session), session.halt_code, session.output))
        raise RuntimeError("no")

    for session in both(api, lambda: "ab", calls([0.9, 0.1] * 2), on_halt=on_halt):
        assert session.halted and [type(error) for error in session.errors] == [RuntimeError]
    monitor = api.HaltMonitor(on_halt=on_halt)
    monitor.process_token("a", 0.9)
    monitor.process_token("b", 0.1)
    assert seen == [(StreamSession, "hard_limit", "a")] * 3
    assert [type(error) for error in monitor.session.errors] == [RuntimeError]
    assert not kernel(api, on_halt=on_halt).stream_tokens("ab", lambda text: 0.9).errors


def test_trace_callbacks(api):
    traces, ends = [], []
    sink = SimpleNamespace(on_token=traces.append, on_stream_end=lambda **end: ends.append(end))
    options = {"trace_callbacks": [sink, broken], "tenant_id": "t", "request_id": "r"}
    for session in both(api, lambda: "ab", calls([0.9, 0.1] * 2), options):
        assert [(trace.token, trace.coherence, trace.halted) for trace in traces] == [
            ("a", 0.9, False),
            ("b", 0.1, True),
        ]
        assert traces[1].halt_reason == "hard_limit (0.1000 < 0.5)" and traces[0].tenant_id == "t"
        assert ends[0]["request_id"] == "r" and ends[0]["summary"]["halted"]
        assert [type(error) for error in session.errors] == [ValueError] * 2
        traces.clear(), ends.clear()


def evidence_span(text, score, start):
    return SimpleNamespace(text=text, score=score, span=Span(start, start + len(text)))


class Verifier:
    def __init__(self):
        self.calls = []

    def verify(self, response, source):
        self.calls.append((response, source))
        spans = [evidence_span("low", 0.2, 0), evidence_span("late", 0.7, 40), evidence_span("early", 0.7, 20)]
        return SimpleNamespace(
            claims=[SimpleNamespace(evidence_spans=spans), SimpleNamespace(evidence_spans=spans[:1])],
            reasons=["number_mismatch"],
        )


def test_evidence_at_a_halt(api):
    scorer = Verifier()
    options = {"scorer": scorer, "top_k": 2, "prompt": "the source", "evidence_callback": lambda text: f"<{text}>"}
    for session in both(api, lambda: ["a ", "b"], calls([0.9, 0.1] * 2), options):
        evidence = session.halt_evidence_structured
        assert [(chunk.text, chunk.score, chunk.span) for chunk in evidence.evidence_chunks] == [
            ("early", 0.7, (20, 25)),
            ("late", 0.7, (40, 44)),
        ]
        assert evidence.reasons == ["number_mismatch"] and session.events[-1].halt_evidence == evidence
        assert session.halt_evidence == "<a b>"
    assert scorer.calls == [("a b", "the source")] * 2
    for session in both(api, lambda: ["a ", "b"], lambda text: 0.9, options):
        assert session.halt_evidence == "" and session.halt_evidence_structured is None
    assert len(scorer.calls) == 2


def test_evidence_of_a_scorer_that_reviews_and_of_one_that_fails(api):
    reviewed = SimpleNamespace(
        review=lambda prompt, answer: (
            False,
            SimpleNamespace(
                evidence=SimpleNamespace(
                    chunks=[SimpleNamespace(text="x", distance=0.75), SimpleNamespace(text="y", distance=0.25)],
                    chunk_scores=None,
                )
            ),
        )
    )
    (session, _) = both(api, lambda: "a", lambda text: 0.1, {"scorer": reviewed})
    chunks = session.halt_evidence_structured.evidence_chunks
    assert [(chunk.text, chunk.score) for chunk in chunks] == [("y", 0.75), ("x", 0.25)]
    failing = SimpleNamespace(verify=lambda response, source: 1 / 0)
    for session in both(api, lambda: "a", lambda text: 0.1, {"scorer": failing, "evidence_callback": broken}):
        assert session.halt_reason == "hard_limit (0.1000 < 0.5)"
        assert {type(error) for error in session.errors} == {ZeroDivisionError, ValueError}
        assert session.halt_evidence_structured.evidence_chunks == []


def test_the_verifier_of_the_house_is_a_scorer(api):
    session = kernel(api).stream_tokens(
        ["Water boils ", "at 90 degrees Celsius."],
        calls([0.9, 0.1]),
        scorer=api.VerifiedScorer(),
        prompt="Water boils at 100 degrees Celsius at sea level.",
    )
    evidence = session.halt_evidence_structured
    assert session.errors == [] and evidence.evidence_chunks[0].text.startswith("Water boils at 100 degrees")
    assert "number_mismatch" in {reason.code for reason in evidence.reasons}


def test_a_stop_is_for_all_streams_of_the_kernel(api):
    stopped = kernel(api)
    events = stopped.iter_tokens("abc", lambda text: 0.9)
    assert next(events).emit == "a"
    stopped.emergency_stop()
    assert next(events).code == "kernel_inactive" and list(events) == []
    assert stopped.stream_tokens("ab", lambda text: 0.9).halt_code == "kernel_inactive"
    stopped.reactivate()
    assert stopped.is_active and stopped.stream_tokens("ab", lambda text: 0.9).output == "ab"
    within = kernel(api)
    session = within.stream_tokens("abc", lambda text: within.emergency_stop() or 0.9)
    assert (session.halt_code, session.output) == ("kernel_inactive", "")


def test_a_soft_halt_keeps_its_last_token(api):
    config = {"halt_mode": "soft", "window_size": 1, "window_threshold": 0.7}
    for session in both(api, lambda: ["A", " b", " c.", " D"], lambda text: 0.6, **config):
        assert (session.output, session.soft_halted, session.halt_index) == ("A b c.", True, 0)


# ---- time

LIMIT = 0.4  # seconds: what has to come within it comes at once or by quarters, also on a busy machine
HANG = 20.0


def hang(text):
    time.sleep(HANG)
    return 0.9


async def hang_async(text):
    await asyncio.sleep(HANG)
    return 0.9


async def stubborn(text):
    """Refuses to be cancelled."""
    ends = time.monotonic() + HANG
    while time.monotonic() < ends:
        try:
            await asyncio.sleep(0.1)
        except asyncio.CancelledError:
            continue
    return 0.9


@pytest.mark.parametrize("limit", ["token_timeout", "total_timeout"])
def test_a_callback_that_never_returns_halts_at_its_limit(api, limit):
    def check(session, began):
        assert session.halt_reason == f"callback_timeout (> {LIMIT} s)" and session.output == ""
        assert isinstance(session.error, TimeoutError)
        assert LIMIT <= time.monotonic() - began < HANG

    began = time.monotonic()
    check(kernel(api, **{limit: LIMIT}).stream_tokens("ab", hang), began)

    async def run(callback):
        began = time.monotonic()
        check(await async_kernel(api, **{limit: LIMIT}).stream_to_session("ab", callback), began)

    for callback in (hang, hang_async, stubborn):
        asyncio.run(run(callback))


def test_the_total_time_is_reported_as_itself(api):
    def slowly():
        for token in "abcdefgh":
            time.sleep(LIMIT / 4)
            yield token

    for session in both(api, slowly, lambda text: 0.9, total_timeout=LIMIT):
        assert session.halt_code == "total_timeout" and session.halt_reason.endswith(f" > {LIMIT})")
        assert 0 < session.halt_index < 5
    many = both(api, lambda: "abcdefghij", lambda text: time.sleep(LIMIT / 5) or 0.9, total_timeout=LIMIT)
    for session in many:
        assert session.halt_code == "total_timeout" and 1 < session.halt_index < 6


def test_a_token_that_never_comes(api):
    async def source():
        yield "a"
        await asyncio.sleep(HANG)
        yield "b"

    session = asyncio.run(async_kernel(api, token_timeout=LIMIT).stream_to_session(source(), lambda text: 0.9))
    assert session.halt_code == "token_timeout" and (session.output, session.halt_index) == ("a", 1)


def test_the_readers_time_is_not_the_streams(api):
    events = kernel(api, token_timeout=LIMIT, total_timeout=LIMIT).iter_tokens("abc", lambda text: 0.9)
    for _ in range(3):
        time.sleep(LIMIT)
        assert not next(events).halted


def test_limits_leave_no_thread_and_without_them_there_is_none(api):
    before = set(threading.enumerate())
    names = []
    score = lambda text: names.append(threading.current_thread().name) or 0.9  # noqa: E731
    list(both(api, lambda: "ab", score))
    assert set(names) == {threading.current_thread().name}
    names.clear()
    for session in both(api, lambda: "ab", score, token_timeout=5.0):
        assert session.output == "ab" and session.events[-1].timestamp > 0.0
    assert set(names) == {"paritas-score"}
    for _ in range(2000):
        if set(threading.enumerate()) <= before:
            break
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before


def test_an_error_in_a_worker_is_the_callbacks(api):
    for session in both(api, lambda: "ab", broken, token_timeout=5.0):
        assert session.halt_reason == "callback_error (ValueError)"


def test_async_sources_and_callbacks(api):
    async def source():
        for token in ("a", "b"):
            await asyncio.sleep(0)
            yield token

    async def score(text):
        await asyncio.sleep(0)
        return {"a": 0.9, "ab": 0.1}[text]

    class Scorer:
        async def __call__(self, text):
            return 0.9

    async def run():
        streams = async_kernel(api)
        events = [event async for event in streams.stream_tokens(source(), score)]
        assert [event.emit for event in events] == ["a", ""] and events[-1].reason == "hard_limit (0.1000 < 0.5)"
        assert (await streams.stream_to_session("ab", Scorer())).output == "ab"
        assert (await async_kernel(api, token_timeout=1.0).stream_to_session(source(), Scorer())).output == "ab"
        held = [event async for event in async_kernel(api, release="sentence").stream_tokens("ab", Scorer())]
        assert [event.emit for event in held] == ["", "", "ab"]

    asyncio.run(run())


def test_many_streams_of_one_kernel_do_not_meet(api):
    async def run():
        streams = async_kernel(api)

        def score(i):
            async def give(text):
                await asyncio.sleep(0)
                return 0.1 if i % 2 and len(text) > i else 0.9

            return give

        sessions = await asyncio.gather(*(streams.stream_to_session("abcdefgh", score(i)) for i in range(8)))
        assert [session.halt_index for session in sessions] == [i if i % 2 else -1 for i in range(8)]

    asyncio.run(run())
