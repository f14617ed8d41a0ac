"""What the filters of live text find, the same classes whichever backend computes."""

from __future__ import annotations

from typing import Literal, NamedTuple


class CodeRegion(NamedTuple):
    """Code in a Markdown text: text[region.start:region.end]."""

    kind: Literal["fence", "inline"]
    start: int
    end: int
    info: str  # what stands behind an opening fence, trimmed: "py"; empty for inline code
    closed: bool  # False for a fence that runs to the end of the text


class Segment(NamedTuple):
    """A part of a model's output, without its markers."""

    kind: Literal["answer", "thinking"]
    text: str


class StreamingChunkResult(NamedTuple):
    """What a piece of a model's output has added."""

    segments: list[Segment]  # no two neighbours of one kind, none without text
    answer: str  # the text of those of the answer
    thinking: str
    content: str  # all that was let through, in order
    is_thinking: bool  # after this piece
    state_changed: bool
    entering_thinking: bool  # at least once in this piece
    exiting_thinking: bool


class ThinkingToken(NamedTuple):
    """A marker that begins or ends a thought: text[start:end]; of the table's even numbers open and odd ones close."""

    start: int
    end: int
    pattern_idx: int


class ThinkingContent(NamedTuple):
    """A model's output in two."""

    main: str
    thinking: str  # the thoughts, joined by line feeds
