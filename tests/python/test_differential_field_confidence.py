import math

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import outcome

TYPES = ["text", "date", "amount", "number", "iban", "mrz", "email", "phone", "card", "country", "currency"]
VALUES = {
    "date": ["29.02.2024", "29.02.2023", "03/04/2024", "5 mai 2020", "2O24-01-01"],
    "amount": ["1.234,56 €", "1.234", "(12.50)", "O.50", "12."],
    "number": ["1,234.5", "-7", "x"],
    "iban": ["DE89 3704 0044 0532 0130 00", "DE89 37O4 0044 0532 0130 00", "XX00"],
    "mrz": ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", "P<"],
    "email": ["a@b.org", "a@b", "a b@c.de"],
    "phone": ["+49 30 901820", "12345"],
    "card": ["4111-1111-1111-1111", "4l11 1111 1111 1111"],
    "country": ["DE", "Germany", "Atlantis"],
    "currency": ["EUR", "€", "XQQ"],
}
LOOSE = st.one_of(st.sampled_from(["Anna Maria", "H@upt~|", " ", "x", "fo\ufffdod", "\ud800"]), st.text(max_size=12))


def texts(kind):
    return st.one_of(st.none(), st.sampled_from(VALUES.get(kind, ["Anna"])), LOOSE)


WORDS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text(max_size=4),
            "confidence": st.one_of(
                st.floats(0, 1), st.floats(-5, 120), st.sampled_from([-1.0, -0.0, math.nan, math.inf])
            ),
        }
    ),
    max_size=4,
)
FIELDS = st.sampled_from(TYPES).flatmap(
    lambda kind: st.fixed_dictionaries(
        {"name": st.text(max_size=3), "text": texts(kind), "type": st.sampled_from([kind, kind, kind, None])},
        optional={"words": WORDS},
    )
)
DOCUMENTS = st.lists(FIELDS, max_size=5)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "regime": st.sampled_from([None, "balance", "support", "exploration", "other"]),
        "base_confidence": st.floats(0, 1),
        "scale": st.sampled_from(["auto", "unit", "percent", "none"]),
        "day_first": st.sampled_from([None, True, False]),
        "review_below": st.floats(0, 1),
    },
)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, OPTIONS)
def test_both_backends_judge_alike(fields, options):
    answers = [repr(outcome(lambda api=api: api.field_confidence(fields, **options))) for api in (_native, reference)]
    assert answers[0] == answers[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(DOCUMENTS, max_size=6), st.integers(0, 4))
def test_documents_and_threads_change_nothing(documents, threads):
    reports = _native.field_confidence_batch(documents, threads=threads)
    assert repr(reports) == repr([_native.field_confidence(fields) for fields in documents])


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS, OPTIONS)
def test_all_is_from_0_to_1_and_factors_make_the_evidence(fields, options):
    result = outcome(lambda: _native.field_confidence(fields, **options))
    for field in result.get("value", {"fields": []})["fields"]:
        assert 0.0 <= field["confidence"] <= field["evidence"] <= 1.0
        odds = 1.0
        for reason in field["reasons"]:
            odds *= reason["factor"]
        assert odds / (1.0 + odds) == field["evidence"]


@settings(max_examples=300, deadline=None)
@given(FIELDS, st.integers(0, 3), st.floats(0, 1), st.floats(0, 1))
def test_a_better_word_never_lowers_a_field(field, at, low, high):
    words = [word for word in field.get("words", []) if word["confidence"] >= 0]
    words.insert(min(at, len(words)), {"text": "word", "confidence": 0.0})
    at = min(at, len(words) - 1)
    found = []
    for confidence in sorted((low, high)):
        words[at] = {"text": "word", "confidence": confidence}
        report = _native.field_confidence([{**field, "words": words}], scale="unit", regime=None)
        found.append(report.fields[0].evidence)
    assert found[0] <= found[1] + 1e-12  # the mean may round the other way


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([kind for kind in TYPES if kind != "text"]), WORDS, st.floats(0, 1))
def test_a_valid_format_is_never_below_an_invalid_one(kind, words, base):
    valid, invalid = VALUES[kind][0], VALUES[kind][-1]
    found = [
        _native.field_confidence(
            [{"name": "a", "text": text, "type": kind, "words": words}], scale="unit", base_confidence=base, regime=None
        ).fields[0]
        for text in (valid, invalid)
    ]
    assert (found[0].format.valid, found[1].format.valid) == (True, False)
    assert found[0].evidence >= found[1].evidence


@settings(max_examples=100, deadline=None)
@given(FIELDS, DOCUMENTS)
def test_without_a_regime_no_field_depends_on_others(field, others):
    alone = _native.field_confidence([field], regime=None, scale="percent")
    among = _native.field_confidence([*others, field], regime=None, scale="percent")
    assert repr(among.fields[-1]) == repr(alone.fields[0])


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(["5", "1", "4", "\t", "\t", "\n", "\r\n", "1.5", "-1", "9e2", "é𝔸", "level", "nan", "."]),
            max_size=60,
        ).map("".join),
        st.lists(
            st.tuples(
                st.sampled_from(["1", "5"]), st.sampled_from(["96.06", "-1", ".5", "1e3", "x"]), st.text(max_size=3)
            ).map(lambda row: "\t".join([row[0], *["0"] * 9, row[1], row[2]])),
            max_size=4,
        ).map("\n".join),
    )
)
def test_both_backends_read_tesseract_alike(tsv):
    answers = [repr(outcome(lambda api=api: api.tesseract_words(tsv))) for api in (_native, reference)]
    assert answers[0] == answers[1]
