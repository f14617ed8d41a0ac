import json

import pytest
from paritas import JsonSpan
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome

CASES = load_vectors("json_extract")


def shaped(api, given):
    return [[[start, end], text, repaired] for start, end, text, repaired in api.extract_json_objects(**given)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_extract_json_objects_agrees_with_its_vectors(api, case):
    assert outcome(lambda: shaped(api, case["given"])) == case["expect"]


@pytest.mark.parametrize("case", load_vectors("json_extract_normalize"), ids=lambda case: case["id"])
def test_normalize_json_string_agrees_with_its_vectors(api, case):
    assert outcome(lambda: api.normalize_json_string(**case["given"])) == case["expect"]


def test_spans_slice_the_text_and_values_parse(api):
    text = 'é {"a": "日"} 😀 [1, 2,] then {"b": [1]}'
    found = api.extract_json_objects(text)
    assert all(type(value) is JsonSpan for value in found)
    assert [text[value.start : value.end] for value in found] == ['{"a": "日"}', "[1, 2,]", '{"b": [1]}']
    assert [json.loads(value.json) for value in found] == [{"a": "日"}, [1, 2], {"b": [1]}]
    assert [value.repaired for value in found] == [False, True, False]
    assert [value.value() for value in found] == [{"a": "日"}, [1, 2], {"b": [1]}]


def test_a_lone_surrogate_counts_as_a_replacement_character(api):
    assert api.extract_json_objects('\ud800 {"a": "\udc00"}') == [(2, 12, '{"a": "\ufffd"}', False)]
    assert api.normalize_json_string('{"a": "\udc00"}') == ('{"a": "\ufffd"}', True)


def test_types(api):
    for call in (
        lambda: api.extract_json_objects(b"{}"),
        lambda: api.extract_json_objects("{}", repair=1),
        lambda: api.extract_json_objects("{}", arrays=None),
        lambda: api.normalize_json_string(None),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(TypeError):
        api.extract_json_objects("{}", False)


def test_a_megabyte_takes_linear_time():
    from paritas import _native

    for piece in (
        *(
            "[",
            "{",
            '"',
            "\\",
            '{"a":',
            "[1,",
            "'a' ",
            "[}",
            "{]",
            "{'a'",
            "{a}",
            '["',
            '["{',
            '["\\',
            "[[1]",
            "[1 ",
            "{a:",
        ),
        *('["[1,', "[/*", "{'a': \"", "[']", '{"a": "b" c', "([", "```[", '{"]', "{']}"),
    ):
        text = piece * (1_000_000 // len(piece))
        for options in ({}, {"repair": False}, {"arrays": False}):
            for value in _native.extract_json_objects(text, **options):
                assert value.start < value.end <= len(text)
        closed = text[:300_000] + "]" * 100_000 + "}" * 100_000
        assert all(value.end <= len(closed) for value in _native.extract_json_objects(closed))
