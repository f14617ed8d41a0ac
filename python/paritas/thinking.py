"""Streams of text with the thoughts apart from the answer: iteration around a StreamingFilter, which has the rules."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any, Literal, overload

from paritas._backend import api
from paritas.errors import ParitasTypeError
from paritas.results_filter import Segment, StreamingChunkResult


class _Sieve:
    """A filter and what of its results is shown."""

    def __init__(self, answer_only: bool, stop_at_limit: bool, options: dict[str, Any]) -> None:
        self._filter = api.StreamingFilter(**options)
        self._answer_only, self._stop_at_limit = answer_only, stop_at_limit

    def add(self, chunk: str) -> list[Any]:
        return self._shown(self._filter.process_chunk(chunk))

    def end(self) -> list[Any]:
        return self._shown(self._filter.finish())

    def stops(self) -> bool:
        return self._stop_at_limit and bool(self._filter.should_abort())

    def _shown(self, result: StreamingChunkResult) -> list[Any]:
        if not self._answer_only:
            return result.segments
        return [result.answer] if result.answer else []


@overload
def filter_thinking(
    source: Iterable[str], *, answer_only: Literal[False] = False, stop_at_limit: bool = False, **options: Any
) -> Iterator[Segment]: ...
@overload
def filter_thinking(
    source: Iterable[str], *, answer_only: Literal[True], stop_at_limit: bool = False, **options: Any
) -> Iterator[str]: ...
def filter_thinking(
    source: Iterable[str], *, answer_only: bool = False, stop_at_limit: bool = False, **options: Any
) -> Iterator[Any]:
    """The segments of a stream of text, in order, as they come: thoughts apart from the answer.

    Whoever stops reading closes the source, if it can be closed; what the source raises comes through.

    source:        texts cut anywhere, such as the tokens of a model
    answer_only:   strings of the answer come, in place of segments
    stop_at_limit: the stream ends where there is more thinking than max_thinking_content
    options:       those of StreamingFilter
    """
    sieve = _Sieve(answer_only, stop_at_limit, options)
    if isinstance(source, str | bytes) or not hasattr(source, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"an iterable of str is needed, not {type(source).__name__}")
    return _filtered(sieve, iter(source))


def _filtered(sieve: _Sieve, source: Iterator[str]) -> Iterator[Any]:
    try:
        for chunk in source:
            yield from sieve.add(chunk)
            if sieve.stops():
                break
        yield from sieve.end()
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            close()


@overload
def afilter_thinking(
    source: AsyncIterable[str], *, answer_only: Literal[False] = False, stop_at_limit: bool = False, **options: Any
) -> AsyncIterator[Segment]: ...
@overload
def afilter_thinking(
    source: AsyncIterable[str], *, answer_only: Literal[True], stop_at_limit: bool = False, **options: Any
) -> AsyncIterator[str]: ...
def afilter_thinking(
    source: AsyncIterable[str], *, answer_only: bool = False, stop_at_limit: bool = False, **options: Any
) -> AsyncIterator[Any]:
    """filter_thinking for an asynchronous source; whoever stops reading calls aclose(), which closes the source."""
    sieve = _Sieve(answer_only, stop_at_limit, options)
    if not hasattr(source, "__aiter__"):
        raise ParitasTypeError("invalid_argument", f"an async iterable of str is needed, not {type(source).__name__}")
    return _afiltered(sieve, source.__aiter__())


async def _afiltered(sieve: _Sieve, source: AsyncIterator[str]) -> AsyncIterator[Any]:
    try:
        async for chunk in source:
            for item in sieve.add(chunk):
                yield item
            if sieve.stops():
                break
        for item in sieve.end():
            yield item
    finally:
        close = getattr(source, "aclose", None)
        if close is not None:
            await close()
