"""RustSafetyKernel and RustStreamingKernel of backfire-kernel: our kernels behind the published names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paritas import StreamingKernel
from paritas import StreamSession as Session
from paritas.compat._backfire_config import BackfireConfig

NO_TREND = 1e9  # no drop of scores is above it


class StreamSession:
    """The class of that name; halt_index is -1 without a halt."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.tokens = session.tokens
        self.coherence_history = session.coherence_history
        self.halted = session.halted
        self.halt_index = session.halt_index
        self.halt_reason = session.halt_reason

    def output(self) -> str:
        return self._session.output

    def token_count(self) -> int:
        return self._session.token_count

    def avg_coherence(self) -> float:
        return self._session.avg_coherence

    def min_coherence(self) -> float:
        return self._session.min_coherence

    def duration_ms(self) -> float:
        return self._session.duration_ms


class _Kernel:
    """The callback gets the single token, as there; any iterable will do for the tokens."""

    def __init__(self, kernel: StreamingKernel) -> None:
        self._kernel = kernel

    def _stream(self, tokens: Sequence[str], coherence_callback: Callable[[str], float]) -> Session:
        return self._kernel.stream_tokens(tokens, coherence_callback, callback_input="token")

    @property
    def is_active(self) -> bool:
        return self._kernel.is_active

    def reactivate(self) -> None:
        self._kernel.reactivate()


class RustSafetyKernel(_Kernel):
    """The class of that name: only the hard limit halts, and what cannot be judged."""

    def __init__(self, hard_limit: float = 0.5) -> None:
        super().__init__(
            StreamingKernel(hard_limit=hard_limit, soft_limit=1.0, window_threshold=0.0, trend_threshold=NO_TREND)
        )

    def stream_output(self, tokens: Sequence[str], coherence_callback: Callable[[str], float]) -> str:
        """The text, or the published message of an interrupt."""
        session = self._stream(tokens, coherence_callback)
        return "[KERNEL INTERRUPT: COHERENCE LIMIT EXCEEDED]" if session.halted else session.output

    def emergency_stop(self) -> None:
        self._kernel.emergency_stop()


class RustStreamingKernel(_Kernel):
    """The class of that name: hard limit, window and trend, with the statistics of HaltMonitor behind the trend."""

    def __init__(self, config: BackfireConfig | None = None) -> None:
        known = BackfireConfig() if config is None else config
        super().__init__(
            StreamingKernel(
                hard_limit=known.hard_limit,
                soft_limit=max(known.hard_limit, known.soft_limit),
                window_size=known.window_size,
                window_threshold=known.window_threshold,
                trend_window=max(2, known.trend_window),  # one score has no trend
                trend_threshold=known.trend_threshold if known.trend_window > 1 else NO_TREND,
            )
        )

    def stream_tokens(self, tokens: Sequence[str], coherence_callback: Callable[[str], float]) -> StreamSession:
        """The session of a stream, up to its halt."""
        return StreamSession(self._stream(tokens, coherence_callback))

    def stream_output(self, tokens: Sequence[str], coherence_callback: Callable[[str], float]) -> str:
        """The text, or the published message of an interrupt."""
        session = self._stream(tokens, coherence_callback)
        return f"[KERNEL INTERRUPT: {session.halt_reason}]" if session.halted else session.output
