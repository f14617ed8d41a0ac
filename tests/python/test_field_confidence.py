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
        ([7], "field 0: a mapping or an OcrField is needed, not int"),
        ([("a", "b")], "field 0: a mapping or an OcrField is needed, not tuple"),
        ([{"name": "a"}, {"text": "x"}], "field 1, name: a str is needed, not NoneType"),
        ([OcrField(None, "x")], "field 0, name: a str is needed, not NoneType"),
        ([{"name": "a", "text": 7}], "field 0, text: a str is needed, not int"),
        ([{"name": "a", "type": 7}], "field 0, type: a str is needed, not int"),
        ([{"name": "a", "words": "x"}], "field 0, words: a sequence of words is needed, not str"),
        ([{"name": "a", "words": WORD}], "field 0, words: a sequence of words is needed, not dict"),
        ([{"name": "a", "words": [WORD, "x"]}], "field 0, word 1: a mapping or an OcrWord is needed, not str"),
        ([{"name": "a", "words": [{"text": "x"}]}], "field 0, word 0, confidence: a number is needed, not NoneType"),
        ([{"name": "a", "words": [{"confidence": 1}]}], "field 0, word 0, text: a str is needed, not NoneType"),
        (
            [{"name": "a", "words": [{"text": "x", "confidence": "1"}]}],
            "field 0, word 0, confidence: a number is needed, not str",
        ),
    ],
)
def test_fields_of_another_type_are_refused_where_they_stand(api, fields, message):
    in_batch = f"document 1, {message}" if message.startswith("field") else f"document 1: {message}"
    many = lambda given: api.field_confidence_batch([[], given])  # noqa: E731
    for call, said in ((api.field_confidence, message), (many, in_batch)):
        with pytest.raises(TypeError) as caught:
            call(fields)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
        assert (str(caught.value), caught.value.offset) == (said, 0)


def test_a_confidence_that_no_double_holds_is_named(api):
    with pytest.raises(ParitasError, match=r"^field 0, word 0, confidence: a number must fit into a double$") as caught:
        api.field_confidence([OcrField("a", "x", None, [OcrWord("x", 10**400)])])
    assert caught.value.code == "out_of_range"


def test_a_record_cut_short_is_no_record(api):
    short = tuple.__new__(OcrField, ("a",))
    with pytest.raises(TypeError, match="field 0: a mapping or an OcrField is needed, not OcrField"):
        api.field_confidence([short])


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
