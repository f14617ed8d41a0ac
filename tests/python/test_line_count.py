import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("line_count"), ids=lambda case: case["id"])
def test_count_lines_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.count_lines(**case["given"]))) == repr(case["expect"])


def test_another_type_is_refused(api):
    with pytest.raises(TypeError, match="a str is needed, not bytes") as caught:
        api.count_lines(b"read")
    assert isinstance(caught.value, ParitasError)


def test_a_lone_surrogate_is_no_trouble(api):
    assert api.count_lines("\ud800\n") == 2
