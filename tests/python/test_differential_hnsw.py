from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from vectors import outcome

numbers = st.floats(-2, 2, width=16)


@st.composite
def histories(draw):
    dim = draw(st.sampled_from([1, 2, 3, 97]))
    vector = st.lists(numbers, min_size=dim, max_size=dim)
    ids = st.none() | st.integers(0, 30)
    step = st.one_of(
        st.tuples(st.just("add"), vector, ids),
        st.tuples(st.just("add_batch"), st.lists(vector, max_size=20)),
        st.tuples(st.just("delete"), st.integers(0, 60)),
        st.tuples(st.just("search"), vector, st.integers(0, 8)),
        st.tuples(st.just("filtered"), vector, st.integers(0, 8), st.integers(1, 5)),
        st.tuples(st.just("chosen"), vector, st.lists(st.integers(0, 60))),
        st.tuples(st.just("compact")),
        st.tuples(st.just("reload")),
    )
    options = {
        "dimension": dim,
        "m": draw(st.integers(2, 5)),
        "ef_construction": draw(st.integers(1, 20)),
        "ef_search": draw(st.integers(1, 10)),
        "metric": draw(st.sampled_from(["cosine", "dot", "euclidean", "squared_euclidean"])),
        "seed": draw(st.integers(0, 5)),
        "exact_below": draw(st.sampled_from([0, 0, 10])),
    }
    return options, draw(st.lists(step, max_size=25))


def run(api, options, steps):
    index = api.HNSWIndex(**options)
    out = []
    for name, *args in steps:
        if name == "reload":
            index = api.HNSWIndex.from_bytes(index.to_bytes())
        elif name == "filtered":
            out.append(index.search(args[0], args[1], lambda id, every=args[2]: id % every == 0))
        elif name == "chosen":
            out.append(index.search(args[0], filter_ids=args[1]))
        else:
            out.append(getattr(index, name)(*args))
    return [out, index.ids(), index.to_bytes()]


@settings(max_examples=150, deadline=None)
@given(histories())
def test_any_history_gives_the_same_results_and_bytes(history):
    options, steps = history
    assert repr(outcome(lambda: run(_native, options, steps))) == repr(outcome(lambda: run(reference, options, steps)))
