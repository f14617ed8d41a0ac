import pytest
from paritas import ParitasError, _native, reference
from paritas.errors import ParitasTypeError
from paritas.reference.random import Random
from paritas.reference.selfcheck import FEATURES
from paritas.reference.selfcheck_texts import random_pair, random_text
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("selfcheck"), ids=lambda case: case["id"])
def test_selfcheck_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.selfcheck(**case["given"]))) == repr(case["expect"])


def test_native_and_reference_give_the_same_digest():
    native, python = _native.selfcheck_report(10_000), reference.selfcheck_report(10_000)
    differing = [a.feature for a, b in zip(native.features, python.features, strict=True) if a != b]
    assert differing == []
    assert native == python
    assert _native.selfcheck() == native.digest


def test_one_flipped_result_bit_changes_the_digest(monkeypatch):
    stem, check = next(iter(FEATURES.items()))

    def flipped(random, digest):
        check(random, digest)
        digest.bytes = bytes([digest.bytes[0] ^ 1]) + digest.bytes[1:]

    before = reference.selfcheck_report(100)
    monkeypatch.setitem(FEATURES, stem, flipped)
    after = reference.selfcheck_report(100)
    assert before.digest != after.digest
    assert [a == b for a, b in zip(before.features, after.features, strict=True)].count(False) == 1


def test_random_texts_are_of_many_kinds():
    texts = {random_text(Random(seed), 20) for seed in range(500)}
    assert "" in texts and any("\ufffd" in text for text in texts) and len(texts) > 350
    pairs = [random_pair(Random(seed), 20) for seed in range(200)]
    assert any(claim != source for claim, source in pairs) and any(claim == source for claim, source in pairs)


@pytest.mark.parametrize("cases", [1.0, "1", None])
def test_only_whole_numbers_count_cases(api, cases):
    with pytest.raises(ParitasTypeError, match="an int is needed, not"):
        api.selfcheck(cases)


def test_a_huge_int_leaves_the_range(api):
    with pytest.raises(ParitasError) as error:
        api.selfcheck(2**64)
    assert error.value.code == "out_of_range"
