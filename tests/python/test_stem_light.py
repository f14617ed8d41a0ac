import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("stem_light"), ids=lambda case: case["id"])
def test_stem_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.stem(**case["given"]))) == repr(case["expect"])


def test_stem_takes_only_str(api):
    for word in (b"words", 4, None):
        with pytest.raises(TypeError) as caught:
            api.stem(word)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_a_lone_surrogate_counts_as_the_replacement_character(api):
    assert api.stem("word\ud800s") == "word\ufffds"
