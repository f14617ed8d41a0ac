import pickle

import numpy as np
import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


def hashed(data):
    from paritas import _native

    return f"{_native.xxh3_128(data):032x}"


def lsh(api, given):
    sketch, index = api.MinHash(**given["sketch"]), api.MinHashLSH(**given["options"])
    for key, text in given["insert"]:
        index.insert(key, sketch.signature(text))
    for key in given["remove"]:
        index.remove(key)
    data = index.to_bytes()
    again = api.MinHashLSH.from_bytes(data)
    found = [again.query(sketch.signature(text)) for text in given["query"]]
    assert found == [index.query(sketch.signature(text)) for text in given["query"]]
    assert again.to_bytes() == data and pickle.loads(pickle.dumps(index)).to_bytes() == data
    return {"found": found, "shape": [index.num_perm, index.bands, index.rows, len(index)], "bytes": hashed(data)}


def run(api, given):
    call, options = given["call"], given.get("options", {})
    if call == "signature":
        return api.MinHash(**options).signature(given["text"])
    if call == "jaccard":
        return api.MinHash.jaccard(given["a"], np.array(given["b"], dtype="uint32"))
    if call == "sketch":
        left, right = api.MinHash(**options), api.MinHash(**options)
        for text in given["left"]:
            left.update(text)
        for text in given["right"]:
            right.update(text)
        left.merge(right)
        return left.digest()
    if call == "band_keys":
        keys = api.MinHashLSH(**options).band_keys(api.MinHash().signature(given["text"]))
        assert keys.dtype == np.uint64
        return [f"{key:016x}" for key in keys.tolist()]
    return lsh(api, given)


@pytest.mark.parametrize("case", load_vectors("minhash"), ids=lambda case: case["id"])
def test_minhash_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


def test_signatures_are_the_rows_of_all_texts(api):
    made = api.MinHash(num_perm=20)
    texts = ["a b c d", "", "x y z", "é" * 9]
    rows = made.signatures(texts)
    assert rows.shape == (4, 20) and rows.dtype == np.uint32
    for row, text in zip(rows, texts, strict=True):
        assert row.tolist() == made.signature(text).tolist()
    assert made.signatures(texts, threads=3).tolist() == rows.tolist()
    assert made.signatures([]).shape == (0, 20)


def test_estimates_are_near_the_truth():
    """The mean error over 40 pairs stays below three standard deviations of a mean."""
    from paritas import _native

    made = _native.MinHash(num_perm=128, k=1)
    errors = []
    for shared in range(1, 41):
        one = " ".join(f"w{i}" for i in range(40))
        other = " ".join(f"w{i}" for i in range(40 - shared, 80 - shared))
        truth = shared / (80 - shared)
        errors.append(made.jaccard(made.signature(one), made.signature(other)) - truth)
    assert abs(sum(errors) / 40) < 3 * 0.5 / 128**0.5 / 40**0.5


def test_damaged_bytes_are_refused(api):
    index = api.MinHashLSH(num_perm=8, rows=2)
    index.insert(1, list(range(8)))
    data = index.to_bytes()
    for at in range(len(data)):
        with pytest.raises(ParitasError) as caught:
            api.MinHashLSH.from_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert caught.value.code == "corrupt_data"
    for size in (0, 3, 64, len(data) - 1):
        with pytest.raises(ParitasError):
            api.MinHashLSH.from_bytes(data[:size])


def test_membership(api):
    index = api.MinHashLSH(num_perm=4, bands=2)
    index.insert(7, [1, 2, 3, 4])
    assert 7 in index and 8 not in index and len(index) == 1


def test_merging_needs_the_same_options(api):
    with pytest.raises(ParitasError, match="same num_perm, seed, k and shingle"):
        api.MinHash().merge(api.MinHash(seed=2))


def test_types(api):
    made, index = api.MinHash(), api.MinHashLSH()
    for call in (
        lambda: made.signature(b"a"),
        lambda: made.signatures("abc"),
        lambda: made.merge(3),
        lambda: api.MinHash(num_perm=1.5),
        lambda: api.MinHash(shingle=3),
        lambda: api.MinHash.jaccard("ab", [1]),
        lambda: api.MinHash.jaccard([1.5], [1]),
        lambda: index.insert("a", [1]),
        lambda: index.query(None),
        lambda: api.MinHashLSH.from_bytes("text"),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(ParitasError) as caught:
        api.MinHash.jaccard([0, -1], [0, 1])
    assert (caught.value.code, caught.value.offset) == ("out_of_range", 1)
