import copy
import hashlib
import inspect
import itertools
import pickle
import sys

import numpy as np
import pytest
from paritas import ParitasError, SpaceBoundResult, _native, reference
from vectors import load_vectors, outcome

DIGESTS = {
    "space_bound": "c0aa9a79bf5bc544b74f4aa9736c852d9b6a00fd6f65de57f7803ae7d62e0578",
    "efficiency": "594b9b9b1681cc88292989d824ff2908690794583a6d76228142c41666e64f34",
    "space_reduction_percent": "7e82d2d2ae26e65ae665c9a528dd88208ea908973a89a675a88bceb689cd21a9",
    "balance": "b2cd4977cb5478381bb675d222ed778aebed0ff258d13cc0d8e2df52305bf1b7",
    "exploration": "9be6199545473ce696269e1df3940a39365eab2a999a822a2d3034083619b319",
    "support": "f75162e44afa54c9ce479220ccd96af7c69ec7c3556c6dd8595b929ac38dc443",
}
UP_TO_A_MILLION = np.arange(1_000_001)


def run(api, given):
    """The call of a vector: a function, an optimizer with its steps, or the constants."""
    given = dict(given)
    name = given.pop("call")
    if name == "constants":
        return {key: getattr(api, key) for key in ("TSP_LEVERAGE_MULTIPLIERS", "MATHALIVE_GRAVITY_P")}
    if name != "WilliamsSpaceOptimizer":
        return getattr(api, name)(**given)
    steps = given.pop("steps")
    optimizer = api.WilliamsSpaceOptimizer(**given)
    results = [getattr(optimizer, method)(*arguments) for method, *arguments in steps]
    return {
        "returns": [tuple(result) if isinstance(result, tuple) else result for result in results],
        "history": optimizer.space_efficiency_history,
        "maximum": optimizer.max_efficiency_achieved,
        "stats": optimizer.get_optimization_stats(),
    }


@pytest.mark.parametrize("case", load_vectors("williams"), ids=lambda case: case["id"])
def test_the_williams_numbers_agree_with_their_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values, "<f8").tobytes()).hexdigest()


def test_the_digests_of_0_to_a_million():
    batch = _native.space_bound_batch(UP_TO_A_MILLION)
    for field, values in batch._asdict().items():
        assert sha256(values) == DIGESTS[field], field
    assert sha256(_native.space_bound_batch(UP_TO_A_MILLION, bounds_only=True).space_bound) == DIGESTS["space_bound"]
    for regime in ("balance", "exploration", "support"):
        assert sha256(_native.confidence_multiplier_batch(UP_TO_A_MILLION, regime)) == DIGESTS[regime], regime


def test_the_digests_of_the_reference():
    batch = reference.space_bound_batch(UP_TO_A_MILLION)
    for field, values in batch._asdict().items():
        assert sha256(values) == DIGESTS[field], field
    for regime in ("balance", "exploration", "support"):
        assert sha256(reference.confidence_multiplier_batch(UP_TO_A_MILLION, regime)) == DIGESTS[regime], regime


# The published tests, in their order; their bounds would pass an error of 40 %, so the vectors stand beside them.


def test_01_a_new_optimizer_is_empty(api):
    optimizer = api.WilliamsSpaceOptimizer()
    assert optimizer.space_efficiency_history == [] and optimizer.max_efficiency_achieved == 1.0


@pytest.mark.parametrize(
    "t,near,efficiency,reduction",
    [
        (100, 0.1, (1.5, 2.0), (30.0, 40.0)),
        (1000, 1.0, (3.0, 3.5), (65.0, 72.0)),
        (10000, 5.0, (7.0, 8.0), (85.0, 88.0)),
    ],
)
def test_02_to_04_bounds_of_the_three_sizes(api, t, near, efficiency, reduction):
    result = api.WilliamsSpaceOptimizer().calculate_space_bound(t)
    assert abs(result.space_bound - t**0.5 * np.log2(t)) < near
    assert efficiency[0] < result.efficiency < efficiency[1]
    assert reduction[0] < result.space_reduction_percent < reduction[1]


@pytest.mark.parametrize("t", [0, 1])
def test_05_and_06_no_work(api, t):
    result = api.WilliamsSpaceOptimizer().calculate_space_bound(t)
    assert (result.space_bound, result.efficiency, result.space_reduction_percent) == (1.0, 1.0, 0.0)


def test_07_larger_is_more_efficient(api):
    results = [api.WilliamsSpaceOptimizer().calculate_space_bound(t) for t in (100, 1000, 10000)]
    for a, b in itertools.pairwise(results):
        assert a.efficiency < b.efficiency and a.space_reduction_percent < b.space_reduction_percent


def test_08_repr():
    text = repr(SpaceBoundResult(space_bound=10.0, efficiency=10.0, time_complexity=100, space_reduction_percent=90.0))
    assert text == "SpaceBoundResult(efficiency=10.00x, space_reduction=90.0%)"


def test_09_to_12_batch_sizes(api):
    optimizer = api.WilliamsSpaceOptimizer()
    assert 100 <= optimizer.optimize_batch_size(1000, 500, 5) <= 1000
    assert 10 <= optimizer.optimize_batch_size(1000, 50, 5) <= 1000
    assert optimizer.optimize_batch_size(1, 100, 5) == 1
    assert optimizer.optimize_batch_size(10, 1000, 5) <= 10


def test_13_to_16_multipliers(api):
    optimizer = api.WilliamsSpaceOptimizer()
    assert 0.85 <= optimizer.calculate_confidence_multiplier(3) <= 0.88
    assert 0.85 <= optimizer.calculate_confidence_multiplier(10) <= 0.87
    assert 0.85 <= optimizer.calculate_confidence_multiplier(20) <= 0.87
    assert optimizer.calculate_confidence_multiplier(1) == 1.0


def test_17_empty_stats(api):
    stats = api.WilliamsSpaceOptimizer().get_optimization_stats()
    assert list(stats.values()) == [1.0, 1.0, 0, 0.0]


def three(api):
    optimizer = api.WilliamsSpaceOptimizer()
    for t in (100, 1000, 10000):
        optimizer.calculate_space_bound(t)
    return optimizer


def test_18_stats_after_three_calls(api):
    stats = three(api).get_optimization_stats()
    assert stats["operation_count"] == 3 and stats["total_space_saved"] > 0
    assert 1 < stats["average_efficiency"] < stats["max_efficiency"]


def test_19_reset(api):
    optimizer = three(api)
    optimizer.reset_stats()
    assert optimizer.space_efficiency_history == [] and optimizer.max_efficiency_achieved == 1.0
    assert optimizer.get_optimization_stats()["operation_count"] == 0


def test_20_and_21_history_and_maximum(api):
    optimizer = api.WilliamsSpaceOptimizer()
    for length, t in enumerate((100, 1000, 10000), 1):
        efficiency = optimizer.calculate_space_bound(t).efficiency
        assert len(optimizer.space_efficiency_history) == length
        assert optimizer.max_efficiency_achieved == efficiency


def test_22_to_24_test_data_sizes(api):
    assert 300 < api.calculate_optimal_test_data_size(1000) < 350
    assert 60 < api.calculate_optimal_test_data_size(100) < 75
    assert 1300 < api.calculate_optimal_test_data_size(10000) < 1400


@pytest.mark.parametrize("t,published", [(100, 1.5), (1000, 3.2), (10000, 7.5)])
def test_25_to_27_efficiencies(api, t, published):
    assert published * 0.5 < api.space_bound(t).efficiency < published * 1.5


def test_28_two_optimizers_agree(api):
    assert api.WilliamsSpaceOptimizer().calculate_space_bound(
        1000
    ) == api.WilliamsSpaceOptimizerFFI().calculate_space_bound(1000)


@pytest.mark.parametrize("t", [100, 1000, 10000])
def test_29_the_bound_is_below_the_count(api, t):
    assert api.space_bound(t).space_bound < t


# What only Python can say.


def test_the_result_is_a_plain_value(api):
    result = api.space_bound(1000)
    assert type(result) is SpaceBoundResult
    assert copy.copy(result) == copy.deepcopy(result) == pickle.loads(pickle.dumps(result)) == result
    assert result == SpaceBoundResult(315.14577009444031, 3.1731347677626394, 1000, 68.485422990555961)
    assert result != api.space_bound(1001)


def test_counts_of_other_types(api):
    for t in (1000, 1000.0, np.int64(1000), np.uint16(1000), np.float32(1000.0)):
        result = api.space_bound(t)
        assert result == api.space_bound(1000) and type(result.time_complexity) is int
    assert api.space_bound(True) == api.space_bound(1)
    assert api.space_bound(-5).space_bound == 1.0


@pytest.mark.parametrize(
    "t,code,kind",
    [
        (1000.5, "invalid_argument", ParitasError),
        (float("nan"), "invalid_argument", ParitasError),
        (float("inf"), "invalid_argument", ParitasError),
        (-float("inf"), "invalid_argument", ParitasError),
        ("1000", "invalid_argument", TypeError),
        (None, "invalid_argument", TypeError),
        ([1000], "invalid_argument", TypeError),
        (np.array([1000]), "invalid_argument", TypeError),
        (np.array(5.5), "invalid_argument", ParitasError),
        (1000j, "invalid_argument", TypeError),
        (2**63, "out_of_range", ParitasError),
        (-(2**63) - 1, "out_of_range", ParitasError),
        (2.0**63, "out_of_range", ParitasError),
    ],
)
def test_what_is_no_count_is_refused(t, code, kind):
    messages = []
    for api in (_native, reference):
        optimizer = api.WilliamsSpaceOptimizer()
        for call in (
            api.space_bound,
            api.confidence_multiplier,
            api.williams_space_bound,
            api.calculate_optimal_test_data_size,
            optimizer.calculate_space_bound,
            optimizer.calculate_confidence_multiplier,
            lambda item, api=api: api.optimal_batch_size(item, 100.0),
        ):
            with pytest.raises(kind) as caught:
                call(t)
            assert caught.value.code == code
            messages.append(str(caught.value))
        assert optimizer.space_efficiency_history == []
    assert len(set(messages)) == 1


@pytest.mark.parametrize(
    "items,code,offset",
    [
        ([1, 2, 2.5], "invalid_argument", 2),
        ([1, 2**63], "out_of_range", 1),
        (np.array([1.0, np.nan]), "invalid_argument", 1),
        (np.array([[1, 2], [3, 2**63]], np.uint64), "out_of_range", 3),
        (["1"], "invalid_argument", 0),
        ("12", "invalid_argument", 0),
        (12, "invalid_argument", 0),
        (None, "invalid_argument", 0),
    ],
)
def test_a_batch_names_the_item_that_is_no_count(items, code, offset):
    errors = []
    for api in (_native, reference):
        for batch in (api.space_bound_batch, api.confidence_multiplier_batch):
            with pytest.raises(ParitasError) as caught:
                batch(items)
            assert (caught.value.code, caught.value.offset) == (code, offset)
            errors.append(str(caught.value))
    assert len(set(errors)) == 1


def test_batches_take_every_array(api):
    plain = np.arange(24).reshape(2, 3, 4)
    expected = api.space_bound_batch(plain)
    assert expected.space_bound.shape == (2, 3, 4) and expected.space_bound.dtype == np.float64
    read_only = plain.copy()
    read_only.flags.writeable = False
    for array in (read_only, plain.astype(np.int8), plain.astype(float), plain.astype(">i8"), np.asfortranarray(plain)):
        assert np.array_equal(api.space_bound_batch(array).efficiency, expected.efficiency)
    assert np.array_equal(api.space_bound_batch(plain[:, ::2, ::-1]).space_bound, expected.space_bound[:, ::2, ::-1])
    assert api.space_bound_batch(np.int64(5)).space_bound.shape == ()
    assert api.confidence_multiplier_batch((3, 4.0, True)).tolist() == [api.confidence_multiplier(n) for n in (3, 4, 1)]
    assert api.space_bound_batch(np.zeros((0, 3), np.int64)).space_bound.shape == (0, 3)


def test_the_history_is_a_copy(api):
    optimizer = three(api)
    optimizer.space_efficiency_history.clear()
    assert len(optimizer.space_efficiency_history) == 3


def test_nothing_is_recorded_for_a_refused_batch_size(api):
    optimizer = api.WilliamsSpaceOptimizer()
    with pytest.raises(ParitasError):
        optimizer.optimize_batch_size(1000, 500.0, 0.0)
    assert optimizer.get_optimization_stats()["operation_count"] == 0


def test_arrays_need_numpy(api, monkeypatch):
    if api is _native:
        return  # pybind11 keeps the module once it has it; the reference asks each time
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ParitasError, match="install NumPy") as caught:
        api.space_bound_batch([1, 2])
    assert caught.value.code == "unsupported"


def test_the_published_modules():
    from paritas.compat import williams_optimizer, williams_optimizer_ffi

    for module in (williams_optimizer, williams_optimizer_ffi):
        assert module.calculate_optimal_test_data_size(1000) == 315
        assert module.SpaceBoundResult is SpaceBoundResult
        assert module.TSP_LEVERAGE_MULTIPLIERS["balance"] == 11.5
    optimizer = williams_optimizer.WilliamsSpaceOptimizer
    assert williams_optimizer_ffi.WilliamsSpaceOptimizerFFI is optimizer
    assert inspect.isclass(optimizer)
    assert williams_optimizer_ffi.williams_space_bound(1000) == 315.14577009444031
