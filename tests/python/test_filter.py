import numpy as np
import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("filter"), ids=lambda case: case["id"])
def test_matches_filter_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.matches_filter(**case["given"]))) == repr(case["expect"])


PATHS = [
    ({"year": {"$gte": None}}, "filter.year.$gte must be a text or a number"),
    ({"year": {"$gth": 1}}, "filter.year.$gth is no operator: use $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, "),
    ({"$nor": []}, "filter.$nor is no operator: use $and, $or or $not, or the name of a key"),
    ({"a": {}}, "filter.a must hold an operator such as $gte"),
    ({"$or": [{"a": 1}, {"b": {"$in": [1, 2, [3]]}}]}, "filter.$or[1].b.$in[2] must be a text, a number, a truth"),
    ({"$and": []}, "filter.$and must be a list of at least one filter"),
    ({"$or": [{}, 5]}, "filter.$or[1] must be a filter: keys and what they must be"),
    ({"$not": {"a": {"$not": {"$in": 5}}}}, "filter.$not.a.$not.$in must be a list"),
    ({"a": {"$exists": "yes"}}, "filter.a.$exists must be true or false"),
    ({"a": [0.5, float("nan")]}, "filter.a[1] must not be NaN"),
]


@pytest.mark.parametrize(("filter", "message"), PATHS)
def test_a_message_names_the_path(api, filter, message):
    with pytest.raises(ParitasError) as caught:
        api.matches_filter({}, filter)
    assert caught.value.code == "invalid_argument" and str(caught.value).startswith(message)


def test_types_are_checked(api):
    for metadata, filter, message in [
        ({}, None, "a dict as filter is needed, not NoneType"),
        ({}, [{"a": 1}], "a dict as filter is needed, not list"),
        ({}, {"a": {"$in": {1, 2}}}, "dict as filter.a.$in is needed, not set"),
        ({}, {"$or": [{"a": b"x"}]}, "dict as filter.$or[0].a is needed, not bytes"),
        ({}, {1: "a"}, "a str is needed, not int"),
        ([], {}, "a dict as metadata is needed, not list"),
    ]:
        with pytest.raises(TypeError, match=None) as caught:
            api.matches_filter(metadata, filter)
        assert isinstance(caught.value, ParitasError) and message in str(caught.value)
    with pytest.raises(ParitasError) as large:
        api.matches_filter({}, {"a": 2**63})
    assert large.value.code == "out_of_range"


def test_a_filter_that_holds_itself_is_too_deep(api):
    for filter in ({}, {"x": 1}):
        filter["$and"] = [filter]
        with pytest.raises(ParitasError) as caught:
            api.matches_filter({"x": 1}, filter)
        assert caught.value.code == "limit_exceeded"
    own = {}
    own["$not"] = own
    with pytest.raises(ParitasError) as caught:
        api.matches_filter({}, {"x": own})
    assert caught.value.code == "limit_exceeded"


def test_lone_surrogates_count_as_the_replacement_character(api):
    assert api.matches_filter({"k\ud800": "\udfff"}, {"k\ufffd": "\ufffd"})
    assert api.matches_filter({"k\ufffd": "a\ufffd"}, {"k\ud800": {"$contains": "\ud801"}})
    # Two keys that become one: both must hold.
    assert not api.matches_filter({"\ufffd": 1}, dict([("\ud800", 1), ("\udfff", 2)]))


def test_what_says_that_it_is_a_number_is_one(api):
    assert api.matches_filter({"n": np.int64(5)}, {"n": np.int32(5)})
    assert api.matches_filter({"n": 0.5}, {"n": {"$in": (np.float64(0.5),)}})


def test_a_search_for_a_part_takes_linear_time(api):
    text = "a" * 200_000
    assert not api.matches_filter({"t": text}, {"t": {"$contains": "a" * 100_000 + "b"}})
