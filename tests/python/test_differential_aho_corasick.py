"""AhoCorasick: the native module against the reference, and any cut of a stream against the whole text."""

import itertools
import struct

import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import _native

ALPHABETS = ["ab", "ab -", "kK\u212asS\u017f ", "ßẞȺⱥ本_", "\ufffda\u20ac ", "𐐀𐐨q\0\u0e01\u0301"]


@st.composite
def cases(draw):
    letters = draw(st.sampled_from(ALPHABETS))
    patterns = draw(st.lists(st.text(letters, min_size=1, max_size=6), max_size=8))
    pieces = st.one_of(st.text(letters, max_size=6), st.sampled_from(patterns or [""]))
    options = {
        "match_kind": draw(st.sampled_from(["standard", "leftmost_first", "leftmost_longest", "overlapping"])),
        "case_insensitive": draw(st.sampled_from([False, True, "unicode"])),
        "whole_words": draw(st.booleans()),
    }
    return patterns, "".join(draw(st.lists(pieces, max_size=10))), options


@settings(max_examples=300, deadline=None)
@given(cases())
def test_native_and_reference_agree(case):
    patterns, text, options = case
    one, other = (api.AhoCorasick(patterns, **options) for api in (_native, reference))
    assert one.find_all(text) == other.find_all(text)
    assert one.count(text) == other.count(text)
    assert one.count_by_pattern(text) == other.count_by_pattern(text)
    assert one.matched_patterns(text) == other.matched_patterns(text)
    assert one.to_bytes() == other.to_bytes()


@settings(max_examples=300, deadline=None)
@given(cases(), st.lists(st.integers(0, 60), max_size=12))
def test_streams_settle_alike_however_they_are_cut(case, cuts):
    patterns, text, options = case
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    chunks = [text[a:b] for a, b in itertools.pairwise(places)]
    told = []
    for api in (_native, reference):
        stream = api.AhoCorasick(patterns, **options).stream()
        told.append([*map(stream.feed, chunks), stream.finish()])
    assert told[0] == told[1]
    assert [match for matches in told[0] for match in matches] == _native.AhoCorasick(patterns, **options).find_all(
        text
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_load_alike(data):
    def loaded(api, data):
        try:
            return api.AhoCorasick.from_bytes(data).to_bytes()
        except ValueError as error:
            return error.code, error.offset, str(error)

    body = b"PACM\x01" + data
    for whole in (data, body, body + struct.pack("<Q", reference.xxh3.xxh3_64(body))):
        assert loaded(_native, whole) == loaded(reference, whole)
