import numpy as np
import pytest
from paritas import ParitasError, _native, reference
from paritas.reference.text_quality import RULES
from paritas.results_ocr import GarbageSpan, TextQuality
from vectors import load_vectors, outcome

STEMS = ("text_quality", "text_quality_batch", "text_quality_report")
CASES = [(stem, case) for stem in STEMS for case in load_vectors(stem)]


@pytest.mark.parametrize(("feature", "case"), CASES, ids=lambda item: item["id"] if isinstance(item, dict) else item)
def test_text_quality_agrees_with_its_vectors(api, feature, case):
    assert repr(outcome(lambda: getattr(api, feature)(**case["given"]))) == repr(case["expect"])


def test_the_report_has_records_and_spans_that_slice(api):
    text = "é𝔸 he1lo 北京 ~~|"
    report = api.text_quality_report(text)
    assert type(report) is TextQuality and type(report.spans[0]) is GarbageSpan
    assert [text[item.span.start : item.span.end] for item in report.spans] == ["he1lo", "~~|"]
    assert set(report.rules) <= set(RULES)
    assert report.quality == api.text_quality(text)


def test_the_batch_is_an_array(api):
    found = api.text_quality_batch(iter(["red fox", "", "he1lo"]))
    assert found.dtype == np.float64 and found.tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("threads", [-1, -(2**62)])
def test_negative_threads_are_refused(api, threads):
    with pytest.raises(ParitasError, match="threads must be at least 0") as caught:
        api.text_quality_batch(["red"], threads=threads)
    assert caught.value.code == "invalid_argument"


def test_a_lone_surrogate_is_a_bad_character(api):
    assert api.text_quality("fo\ud800d red") == api.text_quality("fo\ufffdd red") < 1.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda api: api.text_quality(b"red"), "a str is needed, not bytes"),
        (lambda api: api.text_quality_report(None), "a str is needed, not NoneType"),
        (lambda api: api.text_quality_report("red", max_spans=1.5), "an int is needed, not float"),
        (lambda api: api.text_quality_batch("red"), "a sequence of str is needed, not str"),
        (lambda api: api.text_quality_batch(["red", 1]), "a sequence of str is needed, not int"),
        (lambda api: api.text_quality_batch(["red"], threads="2"), "an int is needed, not str"),
    ],
)
def test_another_type_is_refused(api, call, message):
    with pytest.raises(TypeError, match=message) as caught:
        call(api)
    assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_every_code_point_is_what_the_reference_takes_it_for():
    """Behind and between letters: kind, script, case and letter; of ideographs and syllables only the first ones."""
    many_alike = (range(0x3500, 0x4D00), range(0x4F00, 0x9F00), range(0xAD00, 0xD700), range(0x17100, 0x18700))
    points = [c for c in range(0x1FFFF) if not any(c in block for block in many_alike)]
    texts = [f"{chr(c)}e a{chr(c)}B" for c in (*points, 0x20000, 0xE0001, 0x10FFFD, 0x10FFFF)]
    assert _native.text_quality_batch(texts).tolist() == reference.text_quality_batch(texts).tolist()


@pytest.mark.parametrize("size", [100_000])
@pytest.mark.parametrize("piece", ["a", "~", "a~", "é,", "x|", "1", "\u0301", "\ufffd", "北", "aB"])
def test_one_endless_token_takes_linear_time(api, piece, size):
    if api is reference:
        size //= 50
    assert 0.0 <= api.text_quality(piece * size) <= 1.0
    assert len(api.text_quality_report(piece * size).spans) <= 1


def test_of_two_wrong_arguments_the_first_is_told(api):
    with pytest.raises(TypeError, match="a str is needed, not int"):
        api.text_quality_report(7, max_spans="x")
