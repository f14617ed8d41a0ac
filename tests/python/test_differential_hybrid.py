"""Hybrid, what HybridIndex runs on: the native module and the reference give the same bits and the same bytes."""

import paritas._native as native
import paritas.reference as reference
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError

ids = st.integers(0, 5) | st.sampled_from(["0", "a", "b"])
hits = st.none() | st.lists(st.tuples(ids, st.floats(-5, 5)), max_size=6)
options = st.fixed_dictionaries(
    {},
    optional={
        "rrf_k": st.floats(-1, 90),
        "sparse_weight": st.floats(-0.1, 3),
        "dense_weight": st.floats(0, 3),
        "fetch_multiplier": st.integers(0, 1001),
        "fusion": st.sampled_from(["rrf", "weighted", "sum"]),
        "norm": st.sampled_from(["minmax", "max", "none", "l2"]),
    },
)


def answer(call):
    try:
        return repr(call())
    except ParitasError as error:
        return error.code, error.offset, str(error)


def everything(api, options, sparse, dense, n_results):
    made = api.Hybrid(**options)
    data = made.to_bytes(b"words", b"rows")
    other, *parts = api.Hybrid.from_bytes(data)
    assert other.to_bytes(b"words", b"rows") == data
    fetch = answer(lambda: [made.fetch(n_results, both) for both in (True, False)])
    return data, parts, fetch, answer(lambda: made.join(sparse, dense, n_results))


@settings(max_examples=300, deadline=None)
@given(options, hits, hits, st.integers(-1, 8) | st.just(2**40))
def test_both_backends_agree(options, sparse, dense, n_results):
    mine, other = (
        answer(lambda api=api: everything(api, options, sparse, dense, n_results)) for api in (native, reference)
    )
    assert mine == other


def test_a_file_is_refused_when_cut_or_changed(api):
    data = api.Hybrid(fusion="weighted").to_bytes(b"words", b"rows")
    for at in range(len(data)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]):
            with pytest.raises(ParitasError) as caught:
                api.Hybrid.from_bytes(damaged)
            assert caught.value.code == "corrupt_data"
