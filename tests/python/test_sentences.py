import pytest
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("sentences"), ids=lambda case: case["id"])
def test_sentences_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.sentences(**case["given"]))) == repr(case["expect"])
