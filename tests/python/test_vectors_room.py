"""Room vectors against its shared cases: every file names the function and its arguments."""

from typing import Any

import numpy as np
import pytest
from vectors import load_vectors, outcome

STEMS = ["dot", "cosine", "distance", "normalize", "matrix", "topk"]
CASES = [(stem, case) for stem in STEMS for case in load_vectors(stem)]


def call(api: Any, given: dict[str, Any]) -> Any:
    function, arguments = getattr(api, given["function"]), given["arguments"]
    if given["function"].endswith("_inplace"):
        (name, values), *_ = arguments.items()
        array = np.array(values, dtype="float32")
        return {"result": function(**{name: array}), "values": array}
    if given["function"] == "top_k_arrays":
        indices, scores = function(**arguments)
        assert indices.dtype == np.int64 and scores.dtype == np.float32 and indices.shape == scores.shape
        return {"indices": indices.ravel(), "scores": scores.ravel()}
    return function(**arguments)


@pytest.mark.parametrize("stem,case", CASES, ids=[f"{stem}-{case['id']}" for stem, case in CASES])
def test_functions_on_vectors_agree_with_their_vectors(api, stem, case):
    assert repr(outcome(lambda: call(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("stem,case", CASES, ids=[f"{stem}-{case['id']}" for stem, case in CASES])
def test_vector_ops_has_the_same_functions(api, stem, case):
    name = case["given"]["function"]
    if not hasattr(api.VectorOps, name):  # a second name of a function that it has
        assert any(getattr(api, name) is getattr(api, other) for other in dir(api.VectorOps) if other[0] != "_")
        return
    assert repr(outcome(lambda: call(api.VectorOps, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("dot_golden"), ids=lambda case: case["id"])
def test_the_golden_bits(api, case):
    n = case["given"]["n"]
    a = np.array([1 / (i + 1) for i in range(n)], dtype="float32")
    b = np.array([(i % 7 - 3) / (i + 2) for i in range(n)], dtype="float32")
    assert {name: getattr(api, name)(a, b) for name in case["expect"]["value"]} == case["expect"]["value"]


@pytest.mark.parametrize("case", load_vectors("embedding_index"), ids=lambda case: case["id"])
def test_embedding_index_agrees_with_its_vectors(api, case):
    def run(given: dict[str, Any]) -> Any:
        index = api.EmbeddingIndex(given["vectors"], given["labels"])
        if "more" in given:
            index.add(given["more"], given["more_labels"])
        return {
            "hits": index.query(given["query"], given["k"], given["threshold"]),
            "similarities": index.similarities(given["query"]),
            "size": len(index),
            "dim": index.dim,
        }

    assert repr(outcome(lambda: run(case["given"]))) == repr(case["expect"])
