import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("fusion"), ids=lambda case: case["id"])
def test_fusion_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    call = getattr(api, given.pop("call"))
    assert repr(outcome(lambda: call(**given))) == repr(case["expect"])


def test_lists_may_be_dicts_and_pairs_tuples(api):
    golden = [("a", 0.75), ("c", 0.5), ("b", 0.25), ("d", 0.0)]
    lists = [{"a": 2, "b": 1, "c": 0}, {"c": 0.9, "a": 0.5, "d": 0.1}]
    assert api.weighted_fusion(lists, (0.5, 0.5)) == golden
    assert api.weighted_fusion([tuple(one.items()) for one in lists], [0.5, 0.5]) == golden
    assert api.rrf(lists) == api.rrf([list(one) for one in lists])


def test_types_are_checked(api):
    for call in (
        lambda: api.rrf("ab"),
        lambda: api.rrf(["ab"]),
        lambda: api.rrf([[True]]),
        lambda: api.rrf([[1.5]]),
        lambda: api.rrf([["a"]], "60"),
        lambda: api.rrf([["a"]], 60, "1"),
        lambda: api.rrf([["a"]], 60, ["1"]),
        lambda: api.rrf([["a"]], n_results=1.5),
        lambda: api.rrf(None),
        lambda: api.weighted_fusion([["a", "b"]]),
        lambda: api.weighted_fusion([[("a", "x")]]),
        lambda: api.weighted_fusion([[("a", 1.0)]], norm=5),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_lone_surrogates_count_as_the_replacement_character(api):
    assert api.rrf([["\ud800", "\ufffd"]]) == [("\ufffd", 1 / 61)]
