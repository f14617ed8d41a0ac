from collections import UserDict

import pytest
from paritas import ParitasError
from paritas.results_ocr import (
    DocumentSummary,
    FieldConfidence,
    FieldReason,
    FieldReport,
    FormatResult,
    OcrField,
    OcrWord,
)
from vectors import load_vectors, outcome

CASES = [(stem, case) for stem in ("field_confidence", "field_confidence_batch") for case in load_vectors(stem)]


@pytest.mark.parametrize(("feature", "case"), CASES, ids=lambda item: item["id"] if isinstance(item, dict) else item)
def test_field_confidence_agrees_with_its_vectors(api, feature, case):
    assert repr(outcome(lambda: getattr(api, feature)(**case["given"]))) == repr(case["expect"])


def test_records_and_mappings_are_the_same_field(api):
    as_records = [OcrField("total", "12.50", "amount", [OcrWord("12.50", 91)]), OcrField("name", None)]
    as_mappings = [
        {"name": "total", "text": "12.50", "type": "amount", "words": ({"text": "12.50", "confidence": 91.0},)},
        UserDict(name="name", text=None),
    ]
    mixed = [UserDict(name="total", text="12.50", type="amount", words=[UserDict(text="12.50", confidence=91)])]
    report = api.field_confidence(as_records)
    assert repr(report) == repr(api.field_confidence(as_mappings))
    assert repr(api.field_confidence(iter(mixed)).fields[0].reasons) == repr(report.fields[0].reasons)
    assert type(report) is FieldReport and type(report.summary) is DocumentSummary
    assert type(report.fields[0]) is FieldConfidence and type(report.fields[0].reasons[0]) is FieldReason
    assert type(report.fields[0].format) is FormatResult


def test_names_come_back_well_formed(api):
    report = api.field_confidence([{"name": "Größe\ud800", "text": "x"}])
    assert report.fields[0].name == report.summary.weakest == "Größe\ufffd"


def test_an_unknown_type_is_named_with_its_field(api):
    with pytest.raises(ParitasError, match='the type of field "zip" must be one of text, date, amount') as caught:
        api.field_confidence([{"name": "a", "text": "x"}, {"name": "zip", "text": "x", "type": "zip"}])
    assert (caught.value.code, caught.value.offset) == ("invalid_argument", 1)


def test_negative_threads_are_refused(api):
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.field_confidence_batch([], threads=-1)


WORD = {"text": "a", "confidence": 1.0}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("red", "a sequence of fields is needed, not str"),
        ({"name": "a"}, "a sequence of fields is needed, not dict"),
        (7, "a sequence of fields is needed, not int"),
        ([7], "a mapping or an OcrField is needed, not int"),
        ([("a", "b")], "a mapping or an OcrField is needed, not tuple"),
        ([{"text": "x"}], "a str is needed, not NoneType"),
        ([{"name": "a", "text": 7}], "a str is needed, not int"),
        ([{"name": "a", "type": 7}], "a str is needed, not int"),
        ([{"name": "a", "words": "x"}], "a sequence of words is needed, not str"),
        ([{"name": "a", "words": WORD}], "a sequence of words is needed, not dict"),
        ([{"name": "a", "words": ["x"]}], "a mapping or an OcrWord is needed, not str"),
        ([{"name": "a", "words": [{"text": "x"}]}], "a number is needed, not NoneType"),
        ([{"name": "a", "words": [{"confidence": 1}]}], "a str is needed, not NoneType"),
        ([{"name": "a", "words": [{"text": "x", "confidence": "1"}]}], "a number is needed, not str"),
    ],
)
def test_fields_of_another_type_are_refused(api, fields, message):
    for call in (api.field_confidence, lambda given: api.field_confidence_batch([[], given])):
        with pytest.raises(TypeError, match=message) as caught:
            call(fields)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"regime": 7}, "a str is needed, not int"),
        ({"base_confidence": "1"}, "a number is needed, not str"),
        ({"scale": None}, "a str is needed, not NoneType"),
        ({"day_first": 1}, "True, False or None is needed, not int"),
        ({"review_below": None}, "a number is needed, not NoneType"),
    ],
)
def test_options_of_another_type_are_refused(api, options, message):
    with pytest.raises(TypeError, match=message):
        api.field_confidence([], **options)


def test_what_an_iterable_raises_comes_through(api):
    def fields():
        yield {"name": "a", "text": "x"}
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        api.field_confidence(fields())
