"""BackfireConfig of backfire-kernel: the thresholds of its scorer and of its streaming kernel."""

from __future__ import annotations

import json
import math
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError

_SHARES = ("coherence_threshold", "hard_limit", "soft_limit", "w_logic", "w_fact", "window_threshold")
_COUNTS = ("window_size", "trend_window", "history_window", "deadline_ms")


class BackfireConfig:
    """The class of that name; its fields can be read as well. Errors: invalid_argument for a value without meaning."""

    def __init__(
        self,
        coherence_threshold: float = 0.6,
        hard_limit: float = 0.5,
        soft_limit: float = 0.7,
        w_logic: float = 0.6,
        w_fact: float = 0.4,
        window_size: int = 10,
        window_threshold: float = 0.55,
        trend_window: int = 5,
        trend_threshold: float = 0.15,
        history_window: int = 5,
        deadline_ms: int = 50,
        logit_entropy_limit: float = 1.2,
    ) -> None:
        self.coherence_threshold, self.hard_limit, self.soft_limit = coherence_threshold, hard_limit, soft_limit
        self.w_logic, self.w_fact = w_logic, w_fact
        self.window_size, self.window_threshold = window_size, window_threshold
        self.trend_window, self.trend_threshold = trend_window, trend_threshold
        self.history_window, self.deadline_ms = history_window, deadline_ms
        self.logit_entropy_limit = logit_entropy_limit
        for name in (*_SHARES, "trend_threshold", "logit_entropy_limit"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ParitasTypeError("invalid_argument", f"{name} must be a number, not {type(value).__name__}")
            if not math.isfinite(value) or (name in _SHARES and not 0 <= value <= 1):
                most = "from 0 to 1" if name in _SHARES else "finite"
                raise ParitasError("invalid_argument", f"{name} must be {most}, not {value}")
        for name in _COUNTS:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int):
                raise ParitasTypeError("invalid_argument", f"{name} must be an int, not {type(value).__name__}")
            least = 0 if name == "deadline_ms" else 1
            if value < least:
                raise ParitasError("invalid_argument", f"{name} must be at least {least}, not {value}")
        if abs(w_logic + w_fact - 1.0) > 1e-9:
            raise ParitasError("invalid_argument", f"w_logic and w_fact must add up to 1, not {w_logic + w_fact}")

    @staticmethod
    def from_json(text: str) -> BackfireConfig:
        """The configuration that a JSON object with every field describes."""
        try:
            fields: Any = json.loads(text)
        except json.JSONDecodeError as error:
            raise ParitasError("invalid_argument", f"a JSON object is needed: {error}", error.pos) from None
        known = set(vars(BackfireConfig()))
        if not isinstance(fields, dict) or fields.keys() != known:
            raise ParitasError("invalid_argument", f"a JSON object of {', '.join(sorted(known))} is needed")
        return BackfireConfig(**fields)

    def __repr__(self) -> str:
        threshold, hard_limit, deadline = self.coherence_threshold, self.hard_limit, self.deadline_ms
        return f"BackfireConfig(threshold={threshold}, hard_limit={hard_limit}, deadline_ms={deadline})"
