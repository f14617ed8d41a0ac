import gc
import pickle
import sys

import numpy as np
import pytest
from paritas import ParitasError
from paritas.results_match import Match
from vectors import load_vectors, outcome

KINDS = ["standard", "leftmost_first", "leftmost_longest", "overlapping"]


def built(api, patterns, match_kind="leftmost_longest", case_insensitive=False, whole_words=False):
    return api.AhoCorasick(patterns, match_kind=match_kind, case_insensitive=case_insensitive, whole_words=whole_words)


def pairs(matches):
    return [[match.pattern, [match.start, match.end]] for match in matches]


def all_of(api, given):
    """What every member says of one text; those that must agree with others are compared here."""
    patterns = built(api, *(given[key] for key in ("patterns", "match_kind", "case_insensitive", "whole_words")))
    text = given["text"]
    found = patterns.find_all(text)
    assert patterns.count(text) == len(found)
    assert patterns.contains(text) is bool(found)
    assert patterns.find_first(text) == (found[0] if found else None)
    assert [list(column) for column in patterns.find_arrays(text)] == [
        [getattr(match, name) for match in found] for name in ("pattern", "start", "end")
    ]
    assert patterns.find_all_batch([text, "", text], threads=2) == [found, [], found]
    assert patterns.count_batch([text]) == [len(found)]
    assert patterns.contains_batch([text, ""]) == [bool(found), False]
    assert [match.text for match in found] == [text[match.start : match.end] for match in found]
    assert (patterns.patterns, patterns.pattern_count) == (given["patterns"], len(given["patterns"]))
    assert patterns.match_kind == given["match_kind"]
    again = api.AhoCorasick.from_bytes(patterns.to_bytes())
    assert again.find_all(text) == found
    overlaps = given["match_kind"] == "overlapping"
    return {
        "find_all": pairs(found),
        "count_by_pattern": patterns.count_by_pattern(text),
        "matched_patterns": patterns.matched_patterns(text),
        "replace_all": None if overlaps else patterns.replace_all(text, [f"<{i}>" for i in range(len(patterns))]),
        "to_bytes": patterns.to_bytes().hex(),
    }


@pytest.mark.parametrize("case", load_vectors("aho_corasick"), ids=lambda case: case["id"])
def test_aho_corasick_agrees_with_its_vectors(api, case):
    assert outcome(lambda: all_of(api, case["given"])) == case["expect"]


@pytest.mark.parametrize("case", load_vectors("aho_corasick_stream"), ids=lambda case: case["id"])
def test_a_stream_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    chunks = given.pop("chunks")
    patterns = built(api, **given)
    stream = patterns.stream()
    lists = [*map(stream.feed, chunks), stream.finish()]
    assert {"value": [pairs(matches) for matches in lists]} == case["expect"]
    text = "".join(chunks)
    assert all(match.text == text[match.start : match.end] for matches in lists for match in matches)
    stream.reset()
    assert [*stream.feed(text), *stream.finish()] == patterns.find_all(text)


def test_a_finished_stream_takes_nothing(api):
    stream = api.AhoCorasick(["a"]).stream()
    stream.finish()
    for call in (stream.finish, lambda: stream.feed("a")):
        with pytest.raises(ParitasError, match="this stream is finished") as caught:
            call()
        assert caught.value.code == "stream_finished"


def test_a_match_unpacks_and_is_a_value(api):
    text = "a red fox"
    match = api.AhoCorasick(["red"]).find_first(text)
    assert type(match) is Match
    assert tuple(match) == (0, 2, 5)
    assert match == Match(0, 2, 5) and hash(match) == hash(Match(0, 2, 5)) and match != (0, 2, 5)
    assert repr(match) == "Match(pattern=0, start=2, end=5)"
    assert pickle.loads(pickle.dumps(match)).text == match.text == "red"


def test_matches_leave_no_reference_behind(api):
    text = "x" + "red fox " * 50
    patterns = api.AhoCorasick(["red", "fox"])
    before = sys.getrefcount(text)
    matches = patterns.find_all(text)
    assert len(matches) == 100
    del matches
    gc.collect()
    assert sys.getrefcount(text) == before


def test_arrays_are_of_32_bits(api):
    for array in api.AhoCorasick(["a"]).find_arrays("banana"):
        assert (array.dtype, array.shape) == (np.uint32, (3,))
    for array in api.AhoCorasick(["a"]).find_arrays("x"):
        assert (array.dtype, array.shape) == (np.uint32, (0,))


def test_replacement_by_one_by_many_and_by_a_function(api):
    patterns = api.AhoCorasick(["red", "fox"])
    text = "a red fox 𝔸 red"
    assert patterns.replace_all(text, "-") == "a - - 𝔸 -"
    assert patterns.replace_all(text, ["RED", ""]) == "a RED  𝔸 RED"
    assert patterns.replace_all(text, lambda match: f"[{match.text}@{match.start}]") == "a [red@2] [fox@6] 𝔸 [red@12]"
    assert patterns.replace_all("none", "-") == "none"


def test_replacement_is_refused_where_it_has_no_meaning(api):
    patterns = api.AhoCorasick(["red", "fox"])
    with pytest.raises(ParitasError, match="1 replacements for 2 patterns") as caught:
        patterns.replace_all("x", ["a"])
    assert caught.value.code == "length_mismatch"
    for replacement in ("-", ["-"], str):
        with pytest.raises(ParitasError, match="build with another match_kind") as caught:
            api.AhoCorasick(["a"], match_kind="overlapping").replace_all("a", replacement)
        assert caught.value.code == "kind_unsupported"
    with pytest.raises(TypeError, match="a str is needed, not int"):
        patterns.replace_all("red", lambda match: 1)
    with pytest.raises(ZeroDivisionError):
        patterns.replace_all("red", lambda match: 1 // 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda api: api.AhoCorasick("abc"), "a sequence of str is needed, not str"),
        (lambda api: api.AhoCorasick([b"a"]), "a sequence of str is needed, not bytes"),
        (lambda api: api.AhoCorasick(["a"], case_insensitive=1), "a bool or a str is needed, not int"),
        (lambda api: api.AhoCorasick(["a"], whole_words="yes"), "True or False is needed, not str"),
        (lambda api: api.AhoCorasick(["a"]).find_all(b"a"), "a str is needed, not bytes"),
        (lambda api: api.AhoCorasick(["a"]).find_all_batch("a"), "a sequence of str is needed, not str"),
        (lambda api: api.AhoCorasick(["a"]).replace_all("a", 5), "a sequence of str is needed, not int"),
        (lambda api: api.AhoCorasick(["a"]).stream().feed(None), "a str is needed, not NoneType"),
    ],
)
def test_another_type_is_refused(api, call, message):
    with pytest.raises(TypeError, match=message) as caught:
        call(api)
    assert isinstance(caught.value, ParitasError)


def test_messages_say_what_to_change(api):
    with pytest.raises(ParitasError, match="pattern 1 is empty: leave it out"):
        api.AhoCorasick(["a", ""])
    with pytest.raises(ParitasError, match="standard, leftmost_first, leftmost_longest or overlapping, not longest"):
        api.AhoCorasick(["a"], match_kind="longest")
    with pytest.raises(ParitasError, match="a bool, ascii or unicode, not turkish"):
        api.AhoCorasick(["a"], case_insensitive="turkish")
    with pytest.raises(ParitasError, match="threads must be at least 0"):
        api.AhoCorasick(["a"]).count_batch(["a"], threads=-1)


def test_a_lone_surrogate_counts_as_the_replacement_character(api):
    patterns = api.AhoCorasick(["\ufffd", "b\ud800"])
    text = "a\ud800b\udc00\ufffd"
    assert pairs(patterns.find_all(text)) == [[0, [1, 2]], [1, [2, 4]], [0, [4, 5]]]
    assert patterns.find_all(text)[0].text == "\ud800"  # the text as it is
    assert patterns.replace_all(text, "-") == "a---"


def test_damaged_bytes_are_refused(api):
    data = api.AhoCorasick(["red", "fox"]).to_bytes()
    for at in range(len(data)):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
            with pytest.raises(ParitasError) as caught:
                api.AhoCorasick.from_bytes(damaged)
            assert caught.value.code == "corrupt_data"
    with pytest.raises(ParitasError) as caught:
        api.AhoCorasick.from_bytes(b"PACX" + data[4:])
    assert (caught.value.code, caught.value.offset) == ("corrupt_data", 0)


def test_pickle_keeps_the_options(api):
    patterns = api.AhoCorasick(["Red"], match_kind="overlapping", case_insensitive="unicode", whole_words=True)
    again = pickle.loads(pickle.dumps(patterns))
    assert again.to_bytes() == patterns.to_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_patterns_take_linear_time(api, kind):
    native = "native" in api.__name__
    size = 1_000_000 if native else 4_000
    nested = ["a" * i for i in range(1, 500 if native else 40)] + ["a" * 1000 + "b"]
    if kind == "overlapping":
        nested = ["a", "aa"]
    patterns = api.AhoCorasick(nested, match_kind=kind, whole_words=native)
    assert patterns.count("a" * size) == 0 if native else patterns.count("a" * size) > 0
