import asyncio

import paritas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_dedup import DuplicateBlock, HashedBlock
from vectors import load_vectors, outcome

CASES = load_vectors("dedup")
P = "This is a paragraph that is surely long enough to count here."


def spans(blocks):
    return [
        {"block_index": b.block_index, "hash": b.hash, "span": [b.start, b.end], "first_index": b.first_index}
        for b in blocks
    ]


def run(api, given):
    call, options = given["call"], given.get("options", {})
    if call == "deduplicate":
        return api.deduplicate(given["text"], **options)
    if call == "find_duplicate_blocks":
        return spans(api.find_duplicate_blocks(given["content"], **options))
    if call == "rolling_hash_blocks":
        return [list(block) for block in api.rolling_hash_blocks(given["content"], **options)]
    if call == "StreamingDeduplicator":
        made = api.StreamingDeduplicator(**options)
        return {"outputs": [made.add_chunk(c) for c in given["chunks"]], "end": made.flush(), "stats": made.get_stats()}
    made = api.OutputDeduplicator(**options)
    outputs = [made.process(output) for output in given["outputs"]]
    return {"outputs": outputs, "removed": made.duplicates_removed, "stats": made.get_stats()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_dedup_agrees_with_its_vectors(api, case):
    assert repr(outcome(lambda: run(api, case["given"]))) == repr(case["expect"])


WHOLE = [case for case in CASES if case["given"]["call"] == "deduplicate" and "value" in case["expect"]]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case["id"])
def test_no_cut_changes_a_text(api, case):
    text, options = case["given"]["text"], {"window_size": 0, **case["given"].get("options", {})}
    for cut in range(len(text) + 1):
        made = api.StreamingDeduplicator(**options)
        out = [made.add_chunk(text[:cut]), made.add_chunk(text[cut:]), made.flush()]
        assert "".join(part or "" for part in out) == case["expect"]["value"], cut
    made = api.StreamingDeduplicator(**options)
    assert "".join(made.add_chunk(ch) or "" for ch in text) + made.flush() == case["expect"]["value"]


PIECES = ["ab", "Ab.", "\n\n", "\n", "\r\n", "\r", "```", "``", "~~~", "`", "  ", "\t", "é𝔸", "x y z " * 9]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=24), st.integers(1, 9))
def test_blocks_and_what_is_between_make_up_the_text(pieces, max_block):
    """Numbered blocks are never equal, so nothing may be lost; and what is left repeats nothing."""
    from paritas import _native

    text = "".join(f"{piece}{i}" if piece.isalnum() else piece for i, piece in enumerate(pieces))
    for most in (max_block, 65536):
        blocks = [block.hash for block in _native.rolling_hash_blocks(text, 0)]
        if len(set(blocks)) == len(blocks):
            assert _native.deduplicate(text, min_block_length=0, max_block=most) == text


def test_the_same_text_is_the_same_object():
    from paritas import _native

    text = f"{P}\n\nmore"
    assert _native.deduplicate(text) is text


def test_records(api):
    text = f"{P}\n\n{P}"
    (found,) = api.find_duplicate_blocks(text)
    assert type(found) is DuplicateBlock and text[found.start : found.end] == P
    assert [type(block) for block in api.rolling_hash_blocks(text)] == [HashedBlock] * 2


def test_after_the_end(api):
    made = api.StreamingDeduplicator()
    made.flush()
    for call in (lambda: made.add_chunk("a"), made.flush):
        with pytest.raises(ParitasError, match="call reset") as caught:
            call()
        assert caught.value.code == "stream_finished"
    made.reset()
    assert made.add_chunk(f"{P}\n\n") == P and made.flush() == "\n\n"


def test_outputs_come_in_pieces_and_stay_known(api):
    made = api.OutputDeduplicator()
    assert made.process_chunk(P) is None
    assert made.process_chunk("\n\n") == P
    assert made.flush() == "\n\n"
    assert made.process(P) == "" and made.duplicates_removed == 1
    made.reset()
    assert made.process(P) == P and made.get_stats()["duplicates_removed"] == 0


def test_lone_surrogates_are_replaced(api):
    assert api.deduplicate("\ud800a") == "\ufffda"
    made = api.StreamingDeduplicator(min_block_length=1)
    assert (made.add_chunk("a\n\n\udc00") or "") + made.flush() == "a\n\n\ufffd"


def test_types_and_messages(api):
    with pytest.raises(ParitasError, match="max_block must be at least 1, not 0"):
        api.StreamingDeduplicator(max_block=0)
    for call in (
        lambda: api.deduplicate(None),
        lambda: api.deduplicate("a", window_size=1.5),
        lambda: api.deduplicate("a", code=1),
        lambda: api.find_duplicate_blocks(3),
        lambda: api.StreamingDeduplicator().add_chunk(b"a"),
        lambda: api.OutputDeduplicator().process(None),
        lambda: api.OutputDeduplicator(normalize_whitespace="yes"),
    ):
        with pytest.raises(ParitasTypeError):
            call()


def test_deduplicate_stream():
    closed = []

    def source():
        try:
            yield from [P[:9], P[9:] + "\n\n", P, "\n\nend"]
        finally:
            closed.append(1)

    assert "".join(paritas.deduplicate_stream(source())) == f"{P}\n\nend"
    stream = paritas.deduplicate_stream(source())
    assert next(stream) == P
    stream.close()
    assert closed == [1, 1]
    with pytest.raises(ParitasError, match="window_size must be at least 0"):
        paritas.deduplicate_stream([], window_size=-1)
    with pytest.raises(ParitasTypeError, match="an iterable of str is needed, not str"):
        paritas.deduplicate_stream("abc")


def test_adeduplicate_stream():
    async def source():
        for piece in [P, "\n\n", P.upper(), "\n"]:
            yield piece

    async def run():
        return [piece async for piece in paritas.adeduplicate_stream(source())]

    assert "".join(asyncio.run(run())) == f"{P}\n"
    with pytest.raises(ParitasTypeError):
        paritas.adeduplicate_stream([P])


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4_000_000,
        "a\n" * 2_000_000,
        " " * 4_000_000 + "x",
        "`" * 4_000_000,
        "```\n" * 1_000_000,
        "a\n\n" * 1_300_000,
        ("漢" * 60_000 + "\n") * 20,
    ],
    ids=["letters", "lines", "blanks", "marks", "fences", "blocks", "han"],
)
def test_megabytes_run_to_their_end(text):
    from paritas import _native

    expected = _native.deduplicate(text, min_block_length=1)
    made = _native.StreamingDeduplicator(0, 1)
    out = [made.add_chunk(text[at : at + 777]) or "" for at in range(0, len(text), 777)]
    assert "".join(out) + made.flush() == expected
