import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("polarity"), ids=lambda case: case["id"])
def test_extract_cues_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.extract_cues(**case["given"]))) == repr(case["expect"])
