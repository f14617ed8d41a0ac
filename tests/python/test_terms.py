import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("terms"), ids=lambda case: case["id"])
def test_terms_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.terms(**case["given"]))) == repr(case["expect"])
