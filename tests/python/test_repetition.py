import math

import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_loops import RepetitionReport
from vectors import load_vectors, outcome

CASES = load_vectors("repetition")


def text_of(given):
    return "".join(piece * times for piece, times in given["parts"])


def shaped(report):
    return {
        "kind": report.kind,
        "read": [0, report.position],
        "where": [report.start, report.start + report.covered],
        "period": [report.start, report.start + report.period],
        "repeats": report.repeats,
        "unit": report.unit,
        "novelty": report.novelty,
    }


def streamed(api, given, cuts=()):
    detector = api.RepetitionDetector(**given.get("options", {}))
    text = text_of(given)
    start = 0
    for cut in cuts:
        detector.feed(text[start:cut])
        start = cut
    detector.feed(text[start:])
    return detector.finish()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_repetition_agrees_with_its_vectors(api, case):
    given = case["given"]

    def run():
        out = {"stream": shaped(streamed(api, given))}
        if "options" not in given:
            out["whole"] = shaped(api.detect_repetition(text_of(given)))
        return out

    assert repr(outcome(run)) == repr(case["expect"])


@pytest.mark.parametrize("case", [case for case in CASES if "value" in case["expect"]], ids=lambda case: case["id"])
def test_no_cut_changes_a_report(case):
    from paritas import _native

    given, text = case["given"], text_of(case["given"])
    whole = repr(streamed(_native, given))
    for cut in range(min(len(text), 700)):
        assert repr(streamed(_native, given, [cut])) == whole, cut
    assert repr(streamed(_native, given, range(1, len(text)))) == whole


def test_a_report_slices_the_text(api):
    text = "Let me think. " + "I should check the file. " * 10
    report = api.RepetitionDetector().feed(text)
    assert type(report) is RepetitionReport
    assert report.is_loop and text[report.start : report.position] == report.unit * 4
    assert report.unit == text[report.start : report.start + report.period]


def test_the_first_report_is_kept_until_reset(api):
    detector = api.RepetitionDetector()
    first = detector.feed("ab" * 100)
    assert first.is_loop and detector.feed("something else entirely. ") == first == detector.finish()
    detector.reset()
    assert not detector.feed("fresh").is_loop


def test_after_the_end(api):
    detector = api.RepetitionDetector()
    detector.finish()
    for call in (lambda: detector.feed("a"), detector.finish):
        with pytest.raises(ParitasError, match="call reset") as caught:
            call()
        assert caught.value.code == "stream_finished"
    detector.reset()
    assert detector.feed("a").position == 1


def test_types_and_messages(api):
    with pytest.raises(ParitasError, match="max_period must be from 1 to 2048, not 4096"):
        api.RepetitionDetector(max_period=4096)
    with pytest.raises(ParitasError, match="novelty_min must be from 0 to 1"):
        api.RepetitionDetector(novelty_min=math.inf)
    for call in (
        lambda: api.RepetitionDetector(max_period=1.5),
        lambda: api.RepetitionDetector(novelty_min="x"),
        lambda: api.RepetitionDetector().feed(b"a"),
        lambda: api.detect_repetition(None),
    ):
        with pytest.raises(ParitasTypeError):
            call()


def test_a_lone_surrogate_counts_as_one_character(api):
    assert api.detect_repetition("\ud800b" * 40) == api.detect_repetition("\ufffdb" * 40)


def fibonacci(length):
    a, b = "a", "ab"
    while len(b) < length:
        a, b = b, b + a
    return b[:length]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a" * 1_000_000, "period"),
        ("ab" * 500_000, "period"),
        (fibonacci(1_000_000), "none"),
        ("".join(f"{'-' * 390}{chr(0x4E00 + i)}" for i in range(2500)), "none"),
        ("".join(chr(0x4E00 + (i * i * 31 + i * 7) % 5003) * 3 + "b" * 13 for i in range(60_000)), "none"),
    ],
    ids=["a", "ab", "fibonacci", "rules", "tails"],
)
def test_a_megabyte_takes_linear_time(text, kind):
    from paritas import _native

    assert _native.detect_repetition(text).kind == kind
