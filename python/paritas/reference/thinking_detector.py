"""ThinkingDetector and circular phrases, as core/src/stream/thinking_detector.cpp computes them."""

from __future__ import annotations

from typing import Any

from paritas.errors import ParitasError
from paritas.reference.convert import real, text
from paritas.reference.repetition import checked, detect_repetition, word_part
from paritas.reference.sentences import sentences
from paritas.reference.signature import jaccard
from paritas.reference.unicode import text_class
from paritas.reference.word_points import is_word_point
from paritas.results_loops import CircularPattern, LoopType, PatternAnalysis, ThinkingCategory

CIRCULAR = tuple(
    f"{start} {end}"
    for starts, ends in (
        (
            ("let me",),
            "read,check,look at,examine,see,first,start by,actually use,use the,continue,proceed",
        ),
        (("i need to",), "read,check,look at,examine,see"),
        (("first", "now"), "let me"),
        (("i'll", "i will"), "need to,have to,read,actually read"),
        (("now",), "i'll,i will"),
        (("i should",), "read,examine,check,look"),
    )
    for start in starts
    for end in ends.split(",")
)
STALLS = (
    *("let me", "i'll", "i will", "i need to", "i should", "i'm going to"),
    *("now let me", "now i'll", "now i will", "first let me", "first i"),
)
EVIDENCE = frozenset({"done", "passed", "failed", "found", "fixed", "shows"})
CATEGORIES: tuple[tuple[ThinkingCategory, frozenset[str]], ...] = (
    ("file_read", frozenset({"read", "file", "content"})),
    ("search", frozenset({"search", "find", "look"})),
    ("analysis", frozenset({"understand", "analyze", "examine"})),
    ("implementation", frozenset({"implement", "create", "write"})),
)
ADVICE: dict[ThinkingCategory, str] = {
    "file_read": "Read the file now, or use what was read.",
    "search": "Run one new search, or use what was found.",
    "analysis": "State the conclusion and act on it.",
    "implementation": "Write it now.",
    "general": "Take the next step, or answer.",
}
STOP_WORDS = frozenset(
    "about after again also another back been before being between both came come could does doing done down each"
    " even ever every from further going gone good have having here high however into itself just like made make many"
    " maybe more most much must myself need needs never next once only other over really same should since some"
    " something still such take than that their them themselves then there therefore these they thing things think"
    " this those though through time together very want wants well went were what when where whether which while will"
    " with within without would your yours".split()
)
EXACT_HISTORY = 256
MAX_KEYWORDS = 4096  # of one thought


def _phrase_end(given: str, at: int, phrase: str) -> int:
    """Where a phrase that starts there ends, -1 where another text stands."""
    for wanted in phrase:
        if wanted == " ":
            gap = at
            while at < len(given) and text_class(given[at]) == "space":
                at += 1
            if at == gap:
                return -1
            continue
        if at == len(given):
            return -1
        ch = given[at]
        same = text_class(ch) == "apostrophe" if wanted == "'" else ch.isascii() and ch.lower() == wanted
        if not same:
            return -1
        at += 1
    return -1 if at < len(given) and is_word_point(given[at]) else at


def _longest(given: str, at: int, phrases: tuple[str, ...]) -> int:
    return max(_phrase_end(given, at, phrase) for phrase in phrases)


def find_circular_patterns(text: str) -> list[CircularPattern]:
    """Phrases that announce the next step in place of taking it."""
    return _find(text)


def _find(given: str) -> list[CircularPattern]:
    shown = given
    given = text(given)
    found = []
    at = 0
    while at < len(given):
        start = at
        at += 1
        if given[start] not in "lLiIfFnN" or (start and is_word_point(given[start - 1])):
            continue
        end = _longest(given, start, CIRCULAR)
        if end > 0:
            found.append(CircularPattern(start, end, shown[start:end]))
            at = end
    return found


def count_circular_patterns(text: str) -> int:
    return len(_find(text))


def detect_circular_phrases(text: str) -> bool:
    return bool(_find(text))


def _words(given: str) -> list[str]:
    words = [""]
    for ch in given:
        part = word_part(ch)
        if part:
            words[-1] += part
        elif words[-1]:
            words.append("")
    return [word for word in words if word]


def _keywords(given: str) -> frozenset[str]:
    found: dict[str, None] = {}
    word, count, before = "", 0, ""
    for ch in [*given, " "]:
        unspaced = text_class(ch) == "unspaced"
        part = "" if unspaced else word_part(ch)
        if part:
            word += part
            count += 1
        elif word:
            if count >= 4 and word not in STOP_WORDS:
                found.setdefault(word)
            word, count = "", 0
        if unspaced and before:
            found.setdefault(before + ch)
        before = ch if unspaced else ""
    return frozenset(list(found)[:MAX_KEYWORDS])


class ThinkingDetector:
    """Finds a model whose thoughts go round in circles."""

    def __init__(
        self,
        repetition_threshold: int = 3,
        similarity_threshold: float = 0.65,
        window_size: int = 10,
        stalling_threshold: int = 2,
    ) -> None:
        self._repetition = checked("repetition_threshold", repetition_threshold, 2, EXACT_HISTORY)
        self._similarity = real(similarity_threshold)
        if not 0.0 < self._similarity <= 1.0:
            raise ParitasError("invalid_argument", "similarity_threshold must be above 0 and at most 1")
        self._window = checked("window_size", window_size, 1, EXACT_HISTORY)
        self._stalling = checked("stalling_threshold", stalling_threshold, 1, EXACT_HISTORY)
        self.reset()
        self.clear_stats()

    def reset(self) -> None:
        """Forgets all thoughts; the counts stay."""
        self._exact: list[str] = []
        self._keywords: list[frozenset[str]] = []
        self._stalls = 0  # in a row, since the last that fired

    def clear_stats(self) -> None:
        """Sets the counts to 0; the thoughts stay."""
        self._counts: dict[LoopType, int] = dict.fromkeys(
            ("stalling", "exact_repetition", "semantic_similarity", "internal_repetition"), 0
        )
        self._total = 0

    def record_thinking(self, content: str) -> tuple[bool, str]:
        """Whether it is a loop, and what the model may be told."""
        found = self.analyze(content)
        return found.is_loop, found.guidance

    def analyze(self, content: str) -> PatternAnalysis:
        """Records a thought."""
        content = text(content)
        self._total += 1
        words = _words(content)
        category: ThinkingCategory = next((name for name, cues in CATEGORIES if cues & set(words)), "general")
        spaced = "".join(" " if text_class(ch) == "space" else ch for ch in content)
        normal = [part for part in spaced.split(" ") if part]
        if not normal:
            self._stalls = 0
            return PatternAnalysis(False, "", 0.0, 0, "", category)

        self._stalls = self._stalls + 1 if self._stall(content) else 0
        stalled = self._stalls
        if stalled >= self._stalling:
            self._stalls = 0

        thought = " ".join(normal)
        self._exact = [*self._exact, thought][-EXACT_HISTORY:]
        times = self._exact.count(thought)

        keywords = _keywords(content)
        scores = [jaccard(keywords, other) if keywords and other else 0.0 for other in self._keywords]
        score = 1.0 if times > 1 else max(scores, default=0.0)
        alike = sum(value >= self._similarity for value in scores)
        self._keywords = [*self._keywords, keywords][-self._window :]

        kind: LoopType = ""
        count = 0
        if stalled >= self._stalling:
            kind, count = "stalling", stalled
            said = f"Stalling: {count} thoughts in a row announce a step and take none."
        elif times >= self._repetition:
            kind, count = "exact_repetition", times
            said = f"Exact repetition: this thought came {count} times."
        elif alike >= self._repetition - 1:
            kind, count = "semantic_similarity", alike + 1
            said = f"Similar thoughts: {count} of them say nearly the same."
        else:
            report = detect_repetition(content)
            if report.is_loop:
                kind, count = "internal_repetition", report.repeats
                often = f" {count} times" if count else ""
                said = f"Repetition within a thought: its text repeats itself{often}."
        if not kind:
            return PatternAnalysis(False, "", score, 0, "", category)
        self._counts[kind] += 1
        return PatternAnalysis(True, kind, score, count, f"{said} {ADVICE[category]}", category)

    def _stall(self, content: str) -> bool:
        spans = sentences(content)
        if not spans:
            return False
        first = content[spans[0].start : spans[0].end]
        return _longest(first, 0, STALLS) > 0 and not EVIDENCE & set(_words(first))

    def get_stats(self) -> dict[str, Any]:
        loops = sum(self._counts.values())
        return {
            "total_analyzed": self._total,
            "loops_detected": loops,
            "exact_matches": self._counts["exact_repetition"],
            "similar_matches": self._counts["semantic_similarity"],
            "stalling_detected": self._counts["stalling"],
            "consecutive_stalls": self._stalls,
            "detection_rate": float(loops) / float(self._total) if self._total else 0.0,
            "history_size": len(self._keywords),
            "unique_patterns": len(set(self._exact)),
        }
