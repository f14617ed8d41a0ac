from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference

PIECES = st.sampled_from(
    ["red", "Fox", "he1lo", "McDonald", "Szczepański", "Все", "люди", "όλοι", "北京", "الاسم", "~|", "--", "«",
     "www.", "http://", "1.234,56", "COVID-19", "a@b.c", "Ŋ", "ß", "İ", "ǅ", "K", "\u0301", "\u00ad", "\ufffd", "\x07",
     "\ud800", "a" * 41, "zzzz", "bcdfg", "yes", " yes yes yes yes ", " a b c d e f g h "]
)  # fmt: skip
JOINS = st.sampled_from(["", "", " ", " ", "\u3000", "\u200b", "-", ".", ",", "/", "|", "'", "@", "\n"])
MESSES = st.lists(st.tuples(PIECES, JOINS).map("".join), max_size=12).map("".join)
TEXTS = st.one_of(MESSES, MESSES, st.text(max_size=40))


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.integers(0, 4))
def test_both_backends_judge_alike(text, max_spans):
    answers = [
        (api.text_quality(text), api.text_quality_report(text, max_spans=max_spans)) for api in (_native, reference)
    ]
    assert repr(answers[0]) == repr(answers[1])
    quality, report = answers[0]
    assert 0.0 <= quality <= 1.0 and report.quality == quality
    for garbage in report.spans:
        token = text[garbage.span.start : garbage.span.end]
        assert token and not any(ch.isspace() and ch not in "\x1c\x1d\x1e\x1f" for ch in token)
        assert garbage.quality < 0.5 and garbage.rules


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=8), st.integers(0, 4))
def test_threads_change_nothing(texts, threads):
    found = _native.text_quality_batch(texts, threads=threads)
    assert found.tolist() == [_native.text_quality(text) for text in texts]
