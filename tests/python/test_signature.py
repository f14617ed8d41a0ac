import enum
import math

import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("signature"), ids=lambda case: case["id"])
def test_compute_signature_agrees_with_its_vectors(api, case):
    given = case["given"]
    assert outcome(lambda: api.compute_signature(**given)) == case["expect"]
    options = {"length": given["length"]} if "length" in given else {}
    batch = outcome(lambda: api.compute_batch_signatures([(given["tool_name"], given["arguments"])], **options))
    if "value" in batch:
        batch["value"] = batch["value"][0]
    assert batch == case["expect"]


@pytest.mark.parametrize("case", load_vectors("signature_canonical"), ids=lambda case: case["id"])
def test_canonical_json_agrees_with_its_vectors(api, case):
    assert outcome(lambda: api.canonical_json(case["given"]["value"])) == case["expect"]


@pytest.mark.parametrize("case", load_vectors("signature_similarity"), ids=lambda case: case["id"])
def test_call_similarity_agrees_with_its_vectors(api, case):
    given = case["given"]
    assert repr(outcome(lambda: api.call_similarity(**given))) == repr(case["expect"])
    turned = (given["name2"], given["args2"], given["name1"], given["args1"])
    assert api.call_similarity(*turned) == case["expect"]["value"]


class Colour(str, enum.Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1, [2], ()), "[1,[2],[]]"),
        ({3, 1, 20, "a"}, '["a",1,20,3]'),
        ({frozenset({2, 1}), (5,)}, "[[1,2],[5]]"),
        ({1: "a", None: 0, 2.5: 1, "x": {}}, '{"1":"a","2.5":1,"null":0,"x":{}}'),
        (Colour.RED, '"red"'),
        (True, "true"),
        (10**30, "1" + "0" * 30),
        (-(2**64), "-18446744073709551616"),
        (1e22, "1e+22"),
        ("\ud83d\ude00\udfff", '"\ufffd\ufffd\ufffd"'),
        (float("-0.0"), "0"),
    ],
)
def test_values_of_python(api, value, text):
    assert api.canonical_json(value) == text


def failure(call):
    with pytest.raises(ParitasError) as caught:
        call()
    return caught.value.code, caught.value.offset, str(caught.value)


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ({"a": [0, b"x"]}, "unsupported_type", "bytes at /a/1 has no form in JSON: map it with default"),
        (object(), "unsupported_type", "object at the top has no form in JSON: map it with default"),
        (
            [{(1, 2): 1}],
            "unsupported_type",
            "a key at /0 must be text, a number, a boolean or null, not tuple",
        ),
        ({"a/b~": {"": math.nan}}, "not_canonical", "the number at /a~1b~0/ must be finite"),
        ({math.inf: 1}, "not_canonical", "the number at the top must be finite"),
        ([{1: 0, "1": 0}], "duplicate_key", "two keys of the object at /0 are the same: change one"),
        ([0, {1: 0, "a": {True: 0, "true": 0}}], "duplicate_key", "two keys of the object at /1/a"),
        ([{(1, b"x")}], "unsupported_type", "bytes at /0/*/1 has no form"),
        ({"x" * 500: b""}, "unsupported_type", "bytes at /" + "x" * 199 + "... has no form"),
        ({"é" * 500: b""}, "unsupported_type", "bytes at /" + "é" * 199 + "... has no form"),
        (["\n", {"\n": b""}], "unsupported_type", "bytes at /1/\\n has no form"),
    ],
)
def test_what_has_no_form_is_refused_with_its_place(api, value, code, message):
    found = failure(lambda: api.canonical_json(value))
    assert found[:2] == (code, 0)
    assert found[2].startswith(message)


def test_the_largest_whole_number(api):
    assert api.canonical_json(10**5000) == "1" + "0" * 5000  # Python itself writes no more than 4300 digits
    assert len(api.canonical_json((1 << 262_144) - 1)) == 78914
    assert failure(lambda: api.canonical_json([1 << 262_144]))[::2] == (
        "limit_exceeded",
        "the whole number at /0 must have at most 262144 bits",
    )


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


def test_depth_and_cycles(api):
    assert api.canonical_json(nested(1000)) == "[" * 1000 + "1" + "]" * 1000
    code, _, message = failure(lambda: api.canonical_json(nested(1001)))
    assert code == "depth_limit" and "/0/0... nesting is deeper than 1000 levels" in message
    assert failure(lambda: api.canonical_json(nested(200_000)))[0] == "depth_limit"
    ring = {}
    ring["a"] = [ring]
    assert failure(lambda: api.canonical_json(ring))[0] == "depth_limit"
    assert failure(lambda: api.compute_signature("x", nested(1000)))[0] == "depth_limit"
    assert len(api.compute_signature("x", nested(999))) == 32
    mirror = []
    assert failure(lambda: api.canonical_json([object()], default=lambda _: [object(), mirror]))[0] == "depth_limit"


def test_default_takes_the_place_once(api):
    assert api.canonical_json([b"x", {"a": 1j}], default=repr) == '["b\'x\'",{"a":"1j"}]'
    assert api.canonical_json(b"x", default=lambda value: [value.decode()]) == '["x"]'
    assert failure(lambda: api.canonical_json(b"x", default=lambda value: value))[0] == "unsupported_type"
    assert failure(lambda: api.canonical_json({b"x": 1}, default=repr))[0] == "unsupported_type"
    with pytest.raises(ZeroDivisionError):
        api.canonical_json([b"x"], default=lambda value: 1 // 0)
    assert api.compute_signature("a", b"x", default=repr) == api.compute_signature("a", "b'x'")


def test_a_container_that_default_changes_meanwhile(api):
    items = [object(), 1, 2, 3]
    assert api.canonical_json(items, default=lambda _: items.clear() or 0) in ("[0]", "[0,1,2,3]")


def test_a_batch_names_the_call(api):
    calls = [("a", {"x": 1}), ["b", None]]
    assert api.compute_batch_signatures(calls) == [api.compute_signature(*call) for call in calls]
    assert api.compute_batch_signatures(iter(calls), length=9) == [
        api.compute_signature(*call, length=9) for call in calls
    ]
    assert api.compute_batch_signatures([]) == []
    assert failure(lambda: api.compute_batch_signatures([*calls, ("c", {"k": [b""]})]))[1:] == (
        2,
        "bytes at /k/0 has no form in JSON: map it with default",
    )
    for wrong in ("ab", [("a",)], ["ab"], [("a", 1, 2)], [(1, 2)], 5):
        with pytest.raises(ParitasTypeError):
            api.compute_batch_signatures(wrong)
    with pytest.raises(ParitasTypeError) as caught:
        api.compute_batch_signatures([*calls, (b"a", 1)])
    assert (caught.value.offset, str(caught.value)) == (2, "a str is needed, not bytes")


def test_types(api):
    for call in (
        lambda: api.compute_signature(1, {}),
        lambda: api.compute_signature("a", {}, length="8"),
        lambda: api.signature_similarity("a", None),
        lambda: api.call_similarity("a", 1, 2, 3),
    ):
        with pytest.raises(ParitasTypeError):
            call()
    assert api.signature_similarity("ab", "ab") == 1.0
    assert api.signature_similarity("ab", "ac") == 0.0
    with pytest.raises(ParitasError):
        api.call_similarity("a", b"", "b", 1)
