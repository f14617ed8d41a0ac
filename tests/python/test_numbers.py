import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("numbers"), ids=lambda case: case["id"])
def test_extract_numbers_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.extract_numbers(**case["given"]))) == repr(case["expect"])
