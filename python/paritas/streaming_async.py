"""AsyncStreamingKernel: the streams of streaming.py for asyncio, with waits that end at their limit."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import math
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

from paritas.results_stream import StreamSession, TokenEvent
from paritas.streaming import _END, CallbackInput, Hung, Kernel, OnError, Run, Worker

Source = AsyncIterable[str] | Iterable[str]
Callback = Callable[[str], float] | Callable[[str], Awaitable[float]]


async def within(awaitable: Awaitable[Any], seconds: float) -> Any:
    """Its result, or Hung. What hangs is cancelled, and not waited for: it may refuse."""
    if seconds == math.inf:
        return await awaitable
    task = asyncio.ensure_future(awaitable)
    try:
        done, _ = await asyncio.wait({task}, timeout=max(seconds, 0.0))
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    task.cancel()
    task.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody asks any more
    raise Hung


async def in_thread(worker: Worker, call: Callable[[str], Any], argument: str) -> Any:
    """A plain callback under a limit: in the loop itself it would hold everything up."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Any] = loop.create_future()

    def settle(result: tuple[bool, Any]) -> None:
        if not answer.done():
            answer.set_result(result)

    def done(result: tuple[bool, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed meanwhile: the late result is dropped
            loop.call_soon_threadsafe(settle, result)

    worker.submit(call, argument, done)
    good, value = await answer
    if not good:
        raise value
    return await value if inspect.isawaitable(value) else value


class AsyncStreamingKernel(Kernel):
    """Runs streams from async or plain iterables, with a plain callback or a coroutine function.

    With a limit set a token or a callback that does not come in time is cancelled; a plain callback runs in a thread.
    """

    async def stream_tokens(
        self,
        source: Source,
        callback: Callback,
        evidence_callback: Callable[[str], str | None] | None = None,
        scorer: Any = None,
        top_k: int = 3,
        prompt: str = "",
        trace_callbacks: Iterable[Any] | None = None,
        tenant_id: str = "",
        request_id: str = "",
        callback_input: CallbackInput = "text",
        on_error: OnError = "halt",
    ) -> AsyncIterator[TokenEvent]:
        """The events of a stream as they come; the options are those of StreamingKernel.stream_tokens."""
        run = self._run(
            evidence_callback=evidence_callback,
            scorer=scorer,
            top_k=top_k,
            prompt=prompt,
            trace_callbacks=trace_callbacks,
            tenant_id=tenant_id,
            request_id=request_id,
            callback_input=callback_input,
            on_error=on_error,
        )
        async for event in self._stream(run, source, callback):
            yield event
        self._closed(run)

    async def stream_to_session(
        self,
        source: Source,
        callback: Callback,
        evidence_callback: Callable[[str], str | None] | None = None,
        scorer: Any = None,
        top_k: int = 3,
        prompt: str = "",
        trace_callbacks: Iterable[Any] | None = None,
        tenant_id: str = "",
        request_id: str = "",
        callback_input: CallbackInput = "text",
        on_error: OnError = "halt",
    ) -> StreamSession:
        """Runs a stream to its end or its halt."""
        run = self._run(
            evidence_callback=evidence_callback,
            scorer=scorer,
            top_k=top_k,
            prompt=prompt,
            trace_callbacks=trace_callbacks,
            tenant_id=tenant_id,
            request_id=request_id,
            callback_input=callback_input,
            on_error=on_error,
        )
        async for _ in self._stream(run, source, callback):
            pass
        return self._closed(run)

    async def _stream(self, run: Run, source: Source, callback: Callback) -> AsyncIterator[TokenEvent]:
        coroutine = inspect.iscoroutinefunction(callback) or inspect.iscoroutinefunction(
            getattr(callback, "__call__", None)  # noqa: B004 - an object with an async __call__
        )
        worker = Worker() if run.timed and not coroutine else None
        try:
            async for event in self._events(run, source, callback, worker):
                paused = time.monotonic()
                yield event
                run.start += time.monotonic() - paused  # the reader's time is not the stream's
        finally:
            if worker is not None:
                worker.close()
        closing = run.close()
        if closing is not None:
            yield closing

    async def _events(
        self, run: Run, source: Source, callback: Callback, worker: Worker | None
    ) -> AsyncIterator[TokenEvent]:
        try:
            pull = _puller(source)
        except Exception as error:
            yield run.source_failed(error)
            return
        while True:
            began = run.now()
            try:
                token = await within(pull(), run.left(began)) if run.timed else await pull()
            except Hung:
                yield run.hung("", began, True)
                return
            except Exception as error:
                yield run.source_failed(error)
                return
            if token is _END:
                return
            run.heard(token)
            score: Any = None
            asked = run.wants(token)
            began = run.now() if run.timed else 0.0
            left = run.left(began) if run.timed else math.inf
            if asked is not None and left >= 0.0:
                try:
                    if worker is not None:
                        score = await within(in_thread(worker, callback, asked), left)
                    else:
                        score = callback(asked)
                        if inspect.isawaitable(score):
                            score = await within(score, left)
                except Hung:
                    yield run.hung(token, began, False)
                    return
                except Exception as error:
                    yield run.callback_failed(error, token)
                    return
                score = math.nan if score is None else score
                run.heard(token)
            event = run.told(run.monitor.process_token(token, score, run.now() if run.timed else None))
            yield event
            if event.halted:
                return


def _puller(source: Source) -> Callable[[], Awaitable[Any]]:
    if isinstance(source, AsyncIterable):
        stream = source.__aiter__()

        async def pull() -> Any:
            try:
                return await stream.__anext__()
            except StopAsyncIteration:
                return _END

        return pull
    items = iter(source)

    async def take() -> Any:
        return next(items, _END)

    return take
