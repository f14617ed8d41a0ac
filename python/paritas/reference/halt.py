"""The state machine of the halt monitor, as core/src/stream/halt.cpp runs it: scores and tokens in, verdicts out."""

from __future__ import annotations

import math
from typing import NamedTuple

from paritas.reference.convert import text as as_text
from paritas.reference.halt_config import HaltConfig
from paritas.reference.trend import trend_drop
from paritas.reference.unicode import text_class

CODES = (
    "",
    "hard_limit",
    "window_avg",
    "downward_trend",
    "invalid_score",
    "callback_error",
    "callback_timeout",
    "token_timeout",
    "total_timeout",
    "kernel_inactive",
    "stopped",
    "source_error",
    "closed",
)
SCORED_CODES = ("hard_limit", "window_avg", "downward_trend")
TERMINATORS = ".!?…。！？"
CLOSERS = "\"')]”’」"
TAIL = 200  # characters of the output that evidence shows
SLACK = 1e-9  # what a score may leave [0, 1] by
REPAIR = "Repair the scorer; the text was not checked."
RETRY = "Retry with a longer limit or a faster scorer."
RESTART = "Reactivate or restart the stream."
ACTIONS = {
    "hard_limit": "Stop and regenerate from the last accepted sentence.",
    "window_avg": "Regenerate with more source text.",
    "downward_trend": "Cut back to where the drop began and regenerate.",
    "invalid_score": REPAIR,
    "callback_error": REPAIR,
    "callback_timeout": REPAIR,
    "token_timeout": RETRY,
    "total_timeout": RETRY,
    "kernel_inactive": RESTART,
    "stopped": RESTART,
    "source_error": RESTART,
}


class Step(NamedTuple):
    """What became of one token."""

    index: int  # type: ignore[assignment]
    score: float
    scored: bool
    halted: bool
    warning: bool
    soft_pending: bool
    recorded: bool  # not after the end, and not the second time
    emit: str
    code: str


class Lengths(NamedTuple):
    bytes: int
    code_points: int
    units: int

    def plus(self, text: str) -> Lengths:
        size = len(text.encode())
        return Lengths(self.bytes + size, self.code_points + len(text), self.units + len(text.encode("utf-16-le")) // 2)


class HaltMachine:
    """One stream: O(1) memory in its length."""

    def __init__(self, config: HaltConfig) -> None:
        self.config = config
        self.reset()

    def reset(self) -> None:
        self.stopped = self.halted = self.finished = self.pending = self.soft_halted = False
        self.code = ""
        self.value = 0.0
        self.detail = ""
        self.halt_index = -1
        self.count = self.accepted = self.scored = 0
        self.next_due = 0
        self.cadence = 1 if self.config.adaptive else self.config.score_every_n
        self.tail = self.invalid_run = 0
        self.warnings = self.invalids = self.unchecked = 0
        self.now = 0.0
        self.last = math.nan
        self.recent: list[float] = []  # the last scores, oldest first
        self.before_sum = self.all_sum = 0.0  # squared second differences before the trend window, and all
        self.score_sum = self.score_min = 0.0
        self.lengths = Lengths(0, 0, 0)
        self.token_start = self.token_end = self.lengths
        self.sentence = 0  # accepted text ends in: 0 no sentence end, 1 one, 2 one and spaces
        self.held = ""
        self.shown = ""  # the end of the output

    # ---- what the scores say

    @property
    def capacity(self) -> int:
        return max(self.config.window_size, self.config.trend_window + 3)

    def window(self) -> list[float]:
        return self.recent[-self.config.window_size :]

    def window_mean(self) -> float:
        window = self.window()
        total = 0.0
        for score in window:  # oldest first
            total += score
        return total / float(len(window)) if window else 0.0

    def trend(self) -> float:
        n = self.config.trend_window
        return trend_drop(self.recent[-n:]) if self.scored >= n else 0.0

    def trend_se(self) -> float:
        """Standard error of the fitted drop, from the noise of the second differences; 0.0 for too few."""
        n = float(self.config.trend_window)
        total, count = self._noise()
        if count < 3.0:
            return 0.0
        return math.sqrt(total / (6.0 * count) * (12.0 * (n - 1.0) / (n * (n + 1.0))))

    def _noise(self) -> tuple[float, float]:
        before = max(0, self.scored - self.config.trend_window - 2)
        if before >= 16:
            return self.before_sum, float(before)
        return self.all_sum, float(max(0, self.scored - 2))

    def _significant(self, drop: float) -> bool:
        z = self.config.trend_z
        if z == 0.0:
            return True
        _, count = self._noise()
        return count >= 3.0 and drop > z * (1.0 + 4.0 / count) * self.trend_se()

    def _second_difference(self, back: int) -> float:
        """Squared, of the three scores that end `back` before the last one."""
        a, b, c = (self.recent[len(self.recent) - 1 - back - i] for i in range(3))
        e = (a - b) - (b - c)
        return e * e

    def _push(self, score: float) -> None:
        self.recent = [*self.recent, score][-self.capacity :]
        self.scored += 1
        self.score_sum += score
        self.score_min = score if self.scored == 1 else min(self.score_min, score)
        if self.scored >= 3:
            self.all_sum += self._second_difference(0)
        if self.scored >= self.config.trend_window + 3:
            self.before_sum += self._second_difference(self.config.trend_window)

    # ---- one token

    def wants_score(self) -> bool:
        return not (self.stopped or self.halted or self.finished) and self.count >= self.next_due

    def step(self, token: str, score: float | None, now: float | None) -> Step:
        """`score`: None for not scored; `now`: seconds since the start, None for no clock."""
        token = as_text(token)
        if self.halted or self.finished:
            return self._after_the_end()
        if self.stopped:
            return self._halt(token, "kernel_inactive", 0.0, self.last)
        if now is not None:
            since = now - self.now
            if self.config.total_timeout > 0.0 and not now <= self.config.total_timeout:
                return self._halt(token, "total_timeout", now, self.last)
            if self.config.token_timeout > 0.0 and not since <= self.config.token_timeout:
                return self._halt(token, "token_timeout", since, self.last)
            if math.isfinite(now):
                self.now = now
        given = score is not None
        valid = not math.isnan(self.last)
        if score is not None:
            valid = -SLACK <= score <= 1.0 + SLACK
        checked = True
        if not valid:
            wrong = math.nan if score is None or math.isnan(score) else score
            self.invalids += 1
            self.invalid_run += 1
            if self.config.on_invalid == "abstain":
                self.unchecked += 1
                checked = False
            elif (
                self.config.on_invalid == "halt" or math.isnan(self.last) or self.invalid_run > self.config.max_invalid
            ):
                self.detail = "" if given else "missing"
                return self._halt(token, "invalid_score", wrong, wrong)
            given = False  # the last score holds
            score = self.last if checked else wrong
        elif score is not None:
            self.last = score = 0.0 if score <= 0.0 else min(score, 1.0)
            self.invalid_run = 0
            self._push(score)
            self._plan(score)
        else:
            score = self.last
        if checked and score < self.config.hard_limit:
            return self._halt(token, "hard_limit", score, score, given)
        if given and not self.pending:
            code, value = self._window_and_trend()
            if code and self.config.halt_mode == "hard":
                return self._halt(token, code, value, score, given)
            if code:
                self.pending = True
                self.code, self.value, self.halt_index = code, value, self.count
                self.tail = -1  # this token is none of the tail
        warning = checked and not self.pending and score < self.config.soft_limit
        self.warnings += warning
        return self._accept(token, score, given, warning)

    def _window_and_trend(self) -> tuple[str, float]:
        mean, drop = self.window_mean(), self.trend()
        if self.scored >= self.config.window_size and mean < self.config.window_threshold:
            return "window_avg", mean
        if drop > self.config.trend_threshold and self._significant(drop):
            return "downward_trend", drop
        return "", 0.0

    def _plan(self, score: float) -> None:
        """When the next score is due."""
        if self.config.adaptive:
            full = self.scored >= self.config.window_size
            if (self.window_mean() if full else score) > self.config.soft_limit:
                self.cadence = min(self.cadence + 1, self.config.max_cadence)
            if score < self.config.soft_limit:
                self.cadence = 1
        self.next_due = self.count + self.cadence

    def _accept(self, token: str, score: float, scored: bool, warning: bool) -> Step:
        index = self.count
        fresh = self.pending and self.tail < 0
        self.count += 1
        self.accepted += 1
        self.token_start, self.lengths = self.lengths, self.lengths.plus(token)
        self.token_end = self.lengths
        emit = self._released(token)
        ended = False
        if self.pending:
            self.tail += 1
            ended = self.sentence != 0 or self.tail >= self.config.soft_tail_max
        if ended:
            self.pending = False
            self.halted = self.soft_halted = True
            self.held = ""
        self._show(emit)
        code = self.code if ended or fresh else ""
        return Step(index, score, scored, ended, warning, self.pending, True, emit, code)

    def _released(self, token: str) -> str:
        """What may be shown with this token."""
        by_sentence = self.config.release == "sentence"
        before, cut = len(self.held), 0
        solid = self.held != "" and self.sentence != 2  # spaces alone are no sentence
        for at, ch in enumerate(token if by_sentence or self.config.halt_mode == "soft" else ""):
            space = text_class(ch) == "space"
            solid = solid or not space
            if ch in TERMINATORS:
                self.sentence = 1
            elif space:
                self.sentence = 2 if self.sentence else 0
            elif not (ch in CLOSERS and self.sentence == 1):
                self.sentence = 0
            if self.sentence == 2 and solid:
                cut = before + at + 1
        if not by_sentence:
            return token
        self.held += token
        if self.sentence == 1:
            cut = len(self.held)
        emit, self.held = self.held[:cut], self.held[cut:]
        return emit

    def _show(self, emit: str) -> None:
        self.shown = (self.shown + emit)[-TAIL:]

    def _after_the_end(self) -> Step:
        code = self.code if self.halted else "closed"
        return Step(self.count, self.last, False, True, False, False, False, "", code)

    def _halt(self, token: str, code: str, value: float, score: float, scored: bool = False) -> Step:
        """A hard halt: the token is withheld, and so is the text of its sentence."""
        index = self.count
        self.count += 1
        self.token_start, self.token_end = self.lengths, self.lengths.plus(token)
        self._end(code, value, index)
        return Step(index, score, scored, True, False, False, True, "", code)

    def _end(self, code: str, value: float, index: int) -> None:
        self.halted, self.pending, self.soft_halted = True, False, False
        self.code, self.value, self.halt_index = code, math.nan if math.isnan(value) else value, index
        self.held = ""
        if code == "hard_limit" and self.config.latch:
            self.stopped = True

    # ---- from outside

    def fail(self, code: str, value: float, detail: str, token: str) -> Step:
        """A halt that the host has seen: a callback that failed or hung, a token that did not come."""
        if self.halted or self.finished:
            return self._after_the_end()
        self.detail = as_text(detail)
        return self._halt(as_text(token), code, value, self.last)

    def finish(self) -> Step:
        """The end of the tokens. What was held back is released, unless the stream was halted."""
        emit, fresh = "", not self.halted and not self.finished
        if fresh and self.stopped:
            self.token_start = self.token_end = self.lengths
            self._end("stopped", 0.0, self.count)
        elif fresh and self.pending:
            self.pending = False
            self.halted = self.soft_halted = True
            self.held = ""
        elif fresh:
            emit, self.held = self.held, ""
            self._show(emit)
        self.finished = True
        code = self.code if self.halted else ""
        return Step(self.count, self.last, False, self.halted, False, False, fresh, emit, code)

    # ---- words

    def token_count(self) -> int:
        withheld = self.halted and not self.soft_halted and self.code in SCORED_CODES
        return self.accepted + (1 if withheld else 0)

    def reason(self, code: str) -> str:
        """The sentence for a code; for "closed" and "" there is no more to say."""
        config, value = self.config, f"{self.value:.4f}"
        if code == "hard_limit":
            return f"hard_limit ({value} < {config.hard_limit!r})"
        if code == "window_avg":
            return f"window_avg ({value} < {config.window_threshold!r})"
        if code == "downward_trend":
            return f"downward_trend ({value} > {config.trend_threshold!r})"
        if code == "invalid_score":
            return f"invalid_score ({self.detail or value})"
        if code == "callback_timeout":
            return f"callback_timeout (> {self.value!r} s)"
        if code == "token_timeout":
            return f"token_timeout ({value} > {config.token_timeout!r})"
        if code == "total_timeout":
            return f"total_timeout ({value} > {config.total_timeout!r})"
        if code in ("callback_error", "source_error"):
            return f"{code} ({self.detail})"
        return code
