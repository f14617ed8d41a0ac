import paritas._native as native
import paritas.reference as reference
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError
from vectors import load_vectors, outcome

PIECES = "gener inter past exc ee y at tt iz s ed ing ly ational e ll 's".split()


@pytest.mark.parametrize("case", load_vectors("stem_english"), ids=lambda case: case["id"])
def test_stem_english_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.stem_english(**case["given"]))) == repr(case["expect"])


def test_stem_english_takes_only_str(api):
    for word in (b"words", 4, None):
        with pytest.raises(TypeError) as caught:
            api.stem_english(word)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_a_lone_surrogate_counts_as_the_replacement_character(api):
    assert api.stem_english("word\ud800s") == "word\ufffd"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=6).map("".join))
def test_both_backends_agree(word):
    assert native.stem_english(word) == reference.stem_english(word)
