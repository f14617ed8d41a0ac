import json

import pytest
from paritas import CoercedValue, ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome

CASES = load_vectors("coerce")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_coerce_string_type_agrees_with_its_vectors(api, case):
    assert outcome(lambda: api.coerce_string_type(**case["given"])) == case["expect"]


def test_a_batch_is_each_of_them(api):
    strings = [case["given"]["s"] for case in CASES]
    values = api.batch_coerce_string_types(strings, threads=2)
    assert values == [api.coerce_string_type(s) for s in strings]
    assert all(type(value) is CoercedValue for value in values)
    assert api.batch_coerce_string_types(iter(["1"])) == [("number", "1", True)]
    assert api.batch_coerce_string_types([]) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_nothing_is_lost(case):
    value = case["expect"]["value"]
    parsed = json.loads(value["json"])
    if value["type"] == "string":
        assert parsed == case["given"]["s"]
    else:
        assert type(parsed) is not str


def test_a_lone_surrogate_is_a_replacement_character(api):
    assert api.coerce_string_type("a\ud800") == ("string", '"a\ufffd"', True)
    assert api.coerce_string_type('{"a": "\ud800"}') == ("object", '{"a": "\ufffd"}', True)


def test_types_and_messages(api):
    for call in (
        lambda: api.coerce_string_type(1),
        lambda: api.coerce_string_type(None),
        lambda: api.batch_coerce_string_types("abc"),
        lambda: api.batch_coerce_string_types([1]),
        lambda: api.batch_coerce_string_types(["1"], threads=1.5),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.batch_coerce_string_types(["1"], threads=-1)
