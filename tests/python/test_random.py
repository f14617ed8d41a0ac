import pytest
from paritas import _native
from paritas.reference import random
from vectors import load_vectors


@pytest.mark.parametrize("api", [_native, random], ids=["native", "reference"])
@pytest.mark.parametrize("case", load_vectors("random"), ids=lambda case: case["id"])
def test_random_agrees_with_its_vectors(api, case):
    given = case["given"]
    nexts, belows, units = (api.Random(int(given["seed"], 16)) for _ in range(3))
    draws = range(given["draws"])
    value = {
        "next": [f"{nexts.next():016x}" for _ in draws],
        "below": [belows.below(given["count"]) for _ in draws],
        "unit": [units.unit() for _ in draws],
    }
    assert repr({"value": value}) == repr(case["expect"])
