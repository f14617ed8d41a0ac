import pytest
from paritas import ParitasError
from paritas.results_match import ToolName
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("tool_name"), ids=lambda case: case["id"])
def test_validate_tool_name_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: api.validate_tool_name(**case["given"]))) == repr(case["expect"])


def test_the_answer_is_a_pair(api):
    assert type(api.validate_tool_name("a b")) is ToolName
    assert api.validate_tool_name("a b") == (False, "invalid_characters")


def test_another_type_is_refused(api):
    with pytest.raises(TypeError, match="a str is needed, not bytes") as caught:
        api.validate_tool_name(b"read")
    assert isinstance(caught.value, ParitasError)


def test_a_lone_surrogate_is_no_letter(api):
    assert api.validate_tool_name("a\ud800") == (False, "invalid_characters")
