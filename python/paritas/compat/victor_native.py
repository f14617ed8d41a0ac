"""The names of victor_native for patterns, answers, tool calls, thoughts and tasks: an import line is all that changes.

docs/compat.md lists where results differ from the original's, and why.
"""

from __future__ import annotations

from typing import Any

from paritas import (
    ClassificationResult,
    PatternAnalysis,
    SecretMatch,
    StreamingChunkResult,
    StreamingFilter,
    TaskType,
    ThinkingDetector,
    classify_task,
    count_circular_patterns,
    detect_circular_phrases,
    detect_leakage_patterns,
    find_all_keywords,
    find_circular_patterns,
    get_secret_types,
    has_action_keywords,
    has_analysis_keywords,
    has_generation_keywords,
    has_negation,
    has_secrets,
    mask_secrets,
    sanitize_response,
    scan_secrets,
    scan_secrets_summary,
    signature_similarity,
    strip_markup,
    validate_tool_name,
)
from paritas import compute_batch_signatures as _batch_signatures
from paritas import compute_signature as _signature
from paritas import contains_thinking_tokens as _contains_thinking
from paritas import extract_thinking_content as _extract_thinking
from paritas import find_thinking_tokens as _find_thinking
from paritas import is_garbage_content as _is_garbage
from paritas import list_secret_patterns as _secret_patterns
from paritas import strip_thinking_tokens as _strip_thinking
from paritas.compat._victor_classifier import TaskClassifier
from paritas.compat._victor_patterns import (
    PatternMatch,
    PatternMatcher,
    batch_contains_any,
    contains_any_pattern,
    count_pattern_matches,
    find_all_patterns,
    get_matched_pattern_indices,
    weighted_pattern_score,
)

__all__ = [
    "ClassificationResult",
    "PatternAnalysis",
    "PatternMatch",
    "PatternMatcher",
    "SecretMatch",
    "StreamingChunkResult",
    "StreamingFilter",
    "TaskClassifier",
    "TaskType",
    "ThinkingDetector",
    "batch_contains_any",
    "classify_task",
    "compute_batch_signatures",
    "compute_signature",
    "contains_any_pattern",
    "contains_thinking_tokens",
    "count_circular_patterns",
    "count_pattern_matches",
    "detect_circular_phrases",
    "detect_leakage_patterns",
    "extract_thinking_content",
    "find_all_keywords",
    "find_all_patterns",
    "find_circular_patterns",
    "find_thinking_tokens",
    "get_matched_pattern_indices",
    "get_secret_types",
    "has_action_keywords",
    "has_analysis_keywords",
    "has_generation_keywords",
    "has_negation",
    "has_secrets",
    "is_garbage_content",
    "list_secret_patterns",
    "mask_secrets",
    "sanitize_response",
    "scan_secrets",
    "scan_secrets_summary",
    "signature_similarity",
    "strip_markup",
    "strip_thinking_tokens",
    "validate_tool_name",
    "weighted_pattern_score",
]

_DIGITS = 16  # of a signature, as there


def compute_signature(tool_name: str, arguments: Any) -> str:
    """The signature of a call in 16 digits; paritas.compute_signature gives 32."""
    return _signature(tool_name, arguments, length=_DIGITS)


def compute_batch_signatures(tool_calls: list[tuple[str, Any]]) -> list[str]:
    """The signatures of many calls in 16 digits each."""
    return _batch_signatures(tool_calls, length=_DIGITS)


def is_garbage_content(content: str) -> bool:
    """Whether an answer has a fault of length, leaked syntax or garbage that is high."""
    return _is_garbage(content)


def contains_thinking_tokens(content: str) -> bool:
    """Whether there is a marker of a thought."""
    return _contains_thinking(content)


def extract_thinking_content(content: str) -> tuple[str, str]:
    """The answer, and the thoughts joined by line feeds."""
    main, thinking = _extract_thinking(content)
    return main, thinking


def find_thinking_tokens(content: str) -> list[tuple[int, int, int]]:
    """Start, end and number of each marker."""
    return [(start, end, index) for start, end, index in _find_thinking(content)]


def strip_thinking_tokens(content: str) -> str:
    """The text without markers; what was thought stays."""
    return _strip_thinking(content)


def list_secret_patterns() -> list[str]:
    """The names of the rules."""
    return [pattern.name for pattern in _secret_patterns()]
