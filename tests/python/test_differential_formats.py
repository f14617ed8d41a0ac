from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import load_vectors

TYPES = ["date", "amount", "number", "iban", "mrz", "email", "phone", "card", "country", "currency"]
KNOWN = [case["given"] for case in load_vectors("formats") if "text" in case["given"]]
SEEDS = st.sampled_from([(each["text"], each["type"]) for each in KNOWN if each["type"] in TYPES])
PIECES = st.sampled_from(
    [
        *"0123456789 -/.,'()+@#xOlSB<|",
        *("€", "EUR", "kr.", "zł", "de ", "March", "mai", "5th", "T12:34", "ext", "xn--"),
        *"\u0663\u2019\u2212\u00a0\n\u2028\u0301\ufffdßⅧ½ﷺ１\x00°",
    ]
)


@st.composite
def near_misses(draw):
    """A text of the vectors with a few characters removed, doubled, replaced or put in."""
    text, type = draw(SEEDS)
    text = text[:200]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        piece = draw(PIECES)
        text = draw(st.sampled_from([text[:at] + text[at + 1 :], text[:at] + piece + text[at:], text[:at] + piece]))
    return text, draw(st.sampled_from([type, type, draw(st.sampled_from(TYPES))]))


ANY = st.tuples(st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join)), st.sampled_from(TYPES))
DAY_FIRST = st.sampled_from([None, None, True, False])


@settings(max_examples=1500, deadline=None)
@given(st.one_of(near_misses(), ANY), DAY_FIRST)
def test_both_backends_answer_alike(case, day_first):
    text, type = case
    answers = [api.validate_format(text, type, day_first=day_first) for api in (_native, reference)]
    assert repr(answers[0]) == repr(answers[1])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(near_misses(), ANY), max_size=6), DAY_FIRST)
def test_a_batch_answers_as_its_texts_do(cases, day_first):
    texts, types = [text for text, _ in cases], [type for _, type in cases]
    alone = [reference.validate_format(text, type, day_first=day_first) for text, type in cases]
    for api in (_native, reference):
        assert api.validate_format_batch(texts, types, day_first=day_first) == alone


@settings(max_examples=500, deadline=None)
@given(near_misses())
def test_what_is_said_of_a_text_fits_together(case):
    text, type = case
    result = _native.validate_format(text, type)
    assert result.type == type and 0 <= result.checks_passed <= result.checks <= 5
    assert result.valid == result.reason.endswith(("_valid", "_ambiguous"))
    assert result.valid or result.normalized == ""
    if result.suggestion is not None:
        assert not result.valid and _native.validate_format(result.suggestion, type).valid
