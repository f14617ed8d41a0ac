"""PatternMatcher of victor_native and its functions, over AhoCorasick."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from paritas import AhoCorasick
from paritas.errors import ParitasError


class PatternMatch(NamedTuple):
    """The class of that name: text[start:end] is matched_text, in code points."""

    pattern_idx: int
    start: int
    end: int
    matched_text: str


class PatternMatcher:
    """The class of that name: leftmost-longest matches, ASCII letters of any case unless told otherwise."""

    def __init__(self, patterns: Sequence[str], case_insensitive: bool = True) -> None:
        self._automaton = AhoCorasick(patterns, case_insensitive=case_insensitive)
        self.case_insensitive = case_insensitive

    def find_all(self, text: str) -> list[PatternMatch]:
        found = self._automaton.find_all(text)
        return [PatternMatch(match.pattern, match.start, match.end, match.text) for match in found]

    def contains_any(self, text: str) -> bool:
        return self._automaton.contains(text)

    def count_matches(self, text: str) -> int:
        return self._automaton.count(text)

    def count_by_pattern(self, text: str) -> dict[int, int]:
        """How often each pattern that matches does, by its index."""
        counts = self._automaton.count_by_pattern(text)
        return {index: count for index, count in enumerate(counts) if count}

    def matched_patterns(self, text: str) -> list[int]:
        """Indices of the patterns that match, ascending."""
        return list(self.count_by_pattern(text))

    def matched_pattern_strings(self, text: str) -> list[str]:
        patterns = self._automaton.patterns
        return [patterns[index] for index in self.matched_patterns(text)]

    def get_pattern(self, index: int) -> str | None:
        """The pattern of that index, None where there is none."""
        patterns = self._automaton.patterns
        return patterns[index] if 0 <= index < len(patterns) else None

    def pattern_count(self) -> int:
        return self._automaton.pattern_count

    def replace_all(self, text: str, replacement: str) -> str:
        return self._automaton.replace_all(text, replacement)

    def replace_all_with(self, text: str, replacements: Sequence[str]) -> str:
        """The same with a replacement for each pattern."""
        return self._automaton.replace_all(text, list(replacements))


@lru_cache(maxsize=64)
def _made(patterns: tuple[str, ...], case_insensitive: bool) -> PatternMatcher:
    return PatternMatcher(patterns, case_insensitive)


def _matcher(patterns: Sequence[str], case_insensitive: bool) -> PatternMatcher:
    if isinstance(patterns, str):
        return PatternMatcher(patterns, case_insensitive)  # refused there
    return _made(tuple(patterns), case_insensitive)


def find_all_patterns(text: str, patterns: Sequence[str], case_insensitive: bool = True) -> list[PatternMatch]:
    return _matcher(patterns, case_insensitive).find_all(text)


def contains_any_pattern(text: str, patterns: Sequence[str], case_insensitive: bool = True) -> bool:
    return _matcher(patterns, case_insensitive).contains_any(text)


def count_pattern_matches(text: str, patterns: Sequence[str], case_insensitive: bool = True) -> int:
    return _matcher(patterns, case_insensitive).count_matches(text)


def get_matched_pattern_indices(text: str, patterns: Sequence[str], case_insensitive: bool = True) -> list[int]:
    return _matcher(patterns, case_insensitive).matched_patterns(text)


def batch_contains_any(texts: Sequence[str], patterns: Sequence[str], case_insensitive: bool = True) -> list[bool]:
    matcher = _matcher(patterns, case_insensitive)
    return [matcher.contains_any(text) for text in texts]


def weighted_pattern_score(
    text: str, patterns: Sequence[str], weights: Sequence[float], case_insensitive: bool = True
) -> float:
    """The weights of the patterns that match, each once, added in order of their indices.

    Errors: length_mismatch for another number of weights than of patterns
    """
    if len(patterns) != len(weights):
        raise ParitasError("length_mismatch", f"{len(patterns)} patterns need as many weights, not {len(weights)}")
    total = 0.0
    for index in get_matched_pattern_indices(text, patterns, case_insensitive):
        total += weights[index]
    return total
