"""The native repair of JSON against the reference, on texts that are nearly JSON."""

from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from test_json_repair import DOCUMENTS, PIECES

odd = st.sampled_from([*PIECES, " ", "\n", "\r\n", "\u00a0", "\u200b", "\x01", "\x00", " " * 300, "z" * 300, "é" * 260])


@st.composite
def mutated(draw):
    text = draw(st.sampled_from(DOCUMENTS) | st.lists(odd, max_size=30).map("".join))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + "".join(draw(st.lists(odd, max_size=2))) + text[at + draw(st.integers(0, 3)) :]
    return text


@settings(max_examples=500, deadline=None)
@given(
    mutated(),
    st.fixed_dictionaries(
        {},
        optional={
            "partial": st.booleans(),
            "multiple": st.sampled_from(["array", "first"]),
            "non_finite": st.sampled_from(["null", "string"]),
            "max_depth": st.integers(1, 4),
            "max_changes": st.integers(0, 5),
        },
    ),
)
def test_repair_json_report(text, options):
    assert _native.repair_json_report(text, **options) == reference.repair_json_report(text, **options)
    assert _native.is_valid_json(text) == reference.is_valid_json(text)
    assert _native.get_json_type(text) == reference.get_json_type(text)


@settings(max_examples=150, deadline=None)
@given(mutated(), st.integers(1, 9), st.integers(1, 5))
def test_json_stream(text, size, max_depth):
    native, plain = _native.JsonStream(max_depth=max_depth), reference.JsonStream(max_depth=max_depth)
    for at in range(0, len(text), size):
        for stream in (native, plain):
            stream.feed(text[at : at + size])
        assert (native.snapshot(), native.path(), native.complete) == (plain.snapshot(), plain.path(), plain.complete)
    assert native.finish() == plain.finish()
