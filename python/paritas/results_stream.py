"""What a watched stream tells: events, sessions and evidence, the same classes whichever backend computes."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from paritas.results import Span

HaltCode = Literal[
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
]


class EvidenceChunk(NamedTuple):
    """A passage of the sources that speaks about what was halted."""

    text: str
    score: float
    span: Span | None


class HaltEvidence(NamedTuple):
    """Why a stream was halted."""

    code: HaltCode
    reason: str
    index: int  # type: ignore[assignment]
    last_score: float  # of the halting token; NaN without one
    window_mean: float
    trend_drop: float
    trend_se: float  # standard error that trend_drop was held against, 0.0 where it was not
    scores: list[float]  # the window, oldest first
    text_tail: str  # the last 200 characters of the output
    token_span: Span  # of the halting token in all accepted text and it
    evidence_chunks: list[EvidenceChunk]
    reasons: list[Any]  # of the verifier
    suggested_action: str


class TokenEvent(NamedTuple):
    """What became of one token."""

    index: int  # type: ignore[assignment]
    token: str
    score: float  # the last one where it was not scored; NaN without one
    scored: bool
    halted: bool
    warning: bool
    soft_pending: bool  # a soft halt waits for the end of the sentence
    emit: str  # text that may be shown now
    reason: str
    code: HaltCode
    window_mean: float  # of the scores in the window, 0.0 without one
    trend_drop: float  # 0.0 until the trend window is full
    timestamp: float = 0.0  # seconds since the start, as the caller said
    halt_evidence: HaltEvidence | None = None

    @property
    def coherence(self) -> float:
        """The score."""
        return self.score


class HaltSummary(NamedTuple):
    """What a monitor counts, in constant memory."""

    token_count: int
    halted: bool
    soft_halted: bool
    halt_index: int
    halt_reason: str
    halt_code: HaltCode
    warning_count: int
    invalid_count: int
    unchecked_count: int
    avg_coherence: float
    min_coherence: float
    elapsed: float


class StreamSession:
    """One stream, from the first token to the last. Without `keep_history` it has counts, but no lists, no output."""

    def __init__(
        self,
        summary: HaltSummary | None = None,
        events: list[TokenEvent] | None = None,
        debug_log: list[dict[str, Any]] | None = None,
        errors: list[BaseException] | None = None,
        evidence: HaltEvidence | None = None,
        listed: int = 0,
    ) -> None:
        summary = summary or HaltSummary(0, False, False, -1, "", "", 0, 0, 0, 0.0, 0.0, 0.0)
        self.events: list[TokenEvent] = list(events or ())
        self.debug_log: list[dict[str, Any]] = list(debug_log or ())
        self.errors: list[BaseException] = list(errors or ())
        self.error: BaseException | None = None
        self._listed = listed  # events that stand for a token: the end of a stream and an unread token are none
        self.halted = summary.halted
        self.soft_halted = summary.soft_halted
        self.halt_index = summary.halt_index
        self.halt_reason = summary.halt_reason
        self.halt_code = summary.halt_code
        self.halt_evidence: str = ""
        self.halt_evidence_structured = evidence
        self.start_time = 0.0
        self.end_time = summary.elapsed
        self.warning_count = summary.warning_count
        self.invalid_count = summary.invalid_count
        self.unchecked_count = summary.unchecked_count
        self.token_count = summary.token_count
        self.avg_coherence = summary.avg_coherence
        self.min_coherence = summary.min_coherence

    @property
    def tokens(self) -> list[str]:
        """What came, the token that a score has halted included."""
        return [event.token for event in self.events[: self._listed]]

    @property
    def coherence_history(self) -> list[float]:
        """The scores, of scored tokens alone."""
        return [event.score for event in self.events if event.scored]

    @property
    def output(self) -> str:
        """Everything accepted: what all events together have emitted."""
        return "".join([event.emit for event in self.events])

    @property
    def duration_ms(self) -> float:
        return (self.end_time - self.start_time) * 1000.0

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain values, errors as their type and message."""
        evidence = self.halt_evidence_structured
        told = [f"{type(error).__name__}: {error}" for error in self.errors]
        return {
            "tokens": self.tokens,
            "output": self.output,
            "coherence_history": self.coherence_history,
            "halted": self.halted,
            "soft_halted": self.soft_halted,
            "halt_index": self.halt_index,
            "halt_reason": self.halt_reason,
            "halt_code": self.halt_code,
            "halt_evidence": self.halt_evidence,
            "halt_evidence_structured": None if evidence is None else evidence_dict(evidence),
            "start_time": self.start_time,
            "end_time": self.end_time,
            "duration_ms": self.duration_ms,
            "token_count": self.token_count,
            "warning_count": self.warning_count,
            "invalid_count": self.invalid_count,
            "unchecked_count": self.unchecked_count,
            "avg_coherence": self.avg_coherence,
            "min_coherence": self.min_coherence,
            "errors": told,
            "error": None if self.error is None else f"{type(self.error).__name__}: {self.error}",
            "debug_log": self.debug_log,
        }

    def __repr__(self) -> str:
        end = self.halt_reason if self.halted else "no halt"
        return f"StreamSession({self.token_count} tokens, {end})"


def evidence_dict(evidence: HaltEvidence) -> dict[str, Any]:
    fields: dict[str, Any] = evidence._asdict()
    fields["token_span"] = list(evidence.token_span)
    fields["evidence_chunks"] = [
        {"text": chunk.text, "score": chunk.score, "span": None if chunk.span is None else list(chunk.span)}
        for chunk in evidence.evidence_chunks
    ]
    fields["reasons"] = [reason._asdict() if hasattr(reason, "_asdict") else reason for reason in evidence.reasons]
    return fields
