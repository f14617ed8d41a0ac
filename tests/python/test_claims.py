import itertools

import pytest
from hypothesis import given, settings
from paritas import ParitasError, _native, reference
from test_differential_signals import TEXTS
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("claims"), ids=lambda case: case["id"])
def test_split_claims_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.split_claims(**case["given"]))) == repr(case["expect"])


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_native_agrees_with_the_reference(text):
    for atomic in (False, True):
        assert _native.split_claims(text, atomic) == reference.split_claims(text, atomic)


@given(text=TEXTS)
@settings(max_examples=200, deadline=None)
def test_parts_cover_their_sentence(text):
    whole = {claim.sentence_index: claim for claim in _native.split_claims(text)}
    covered: dict[int, list] = {}
    for claim in _native.split_claims(text, atomic=True):
        assert claim.text == text[claim.span.start : claim.span.end]
        covered.setdefault(claim.sentence_index, []).append(claim)
    assert covered.keys() == whole.keys()
    for index, parts in covered.items():
        assert [part.is_atomic for part in parts] == [len(parts) > 1] * len(parts)
        assert (parts[0].span.start, parts[-1].span.end) == whole[index].span
        for left, right in itertools.pairwise(parts):
            gap = text[left.span.end : right.span.start]
            assert all(ch.isspace() or ch in "\u00ad\u200b\u200c\u200d\u2060\ufeff" for ch in gap), repr(gap)


@pytest.mark.parametrize("wrong", [None, b"bytes", 5])
def test_wrong_types_are_type_errors_with_a_code(api, wrong):
    for arguments in ((wrong,), ("text", wrong)):
        with pytest.raises(TypeError) as caught:
            api.split_claims(*arguments)
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
