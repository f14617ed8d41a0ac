import base64
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native, reference
from paritas.errors import ParitasError, ParitasTypeError
from paritas.results_repair import Change, RepairResult
from vectors import load_vectors, outcome

APIS = [_native, reference]
DATA = Path(os.environ.get("PARITAS_DATA", Path(__file__).parents[3] / "shared" / "data")) / "json"
PIECES = (
    '{ } [ ] ( ) : , " \' ` \\ a 1 0 . - + e true None null "a" "b": {"a": \'k\': // /* */ # ... “ ” ‘ ’ ， ： \\" \\u '
    '\\ud83d """ f( é 😀 = => tru 1,234 NaN \ud800 ; u" ```json ``` key: 0x1F \\n'
).split()
DOCUMENTS = [
    '{"a": [1, 2.5, {"b": "x\\n\\u00e9\\ud83d\\ude00"}], "c": null, "d": true, "e": {}, "g": "say \\"hi\\", ok"}',
    '[-1e5, {"h": -0.5}]',
    '[[["a","b"],[]],{"k":{"z":[false]}}]',
    '  {"x" : "y" }\n',
    '"top \\u0041"',
    '[1,"two, \\"three\\": 4",{"5":6}]',
]
broken = st.lists(st.sampled_from([*PIECES, " ", "\n", "\u00a0", "\x01"]), max_size=30).map("".join)


def _plain(result):
    fields = result._asdict()
    fields["changes"] = [{"kind": change.kind, "span": [change.start, change.end]} for change in result.changes]
    return fields


@pytest.mark.parametrize("case", load_vectors("json_repair"), ids=lambda case: case["id"])
def test_repair_json_report_agrees_with_its_vectors(api, case):
    text, options = case["given"]["input"], case["given"]["options"]
    got = outcome(lambda: _plain(api.repair_json_report(text, **options)))
    assert repr(got) == repr(case["expect"])
    if "error" in got:
        return
    options = {key: value for key, value in options.items() if key != "max_changes"}
    assert api.repair_json(text, **options) == got["value"]["text"]
    try:
        value = json.loads(got["value"]["text"])
    except RecursionError:
        with pytest.raises(ParitasError, match="too deep"):
            api.repair_json_loads(text, **options)
    else:
        assert repr(api.repair_json_loads(text, **options)) == repr(value)


@pytest.mark.parametrize("case", load_vectors("json_scan"), ids=lambda case: case["id"])
def test_is_valid_json_and_get_json_type_agree_with_their_vectors(api, case):
    text, expected = case["given"]["s"], case["expect"]["value"]
    assert {"valid": api.is_valid_json(text), "type": api.get_json_type(text)} == expected


@pytest.mark.parametrize("case", load_vectors("json_stream"), ids=lambda case: case["id"])
def test_json_stream_agrees_with_its_vectors(api, case):
    def run():
        stream = api.JsonStream(**case["given"]["options"])
        steps = []
        for chunk in case["given"]["chunks"]:
            assert stream.feed(chunk) is None
            steps.append([stream.snapshot(), stream.path(), stream.complete])
        result = stream.finish()
        assert stream.snapshot() == result.text
        return {"steps": steps, "text": result.text, "changes": result.change_count}

    assert outcome(run) == case["expect"]


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=300, deadline=None)
@given(broken)
def test_any_text_becomes_valid_json_that_stays(api, text):
    for options in ({}, {"partial": True}, {"multiple": "first", "non_finite": "string", "max_depth": 3}):
        result = api.repair_json_report(text, **options)
        assert api.is_valid_json(result.text)
        assert api.repair_json_report(result.text) == RepairResult(result.text, True, False, [], 0, False, False)
        assert [change.start for change in result.changes] == sorted(change.start for change in result.changes)
        assert all(0 <= change.start <= change.end <= len(text) for change in result.changes)
        assert result.changed == (result.text != text)


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.integers(0, 3),
    st.booleans(),
)
def test_valid_json_comes_back_as_it_is(api, value, indent, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent or None)
    if any("\ud800" <= ch <= "\udfff" for ch in text):
        return
    assert api.repair_json(text) is text
    assert api.repair_json_report(text).text is text
    assert api.repair_json_loads(text) == json.loads(text)


def _grows(before, after):
    if isinstance(before, str):
        return isinstance(after, str) and after.startswith(before)
    if isinstance(before, dict):
        return isinstance(after, dict) and all(key in after and _grows(before[key], after[key]) for key in before)
    if isinstance(before, list):
        return isinstance(after, list) and len(after) >= len(before) and all(map(_grows, before, after))
    return before == after and type(before) is type(after)


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("text", DOCUMENTS)
def test_snapshots_of_valid_json_only_grow(api, text):
    stream, before = api.JsonStream(), None
    for end in range(len(text) + 1):
        report = api.repair_json_report(text[:end], partial=True)
        assert stream.snapshot() == report.text
        assert stream.complete == (report.ok and not report.truncated)
        if report.ok:
            value = json.loads(report.text)
            assert before is None or _grows(before[0], value)
            before = [value]
        stream.feed(text[end : end + 1])
    assert stream.finish().text == text


@pytest.mark.parametrize("api", APIS)
@settings(max_examples=100, deadline=None)
@given(broken | st.sampled_from(DOCUMENTS), st.lists(st.integers(0, 200), max_size=5))
def test_a_stream_does_not_depend_on_its_cuts(api, text, cuts):
    stream, at = api.JsonStream(), 0
    for cut in [*sorted(cuts), len(text)]:
        stream.feed(text[at:cut])
        at = max(at, min(cut, len(text)))
        assert stream.snapshot() == api.repair_json(text[:at], partial=True)
    assert stream.finish() == api.repair_json_report(text)


def test_a_finished_stream_takes_no_more(api):
    stream = api.JsonStream()
    stream.feed("[1")
    stream.finish()
    for call in (stream.finish, lambda: stream.feed("")):
        with pytest.raises(ParitasError) as caught:
            call()
        assert caught.value.code == "stream_finished"
    assert (stream.snapshot(), stream.path()) == ("[1]", "")
    stream.reset()
    stream.feed('{"b": "c')
    assert (stream.snapshot(), stream.path(), stream.complete) == ('{"b": "c"}', "/b", False)


def test_lone_surrogates_are_mended(api):
    assert not api.is_valid_json('"\ud800"') and api.is_valid_json('"\ufffd"') and api.is_valid_json('"\\ud800"')
    result = api.repair_json_report('["\ud800é😀\udc00"]')
    assert result.text == '["\ufffdé😀\ufffd"]'
    assert result.changes == [Change("escape", 2, 3), Change("escape", 5, 6)]
    stream = api.JsonStream()
    stream.feed('["\ud800')
    stream.feed("a")
    assert stream.snapshot() == '["\ufffda"]'


def test_whole_numbers_keep_all_digits(api):
    digits = "1" + "0" * 5000 + "7"
    assert api.repair_json_loads(f"[-{digits},]") == [-(10**5001 + 7)]
    assert (
        repr(api.repair_json_loads('{"a": 1e400, "b": 12345678901234567890}'))
        == "{'a': inf, 'b': 12345678901234567890}"
    )


def test_other_types_are_refused(api):
    for call in (
        lambda: api.repair_json(b"{}"),
        lambda: api.is_valid_json(None),
        lambda: api.get_json_type(1),
        lambda: api.repair_json_report("", partial=1),
        lambda: api.repair_json_report("", multiple=1),
        lambda: api.JsonStream().feed(b""),
    ):
        with pytest.raises(ParitasTypeError):
            call()


def test_the_json_test_suite(api):
    cases = json.loads((DATA / "jsontestsuite.json").read_text("utf-8"))
    seen = {"y": 0, "n": 0, "i": 0}
    for case in cases:
        raw = base64.b64decode(case["bytes_b64"])
        # Bytes that are no UTF-8 come to Python as surrogates do: nothing valid has them.
        text = raw.decode("utf-8", "surrogateescape")
        result = api.repair_json_report(text)
        assert api.is_valid_json(result.text), case["name"]
        kind = case["name"][0]
        seen[kind] += 1
        if kind == "y":
            assert api.is_valid_json(text) and result.text is text, case["name"]
        if kind == "n":
            assert not api.is_valid_json(text), case["name"]
            assert result.changed, case["name"]
    assert all(seen.values())


@pytest.mark.parametrize(
    "unit", ["[", "{", '"', "\\", "'a' ", '{"a":', ",", "[1,", '","', '{"a:1,', "f(", "```\n", '\n"a,']
)
def test_hostile_texts_are_read_to_their_end(unit):
    for before in ("", "[", '{"k":"'):
        assert _native.is_valid_json(_native.repair_json(before + unit * (1_000_000 // len(unit))))
        assert reference.is_valid_json(reference.repair_json(before + unit * (10_000 // len(unit))))
