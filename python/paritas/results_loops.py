"""What the detectors of loops tell, the same classes whichever backend computes."""

from typing import Literal, NamedTuple

RepetitionKind = Literal["none", "period", "low_novelty"]
LoopType = Literal["", "stalling", "exact_repetition", "semantic_similarity", "internal_repetition"]
ThinkingCategory = Literal["file_read", "search", "analysis", "implementation", "general"]


class RepetitionReport(NamedTuple):
    """Whether a text repeats itself. Lengths and places are code points."""

    is_loop: bool
    kind: RepetitionKind
    position: int  # how much was read when it fired, or so far
    period: int  # of the unit, 0 without one
    repeats: int  # whole units
    covered: int  # from start to the end of the repetition
    unit: str
    start: int  # where the repetition begins
    novelty: float  # distinct n-grams of the last words over all of them, 1.0 without any


class CycleReport(NamedTuple):
    """Whether the last tool calls repeat."""

    is_cycle: bool
    period: int  # calls, 0 without a cycle
    repeats: int  # how often they came, 0 without a cycle
    sequence: list[str]  # the names of the calls of one round, or their signatures
    guidance: str  # what the model may be told, "" without a cycle


class PatternAnalysis(NamedTuple):
    """What a ThinkingDetector finds in one thought."""

    is_loop: bool
    loop_type: LoopType
    similarity_score: float  # of the most similar thought before it, 1.0 for an exact repetition
    matching_patterns: int  # how many thoughts it was found like, this one included
    guidance: str  # what the model may be told, "" without a loop
    category: ThinkingCategory


class CircularPattern(NamedTuple):
    """A phrase that announces the next step in place of taking it: text[start:end] is `text`."""

    start: int
    end: int
    text: str
