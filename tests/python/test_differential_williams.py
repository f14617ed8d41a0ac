from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import outcome

COUNTS = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 2**53) | st.integers(-5, 2000)
METHODS = st.one_of(
    st.tuples(st.just("calculate_space_bound"), COUNTS),
    st.tuples(st.just("optimize_batch_size"), COUNTS, st.floats(0.0, 1e6), st.floats(0.5, 10.0)),
    st.tuples(st.just("calculate_confidence_multiplier"), COUNTS, st.just(0.85), st.sampled_from(["support", "x"])),
    st.tuples(st.just("reset_stats")),
)


@given(t=COUNTS, regime=st.sampled_from(["balance", "support", "exploration", "", "other"]) | st.text())
@settings(max_examples=1000)
def test_one_count(t, regime):
    assert repr(tuple(_native.space_bound(t))) == repr(tuple(reference.space_bound(t)))
    assert _native.confidence_multiplier(t, regime) == reference.confidence_multiplier(t, regime)
    assert _native.calculate_optimal_test_data_size(t) == reference.calculate_optimal_test_data_size(t)
    for name in ("space_bound", "optimal_batch_size", "efficiency_multiplier", "space_saved_percent"):
        assert getattr(_native, f"williams_{name}")(t) == getattr(reference, f"williams_{name}")(t)


@given(t=st.lists(COUNTS, max_size=40), bounds_only=st.booleans())
@settings(max_examples=300)
def test_a_batch_is_its_counts(t, bounds_only):
    batches = [api.space_bound_batch(t, bounds_only=bounds_only) for api in (_native, reference)]
    assert repr(outcome(lambda: batches[0])) == repr(outcome(lambda: batches[1]))
    assert batches[0].space_bound.tolist() == [_native.space_bound(item).space_bound for item in t]
    assert _native.confidence_multiplier_batch(t).tolist() == [_native.confidence_multiplier(item) for item in t]


@given(steps=st.lists(METHODS, max_size=30), limit=st.integers(0, 6))
@settings(max_examples=300)
def test_an_optimizer_with_any_calls(steps, limit):
    states = []
    for api in (_native, reference):
        optimizer = api.WilliamsSpaceOptimizer(history_limit=limit)
        results = [getattr(optimizer, name)(*arguments) for name, *arguments in steps]
        states.append((results, optimizer.space_efficiency_history, optimizer.get_optimization_stats()))
    assert repr(states[0]) == repr(states[1])
