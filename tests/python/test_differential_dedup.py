"""Native against the reference on random texts: blocks, hashes, sketches."""

import importlib

from hypothesis import given, settings
from hypothesis import strategies as st

native = importlib.import_module("paritas._native")
reference = importlib.import_module("paritas.reference")

PIECES = [
    "ab",
    "ab",
    "\n\n",
    "\n\n",
    "\n",
    "\r\n\r\n",
    "\n```\nab\n```\n",
    "```",
    "``",
    "~~~\n",
    "   ",
    "\r",
    "İX",
    "é. ",
    "\ud800",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join) | st.text(max_size=40)
WORDS = st.lists(st.sampled_from(["one", "Two", "drei,", "漢字", "É", "x1", ".", "\n"]), max_size=14).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 3), st.integers(0, 4), st.sampled_from([1, 2, 3, 5, 9, 1000]), st.booleans(), st.data())
def test_blocks(text, window, least, most, code, data):
    options = {"window_size": window, "min_block_length": least, "max_block": most, "code": code}
    assert native.deduplicate(text, **options) == reference.deduplicate(text, **options)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    one, other = native.StreamingDeduplicator(**options), reference.StreamingDeduplicator(**options)
    assert [one.add_chunk(part) for part in parts] == [other.add_chunk(part) for part in parts]
    assert one.flush() == other.flush() and one.get_stats() == other.get_stats()
    assert native.rolling_hash_blocks(text, least) == reference.rolling_hash_blocks(text, least)
    assert native.find_duplicate_blocks(text, least) == reference.find_duplicate_blocks(text, least)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.booleans(), st.booleans(), st.booleans())
def test_hashes_of_contents(text, one_space, lower, bare):
    made = [api.ContentHasher(one_space, lower, 32, bare) for api in (native, reference)]
    assert made[0].normalize(text) == made[1].normalize(text)
    assert made[0].hash(text) == made[1].hash(text)


@settings(max_examples=150, deadline=None)
@given(WORDS | st.text(max_size=200), st.integers(1, 40), st.integers(1, 4), st.sampled_from(["word", "char"]))
def test_signatures(text, num_perm, k, shingle):
    made = [api.MinHash(num_perm, 5, k, shingle) for api in (native, reference)]
    assert made[0].signature(text).tolist() == made[1].signature(text).tolist()
    assert native.SimHash(k).hash(text) == reference.SimHash(k).hash(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=7), st.floats(0.0, 1.0), st.sampled_from(["minhash", "simhash"]))
def test_near_duplicates(texts, threshold, method):
    options = {"num_perm": 32, "k": 2, "threads": 1}
    pairs = [api.near_duplicates(texts, threshold, method, **options) for api in (native, reference)]
    assert pairs[0] == pairs[1]
    groups = [api.near_duplicate_groups(texts, threshold, method, **options) for api in (native, reference)]
    assert groups[0] == groups[1]
