"""matches_filter: the native module and the reference give the same answers and the same sentences."""

import paritas._native as native
import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError

whole = st.integers(-3, 3) | st.sampled_from([2**53, 2**53 + 1, -(2**63), 2**63 - 1])
number = st.floats(allow_infinity=False, allow_nan=False) | whole.map(float)
scalars = st.none() | st.booleans() | whole | number | st.text("ab\ufffdé𝔸", max_size=3)
values = scalars | st.lists(scalars, max_size=3)
keys = st.sampled_from(["a", "b", "c"])
orders = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$contains"]
operators = st.one_of(
    st.dictionaries(st.sampled_from(orders), values, min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(["$in", "$nin"]), st.lists(scalars, max_size=12), min_size=1),
    st.dictionaries(st.just("$exists"), st.booleans(), min_size=1),
    st.dictionaries(st.sampled_from(["$gt", "$exists", "$in", "$x", "y"]), values | st.just(float("nan")), max_size=2),
)
conditions = st.recursive(values | operators, lambda inner: st.fixed_dictionaries({"$not": inner}), max_leaves=3)
filters = st.recursive(
    st.dictionaries(keys, conditions, max_size=2),
    lambda inner: (
        st.fixed_dictionaries({"$not": inner})
        | st.dictionaries(st.sampled_from(["$and", "$or"]), st.lists(inner, max_size=3), min_size=1)
    ),
    max_leaves=6,
)


def answer(api, metadata, filter):
    try:
        return api.matches_filter(metadata, filter)
    except ParitasError as error:
        return error.code, str(error)


@settings(max_examples=400, deadline=None)
@given(metadata=st.none() | st.dictionaries(keys, values, max_size=3), filter=filters)
def test_both_backends_agree(metadata, filter):
    assert answer(native, metadata, filter) == answer(reference, metadata, filter)


@settings(max_examples=100, deadline=None)
@given(metadata=st.dictionaries(keys, values, max_size=3), one=filters, two=filters)
def test_filters_obey_logic(metadata, one, two):
    first, second = answer(native, metadata, one), answer(native, metadata, two)
    if isinstance(first, bool) and isinstance(second, bool):
        assert answer(native, metadata, {"$and": [one, two]}) == (first and second)
        assert answer(native, metadata, {"$or": [one, two]}) == (first or second)
        assert answer(native, metadata, {"$not": one}) == (not first)
