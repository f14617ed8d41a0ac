"""Native against reference for the rooms text and verify, on texts that are made to hit their rules."""

import importlib
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, reference
from paritas.results import Signals
from vectors import plain

native = importlib.import_module("paritas._native")

PIECES = """The the a not no never isn't can't dont cannot nothing but only neither nor without fail to lack far from
rather than is was safe unsafe available useless active inactive before after over under up increase decrease rose
fell always
Paris Berlin NASA U.S. e.g. Dr. Smith Inc. iPhone GPT-4 O’Brien van Beethoven of York New R&D C++ x_y a@b.de acme.com
1 2 3.5 1,000 1,00,000 1e5 .5 2020 1990s 05/06/2026 2026-06-30 9:30 pm am 30s 12.5kg 3D 1.2.3 ٣٤ $ € % ° - – / per
million dozen hundred and five twenty half two thirds one second third first km kg days months hour year users seats
about at least more than or fewer + May March in by until . , ; : ! ? … ( ) " ' “ ” 。 、 薬は安全 東京 ภาษา
é ü ß ﬁ 😀 ½""".split()
GAPS = [" ", " ", " ", "", "\n", "\n\n", "\u00ad"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(PIECES) | st.text(max_size=4), st.sampled_from([" ", " ", " ", "", "\n", "\n\n", "\u00ad"])
    ),
    max_size=30,
).map(lambda parts: "".join(piece + gap for piece, gap in parts))
SINGLE = ["terms", "sentences", "extract_numbers", "extract_entities", "extract_cues"]
PAIRED = ["entity_overlap", "numerical_consistency", "negation_flip", "traceability", "signals"]


@pytest.mark.parametrize("name", SINGLE)
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_one_text(name, text):
    assert repr(getattr(native, name)(text)) == repr(getattr(reference, name)(text))


@given(claim=TEXTS, source=TEXTS)
@settings(max_examples=300, deadline=None)
def test_two_texts(claim, source):
    for name in PAIRED:
        assert repr(getattr(native, name)(claim, source)) == repr(getattr(reference, name)(claim, source)), name


@given(claim=TEXTS, source=TEXTS)
@settings(max_examples=300, deadline=None)
def test_properties(claim, source):
    found = native.signals(claim, source)
    assert isinstance(found, Signals)
    assert 0.0 <= found.entity_overlap <= 1.0 and 0.0 <= found.traceability <= 1.0
    assert found.entity_overlap == native.entity_overlap(source, claim) == native.entity_overlap(claim, source)
    assert found.negation_flip is bool(found.polarity) is native.negation_flip(claim, source)
    assert found.numerical_consistency is native.numerical_consistency(claim, source)
    assert found.traceability == native.traceability(claim, source)
    assert native.traceability(claim, claim) == native.entity_overlap(claim, claim) == 1.0
    for span in found.novel_entities + found.missing:
        assert 0 <= span.start < span.end <= len(claim)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_sentences_cover_every_character_but_space_once(text):
    spans = native.sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = {at for span in spans for at in range(*span)}
    assert all(
        at in covered or ch.isspace() or ch in "\u00ad\u200b" or not ch.isprintable() for at, ch in enumerate(text)
    )


@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_batch_is_a_loop_with_any_number_of_threads(pairs):
    claims, sources = [a for a, _ in pairs], [b for _, b in pairs]
    one = native.signals_batch(claims, sources, threads=1)
    assert plain(one) == plain(native.signals_batch(claims, sources, threads=3))
    assert plain(one) == plain(reference.signals_batch(claims, sources))
    assert one.traceability.tolist() == [native.traceability(a, b) for a, b in pairs]


HOSTILE = {
    "one-word": "a" * 2_000_000,
    "one-word-many-times": "water " * 60_000,
    "numbers": " ".join(map(str, range(40_000))),
    "cues": "not " * 50_000,
    "names": " ".join(f"X{i} met" for i in range(40_000)),
    "capitals": "Alpha Beta " * 30_000,
    "dots": "." * 200_000,
    "markers": " " * 100_000 + "1. " * 40_000,
    "breaks": "\n" * 200_000,
    "digits": "9" * 300_000,
    "sentences": "The cat is not here. " * 20_000,
    "accents": "a" + "\u0301" * 200_000,
    "han": "薬は安全です" * 30_000,
    "exponents": "1e300 " * 20_000,
    "nul": "\0" * 100_000,
    "astral": "😀 Paris 5 km " * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_large_texts_are_no_trouble(text):
    """What squares does not come back from this."""
    assert native.traceability(text, text) == 1.0
    found = native.signals(text, text[: len(text) // 2])
    assert found.best_source is None or found.best_source.end <= len(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(native.sentences(text)))


@pytest.mark.parametrize("name", [*PAIRED, "signals_batch"])
@pytest.mark.parametrize("wrong", [None, b"bytes", 5, 1.5, ["a", 1]])
def test_wrong_types_are_type_errors_with_a_code(api, name, wrong):
    for arguments in ((wrong, "text"), ("text", wrong)):
        with pytest.raises(TypeError) as caught:
            getattr(api, name)(*arguments)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_lone_surrogates_count_as_one_replacement_character(api):
    assert api.terms("a\ud800 b") == api.terms("a\ufffd b")
    assert api.signals("Tim \udfff met 5 km \ud83d", "Tim met 5 km").traceability == 1.0


def test_the_reference_needs_no_native_module():
    assert "_native" not in Path(reference.__file__).read_text("utf-8")
