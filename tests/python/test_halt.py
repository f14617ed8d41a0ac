import asyncio
import json
import math

import numpy as np
import pytest
from halting import SAFE, async_kernel, calls, driven, kernel, run_of
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("halt"), ids=lambda case: case["id"])
def test_the_monitor_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: driven(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("halt"), ids=lambda case: case["id"])
def test_the_kernels_agree_with_the_vectors(api, case):
    """Sync, async and check_halt give the verdict of process_token, wherever they can be given the same stream."""
    given, expect = case["given"], case["expect"].get("value")
    if expect is None or "times" in given or None in given["scores"] or given["config"].get("adaptive"):
        return
    tokens = given.get("tokens") or [f"t{i} " for i in range(len(given["scores"]))]
    wanted = [expect[key] for key in ("halt_index", "halt_reason", "soft_halted", "output", "emits")]
    for session in (
        kernel(api, **given["config"]).stream_tokens(tokens, calls(given["scores"])),
        asyncio.run(async_kernel(api, **given["config"]).stream_to_session(tokens, calls(given["scores"]))),
    ):
        emits = [event.emit for event in session.events]
        assert [
            session.halt_index,
            session.halt_reason,
            session.soft_halted,
            session.output,
            emits,
        ] == wanted
    if given["config"].get("halt_mode") != "soft" and given["config"].get("release") != "sentence":
        monitor = api.HaltMonitor(**given["config"])
        halted = [monitor.check_halt(score) for score in given["scores"]]
        assert (halted.index(True) if True in halted else -1) == expect["halt_index"]


# ---- borders


@pytest.mark.parametrize("value", ["0.5", None, [], b"1", True, 1j])
def test_a_limit_must_be_a_number(api, value):
    with pytest.raises(ParitasTypeError) as caught:
        api.HaltConfig(hard_limit=value)
    assert str(caught.value) == f"hard_limit must be a number from 0.0 to 1.0, not {value!a}"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hard_limit": math.nan}, "hard_limit must be a number from 0.0 to 1.0, not nan"),
        ({"hard_limit": 0.7}, "soft_limit must be a number from hard_limit (0.7) to 1.0, not 0.6"),
        ({"window_size": 0}, "window_size must be a whole number from 1 to 4096, not 0"),
        ({"window_size": 2.5}, "window_size must be a whole number from 1 to 4096, not 2.5"),
        ({"trend_window": 0}, "trend_window must be a whole number from 2 to 1024, not 0"),
        ({"trend_threshold": 0}, "trend_threshold must be a number above 0, not 0.0"),
        ({"trend_z": -1}, "trend_z must be a number of at least 0, not -1.0"),
        ({"token_timeout": math.inf}, "token_timeout must be a number of at least 0, not inf"),
        ({"max_cadence": 10**400}, "max_cadence must be a whole number from 1 to 2147483647, not inf"),
        ({"halt_mode": "x"}, 'halt_mode must be "hard" or "soft", not \'x\''),
        ({"on_invalid": "é"}, 'on_invalid must be "halt", "hold" or "abstain", not \'\\xe9\''),
        ({"latch": 1}, "latch must be true or false, not 1"),
    ],
)
def test_messages_name_the_field_the_value_and_the_range(api, fields, message):
    for make in (api.HaltConfig, api.HaltMonitor, lambda **given: kernel(api, **given)):
        with pytest.raises(ParitasError) as caught:
            make(**fields)
        assert (caught.value.code, str(caught.value)) == ("invalid_argument", message)


def test_unknown_fields_are_refused(api):
    with pytest.raises(TypeError, match="unknown field hardlimit = 1; known: hard_limit, soft_limit") as caught:
        api.HaltConfig(hardlimit=1)
    assert caught.value.code == "invalid_argument"


def test_a_configuration(api):
    config = api.HaltConfig.from_json('{"hard_limit": 0.25, "window_size": 4.0, "streaming_debug": true}')
    assert (config.hard_limit, config.window_size, config.debug, config.release) == (0.25, 4, True, "token")
    assert list(config.to_dict()) == list(api.HaltConfig().to_dict()) and len(config.to_dict()) == 20
    assert config == api.HaltConfig(hard_limit=0.25, window_size=4, debug=True) != api.HaltConfig()
    assert hash(config) == hash(config.replace()) and config.replace(debug=False) != config
    assert repr(config).startswith("HaltConfig(hard_limit=0.25, soft_limit=0.6, window_size=4,")
    assert api.HaltMonitor(config, hard_limit=0.3).config.hard_limit == 0.3
    assert api.HaltConfig(hard_limit=np.float32(0.5), window_size=np.int64(3)).window_size == 3
    with pytest.raises(AttributeError):
        config.hard_limit = 0.1
    for text in ("[]", "{", "1", '{"window_size": "3"}', '{"x": 1}', "[" * 100_000):
        with pytest.raises(ParitasError) as caught:
            api.HaltConfig.from_json(text)
        assert caught.value.code == "invalid_argument"
    with pytest.raises(TypeError):
        api.HaltMonitor({"hard_limit": 0.3})


@pytest.mark.parametrize(
    ("score", "reason"),
    [
        ("0.9", "invalid_score (nan)"),
        ([0.9], "invalid_score (nan)"),
        (1j, "invalid_score (nan)"),
        (10**400, "invalid_score (inf)"),
        (-(10**400), "invalid_score (-inf)"),
        (np.float64("nan"), "invalid_score (nan)"),
        (2, "invalid_score (2.0000)"),
        (np.float32(0.25), "hard_limit (0.2500 < 0.5)"),
        (False, "hard_limit (0.0000 < 0.5)"),
        (1, ""),
        (np.int8(1), ""),
        (True, ""),
    ],
)
def test_what_a_score_may_be(api, score, reason):
    event = api.HaltMonitor().process_token("a", score)
    assert (event.reason, event.emit) == (reason, "" if reason else "a")


def test_tokens_are_str_and_times_numbers(api):
    monitor = api.HaltMonitor()
    for call in (
        lambda: monitor.process_token(b"a", 0.9),
        lambda: monitor.process_token(None, 0.9),
        lambda: monitor.process_token("a", 0.9, "1"),
        lambda: monitor.restore_state("x"),
        lambda: kernel(api).stream_tokens([1], lambda _: 0.9),
        lambda: asyncio.run(async_kernel(api).stream_to_session(["a", 1], lambda _: 0.9)),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert caught.value.code == "invalid_argument"
    assert monitor.session.token_count == 0


def test_lone_surrogates_pass_and_count_as_one(api):
    monitor = api.HaltMonitor()
    assert monitor.process_token("a\ud800", 0.9).emit == "a\ud800"
    halted = monitor.process_token("b", 0.1)
    assert halted.halt_evidence.token_span == (2, 3) and halted.halt_evidence.text_tail == "a\ufffd"


def test_a_halt_is_final_until_reset(api):
    seen = []
    monitor = api.HaltMonitor(on_halt=seen.append)
    monitor.process_token("a", 0.9)
    event = monitor.process_token("b", 0.1)
    again = monitor.process_token("c", 0.9)
    assert (again.halted, again.emit, again.reason) == (True, "", event.reason)
    assert monitor.is_active and not monitor.wants_score()
    assert [session.halt_index for session in seen] == [1] and type(seen[0]) is type(monitor.session)
    assert monitor.session.tokens == ["a", "b"] and len(monitor.session.events) == 2
    monitor.reactivate()
    assert monitor.process_token("d", 0.9).halted
    fresh = api.HaltMonitor().save_state()
    monitor.reset()
    assert monitor.save_state() == fresh and monitor.session.tokens == []
    assert monitor.process_token("e", 0.9).emit == "e"


def test_stop_and_finish(api):
    monitor = api.HaltMonitor()
    monitor.process_token("a", 0.9)
    monitor.emergency_stop()
    assert not monitor.is_active and not monitor.wants_score()
    event = monitor.process_token("b", 0.9)
    assert (event.code, event.reason, event.emit) == ("kernel_inactive", "kernel_inactive", "")
    session = monitor.finish()
    assert (session.halted, session.halt_index, session.output) == (True, 1, "a")
    monitor.reset()
    assert monitor.is_active
    monitor.process_token("a", 0.9)
    assert not monitor.finish().halted
    late = monitor.process_token("b", 0.9)
    assert (late.halted, late.code, late.emit, late.halt_evidence) == (True, "closed", "", None)
    assert monitor.session.tokens == ["a"] and not monitor.session.halted
    monitor.reset()
    monitor.emergency_stop()
    session = monitor.finish()
    assert (session.halt_reason, session.halt_evidence_structured.suggested_action) == (
        "stopped",
        "Reactivate or restart the stream.",
    )
    monitor.reset()
    monitor.emergency_stop()
    monitor.reactivate()
    assert not monitor.process_token("a", 0.9).halted


def test_latch_stops_the_whole_kernel(api):
    latched = kernel(api, latch=True)
    assert latched.stream_tokens("ab", lambda text: 0.1).halt_code == "hard_limit"
    assert not latched.is_active
    assert latched.stream_tokens("ab", lambda text: 0.9).halt_code == "kernel_inactive"
    latched.reactivate()
    assert latched.stream_tokens("ab", lambda text: 0.9).output == "ab"
    assert latched.check_halt(0.1) and not latched.is_active
    latched.reset_state()
    assert latched.is_active and not latched.check_halt(0.9)
    free = kernel(api)
    assert free.stream_tokens("ab", lambda text: 0.1).halted
    assert free.is_active and free.stream_tokens("ab", lambda text: 0.9).output == "ab"


def test_evidence_and_session(api):
    session = run_of(api, [0.9, 0.8, 0.3], ["Red ", "fox ", "sings"])
    evidence = session.halt_evidence_structured
    assert evidence == session.events[-1].halt_evidence
    assert (evidence.code, evidence.index, evidence.last_score) == ("hard_limit", 2, 0.3)
    assert evidence.scores == [0.9, 0.8, 0.3] and evidence.text_tail == "Red fox "
    assert (session.output + session.events[-1].token)[slice(*evidence.token_span)] == "sings"
    assert evidence.suggested_action == "Stop and regenerate from the last accepted sentence."
    assert session.events[0].coherence == 0.9 and session.coherence_history == [0.9, 0.8, 0.3]
    assert session.min_coherence == 0.3 and session.avg_coherence == (0.0 + 0.9 + 0.8 + 0.3) / 3
    told = session.to_dict()
    assert json.loads(json.dumps(told))["halt_evidence_structured"]["token_span"] == [8, 13]
    empty = api.HaltMonitor().session
    assert (empty.halt_index, empty.halt_reason, empty.avg_coherence, empty.min_coherence) == (-1, "", 0.0, 0.0)
    assert (empty.output, empty.tokens, empty.halt_evidence_structured) == ("", [], None)


def test_debug_records(api):
    session = run_of(api, [0.9, 0.85, 0.8, 0.75, 0.7], debug=True)
    assert [entry["index"] for entry in session.debug_log] == [0, 1, 2, 3, 4]
    assert list(session.debug_log[-1]) == ["index", "coherence", "window_avg", "trend_drop", "se", "accepted_tokens"]
    last = session.debug_log[-1]
    assert last["trend_drop"] == session.events[-1].trend_drop and last["accepted_tokens"] == 4
    assert last["window_avg"] == session.events[-1].window_mean and 0.0 < last["se"] < 1e-15


def test_without_history_nothing_is_kept(api):
    monitor = api.HaltMonitor(keep_history=False, release="sentence")
    for _ in range(100):
        monitor.process_token("a ", 0.9)
    monitor.process_token("b.", 0.9)
    session = monitor.finish()
    assert (session.token_count, session.tokens, session.events, session.output) == (101, [], [], "")
    assert session.avg_coherence == pytest.approx(0.9)
    events = list(kernel(api, keep_history=False, release="sentence").iter_tokens(["a", " b"], lambda _: 0.9))
    assert [event.emit for event in events] == ["", "", "a b"]


def test_stream_output(api):
    assert api.HaltMonitor().stream_output(["a ", "b"], lambda text: 0.9) == "a b"
    scores = {"a ": 0.9, "a b": 0.2}
    for made in (api.HaltMonitor(), kernel(api)):
        assert made.stream_output(["a ", "b", "c"], scores.get) == "a \n[HALT: hard_limit (0.2000 < 0.5)]"


# ---- state


@pytest.mark.parametrize("case", load_vectors("halt"), ids=lambda case: case["id"])
def test_restored_at_every_index_a_stream_goes_on_unbroken(api, case):
    given = case["given"]
    if "error" in case["expect"]:
        return
    whole = driven(api, given)
    for at in range(len(given["scores"])):
        broken = driven(api, given, broken_at=at)
        for key in SAFE:
            assert repr(broken[key]) == repr(whole[key]), (at, key)


def test_a_damaged_state_is_refused_and_changes_nothing(api):
    monitor = api.HaltMonitor(release="sentence", halt_mode="soft")
    for i in range(9):
        monitor.process_token("é ", 0.9 - i / 50)
    data = monitor.save_state()
    for at in range(len(data)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]):
            with pytest.raises(ParitasError) as caught:
                monitor.restore_state(damaged)
            assert caught.value.code == "corrupt_data"
    assert monitor.save_state() == data
    with pytest.raises(ParitasError):
        monitor.restore_state(data + b"\0")
    other = api.HaltMonitor()
    other.restore_state(bytearray(data))
    assert other.save_state() == data and other.config == monitor.config


def test_a_state_of_another_version_says_so(api):
    from paritas.reference.xxh3 import xxh3_64

    body = api.HaltMonitor().save_state()[:-8]
    newer = body[:4] + (2).to_bytes(4, "little") + body[8:]
    with pytest.raises(ParitasError, match="has format 2: this Paritas reads format 1") as caught:
        api.HaltMonitor().restore_state(newer + xxh3_64(newer).to_bytes(8, "little"))
    assert (caught.value.code, caught.value.offset) == ("corrupt_data", 4)


def test_a_forged_state_is_refused_or_read_alike_by_both_backends():
    from paritas import _native, reference
    from paritas.reference.xxh3 import xxh3_64

    monitor = _native.HaltMonitor(release="sentence", halt_mode="soft", window_size=3, window_threshold=0.7)
    for score in (0.9, 0.8, 0.7, 0.6):
        monitor.process_token("é ", score)
    body = monitor.save_state()[:-8]
    refused = 0
    for at in range(4, len(body)):
        for change in (0x01, 0x02, 0x10, 0x40, 0x80, 0xFF):
            forged = body[:at] + bytes([body[at] ^ change]) + body[at + 1 :]
            forged += xxh3_64(forged).to_bytes(8, "little")
            results = []
            for api in (_native, reference):
                made = api.HaltMonitor()
                try:
                    made.restore_state(forged)
                except ParitasError as error:
                    results.append((error.code, str(error), error.offset))
                    continue
                made.process_token("b. ", 0.9)
                results.append(made.save_state())
            assert results[0] == results[1], (at, change)
            refused += isinstance(results[0], tuple)
    assert refused > 50


# ---- noise and power, as docs/halt.md tells them


def gaussian(draws):
    """Nearly normal: twelve draws of our seeded generator, so that every machine sees the same streams."""
    return sum(draws.unit() for _ in range(12)) - 6.0


def halted(monitor, scores):
    monitor.reset()
    return next((i for i, score in enumerate(scores) if monitor.check_halt(min(1.0, max(0.0, score)))), None)


@pytest.mark.parametrize(("sigma", "strict"), [(0.03, 0.01), (0.05, 0.01), (0.08, 0.01)])
def test_the_trend_rule_bears_noise(sigma, strict):
    from paritas import _native

    draws = _native.Random(3)
    streams = [[0.75 + sigma * gaussian(draws) for _ in range(200)] for _ in range(1000)]
    only = {"hard_limit": 0.0, "soft_limit": 0.0, "window_threshold": 0.0}
    for most, config in ((0.03, {"trend_z": 4.0}), (strict, {})):
        monitor = _native.HaltMonitor(**only, **config)
        assert sum(halted(monitor, stream) is not None for stream in streams) <= most * len(streams)
    published = _native.HaltMonitor(**only, trend_z=0.0)
    if sigma >= 0.05:
        assert sum(halted(published, stream) is not None for stream in streams) > 0.7 * len(streams)


def test_a_fall_is_found():
    from paritas import _native

    draws = _native.Random(5)
    fall = [0.8] * 50 + [0.8 - 0.35 * (i + 1) / 5 for i in range(5)]
    slow = [0.75] * 100 + [0.75 - 0.03 * (i + 1) for i in range(10)] + [0.45] * 5
    for z in (4.0, 4.5):
        monitor = _native.HaltMonitor(trend_z=z)
        for levels, sigma, start in ((fall, 0.04, 50), (slow, 0.05, 100)):
            found = [halted(monitor, [level + sigma * gaussian(draws) for level in levels]) for _ in range(1000)]
            assert sum(at is not None and at >= start for at in found) >= 950
