import asyncio
import itertools
import random

import paritas
import pytest
from paritas.errors import ParitasError, ParitasTypeError
from vectors import load_vectors, outcome, plain


def merged(results):
    segments = []
    for result in results:
        kinds = [segment.kind for segment in result.segments]
        assert all(one != other for one, other in itertools.pairwise(kinds)), "two neighbours of one kind"
        assert all(segment.text for segment in result.segments)
        assert result.content == "".join(segment.text for segment in result.segments)
        for kind, text in result.segments:
            if segments and segments[-1][0] == kind:
                segments[-1][1] += text
            else:
                segments.append([kind, text])
    return segments


def streamed(stream, pieces):
    results = [stream.process_chunk(piece) for piece in pieces] + [stream.finish()]
    return {
        "segments": merged(results),
        "state": stream.get_state(),
        "stats": stream.stats(),
        "abort_reason": stream.get_abort_reason(),
    }


def cuts(text):
    yield [text]
    yield from ([text[i : i + size] for i in range(0, len(text), size)] for size in range(1, 6))
    draw = random.Random(len(text))
    for _ in range(10):
        at = sorted(draw.randrange(len(text) + 1) for _ in range(5))
        yield [text[start:end] for start, end in zip([0, *at], [*at, len(text)], strict=True)]


@pytest.mark.parametrize("case", load_vectors("thinking_filter"), ids=lambda case: case["id"])
def test_streaming_filter_agrees_with_its_vectors_however_it_is_cut(api, case):
    options = dict(case["given"])
    text = options.pop("text")
    made = outcome(lambda: api.StreamingFilter(**options).stats())
    if "error" in made:
        assert made == case["expect"]
        return
    stream = api.StreamingFilter(**options)
    for pieces in cuts(text):
        assert {"value": streamed(stream, pieces)} == case["expect"], pieces
        stream.reset()


@pytest.mark.parametrize("case", load_vectors("thinking_filter_steps"), ids=lambda case: case["id"])
def test_each_step_agrees_with_its_vectors(api, case):
    options = dict(case["given"])
    chunks = options.pop("chunks")
    stream = api.StreamingFilter(**options)
    steps = []
    for chunk in [*chunks, None]:
        result = stream.flush() if chunk is None else stream.process_chunk(chunk)
        fields = {**plain(result), "segments": [list(segment) for segment in result.segments]}
        fields |= {"should_abort": stream.should_abort(), "thinking_length": stream.get_thinking_length()}
        steps.append(fields)
    assert {"value": steps} == case["expect"]


@pytest.mark.parametrize("case", load_vectors("thinking_filter_texts"), ids=lambda case: case["id"])
def test_functions_of_whole_texts_agree_with_their_vectors(api, case):
    given = case["given"]
    text = given["text"]

    def all_of_them():
        return {
            "stripped": api.strip_thinking_tokens(text),
            "removed": api.remove_thinking(text),
            "contains": api.contains_thinking_tokens(text),
            "tokens": [[[start, end], number] for start, end, number in api.find_thinking_tokens(text)],
            "extracted": list(api.extract_thinking_content(**given)),
        }

    assert repr(outcome(all_of_them)) == repr(case["expect"])


def test_after_the_end_nothing_goes_in_until_reset(api):
    stream = api.StreamingFilter()
    stream.finish()
    for call in (lambda: stream.process_chunk("a"), stream.finish, stream.flush):
        with pytest.raises(ParitasError, match=r"call reset\(\)") as caught:
            call()
        assert caught.value.code == "stream_finished"
    stream.reset()
    assert stream.process_chunk("a").answer == "a"


def test_a_piece_that_is_let_through_whole_is_the_same_object():
    stream = paritas.StreamingFilter()
    for piece in ("a" * 100, "é" * 100, "思" * 100):
        result = stream.process_chunk(piece)
        assert result.answer == piece
        if paritas.backend() == "native":
            assert result.answer is piece and result.content is piece


def test_lone_surrogates_are_replaced(api):
    stream = api.StreamingFilter()
    assert [stream.process_chunk(piece).answer for piece in ("\ud83d", "\ude00", "a\udfffb")] == ["�", "�", "a�b"]
    assert api.strip_thinking_tokens("\ud800<think>") == "�"


def test_wrong_types_are_refused(api):
    make = api.StreamingFilter
    calls = [
        lambda: make().process_chunk(b"a"),
        lambda: make(max_thinking_content="1"),
        lambda: make(suppress_thinking=1),
        lambda: make(orphan_close=None),
        lambda: make(markers="ab"),
        lambda: make(markers=["ab"]),
        lambda: make(markers=[("a", 1)]),
        lambda: make(markers=5),
        lambda: api.strip_thinking_tokens(None),
        lambda: api.extract_thinking_content("a", orphan_close=1),
    ]
    for call in calls:
        with pytest.raises(ParitasTypeError):
            call()
    with pytest.raises(ParitasError) as caught:
        make(markers=[("a", "b"), ("a",)])
    assert (caught.value.code, caught.value.offset) == ("invalid_argument", 1)


def closing(pieces, log):
    try:
        for piece in pieces:
            yield piece
            if isinstance(piece, Exception):
                raise piece
    finally:
        log.append("closed")


PIECES = ["a<th", "ink>b", "c</think", ">d", "e"]


def test_filter_thinking_gives_segments_or_the_answer_and_closes_its_source():
    log = []
    segments = list(paritas.filter_thinking(closing(PIECES, log)))
    assert [tuple(segment) for segment in segments] == [
        *(("answer", "a"), ("thinking", "b"), ("thinking", "c")),
        *(("answer", "d"), ("answer", "e")),
    ]
    assert list(paritas.filter_thinking(PIECES, answer_only=True)) == ["a", "d", "e"]
    first = paritas.filter_thinking(closing(PIECES, log))
    assert next(first).text == "a"
    first.close()
    assert log == ["closed", "closed"]


def test_filter_thinking_lets_errors_through_and_stops_at_the_limit():
    def failing():
        yield "a"
        raise OSError("gone")

    shown = []
    with pytest.raises(OSError, match="gone"):
        shown += [shown.append(segment.text) for segment in paritas.filter_thinking(failing())]
    assert shown == ["a"]
    log = []
    limited = paritas.filter_thinking(closing(PIECES, log), stop_at_limit=True, max_thinking_content=1)
    assert [segment.text for segment in limited] == ["a", "b"] and log == ["closed"]
    with pytest.raises(ParitasError):
        paritas.filter_thinking(PIECES, max_thinking_content=-1)
    for wrong in ("ab", 5):
        with pytest.raises(ParitasTypeError):
            paritas.filter_thinking(wrong)


def test_afilter_thinking_does_the_same():
    log = []

    async def source():
        try:
            for piece in PIECES:
                await asyncio.sleep(0)
                yield piece
        finally:
            log.append("closed")

    async def run():
        shown = [segment.text async for segment in paritas.afilter_thinking(source())]
        answers = [text async for text in paritas.afilter_thinking(source(), answer_only=True)]
        limited = paritas.afilter_thinking(source(), stop_at_limit=True, max_thinking_content=1)
        stopped = [segment.text async for segment in limited]
        left = paritas.afilter_thinking(source())
        assert (await left.__anext__()).text == "a"
        await left.aclose()
        return shown, answers, stopped

    assert asyncio.run(run()) == (["a", "b", "c", "d", "e"], ["a", "d", "e"], ["a", "b"])
    assert log == ["closed"] * 4
    with pytest.raises(ParitasTypeError):
        paritas.afilter_thinking(["a"])
