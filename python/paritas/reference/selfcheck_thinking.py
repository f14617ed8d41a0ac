"""What core/src/selfcheck/thinking_filter.cpp draws and adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paritas.reference.code_regions import code_regions
from paritas.reference.random import Random
from paritas.reference.thinking_filter import (
    StreamingFilter,
    extract_thinking_content,
    find_thinking_tokens,
    strip_thinking_tokens,
)
from paritas.results import Span
from paritas.results_filter import StreamingChunkResult

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

_PIECES = (
    *("<think>", "</think>", "<th", "ink>", "<", " a", "`"),
    *("```", "\n", "~~~", " ", "[THINK]", "[/think]", "<|channel|>"),
    *("analysis", "final", "<|mess", "age|>", "<|end|>", "<|start|>", "assistant"),
    *("<THOUGHT a='", "b'", ">", "</thinking", "<<", "\xe9", "\U0001f600"),
    *("\u25c1", "think\u25b7", "<\uff5cbegin\u2581of\u2581thinking\uff5c>", "\r\n"),
)


def _add(step: StreamingChunkResult, digest: Digest) -> None:
    for segment in step.segments:
        digest.add(segment.kind == "thinking")
        digest.add(segment.text)
    digest.add(step.is_thinking)
    digest.add(step.entering_thinking)
    digest.add(step.exiting_thinking)


def check_thinking_filter(random: Random, digest: Digest) -> None:
    def flag() -> bool:
        return random.below(3) == 0

    suppress, start, nesting = flag(), flag(), flag()
    respect, trim = not flag(), flag()
    orphans = "text" if flag() else "drop"
    markers = [("<<", "`\n")] if flag() else []
    stream = StreamingFilter(
        suppress,
        random.below(40),
        markers=markers,
        start_in_thinking=start,
        nesting=nesting,
        orphan_close=orphans,
        respect_code=respect,
        trim_after=trim,
    )
    text = ""
    for _ in range(random.below(12)):
        chunk = "".join(_PIECES[random.below(32)] for _ in range(random.below(4)))
        text += chunk
        _add(stream.process_chunk(chunk), digest)
    _add(stream.finish(), digest)
    for count in stream.stats().values():
        digest.add(count)
    digest.add(strip_thinking_tokens(text))
    for token in find_thinking_tokens(text):
        digest.add(Span(token.start, token.end))
        digest.add(token.pattern_idx)
    content = extract_thinking_content(text)
    digest.add(content.main)
    digest.add(content.thinking)
    for region in code_regions(text):
        digest.add(region.kind)
        digest.add(Span(region.start, region.end))
        digest.add(region.info)
        digest.add(region.closed)
