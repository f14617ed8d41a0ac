import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("batch_size"), ids=lambda case: case["id"])
def test_optimal_batch_size_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.optimal_batch_size(**case["given"]))) == repr(case["expect"])


def test_a_total_that_no_float_holds_is_kept_whole(api):
    assert api.optimal_batch_size(2**53 + 1, 1e30) == 2**53 + 1


def test_numbers_of_other_types_count(api):
    assert api.optimal_batch_size(np.int32(1000), np.float32(500.0), 5) == 178
    assert api.optimal_batch_size(1000.0, 500) == 178


@pytest.mark.parametrize("memory", ["500", None, [500.0]])
def test_another_type_is_refused(api, memory):
    with pytest.raises(TypeError, match="a number is needed, not ") as caught:
        api.optimal_batch_size(1000, memory)
    assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"


def test_a_flag_is_true_or_false(api):
    with pytest.raises(TypeError, match="True or False is needed, not str"):
        api.optimal_batch_size(1000, 500.0, strict_memory="yes")


@given(
    total=st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5000),
    available=st.floats(),
    per_item=st.floats() | st.floats(0.1, 100.0),
    strict=st.booleans(),
)
@settings(max_examples=1000)
def test_both_backends_agree_on_any_numbers(total, available, per_item, strict):
    results = [
        outcome(lambda api=api: api.optimal_batch_size(total, available, per_item, strict_memory=strict))
        for api in (_native, reference)
    ]
    assert results[0] == results[1]
    if "value" in results[0]:
        assert 1 <= results[0]["value"] <= max(1, total)
