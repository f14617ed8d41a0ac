"""Kernels that run streams: iteration, clocks and callbacks around a HaltMonitor, which holds all the rules."""

from __future__ import annotations

import contextvars
import functools
import math
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Literal, NamedTuple

from paritas._backend import api
from paritas._evidence import explained
from paritas.errors import ParitasError, ParitasTypeError
from paritas.results_stream import StreamSession, TokenEvent

CallbackInput = Literal["text", "new_text", "token"]
OnError = Literal["halt", "raise"]
_END: Any = object()


class Switch:
    """Whether a kernel runs: one for all its streams."""

    on = True


class TokenTrace(NamedTuple):
    """What a trace callback gets for each token: the callable itself, or its method on_token."""

    index: int  # type: ignore[assignment]
    token: str
    coherence: float
    timestamp: float
    halted: bool
    halt_reason: str
    tenant_id: str
    request_id: str


class Worker:
    """Runs calls in a thread of its own, so that one that hangs can be left behind; it then ends with the process."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._context = contextvars.copy_context()
        threading.Thread(target=self._run, name="paritas-score", daemon=True).start()

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            function, argument, done = call
            try:
                done((True, self._context.run(function, argument)))
            except BaseException as error:
                done((False, error))
            del call, function, argument, done

    def submit(self, function: Callable[[str], Any], argument: str, done: Callable[[Any], object]) -> None:
        self._calls.put((function, argument, done))

    def call(self, function: Callable[[str], Any], argument: str, seconds: float) -> Any:
        """The result, or TimeoutError; a late result is dropped."""
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.submit(function, argument, answers.put)
        try:
            good, value = answers.get(timeout=seconds)
        except queue.Empty:
            raise Hung from None
        if good:
            return value
        raise value

    def close(self) -> None:
        self._calls.put(None)


class Hung(Exception):
    """A callback or a source took longer than its limit."""


class Run:
    """One stream: its monitor, what its callback gets, its clock and its records."""

    def __init__(
        self,
        monitor: Any,
        *,
        evidence_callback: Callable[[str], str | None] | None = None,
        scorer: Any = None,
        top_k: int = 3,
        prompt: str = "",
        trace_callbacks: Iterable[Any] | None = None,
        tenant_id: str = "",
        request_id: str = "",
        callback_input: CallbackInput = "text",
        on_error: OnError = "halt",
        switch: Switch | None = None,
    ) -> None:
        if callback_input not in ("text", "new_text", "token"):
            message = f'callback_input must be "text", "new_text" or "token", not {callback_input!r}'
            raise ParitasError("invalid_argument", message)
        if on_error not in ("halt", "raise"):
            raise ParitasError("invalid_argument", f'on_error must be "halt" or "raise", not {on_error!r}')
        self.monitor = monitor
        self.config = monitor.config
        self.evidence_callback, self.scorer, self.top_k, self.prompt = evidence_callback, scorer, top_k, prompt
        self.traces = [trace.on_token if hasattr(trace, "on_token") else trace for trace in trace_callbacks or ()]
        self.ends = [trace.on_stream_end for trace in trace_callbacks or () if hasattr(trace, "on_stream_end")]
        self.tenant_id, self.request_id = tenant_id, request_id
        self.by_text, self.by_token = callback_input == "text", callback_input == "token"
        self.on_error = on_error
        self.switch = switch or Switch()
        self.said: list[str] = []  # tokens that no score was asked for yet
        self.text = ""
        self.error: BaseException | None = None
        self.errors: list[BaseException] = []
        self.evidence_text = ""
        self.last: TokenEvent | None = None
        self.timed = self.config.token_timeout > 0.0 or self.config.total_timeout > 0.0
        # Each token is scored, and nobody looks on: the loop needs no more than the callback and the monitor.
        self.plain = not (
            self.timed
            or self.traces
            or self.config.adaptive
            or self.config.score_every_n != 1
            or callback_input == "new_text"
        )
        self.start = time.monotonic()
        self.before = 0.0

    # ---- time

    def now(self) -> float:
        return time.monotonic() - self.start

    def left(self, now: float) -> float:
        """Seconds until the nearer limit."""
        total, token = self.config.total_timeout, self.config.token_timeout
        ends = [total - now] if total > 0.0 else []
        return min([*ends, token - (now - self.before)] if token > 0.0 else ends, default=math.inf)

    def hung(self, token: str, began: float, waiting_for_source: bool) -> TokenEvent:
        """The halt of a wait that took too long; a call that ate most of its limit is named itself."""
        now = self.now()
        total, limit = self.config.total_timeout, self.config.token_timeout
        by_total = total > 0.0 and (limit <= 0.0 or total - now < limit - (now - self.before))
        bound = total if by_total else limit
        took = max(now if by_total else now - self.before, math.nextafter(bound, math.inf))
        self.error = TimeoutError(f"no answer within {bound} s")
        if not waiting_for_source and (not by_total or (now - began) * 2.0 > bound):
            return self.fail("callback_timeout", bound, "", token)
        return self.fail("total_timeout" if by_total else "token_timeout", took, "", token)

    # ---- tokens

    def heard(self, token: Any) -> None:
        if not isinstance(token, str):
            raise ParitasTypeError("invalid_argument", f"a token must be a str, not {type(token).__name__}")
        if not self.switch.on:
            self.monitor.emergency_stop()

    def wants(self, token: str) -> str | None:
        """What the callback gets for this token; None where no score is wanted."""
        if not self.by_token:
            self.said.append(token)
        if not self.monitor.wants_score():
            return None
        if self.by_token:
            return token
        text = "".join(self.said)
        self.said.clear()
        if self.by_text:
            self.text = text = self.text + text
        return text

    def fail(self, code: str, value: float, detail: str, token: str) -> TokenEvent:
        event: TokenEvent = self.monitor._fail(code, value, detail, token)
        return self.told(event)

    def callback_failed(self, error: BaseException, token: str) -> TokenEvent:
        self.error = error
        return self.fail("callback_error", 0.0, type(error).__name__, token)

    def source_failed(self, error: BaseException) -> TokenEvent:
        self.error = error
        return self.fail("source_error", 0.0, type(error).__name__, "")

    def told(self, event: TokenEvent) -> TokenEvent:
        """Adds evidence to a halt, and tells the trace callbacks."""
        self.before = event.timestamp
        if event.halted:
            event = explained(self, event)
            self.last = event
        for trace in self.traces:
            seen = (event.index, event.token, event.score, event.timestamp, event.halted, event.reason)
            self.guarded(functools.partial(trace, TokenTrace(*seen, self.tenant_id, self.request_id)))
        return event

    def guarded(self, call: Callable[[], Any]) -> Any:
        """What callbacks about a stream say is no verdict: their errors are collected."""
        try:
            return call()
        except Exception as error:
            self.errors.append(error)
            return None

    def close(self) -> TokenEvent | None:
        """Ends the stream: the event of what finish() has released or halted, or None."""
        closing: TokenEvent | None = self.monitor._finish()
        session: StreamSession = self.monitor.session
        if closing is not None and closing.halted:
            closing = self.last = explained(self, closing)
        session.start_time, session.end_time = self.start, time.monotonic()
        session.error = self.error
        session.errors += self.errors
        self.errors = session.errors
        session.halt_evidence = self.evidence_text
        if self.last is not None:
            session.halt_evidence_structured = self.last.halt_evidence
            if session.events:
                session.events[-1] = self.last
        self.session = session
        for end in self.ends:
            summary = session.to_dict()
            names = {"tenant_id": self.tenant_id, "request_id": self.request_id}
            self.guarded(functools.partial(end, summary=summary, **names))
        return closing


def stream(run: Run, tokens: Iterable[str], callback: Callable[[str], float]) -> Iterator[TokenEvent]:
    """The events of a stream, up to its halt; `run.session` is there when they have ended."""
    worker = Worker() if run.timed else None
    try:
        yield from _plain(run, tokens, callback) if run.plain else _watched(run, tokens, callback, worker)
    finally:
        if worker is not None:
            worker.close()
    closing = run.close()
    if closing is not None:
        yield closing


def _plain(run: Run, tokens: Iterable[str], callback: Callable[[str], float]) -> Iterator[TokenEvent]:
    process, switch, by_text = run.monitor.process_token, run.switch, run.by_text
    text = ""
    try:
        source = iter(tokens)
    except Exception as error:
        yield run.source_failed(error)
        return
    while True:
        try:
            token = next(source, _END)
        except Exception as error:
            yield run.source_failed(error)
            return
        if token is _END:
            return
        if not isinstance(token, str):
            run.heard(token)
        if by_text:
            text += token  # in place: nobody else holds it
        try:
            score = callback(text if by_text else token)
        except Exception as error:
            yield run.callback_failed(error, token)
            return
        if not switch.on:
            run.heard(token)
        event = process(token, math.nan if score is None else score)
        if event.halted:
            yield run.told(event)
            return
        yield event


def _watched(
    run: Run, tokens: Iterable[str], callback: Callable[[str], float], worker: Worker | None
) -> Iterator[TokenEvent]:
    try:
        source = iter(tokens)
    except Exception as error:
        yield run.source_failed(error)
        return
    while True:
        try:
            token = next(source, _END)
        except Exception as error:
            yield run.source_failed(error)
            return
        if token is _END:
            return
        run.heard(token)
        score: Any = None
        asked = run.wants(token)
        began = run.now()
        left = run.left(began)
        if asked is not None and left >= 0.0:
            try:
                score = callback(asked) if worker is None else worker.call(callback, asked, left)
            except Hung:
                yield run.hung(token, began, False)
                return
            except Exception as error:
                yield run.callback_failed(error, token)
                return
            score = math.nan if score is None else score
            run.heard(token)
        event = run.told(run.monitor.process_token(token, score, run.now() if run.timed else None))
        paused = time.monotonic()
        yield event
        run.start += time.monotonic() - paused  # the reader's time is not the stream's
        if event.halted:
            return


def stream_output(monitor: Any, tokens: Iterable[str], callback: Callable[[str], float]) -> str:
    """The accepted text; after a halt "[HALT: <reason>]" follows on a line of its own."""
    return _text_of(Run(monitor), tokens, callback)


def _text_of(run: Run, tokens: Iterable[str], callback: Callable[[str], float]) -> str:
    text = "".join([event.emit for event in stream(run, tokens, callback)])
    return f"{text}\n[HALT: {run.session.halt_reason}]" if run.session.halted else text


class Kernel:
    """What the kernels share: the configuration, the switch for all streams, a monitor of their own."""

    _api: ClassVar[Any] = api

    def __init__(
        self, config: Any = None, *, on_halt: Callable[[StreamSession], object] | None = None, **fields: Any
    ) -> None:
        self._own = self._api.HaltMonitor(config, **fields)
        self.config = self._own.config
        self._on_halt = on_halt
        self._switch = Switch()

    def _run(self, **options: Any) -> Run:
        return Run(self._api.HaltMonitor(self.config), switch=self._switch, **options)

    def _closed(self, run: Run) -> StreamSession:
        """After the last event: latch, on_halt, and the error for those who asked for it."""
        session = run.session
        if session.halt_code == "hard_limit" and self.config.latch:
            self._switch.on = False
        if session.halted and self._on_halt is not None:
            run.guarded(functools.partial(self._on_halt, session))
        if run.on_error == "raise" and session.error is not None:
            raise session.error
        return session

    def check_halt(self, score: float) -> bool:
        """The rules for a score without text, on a monitor of the kernel's own."""
        if not self._switch.on:
            self._own.emergency_stop()
        halted: bool = self._own.check_halt(score)
        if halted and self.config.latch and not self._own.is_active:
            self._switch.on = False
        return halted

    def reset_state(self) -> None:
        """Makes that monitor equal to a new one, and the kernel active."""
        self._own.reset()
        self._switch.on = True

    @property
    def is_active(self) -> bool:
        return self._switch.on

    def emergency_stop(self) -> None:
        """The next token of each of its streams halts with "kernel_inactive"; any thread may call it."""
        self._switch.on = False

    def reactivate(self) -> None:
        """Lets new streams run again."""
        self._switch.on = True
        self._own.reactivate()


class StreamingKernel(Kernel):
    """Runs streams from iterators, each with a HaltMonitor of its own.

    config, fields: as HaltMonitor takes them
    on_halt:        called once per halt with the complete StreamSession
    """

    def stream_tokens(
        self,
        token_generator: Iterable[str],
        coherence_callback: Callable[[str], float],
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
        """Runs a stream to its end or its halt; nothing is read past a halt.

        coherence_callback: gets all text so far with this token, and gives its score
        evidence_callback:  gets the text at a halt, and gives session.halt_evidence
        scorer:             verifies the text at a halt: anything with `verify` or `review`
        callback_input:     "new_text": the text since the last score; "token": this token
        on_error:           "raise": the error of a callback or of the source, once the session is closed
        """
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
        for _ in stream(run, token_generator, coherence_callback):
            pass
        return self._closed(run)

    def iter_tokens(
        self,
        token_generator: Iterable[str],
        coherence_callback: Callable[[str], float],
        evidence_callback: Callable[[str], str | None] | None = None,
        scorer: Any = None,
        top_k: int = 3,
        prompt: str = "",
        trace_callbacks: Iterable[Any] | None = None,
        tenant_id: str = "",
        request_id: str = "",
        callback_input: CallbackInput = "text",
        on_error: OnError = "halt",
    ) -> Iterator[TokenEvent]:
        """The events of stream_tokens, as they come."""
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
        yield from stream(run, token_generator, coherence_callback)
        self._closed(run)

    def stream_output(self, token_generator: Iterable[str], coherence_callback: Callable[[str], float]) -> str:
        """The accepted text; after a halt "[HALT: <reason>]" follows on a line of its own."""
        run = self._run()
        text = _text_of(run, token_generator, coherence_callback)
        self._closed(run)
        return text
