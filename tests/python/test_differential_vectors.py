"""Native against the reference, and the reference with NumPy against the one without."""

import ctypes
import gc
import threading
from fractions import Fraction

import numpy as np
import paritas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference
from paritas.reference import floats

PAIRS = ["dot_product", "cosine_similarity", "cosine_distance", "squared_euclidean", "euclidean_distance"]
singles = st.floats(width=32) | st.floats(-4, 4, width=32) | st.sampled_from([1e-45, -1e-30, 3e38, 1e20, -0.0])


@st.composite
def pairs(draw):
    n = draw(st.integers(0, 70))
    return [draw(st.lists(singles, min_size=n, max_size=n)) for _ in range(2)]


def bits(value):
    return np.asarray(value, "float32").view("uint32").tolist()


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_pairs_agree_in_every_bit(pair):
    for name in PAIRS:
        native = getattr(_native, name)(*pair)
        assert bits(native) == bits(getattr(reference, name)(*pair)), name
        assert bits(native) == bits(getattr(_native, name)(*pair[::-1])), name
        assert np.isnan(native) or str(native) != "-0.0"
    assert bits(_native.normalize(pair[0])) == bits(reference.normalize(pair[0]))
    assert bits(_native.norm(pair[0])) == bits(reference.norm(pair[0]))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 3), st.integers(0, 70), st.integers(0, 12), st.data())
def test_batches_agree_in_every_bit(dim, queries, rows, k, data):
    random = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    scale = data.draw(st.sampled_from([1.0, 1e-30, 1e25]))
    a, b = (
        (random.integers(-2, 3, (n, dim)) * scale + random.choice([0.0, 0.37], (n, dim))).astype("float32")
        for n in (queries, rows)
    )
    assert bits(_native.similarity_matrix(a, b)) == bits(reference.similarity_matrix(a, b))
    assert bits(_native.similarity_matrix(a, b, False)) == bits(reference.similarity_matrix(a, b, False))
    metric = data.draw(st.sampled_from(["cosine", "dot", "euclidean", "squared_euclidean"]))
    assert bits(_native.pairwise_distances(b, metric)) == bits(reference.pairwise_distances(b, metric))
    assert _native.top_k_similar(a, b, k, metric) == reference.top_k_similar(a, b, k, metric)


@pytest.mark.parametrize("dim", [*range(131), 383, 384, 385])
def test_every_dimension_agrees(dim):
    random = np.random.default_rng(dim)
    a, b = random.normal(size=(2, dim)).astype("float32")
    corpus = random.normal(size=(5, dim)).astype("float32")
    for name in PAIRS:
        expected = getattr(reference, name)(a, b)
        assert bits(getattr(_native, name)(a, b)) == bits(expected), name
        assert bits(getattr(_native, name)(a.tolist(), b.astype("float64"))) == bits(expected), name
    scalars = [reference.cosine_similarity(a, row) for row in corpus]
    assert bits(_native.batch_cosine_similarity(a, corpus)) == bits(scalars)
    assert bits(_native.similarity_matrix(corpus, corpus)) == bits(
        [[_native.cosine_similarity(x, y) for y in corpus] for x in corpus]
    )


def test_the_reference_needs_no_numpy_for_numbers(monkeypatch):
    with_numpy = [getattr(reference, name)([0.1] * 40, [0.7, -1.3] * 20) for name in PAIRS]
    monkeypatch.setattr(floats, "numpy", lambda: None)
    assert [getattr(reference, name)([0.1] * 40, [0.7, -1.3] * 20) for name in PAIRS] == with_numpy
    assert reference.top_k_similar([1.0, 0.0], [[0.0, 1.0], [2.0, 0.0]], 1) == [(1, 1.0)]
    with pytest.raises(ParitasError) as error:
        reference.normalize([1.0])
    assert error.value.code == "unsupported"


@pytest.mark.parametrize("place", range(0, 67, 3))
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_not_finite_at_every_place(place, value):
    a, b = np.random.default_rng(0).normal(size=(2, 67)).astype("float32")
    a[place] = value
    for name in PAIRS:
        native = getattr(_native, name)(a, b)
        assert bits(native) == bits(getattr(reference, name)(a, b)), name
        if np.isnan(native):
            assert bits(native) == 0x7FC00000
    assert np.isnan(_native.cosine_similarity(a, b)) and np.isnan(_native.cosine_distance(a, b))


@pytest.mark.parametrize("offset", range(64))
def test_every_alignment(offset):
    memory = np.zeros(100 * 4 + 64, dtype="uint8")
    values = np.random.default_rng(1).normal(size=100).astype("float32")
    memory[offset : offset + 400] = values.view("uint8")
    shifted = memory[offset : offset + 400].view("float32")
    assert _native.dot_product(shifted, values) == _native.dot_product(values.copy(), values)
    assert bits(_native.batch_cosine_similarity(values[:25], shifted.reshape(4, 25))) == bits(
        _native.batch_cosine_similarity(values[:25], values.reshape(4, 25))
    )


KINDS = [
    "float16",
    "float32",
    "float64",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "bool",
]


@pytest.mark.parametrize("api_name", ["native", "reference"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_array(api_name, kind):
    api = {"native": _native, "reference": reference}[api_name]
    matrix = np.arange(12).reshape(4, 3).astype(kind)
    expected = bits(api.similarity_matrix(matrix.astype("float32"), matrix.astype("float32"), False))
    read_only = matrix.copy()
    read_only.flags.writeable = False
    for form in [
        matrix,
        np.asfortranarray(matrix),
        np.repeat(matrix, 2, axis=1)[:, ::2],
        matrix[::-1][::-1],
        matrix.astype(matrix.dtype.newbyteorder(">")),
        read_only,
        memoryview(np.ascontiguousarray(matrix)),
        matrix.tolist(),
        tuple(tuple(row) for row in matrix.tolist()),
        list(matrix),
    ]:
        before = np.array(form, copy=True)
        assert bits(api.similarity_matrix(form, form, False)) == expected, type(form)
        assert np.array_equal(before, np.asarray(form))


@pytest.mark.parametrize(
    "number", [2**24 + 1, 2**53 + 1, 2**60 + 2**36 + 1, 2**60 + 2**36, 2**90 + 2**66 + 1, -(2**63) + 3]
)
def test_whole_numbers_are_rounded_once(number):

    nearest = min(
        (np.nextafter(np.float32(number), np.float32(side)) for side in (-np.inf, np.inf)),
        key=lambda x: abs(Fraction(float(x)) - number),
    )
    best = min([np.float32(float(nearest)), np.float32(number)], key=lambda x: abs(Fraction(float(x)) - number))
    for api in (_native, reference):
        value = api.dot_product([number], [1])
        assert abs(Fraction(value) - number) <= abs(Fraction(float(best)) - number)


@pytest.mark.parametrize(
    "bad",
    [
        *(None, "ab", b"ab", {}, 3, [1j], ["a"], [None], [[1.0], None], [[1.0], [1.0, 2.0]], np.zeros((2, 2, 2))),
        *(np.array(["a"]), np.array([1j]), np.array([None]), np.zeros(()), [np.complex64(1)], [1e39], [10**400]),
    ],
    ids=repr,
)
def test_refused_inputs_have_one_error(bad):
    errors = []
    for api in (_native, reference):
        with pytest.raises(ParitasError) as error:
            api.top_k_similar(bad, [[1.0]])
        errors.append((type(error.value), error.value.code, str(error.value), error.value.offset))
    assert errors[0] == errors[1]


def test_lengths_are_named(api):
    with pytest.raises(ParitasError, match=r"^Vector length mismatch: 3 vs 4$") as error:
        api.cosine_similarity([1, 2, 3], [1, 2, 3, 4])
    assert error.value.code == "length_mismatch"
    with pytest.raises(ParitasError, match=r"^Vector dimension 3 != index dimension 2$"):
        api.EmbeddingIndex([[1.0, 2.0]], ["a"]).query([1, 2, 3])


def test_in_place_needs_writable_float32(api):
    frozen = np.ones(3, "float32")
    frozen.flags.writeable = False
    for bad in [np.ones(3), [1.0], frozen, np.ones((2, 3), "float32"), np.ones(6, "float32")[::2]]:
        with pytest.raises(ParitasError) as error:
            api.normalize_inplace(bad)
        assert error.value.code == "invalid_argument"


def test_ties_go_to_the_lower_index_on_any_number_of_threads():
    corpus = np.tile(np.float32([0.3, 0.4, 0.5]), (1000, 1))
    assert [row for row, _ in _native.top_k_similar(corpus[0], corpus, 1000)] == list(range(1000))
    big = np.random.default_rng(2).integers(-2, 3, (60_000, 64)).astype("float32")
    for metric in ("cosine", "euclidean"):
        answers = [_native.top_k_similar(big[:2], big, 50, metric, threads=threads) for threads in (1, 2, 8, 0)]
        assert all(answer == answers[0] for answer in answers)
    matrices = [_native.similarity_matrix(big[:300], big[:700], threads=threads).tobytes() for threads in (1, 3, 8)]
    assert len(set(matrices)) == 1
    with pytest.raises(ParitasError):
        _native.similarity_matrix(big[:1], big[:1], threads=-1)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_invariants(values):
    v = np.array(values, "float32")
    w = np.random.default_rng(len(values)).normal(size=len(values)).astype("float32")
    if v.any():
        assert _native.cosine_similarity(v, v) == 1.0
        assert _native.cosine_similarity(v, -v) == -1.0
        assert abs(_native.norm(_native.normalize(v)) - 1) <= 1e-6
    for name in PAIRS:
        longer = [np.append(x, np.zeros(37, "float32")) for x in (v, w)]
        assert bits(getattr(_native, name)(v, w)) == bits(getattr(_native, name)(*longer)), name
    assert _native.cosine_similarity(w * 8, w[::-1].copy()) == _native.cosine_similarity(w, w[::-1].copy())
    exact = np.dot(w.astype("f8"), w[::-1].astype("f8")) / np.dot(w.astype("f8"), w.astype("f8"))
    assert abs(_native.cosine_similarity(w, w[::-1]) - exact) <= (len(w) / 16 + 16) * 2**-24


def test_readers_and_writers_of_an_index():
    index = paritas.EmbeddingIndex([[1.0, 0.0]], [0])
    failed = []

    def work(start):
        try:
            for i in range(200):
                index.add([[1.0, float(start + i)]], [start + i])
                assert all(0 <= score <= 1.0000001 for _, score in index.query([1.0, 1.0], 5))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(1000 * t,)) for t in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and len(index) == 801
    gc.collect()


def test_flush_to_zero_of_the_process_changes_nothing():
    """fesetenv with the FE_DFL_DISABLE_SSE_DENORMS_ENV of a -ffast-math library is not portable: set MXCSR by hand."""
    libm = ctypes.CDLL("libm.so.6")
    saved, changed = (ctypes.c_uint32 * 8)(), (ctypes.c_uint32 * 8)()
    assert libm.fegetenv(saved) == 0
    ctypes.memmove(changed, saved, 32)
    changed[7] |= 0x8040  # MXCSR is the last word of fenv_t on x86-64
    a, b = np.float32([1e-45, 2e-40]), np.float32([3e-41, 1e-45])
    tiny = np.array([1e-45, 2e-40])
    expected = [getattr(_native, name)(a, b) for name in PAIRS] + [_native.norm(tiny)]
    try:
        libm.fesetenv(changed)
        flushed = [getattr(_native, name)(a, b) for name in PAIRS] + [_native.norm(tiny)]
        probe = np.float32(1e-20) * np.float32(1e-20)
    finally:
        libm.fesetenv(saved)
    assert probe == 0.0, "flush-to-zero was not on: the test would prove nothing"
    assert flushed == expected
    assert expected[1] != 0.0 and expected[4] != 0.0 and expected[5] != 0.0
