"""RustCoherenceScorer of backfire-kernel, over CoherenceScorer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from paritas import CoherenceScorer
from paritas.compat._backfire_config import BackfireConfig

_UNKNOWN = 0.5  # h_factual without evidence; the published field is always a number


class CoherenceScore(NamedTuple):
    """The class of that name: divergences are 0 where nothing is wrong."""

    score: float
    approved: bool
    h_logical: float
    h_factual: float
    warning: bool
    evidence: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "score": self.score,
            "approved": self.approved,
            "h_logical": self.h_logical,
            "h_factual": self.h_factual,
            "warning": self.warning,
        }


class RustCoherenceScorer:
    """The class of that name. nli_callback(prompt, answer) gives the logical divergence, knowledge_callback(prompt) the
    evidence or None. What a callback raises goes on to the caller, and without evidence nothing is approved.
    """

    def __init__(
        self,
        config: BackfireConfig | None = None,
        nli_callback: Callable[[str, str], float] | None = None,
        knowledge_callback: Callable[[str], str | None] | None = None,
    ) -> None:
        self._config = config if config is not None else BackfireConfig()
        self._nli, self._knowledge = nli_callback, knowledge_callback
        self.threshold, self.soft_limit = self._config.coherence_threshold, self._config.soft_limit
        self._history = 0
        self._scorer = CoherenceScorer(w_logic=self._config.w_logic, w_fact=self._config.w_fact)

    @property
    def use_nli(self) -> bool:
        """Whether logic is judged: always, by the callback or by rules."""
        return True

    @property
    def history_len(self) -> int:
        """How many approved answers are remembered, at most `history_window`."""
        return self._history

    def review(self, prompt: str, action: str) -> tuple[bool, CoherenceScore]:
        """Whether an answer is approved, and its score."""
        found = self._score(prompt, action)
        if found.approved:
            self._history = min(self._history + 1, self._config.history_window)
        return found.approved, found

    def calculate_factual_divergence(self, prompt: str, text_output: str) -> float:
        """0 for an answer that the evidence supports, to 1; 0.5 without evidence."""
        return self._score(prompt, text_output).h_factual

    def calculate_logical_divergence(self, prompt: str, text_output: str) -> float:
        """What nli_callback says; else 0.8 for an answer that contradicts the prompt or itself, 0.2 for any other."""
        return self._score(prompt, text_output).h_logical

    def compute_divergence(self, prompt: str, action: str) -> float:
        """w_logic times the logical and w_fact times the factual divergence."""
        found = self._score(prompt, action)
        return self._config.w_logic * found.h_logical + self._config.w_fact * found.h_factual

    def _score(self, prompt: str, answer: str) -> CoherenceScore:
        evidence = None if self._knowledge is None else self._knowledge(prompt)
        _, found = self._scorer.review(prompt, answer, evidence)
        h_logical, invalid = found.h_logical, False
        if self._nli is not None:
            said = float(self._nli(prompt, answer))
            invalid = not 0.0 <= said <= 1.0
            h_logical = 1.0 if invalid else said
        h_factual = _UNKNOWN if found.h_factual is None else found.h_factual
        score = 1.0 - (self._config.w_logic * h_logical + self._config.w_fact * h_factual)
        # director-ai decides by this score alone, so that it must say all: logic never outvotes the facts.
        score = min(score, 1.0 - h_factual)
        says_something = all(reason.code != "no_claims" for reason in found.reasons)
        approved = says_something and not invalid and found.h_factual is not None and score >= self.threshold
        warning = approved and score < self.soft_limit
        return CoherenceScore(score, approved, h_logical, h_factual, warning, found.evidence)
