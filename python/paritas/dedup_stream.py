"""Streams of text without the blocks they repeat: iteration around a StreamingDeduplicator, which has the rules."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any

from paritas._backend import api
from paritas.errors import ParitasTypeError


def deduplicate_stream(
    source: Iterable[str],
    *,
    window_size: int = 0,
    min_block_length: int = 50,
    max_block: int = 65536,
    code: bool = True,
) -> Iterator[str]:
    """The text of a stream as deduplicate would give it, in pieces, as they are decided; none is empty.

    Whoever stops reading closes the source, if it can be closed; what the source raises comes through.

    source: texts cut anywhere, such as the tokens of a model
    Errors: those of StreamingDeduplicator
    """
    made = api.StreamingDeduplicator(window_size, min_block_length, max_block=max_block, code=code)
    if isinstance(source, str | bytes) or not hasattr(source, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"an iterable of str is needed, not {type(source).__name__}")
    return _deduplicated(made, iter(source))


def _deduplicated(made: Any, source: Iterator[str]) -> Iterator[str]:
    try:
        for chunk in source:
            out = made.add_chunk(chunk)
            if out:
                yield out
        out = made.flush()
        if out:
            yield out
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            close()


def adeduplicate_stream(
    source: AsyncIterable[str],
    *,
    window_size: int = 0,
    min_block_length: int = 50,
    max_block: int = 65536,
    code: bool = True,
) -> AsyncIterator[str]:
    """deduplicate_stream for an asynchronous source; whoever stops reading calls aclose(), which closes the source."""
    made = api.StreamingDeduplicator(window_size, min_block_length, max_block=max_block, code=code)
    if not hasattr(source, "__aiter__"):
        raise ParitasTypeError("invalid_argument", f"an async iterable of str is needed, not {type(source).__name__}")
    return _adeduplicated(made, source.__aiter__())


async def _adeduplicated(made: Any, source: AsyncIterator[str]) -> AsyncIterator[str]:
    try:
        async for chunk in source:
            out = made.add_chunk(chunk)
            if out:
                yield out
        out = made.flush()
        if out:
            yield out
    finally:
        close = getattr(source, "aclose", None)
        if close is not None:
            await close()
