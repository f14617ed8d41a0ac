"""CycleDetector, as core/src/stream/cycles.cpp computes it, by the definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from paritas.errors import ParitasError
from paritas.reference.canonical_json import Canonical
from paritas.reference.convert import real, text
from paritas.reference.repetition import checked
from paritas.reference.signature import call_text, jaccard, leaves
from paritas.reference.xxh3 import xxh3_128
from paritas.results_loops import CycleReport

MAX_PERIOD = 1024
MAX_WINDOW = 65_536


class _Call(NamedTuple):
    signature: str
    name: str
    leaves: frozenset[tuple[str, str]] | None  # None for a call that is known by its signature alone


class CycleDetector:
    """Finds tool calls that come round again."""

    def __init__(
        self,
        max_period: int = 8,
        repeats: int = 3,
        same_repeats: int = 4,
        window: int = 64,
        similarity: float = 1.0,
    ) -> None:
        self._max_period = checked("max_period", max_period, 1, MAX_PERIOD)
        self._repeats = checked("repeats", repeats, 2, MAX_WINDOW)
        self._same_repeats = checked("same_repeats", same_repeats, 2, MAX_WINDOW)
        least = max(self._max_period * self._repeats, self._same_repeats)
        self._window = checked("window", window, least, MAX_WINDOW)
        self._similarity = real(similarity)
        if not 0.0 < self._similarity <= 1.0:
            raise ParitasError("invalid_argument", "similarity must be above 0 and at most 1")
        self.reset()

    def reset(self) -> None:
        """Forgets all calls."""
        self._calls: list[_Call] = []

    def record(self, name: str, arguments: Any, *, default: Callable[[Any], Any] | None = None) -> CycleReport:
        """What a call makes of it. Errors: those of canonical_json, and nothing has changed"""
        signature = f"{xxh3_128(call_text(name, arguments, default).encode()):032x}"
        return self._add(_Call(signature, text(name), leaves(Canonical(default).of(arguments))))

    def record_signature(self, sig: str) -> CycleReport:
        """The same for a call that is known by its signature of 32 digits alone."""
        return self._add(_Call(text(sig), text(sig), None))

    def _equal(self, a: _Call, b: _Call) -> bool:
        if a.signature == b.signature:
            return True
        if self._similarity == 1.0 or a.leaves is None or b.leaves is None or a.name != b.name:
            return False
        return jaccard(a.leaves, b.leaves) >= self._similarity

    def _add(self, call: _Call) -> CycleReport:
        self._calls = [*self._calls, call][-self._window :]
        calls = self._calls
        for p in range(1, self._max_period + 1):
            run = 0
            while run + p < len(calls) and self._equal(calls[-1 - run], calls[-1 - run - p]):
                run += 1
            repeats = 1 + run // p
            if repeats >= (self._same_repeats if p == 1 else self._repeats):
                sequence = [each.name for each in calls[-p:]]
                return CycleReport(True, p, repeats, sequence, self._guidance(repeats, sequence))
        return CycleReport(False, 0, 0, [], "")

    def _guidance(self, repeats: int, sequence: list[str]) -> str:
        if len(sequence) == 1:
            how = "nearly the same" if self._similarity < 1.0 else "the same"
            called = f"{sequence[0]} was called {repeats} times in a row with {how} arguments."
            return f"{called} Use the result it gave, change the arguments, or answer."
        came = f"These {len(sequence)} calls came {repeats} times in a row: {', '.join(sequence)}."
        return f"{came} Use the results they gave, take another way, or answer."
