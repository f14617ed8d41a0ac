"""rrf and weighted_fusion: the native module and the reference give the same bits and the same sentences."""

import paritas._native as native
import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError

ids = st.integers(0, 4) | st.sampled_from(["0", "1", "a", ""])
numbers = st.floats(-10, 10) | st.floats() | st.sampled_from([1.7e308, -1.7e308, 5e-324])
lists = st.lists(st.lists(st.tuples(ids, numbers), max_size=6), max_size=4)
weights = st.none() | st.lists(st.floats(0, 4) | numbers, max_size=4)


def answer(call):
    try:
        return repr(call())
    except ParitasError as error:
        return error.code, error.offset, str(error)


@settings(max_examples=300, deadline=None)
@given(lists, numbers | st.just(60.0), weights, st.none() | st.integers(-1, 5))
def test_rrf(lists, k, weights, most):
    assert answer(lambda: native.rrf(lists, k, weights, most)) == answer(lambda: reference.rrf(lists, k, weights, most))


@settings(max_examples=300, deadline=None)
@given(lists, weights, st.sampled_from(["minmax", "max", "none", "l2"]), st.none() | st.integers(-1, 5))
def test_weighted_fusion(lists, weights, norm, most):
    mine, other = (
        answer(lambda api=api: api.weighted_fusion(lists, weights, norm, most)) for api in (native, reference)
    )
    assert mine == other
