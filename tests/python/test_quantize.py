import importlib
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError, _native, reference
from vectors import load_vectors, outcome

DTYPES = ["int8", "float16", "binary"]
METRICS = ["cosine", "dot", "euclidean", "squared_euclidean"]


def fields(vectors: Any) -> dict[str, Any]:
    data = vectors.data.view("uint16") if vectors.dtype == "float16" else vectors.data
    assert data.shape[0] == len(vectors) == vectors.count and not data.flags.writeable
    assert all(np.array_equal(vectors[i], row, equal_nan=True) for i, row in enumerate(vectors.dequantize()))
    return {
        "dtype": vectors.dtype,
        "dim": vectors.dim,
        "count": vectors.count,
        "data": data.ravel().tolist(),
        "scales": vectors.scales.tolist(),
        "nbytes": vectors.nbytes,
        "values": vectors.dequantize().tolist(),
    }


def call(api: Any, name: str, given: dict[str, Any]) -> Any:
    given = dict(given)
    if name == "quantize":
        return fields(api.quantize(**given))
    if name == "hamming_distance":
        return api.hamming_distance(bytes(given["a"]), np.array(given["b"], "uint8"))
    if name == "to_bytes":
        return api.quantize(**given).to_bytes().hex()
    if name == "from_bytes":
        return fields(api.QuantizedVectors.from_bytes(bytes.fromhex(given["data"])))
    side = "b" if name == "cosine_similarity_batch" else "corpus"
    rows, dtype = given[side], given.pop("dtype")
    given[side] = rows if dtype == "float32" else api.quantize(rows, dtype)
    if given.pop("rescore", False):
        given["rescore"] = rows
    found = getattr(api, name)(**given)
    return found if isinstance(found, list) else found.tolist()


@pytest.mark.parametrize("case", load_vectors("quantize"), ids=lambda case: case["id"])
def test_quantised_vectors_agree_with_their_vectors(api, case):
    name, arguments = case["given"]["function"], case["given"]["arguments"]
    assert repr(outcome(lambda: call(api, name, arguments))) == repr(case["expect"])


def bits(value: Any) -> Any:
    return np.asarray(value, "float32").view("uint32").tolist()


@pytest.mark.parametrize("dim", [*range(1, 131), 383, 384, 385])
def test_every_dimension_agrees(dim):
    random = np.random.default_rng(dim)
    rows, queries = random.standard_normal((7, dim), "float32"), random.standard_normal((2, dim), "float32")
    for dtype in DTYPES:
        ours, theirs = _native.quantize(rows, dtype), reference.quantize(rows, dtype)
        assert ours.to_bytes() == theirs.to_bytes()
        assert bits(ours.dequantize()) == bits(theirs.dequantize())
        assert bits(_native.similarity_matrix(queries, ours)) == bits(reference.similarity_matrix(queries, theirs))
        for metric in METRICS[: 1 if dtype == "binary" else 4]:
            expected = reference.top_k_similar(queries, theirs, 7, metric)
            assert _native.top_k_similar(queries, ours, 7, metric) == expected
            assert [_native.top_k_similar(query, ours, 7, metric) for query in queries] == expected


@st.composite
def searches(draw):
    dim = draw(st.integers(1, 40))
    value = st.sampled_from([0.0, -0.0, 0.5, -1.0, 1e-45, 1e-7, 65504.0]) | st.floats(-3, 3, width=32)
    matrix = st.lists(st.lists(value, min_size=dim, max_size=dim), max_size=6)
    return draw(matrix.filter(bool)), draw(matrix), draw(st.sampled_from([1.0, 1e-20, 2.0**-12]))


@settings(max_examples=150, deadline=None)
@given(searches(), st.sampled_from(DTYPES), st.sampled_from(METRICS), st.integers(0, 7), st.integers(1, 3))
def test_searches_agree_in_every_bit(search, dtype, metric, k, oversample):
    queries, corpus, scale = search
    a, b = np.array(queries, "float32") * np.float32(scale), np.array(corpus, "float32").reshape(-1, len(queries[0]))

    def run(api: Any, again: bool, threads: int) -> Any:
        vectors = api.quantize(b, dtype)
        more = {"rescore": b, "oversample": oversample} if again else {}
        return repr(outcome(lambda: api.top_k_similar(a, vectors, k, metric, threads=threads, **more)))

    for again in (False, True):
        expected = run(reference, again, 0)
        assert run(_native, again, 1) == run(_native, again, 3) == expected


def test_threads_and_single_queries_change_nothing():
    random = np.random.default_rng(9)
    corpus, queries = random.standard_normal((20_000, 100), "float32"), random.standard_normal((9, 100), "float32")
    corpus[1_000:2_000] = corpus[5]  # ties
    for dtype in DTYPES:
        vectors = _native.quantize(corpus, dtype)
        expected = [_native.top_k_similar(query, vectors, 50, threads=1) for query in queries]
        for threads in (1, 3, 8):
            assert _native.top_k_similar(queries, vectors, 50, threads=threads) == expected
        mask = random.random(len(corpus)) < 0.1
        scores = _native.similarity_matrix(queries[:1], vectors)[0]
        kept = sorted(np.flatnonzero(mask).tolist(), key=lambda row: (-scores[row], row))[:20]
        assert [row for row, _ in _native.top_k_similar(queries[0], vectors, 20, filter_ids=mask)] == kept


def test_rescoring_gives_the_exact_scores():
    random = np.random.default_rng(3)
    corpus, query = random.standard_normal((500, 64), "float32"), random.standard_normal(64, "float32")
    for dtype in DTYPES:
        found = _native.top_k_similar(query, _native.quantize(corpus, dtype), 10, rescore=corpus, oversample=50)
        assert found == _native.top_k_similar(query, corpus, 10)


def test_small_types_find_nearly_the_same():
    random = np.random.default_rng(4)
    centres = random.standard_normal((50, 96), "float32")
    corpus = (centres[random.integers(0, 50, 5_000)] + 0.6 * random.standard_normal((5_000, 96))).astype("float32")
    queries = corpus[:100] + 0.3 * random.standard_normal((100, 96)).astype("float32")
    exact = _native.top_k_arrays(queries, corpus, 10)[0]
    for dtype, oversample, least in (("int8", None, 0.95), ("float16", None, 0.99), ("binary", 16, 0.9)):
        more = {} if oversample is None else {"rescore": corpus, "oversample": oversample}
        found = _native.top_k_arrays(queries, _native.quantize(corpus, dtype), 10, **more)[0]
        recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(exact, found, strict=True)])
        assert recall >= least, (dtype, recall)


def test_a_file_that_is_cut_or_flipped_is_refused(api):
    vectors = api.quantize([[0.5, -0.25, 1.0], [0.1, 0.2, 0.3]])
    data = vectors.to_bytes()
    assert pickle.loads(pickle.dumps(vectors)).to_bytes() == data
    broken = [data[:size] for size in range(len(data))]
    broken += [data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :] for at in range(len(data))]
    for bad in [*broken, data + b"\0"]:
        with pytest.raises(ParitasError) as error:
            api.QuantizedVectors.from_bytes(bad)
        assert error.value.code == "corrupt_data"


def test_what_is_no_vector_or_no_bytes(api):
    vectors = api.quantize([[1.0, 2.0]])
    for wrong in ("ab", [1, 2], np.zeros(3, "float32"), 7):
        with pytest.raises(TypeError):
            api.hamming_distance(wrong, wrong)
    for wrong in (None, "int8", 3):
        with pytest.raises(TypeError):
            api.quantize(wrong)
    with pytest.raises(TypeError):
        api.quantize([[1.0]], 8)
    with pytest.raises(IndexError):
        vectors[1]
    with pytest.raises(TypeError):
        api.QuantizedVectors()
    assert vectors[-1].tolist() == vectors[0].tolist()
    assert importlib.import_module("paritas").QuantizedVectors is not None
