"""Native extraction and coercion against the reference; what holds for any text."""

import json

import paritas._native as native
import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = [
    *(
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        '"',
        "'",
        "`",
        ":",
        ",",
        " ",
        "\n",
        "\\",
        "a",
        "b c",
        "true",
        "None",
        "1",
        "-2.5",
        "[1]",
    ),
    *(
        '"a": 1',
        '{"a": 1}',
        "{'b': 2}",
        "[1, 2]",
        '"x [y] {z}"',
        "\\u00e9",
        "é",
        "😀",
        "\ud800",
        "\x01",
        "// c",
        "/*",
        "*/",
    ),
    *("```json\n", "\n```", "...", '\\"', ": {", "Here is it: ", "“", "”", "\u00a0"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=20).map("".join)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.booleans(), st.booleans())
def test_extraction_agrees(text, repair, arrays):
    found = native.extract_json_objects(text, repair=repair, arrays=arrays)
    assert found == reference.extract_json_objects(text, repair=repair, arrays=arrays)
    end = 0
    for value in found:
        assert end <= value.start < value.end <= len(text)
        assert text[value.start] in ("{[" if arrays else "{")
        assert isinstance(json.loads(value.json), dict if not arrays else dict | list)
        assert value.repaired <= repair
        end = value.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_normalizing_agrees(text):
    result = native.normalize_json_string(text)
    assert result == reference.normalize_json_string(text)
    json.loads(result[0])


NUMBERS = st.from_regex(r"\A\s?-?[0-9]{1,19}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?\s?\Z")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
).map(json.dumps)


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.one_of(NUMBERS, JSON, TEXTS, st.sampled_from(["true", "None ", "\u2003null", "1e400", "5e-324"])), max_size=4
    )
)
def test_coercion_agrees(strings):
    values = native.batch_coerce_string_types(strings)
    assert values == reference.batch_coerce_string_types(strings)
    for value in values:
        json.loads(value.json)
