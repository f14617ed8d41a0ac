"""What a request asks for, by its keywords and by what it negates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference import classify_words as lists
from paritas.reference.classify_words import APART, Phrase, Word, forms, gap_kind, phrase, words
from paritas.reference.convert import flag, real, whole
from paritas.reference.convert import text as text_of
from paritas.reference.convert import texts as texts_of
from paritas.results_classify import ClassificationResult, KeywordMatch

_MOST = 1e100  # so that no sum of weights reaches infinity
_TRAITS = {  # is_action_task, is_analysis_task, is_generation_task, needs_execution, recommended_tool_budget
    "action": (True, False, False, True, 15),
    "analysis": (False, True, False, False, 30),
    "generation": (True, False, True, False, 20),
    "search": (False, True, False, False, 10),
    "edit": (True, False, False, False, 15),
}
_OTHER = (False, False, False, False, 20)
_COMMAS = frozenset(",，、")
_ENDS = frozenset("!?;。！？；：") | lists.LINE_BREAKS


class _Keyword(NamedTuple):
    text: str
    category: int
    weight: float


class TaskClassifier:
    """Tells what a request asks for by weighted keywords, in clauses that a negation does not cover.

    categories:      {category: {keyword: weight}}, in the order that ties go by; None for those of classify_task
    position_weight: how much more a keyword counts at the start of the text than at its end
    negation_radius: how many words behind a negator it reaches at most
    smoothing:       what is added to the sum of scores, so that one weak word gives no certainty
    threshold:       a confidence under it is "default"
    inflect:         whether the forms of a keyword count as it does; see inflect
    negators:        words and phrases that negate what follows; None for those of English
    Errors:          invalid_argument for a keyword without a word, a weight that is not finite or below 0, smoothing
                     below 0, a threshold outside [0, 1]; duplicate_key for a keyword twice in a category
    """

    def __init__(
        self,
        categories: Mapping[str, Mapping[str, float]] | None = None,
        *,
        position_weight: float = 0.1,
        negation_radius: int = 12,
        smoothing: float = 0.25,
        threshold: float = 0.3,
        inflect: bool = True,
        negators: Sequence[str] | None = None,
    ) -> None:
        given = _categories_of(categories)
        self._position_weight = real(position_weight)
        self._radius = whole(negation_radius)
        self._smoothing = real(smoothing)
        self._threshold = real(threshold)
        inflects = flag(inflect)
        own_negators = None if negators is None else texts_of(negators)
        if not 0.0 <= self._position_weight <= _MOST:
            raise ParitasError("invalid_argument", "position_weight must be a number from 0 to 1e100")
        if not 0.0 <= self._smoothing <= _MOST:
            raise ParitasError("invalid_argument", "smoothing must be a number from 0 to 1e100")
        if self._radius < 0:
            raise ParitasError("invalid_argument", "negation_radius must be at least 0")
        if not 0.0 <= self._threshold <= 1.0:
            raise ParitasError("invalid_argument", "threshold must be a number from 0 to 1")
        self._names = [name for name, _ in given]
        self._keywords: list[_Keyword] = []
        self._accepts: dict[Phrase, dict[int, int]] = {}  # a keyword for each category that has the phrase
        for number, (name, keywords) in enumerate(given):
            if name in ("", "default"):
                raise ParitasError("invalid_argument", "a category must have a name, and not default", number)
            if name in self._names[:number]:
                raise ParitasError("duplicate_key", "a category must not stand there twice", number)
            self._add_category(number, keywords, inflects)
        self._negations: dict[Phrase, str] = dict.fromkeys(
            (phrase(text, "negator", 0) for text in lists.NOT_NEGATORS), "none"
        )
        for number, text in enumerate(lists.NEGATORS if own_negators is None else own_negators):
            kind = "verb" if lists.lowered(text) in lists.VERB_NEGATORS else "plain"
            self._negations[phrase(text, f"negator {number}", number)] = kind

    def _add_category(self, number: int, keywords: list[tuple[str, float]], inflects: bool) -> None:
        first = len(self._keywords)
        for text, weight in keywords:
            offset = len(self._keywords)
            what = f"keyword {offset - first} of category {number}"
            parsed = phrase(text, what, offset)
            if not 0.0 <= weight <= _MOST:
                raise ParitasError("invalid_argument", f"the weight of {what} must be a number from 0 to 1e100", offset)
            accepted = self._accepts.setdefault(parsed, {})
            if number in accepted:
                raise ParitasError("duplicate_key", f"{what} must not stand there twice", offset)
            accepted[number] = offset
            self._keywords.append(_Keyword(text, number, weight))
        for offset in range(first, len(self._keywords) if inflects else first):
            (head, *rest), gaps = phrase(self._keywords[offset].text, "", 0)
            for form in forms(head):  # a keyword comes before a form of another, the first form before later ones
                self._accepts.setdefault(Phrase((form, *rest), gaps), {}).setdefault(number, offset)

    @property
    def categories(self) -> dict[str, dict[str, float]]:
        """The categories with their keywords and weights."""
        out: dict[str, dict[str, float]] = {name: {} for name in self._names}
        for keyword in self._keywords:
            out[self._names[keyword.category]][keyword.text] = keyword.weight
        return out

    def classify(self, text: str) -> ClassificationResult:
        """What one text asks for."""
        text = text_of(text)
        matches = self._matches(text)
        totals = [0.0] * len(self._names)
        first: list[float] = [math.inf] * len(self._names)
        for keyword, start, _, negated in matches:  # in text order: every target rounds the same additions
            weight, category = self._keywords[keyword].weight, self._keywords[keyword].category
            position = 1.0 + self._position_weight * (1.0 - start / len(text))
            totals[category] += -weight / 2.0 if negated else weight * position
            first[category] = min(first[category], start)
        scores = [total if total > 0.0 else 0.0 for total in totals]
        whole_score = 0.0
        for score in scores:  # in the order of the categories
            whole_score += score
        task_type, confidence = "default", 0.0
        if whole_score > 0.0:
            winner = min(range(len(scores)), key=lambda i: (-scores[i], first[i], i))
            confidence = scores[winner] / (whole_score + self._smoothing)
            if confidence >= self._threshold:
                task_type = self._names[winner]
        negated_count = sum(negated for *_, negated in matches)
        return ClassificationResult(
            task_type,
            confidence,
            dict(zip(self._names, scores, strict=True)),
            len(matches) - negated_count,
            negated_count,
            [self._record(text, *match) for match in matches],
            *_TRAITS.get(task_type, _OTHER),
        )

    def classify_batch(self, texts: Sequence[str], *, threads: int = 0) -> list[ClassificationResult]:
        """classify for many texts, on all cores when there are thousands.

        threads: 0 for all cores; never changes a result
        """
        if whole(threads) < 0:
            raise ParitasError("invalid_argument", "threads must be at least 0")
        return [self.classify(text) for text in texts_of(texts)]

    def find_all_keywords(self, text: str) -> list[tuple[int, int, str, str]]:
        """(start, end, text, category) of every keyword in text order, negated or not."""
        text = text_of(text)
        return [
            (start, end, text[start:end], self._names[self._keywords[keyword].category])
            for keyword, start, end, _ in self._matches(text)
        ]

    def has_keywords(self, text: str, category: str) -> bool:
        """Whether a text has a keyword of one category, negated or not.

        Errors: not_found for a category that the classifier has not
        """
        text, wanted = text_of(text), text_of(category)
        if wanted not in self._names:
            raise ParitasError("not_found", f'category must be one of this classifier, not "{wanted}"')
        number = self._names.index(wanted)
        return any(self._keywords[keyword].category == number for keyword, *_ in self._matches(text))

    def has_negation(self, text: str) -> bool:
        """Whether a text has a negator."""
        text = text_of(text)
        found = words(text)
        at = 0
        while at < len(found):
            length, kind = _longest(self._negations, text, found, at)
            if kind in ("plain", "verb"):
                return True
            at += max(length, 1)
        return False

    def _record(self, text: str, number: int, start: int, end: int, negated: bool) -> KeywordMatch:
        keyword = self._keywords[number]
        name = self._names[keyword.category]
        return KeywordMatch(text[start:end], keyword.text, name, keyword.weight, start, end, negated)

    def _matches(self, text: str) -> list[tuple[int, int, int, bool]]:
        """(keyword, start, end, negated) in text order."""
        found = words(text)
        out: list[tuple[int, int, int, bool]] = []
        scopes: dict[str, int] = {}  # kind of negator: the first word of what it covers
        next_keyword = next_negation = 0
        for i, word in enumerate(found):
            comma_holds = i == next_keyword or word.key in ("or", "nor")  # the word before ends a keyword
            gap = text[found[i - 1].end : word.start] if i > 0 else ""
            for kind, first in list(scopes.items()):
                if first <= i and (_ends_clause(gap, comma_holds and i > 0) or _ends_scope(word.key, i == first, kind)):
                    del scopes[kind]
            if i >= next_keyword:
                length, accepted = _longest(self._accepts, text, found, i)
                negated = any(first <= i < first + self._radius for first in scopes.values())
                for _, keyword in sorted((accepted or {}).items()):
                    out.append((keyword, word.start, found[i + length - 1].end, negated))
                next_keyword = i + length if length else next_keyword
            if i >= next_negation:
                length, kind = _longest(self._negations, text, found, i)
                if kind in ("plain", "verb"):
                    scopes[kind] = i + length
                next_negation = i + length
        return out


def _longest(table: dict[Phrase, Any], text: str, found: list[Word], at: int) -> tuple[int, Any]:
    """How many words the longest phrase of a table has that begins at a word, and its value; 0 and None for none."""
    best: tuple[int, Any] = (0, None)
    gaps: tuple[int, ...] = ()
    for length in range(1, min(lists.MOST_WORDS, len(found) - at) + 1):
        if length > 1:
            kind = gap_kind(text[found[at + length - 2].end : found[at + length - 1].start])
            if kind == APART:
                break
            gaps += (kind,)
        value = table.get(Phrase(tuple(word.key for word in found[at : at + length]), gaps))
        if value is not None:
            best = (length, value)
    return best


def _ends_clause(gap: str, comma_holds: bool) -> bool:
    if gap in (".", ":", "::"):  # main.py, std::move
        return False
    if any(ch in _ENDS or ch in ".:" for ch in gap):
        return True
    return not comma_holds and any(ch in _COMMAS for ch in gap)


def _ends_scope(key: str, directly: bool, kind: str) -> bool:
    if key in lists.ENDS_SCOPE or (key in lists.SOFTENERS and not directly):
        return True
    return kind == "verb" and key == "and"


def _categories_of(given: Any) -> list[tuple[str, list[tuple[str, float]]]]:
    if given is None:
        return [
            (name, [(text, float(weight)) for text, _, weight in (item.rpartition(" ") for item in items.split(", "))])
            for name, items in lists.CATEGORIES.items()
        ]
    return [(text_of(name), [(text_of(k), real(w)) for k, w in _items(keywords)]) for name, keywords in _items(given)]


def _items(mapping: Any) -> Iterable[tuple[Any, Any]]:
    if not isinstance(mapping, Mapping):
        raise ParitasTypeError("invalid_argument", f"a mapping is needed, not {type(mapping).__name__}")
    return mapping.items()


@cache
def _standard() -> TaskClassifier:
    return TaskClassifier()


def classify_task(text: str) -> ClassificationResult:
    """What a request asks for: action, analysis, generation, search, edit or "default", by the keywords of English.

    Returns: ClassificationResult(task_type, confidence, scores, matched_count, negated_count, matches, ...)
    """
    return _standard().classify(text)


def classify_task_batch(texts: Sequence[str], *, threads: int = 0) -> list[ClassificationResult]:
    """classify_task for many texts, on all cores when there are thousands.

    threads: 0 for all cores; never changes a result
    """
    return _standard().classify_batch(texts, threads=threads)


def has_action_keywords(text: str) -> bool:
    """Whether a text has a keyword of actions, negated or not."""
    return _standard().has_keywords(text, "action")


def has_analysis_keywords(text: str) -> bool:
    """Whether a text has a keyword of analysis, negated or not."""
    return _standard().has_keywords(text, "analysis")


def has_generation_keywords(text: str) -> bool:
    """Whether a text has a keyword of generation, negated or not."""
    return _standard().has_keywords(text, "generation")


def has_search_keywords(text: str) -> bool:
    """Whether a text has a keyword of searches, negated or not."""
    return _standard().has_keywords(text, "search")


def has_edit_keywords(text: str) -> bool:
    """Whether a text has a keyword of edits, negated or not."""
    return _standard().has_keywords(text, "edit")


def has_negation(text: str) -> bool:
    """Whether a text has a negator of English."""
    return _standard().has_negation(text)


def find_all_keywords(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, text, category) of every keyword of classify_task, negated or not."""
    return _standard().find_all_keywords(text)
