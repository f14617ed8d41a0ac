"""What the classifier of tasks returns: the same classes natively and in the reference."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple


class TaskType(str, Enum):
    """The types of classify_task: equal to their names, as `task_type` has them; int() numbers them from 0."""

    Action = "action"
    Analysis = "analysis"
    Generation = "generation"
    Search = "search"
    Edit = "edit"
    Default = "default"

    def __int__(self) -> int:
        return list(TaskType).index(self)

    def __str__(self) -> str:
        return self.value


class KeywordMatch(NamedTuple):
    """A keyword in a text."""

    text: str  # as it stands there
    keyword: str  # of the classifier
    category: str
    weight: float  # of the keyword
    start: int
    end: int
    negated: bool


class ClassificationResult(NamedTuple):
    """What a text asks for, and which of its words say so."""

    task_type: str
    """The name of a category, or "default"; TaskType has those of classify_task."""
    confidence: float
    """0 to 1: the score of the best category against those of all; 0 where no category has one."""
    scores: dict[str, float]
    """Every category, in order."""
    matched_count: int
    """Matches that are not negated."""
    negated_count: int
    matches: list[KeywordMatch]
    """In text order, the negated ones too."""
    is_action_task: bool
    """Action, generation or edit."""
    is_analysis_task: bool
    """Analysis or search."""
    is_generation_task: bool
    needs_execution: bool
    recommended_tool_budget: int
    """How many tool calls such a task is worth: 15, 30, 20, 10, 15; 20 for what is none of the five."""

    def to_legacy_dict(self) -> dict[str, Any]:
        """The form that older callers read: `coarse_task_type` is action, analysis or default."""
        coarse = "action" if self.is_action_task else "analysis" if self.is_analysis_task else "default"
        return {
            "is_action_task": self.is_action_task,
            "is_analysis_task": self.is_analysis_task,
            "needs_execution": self.needs_execution,
            "coarse_task_type": coarse,
            "confidence": self.confidence,
            "source": "native",
            "task_type": self.task_type,
        }
