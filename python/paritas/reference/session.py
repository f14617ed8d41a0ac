"""HaltMonitor: the state machine of halt.py with its records, as targets/python/halt.cpp shows the core's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from paritas.errors import ParitasTypeError
from paritas.reference.halt import ACTIONS, HaltMachine, Step
from paritas.reference.halt_config import HaltConfig, number
from paritas.reference.halt_state import restored, saved
from paritas.results import Span
from paritas.results_stream import HaltEvidence, HaltSummary, StreamSession, TokenEvent


class HaltMonitor:
    """Watches the scores of one running answer and says, token by token, whether it may go on."""

    def __init__(
        self,
        config: HaltConfig | None = None,
        *,
        on_halt: Callable[[StreamSession], object] | None = None,
        **fields: Any,
    ) -> None:
        if config is not None and not isinstance(config, HaltConfig):
            raise ParitasTypeError("invalid_argument", f"a HaltConfig is needed, not {type(config).__name__}")
        self._machine = HaltMachine(HaltConfig(**fields) if config is None else config.replace(**fields))
        self._on_halt = on_halt
        self._clear()

    def _clear(self) -> None:
        self._events: list[TokenEvent] = []
        self._debug_log: list[dict[str, Any]] = []
        self._errors: list[BaseException] = []
        self._evidence: HaltEvidence | None = None
        self._before = self._machine.token_count()  # tokens of a restored stream, which are in no list

    @property
    def config(self) -> HaltConfig:
        return self._machine.config

    # ---- tokens

    def process_token(self, token: str, score: float | None = None, now: float | None = None) -> TokenEvent:
        """One step. A score that is no number counts as NaN; None: not scored, the last score holds."""
        value = None
        if score is not None:
            value = number(score) if not isinstance(score, bool) else float(score)
            value = math.nan if value is None else value
        if not isinstance(token, str):
            raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(token).__name__}")
        time = None if now is None else number(now)
        if now is not None and time is None:
            raise ParitasTypeError("invalid_argument", f"a number is needed, not {type(now).__name__}")
        step = self._machine.step(token, value, time)
        return self._event(token, step)

    def check_halt(self, score: float) -> bool:
        """The same rules for a score without text; True also while a soft halt is pending."""
        event = self.process_token("", math.nan if score is None else score)
        return event.halted or event.soft_pending

    def wants_score(self) -> bool:
        """Whether the next token needs a score."""
        return self._machine.wants_score()

    def finish(self) -> StreamSession:
        """Ends the stream and releases what was held back; later tokens get the code "closed"."""
        self._finish()
        return self.session

    def _finish(self) -> TokenEvent | None:
        """The event of what the end has released or halted."""
        step = self._machine.finish()
        return self._event("", step) if step.recorded and (step.emit or step.halted) else None

    def reset(self) -> None:
        """Makes it equal to a new one."""
        self._machine.reset()
        self._clear()

    def _fail(self, code: str, value: float, detail: str = "", token: str = "") -> TokenEvent:
        """A halt that the host has seen, such as a callback that failed."""
        return self._event(token, self._machine.fail(code, value, detail, token))

    def _event(self, token: str, step: Step) -> TokenEvent:
        machine = self._machine
        whole = machine.config.release == "token" and step.emit != ""
        event = TokenEvent(
            step.index,
            token,
            step.score,
            step.scored,
            step.halted,
            step.warning,
            step.soft_pending,
            token if whole and token else step.emit,
            machine.reason(step.code),
            step.code,  # type: ignore[arg-type]
            machine.window_mean(),
            machine.trend(),
            machine.now,
        )
        if not step.recorded:
            return event._replace(halt_evidence=self._evidence)
        if machine.config.debug:
            self._debug_log.append(
                {
                    "index": event.index,
                    "coherence": event.score,
                    "window_avg": event.window_mean,
                    "trend_drop": event.trend_drop,
                    "se": machine.trend_se(),
                    "accepted_tokens": machine.accepted,
                }
            )
        if event.halted:
            self._evidence = self._explained(event)
            event = event._replace(halt_evidence=self._evidence)
        if machine.config.keep_history:
            self._events.append(event)
        if event.halted and self._on_halt is not None:
            try:
                self._on_halt(self.session)
            except Exception as error:
                self._errors.append(error)
        return event

    def _explained(self, event: TokenEvent) -> HaltEvidence:
        machine = self._machine
        span = Span(machine.token_start.code_points, machine.token_end.code_points)
        return HaltEvidence(
            event.code,
            event.reason,
            machine.halt_index,
            event.score,
            event.window_mean,
            event.trend_drop,
            machine.trend_se(),
            machine.window(),
            machine.shown,
            span,
            [],
            [],
            ACTIONS[event.code],
        )

    # ---- the whole

    @property
    def session(self) -> StreamSession:
        """What has happened so far; built anew by each access."""
        machine = self._machine
        total = machine.score_sum / float(machine.scored) if machine.scored else 0.0
        summary = HaltSummary(
            machine.token_count(),
            machine.halted,
            machine.soft_halted,
            machine.halt_index if machine.halted else -1,
            machine.reason(machine.code) if machine.halted else "",
            machine.code if machine.halted else "",  # type: ignore[arg-type]
            machine.warnings,
            machine.invalids,
            machine.unchecked,
            total,
            machine.score_min,
            machine.now,
        )
        listed = machine.token_count() - self._before
        return StreamSession(summary, self._events, self._debug_log, self._errors, self._evidence, listed)

    def stream_output(self, tokens: Iterable[str], callback: Callable[[str], float]) -> str:
        """The accepted text of a whole stream; after a halt "[HALT: <reason>]" follows on a line of its own."""
        from paritas.streaming import stream_output  # which is built on this

        return stream_output(self, tokens, callback)

    # ---- stop and state

    @property
    def is_active(self) -> bool:
        return not self._machine.stopped

    def emergency_stop(self) -> None:
        """The next token halts with "kernel_inactive"."""
        self._machine.stopped = True

    def reactivate(self) -> None:
        """Takes an emergency stop back; a stream that was halted stays so until reset."""
        self._machine.stopped = False

    def save_state(self) -> bytes:
        """All that the rules need to go on elsewhere, on any target; the session's lists are no part of it."""
        return saved(self._machine)

    def restore_state(self, data: bytes) -> None:
        """Goes on where save_state was called. Errors: corrupt_data, and nothing has changed."""
        if not isinstance(data, bytes | bytearray | memoryview):
            raise ParitasTypeError("invalid_argument", f"bytes are needed, not {type(data).__name__}")
        self._machine = restored(bytes(data))
        self._clear()
