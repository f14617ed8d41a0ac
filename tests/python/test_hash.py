import pytest
from paritas import _native
from paritas.reference import random, xxh3
from vectors import load_vectors


@pytest.mark.parametrize("api", [_native, xxh3], ids=["native", "reference"])
@pytest.mark.parametrize("case", load_vectors("hash"), ids=lambda case: case["id"])
def test_xxh3_agrees_with_its_vectors(api, case):
    draws = random.Random(case["given"]["size"])
    data = bytes(draws.next() & 255 for _ in range(case["given"]["size"]))
    seed = int(case["given"]["seed"], 16)
    value = {"xxh3_64": f"{api.xxh3_64(data, seed):016x}", "xxh3_128": f"{api.xxh3_128(data, seed):032x}"}
    assert {"value": value} == case["expect"]


@pytest.mark.parametrize("seed", [0, 1, 0x9E3779B97F4A7C15, 2**64 - 1])
def test_the_reference_hashes_every_length_as_the_library_does(seed):
    draws = random.Random(7)
    data = bytes(draws.next() & 255 for _ in range(3100))
    for size in [*range(600), *range(1000, 1100), *range(2040, 2060), 3072, 3073, 3100]:
        assert xxh3.xxh3_64(data[:size], seed) == _native.xxh3_64(data[:size], seed), size
        assert xxh3.xxh3_128(data[:size], seed) == _native.xxh3_128(data[:size], seed), size
