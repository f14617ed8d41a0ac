"""The native detectors and signatures against the reference, on random values and streams."""

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference

PIECES = st.sampled_from(
    [
        "a",
        "b",
        " ",
        "-",
        "Let me read ",
        "the file. ",
        "7",
        "é",
        "\U0001f600",
        "薬",
        "\n",
        "\ud800",
        "I’ll check ",
        "done ",
    ]
)
TEXTS = st.lists(st.tuples(st.lists(PIECES, max_size=4), st.integers(1, 30)), max_size=5).map(
    lambda parts: "".join("".join(pieces) * times for pieces, times in parts)
)
OPTIONS = st.fixed_dictionaries(
    {"window": st.integers(16, 300), "max_period": st.integers(1, 8)},
    optional={
        "min_repeats": st.integers(2, 5),
        "min_covered": st.integers(2, 90),
        "novelty_n": st.integers(2, 5),
        "novelty_window": st.integers(5, 90),
        "novelty_min": st.floats(0.0, 1.0),
    },
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats()
    | st.text(st.characters(), max_size=6)
    | st.floats(-1000, 1000).map(lambda value: round(value, 3)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=4) | st.integers(0, 3) | st.booleans() | st.none(), inner, max_size=4)
        | st.frozensets(st.integers(0, 50) | st.text(max_size=3), max_size=4)
    ),
    max_leaves=12,
)


def told(call):
    try:
        return repr(call())
    except ParitasError as error:
        return type(error), error.code, str(error), error.offset


@settings(max_examples=300, deadline=None)
@given(OPTIONS, TEXTS, st.data())
def test_repetition(options, text, data):
    cut = data.draw(st.integers(0, len(text)))
    results = []
    for api in (_native, reference):
        detector = api.RepetitionDetector(**options)
        first = detector.feed(text[:cut])
        results.append(repr((first, detector.feed(text[cut:]), detector.finish(), api.detect_repetition(text))))
    assert results[0] == results[1]


@settings(max_examples=300, deadline=None)
@given(VALUES, VALUES)
def test_signatures(one, other):
    for call in (
        lambda api: api.canonical_json(one),
        lambda api: api.compute_signature("é", one),
        lambda api: api.compute_batch_signatures([("a", other), ("b", one)], length=9),
        lambda api: api.call_similarity("a", one, "a", other),
    ):
        assert told(lambda: call(_native)) == told(lambda: call(reference))  # noqa: B023


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([1, {"a": 1}, {"a": 1, "b": [2]}])), max_size=30),
    st.integers(1, 4),
    st.sampled_from([1.0, 0.5, 0.3]),
)
def test_cycles(calls, max_period, similarity):
    results = []
    for api in (_native, reference):
        detector = api.CycleDetector(max_period, 2, 3, 12, similarity)
        results.append([tuple(detector.record(*call)) for call in calls])
    assert results[0] == results[1]


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=8), st.integers(1, 4), st.floats(0.01, 1.0))
def test_thinking(contents, window_size, similarity):
    results = []
    for api in (_native, reference):
        detector = api.ThinkingDetector(2, similarity, window_size, 2)
        told_of = [(detector.analyze(content), api.find_circular_patterns(content)) for content in contents]
        results.append(repr((told_of, detector.get_stats())))
    assert results[0] == results[1]
