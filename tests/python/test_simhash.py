import numpy as np
import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


def run(api, given):
    call, options = given["call"], given.get("options", {})
    if call == "hash":
        return f"{api.SimHash(**options).hash(given['text']):016x}"
    if call == "hamming":
        return api.SimHash.hamming(int(given["a"], 16), int(given["b"], 16))
    index = api.SimHashIndex(**options)
    for key, value in given["insert"]:
        index.insert(key, int(value, 16))
    for key in given["remove"]:
        index.remove(key)
    assert all(key not in index for key in given["remove"])
    return {"found": [index.query(int(value, 16)) for value in given["query"]], "size": len(index)}


@pytest.mark.parametrize("case", load_vectors("simhash"), ids=lambda case: case["id"])
def test_simhash_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_hashes_are_those_of_all_texts(api):
    made = api.SimHash(k=2)
    texts = ["a b c d", "", "x y"]
    found = made.hashes(texts, threads=2)
    assert found.dtype == np.uint64 and found.tolist() == [made.hash(text) for text in texts]


def test_types(api):
    for call in (
        lambda: api.SimHash(1.5),
        lambda: api.SimHash().hash(b"a"),
        lambda: api.SimHash.hamming(1.5, 2),
        lambda: api.SimHashIndex().insert("a", 1),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    for call in (lambda: api.SimHash.hamming(-1, 0), lambda: api.SimHashIndex().query(2**64)):
        with pytest.raises(ParitasError) as caught:
            call()
        assert caught.value.code == "out_of_range"
