import paritas
import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_dedup import Pair
from vectors import load_vectors, outcome


def run(api, given):
    texts, options = given["texts"], given["options"]
    pairs = api.near_duplicates(texts, **options)
    assert all(type(pair) is Pair for pair in pairs)
    return {
        "pairs": [list(pair) for pair in pairs],
        "groups": api.near_duplicate_groups(texts, **options),
        "kept": api.keep_indices(texts, **options),
    }


@pytest.mark.parametrize("case", load_vectors("near_duplicates"), ids=lambda case: case["id"])
def test_near_duplicates_agree_with_their_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_threads_change_nothing():
    texts = [f"text number {i % 20} about {i % 7} things and some more words that all of them have" for i in range(300)]
    one = paritas.near_duplicates(texts, 0.5, threads=1)
    assert one and paritas.near_duplicates(texts, 0.5, threads=4) == one


def test_a_thousand_copies_are_one_group():
    assert paritas.near_duplicate_groups(["the same words again"] * 1000 + ["x"]) == [list(range(1000)), [1000]]


def test_types(api):
    for call in (
        lambda: api.near_duplicates("abc"),
        lambda: api.near_duplicates(["a", 3]),
        lambda: api.keep_indices(["a"], "high"),
        lambda: api.keep_indices(["a"], 0.8, 3),
        lambda: api.near_duplicate_groups(["a"], k=1.5),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.near_duplicates(["a"], threads=-1)
