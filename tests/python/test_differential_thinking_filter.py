"""The native filter against the reference, and each stream against the same stream cut otherwise."""

import paritas._native as native
import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = [
    *("<think>", "</think>", "<thinking", ">", "</THOUGHT >", "[THINK]", "[/THINK]", "<", "[", "/", "think"),
    *("`", "``", "```", "~~~", "\n", "\r\n", " ", "   ", "a", "=", "'", '"', "b='c'", "é", "😀", "思", "\ud83d"),
    *("<|channel|>", "<|start|>", "assistant", "analysis", "final", "<|message|>", "<|constrain|>", "<|end|>"),
    *("◁think▷", "◁", "◁/think▷", "<｜begin▁of▁thinking｜>", "<｜", "<|begin_of_thought|>", "<|END_THINKING|>"),
    *("<<", "<<x", "«", "\u2003", "\u200b"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "suppress_thinking": st.booleans(),
        "max_thinking_content": st.integers(0, 30),
        "markers": st.sampled_from([[], [("<<", "«")], [("`", "\n")], [("<think>x", "</think>"), ("<<x", "a")]]),
        "default_markers": st.booleans(),
        "start_in_thinking": st.booleans(),
        "nesting": st.booleans(),
        "orphan_close": st.sampled_from(["drop", "text"]),
        "respect_code": st.booleans(),
        "trim_after": st.booleans(),
    },
)


def steps(api, options, pieces):
    stream = api.StreamingFilter(**options)
    results = [stream.process_chunk(piece) for piece in pieces]
    results.append(stream.finish())
    return results, stream.stats(), stream.get_state(), stream.get_abort_reason()


def joined(results):
    segments = []
    for result in results:
        for kind, text in result.segments:
            if segments and segments[-1][0] == kind:
                segments[-1] = (kind, segments[-1][1] + text)
            else:
                segments.append((kind, text))
    return segments


@settings(max_examples=400, deadline=None)
@given(TEXTS, OPTIONS, st.lists(st.integers(0, 60), max_size=6))
def test_streams_agree_and_do_not_see_how_they_are_cut(text, options, places):
    at = sorted(min(place, len(text)) for place in places)
    pieces = [text[start:end] for start, end in zip([0, *at], [*at, len(text)], strict=True)]
    ours = steps(native, options, pieces)
    assert ours == steps(reference, options, pieces)
    whole = steps(native, options, [text])
    letters = steps(native, options, list(text))
    assert joined(ours[0]) == joined(whole[0]) == joined(letters[0])
    assert ours[1:] == whole[1:] == letters[1:]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["thinking", "drop", "text"]))
def test_whole_texts_agree(text, orphans):
    for name in ("strip_thinking_tokens", "remove_thinking", "contains_thinking_tokens", "find_thinking_tokens"):
        assert getattr(native, name)(text) == getattr(reference, name)(text), name
    extract = {"orphan_close": orphans}
    assert native.extract_thinking_content(text, **extract) == reference.extract_thinking_content(text, **extract)
    answer = "".join(
        text for kind, text in joined(steps(native, {"max_thinking_content": 0}, [text])[0]) if kind == "answer"
    )
    assert native.remove_thinking(text) == answer
