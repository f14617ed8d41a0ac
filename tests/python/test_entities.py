import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("entities"), ids=lambda case: case["id"])
def test_extract_entities_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.extract_entities(**case["given"]))) == repr(case["expect"])
