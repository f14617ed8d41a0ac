"""The signals: what a claim has that its source has not, and where the two disagree."""

from collections.abc import Sequence
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.analysis import Analysis
from paritas.reference.compare import Comparer
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts, whole
from paritas.reference.entities import SourceWords, is_found, lower_case_keys, match_names, overlap, unique_entities
from paritas.reference.polarity import Evidence, Sentence, conflict
from paritas.results import NumberMatch, PolarityMatch, Signals, SignalsBatch, Span

WORK = 1 << 24  # look-ups and comparisons that all claim sentences share, so that no pair of texts squares
LEAST_WORK = 1 << 10  # what each of them may do however many there are


def entity_overlap(text_a: str, text_b: str) -> float:
    """How far two texts name the same things, from 0 to 1; symmetric; 1.0 when neither names any."""
    return _Pair(text_a, text_b).entity_overlap()


def numerical_consistency(claim: str, source: str) -> bool | None:
    """Whether every hard number of the claim is matched by the source; None when either has no hard number."""
    return _Pair(claim, source).numerical_consistency()


def negation_flip(claim: str, source: str) -> bool:
    """Whether a sentence of the claim says the opposite of all source sentences that share the most with it."""
    return bool(_Pair(claim, source).conflicts())


def traceability(claim: str, source: str) -> float:
    """The share of the claim's content stems and hard numbers that the source has; 1.0 when there are none."""
    return _Pair(claim, source).traceability()


def signals(claim: str, source: str) -> Signals:
    """The four signals with their evidence, from one reading of both texts."""
    pair = _Pair(claim, source)
    return Signals(
        pair.entity_overlap(),
        pair.numerical_consistency(),
        bool(pair.conflicts()),
        pair.traceability(),
        pair.novel_entities(),
        pair.number_matches(),
        pair.polarity_matches(),
        pair.missing(),
        pair.best_source(),
    )


def signals_batch(claims: Sequence[str], sources: Sequence[str], *, threads: int = 0) -> SignalsBatch:
    """The four values of signals for many pairs, as arrays; one source may serve all claims."""
    claims, sources = texts(claims), texts(sources)
    if whole(threads) < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    if len(sources) not in (len(claims), 1):
        message = f"sources must be as many as claims, or one for all: {len(sources)} for {len(claims)}"
        raise ParitasError("length_mismatch", message)
    try:
        import numpy as np
    except ImportError:
        raise ParitasError("unsupported", "this function returns arrays: install NumPy") from None
    pairs = [_Pair(claim, sources[0 if len(sources) == 1 else i]) for i, claim in enumerate(claims)]
    consistent = [pair.numerical_consistency() for pair in pairs]
    return SignalsBatch(
        np.array([pair.entity_overlap() for pair in pairs], dtype=np.float64),
        np.array([-1 if value is None else int(value) for value in consistent], dtype=np.int8),
        np.array([bool(pair.conflicts()) for pair in pairs], dtype=np.bool_),
        np.array([pair.traceability() for pair in pairs], dtype=np.float64),
    )


class _Pair:
    """A claim and a source with what their numbers say to each other."""

    def __init__(self, claim: str, source: str) -> None:
        self.claim = Analysis(as_text(claim))
        self.source = Analysis(as_text(source))
        self.hard = [i for i, amount in enumerate(self.claim.numbers) if amount.hard]
        comparer = Comparer(self.source.numbers, len(self.hard))
        self.results = {i: comparer.results(self.claim.numbers[i]) for i in self.hard}
        self.stems = {stem for sentence in self.source.sentences for stem in sentence.stems}

    def entity_overlap(self) -> float:
        names = self._unique_names()
        return overlap(*names)

    def _unique_names(self) -> tuple[list[Any], list[Any]]:
        lower_case = lower_case_keys(self.claim.tokens) | lower_case_keys(self.source.tokens)
        return unique_entities(self.claim.names, lower_case), unique_entities(self.source.names, lower_case)

    def novel_entities(self) -> list[Span]:
        names, sources = self._unique_names()
        words = SourceWords(self.source.tokens)
        matched = match_names(names, sources)
        return [
            self.claim.span(name.first, name.last)
            for name, match in zip(names, matched, strict=True)
            if not is_found(name, match, words)
        ]

    def numerical_consistency(self) -> bool | None:
        if not self.hard or not any(amount.hard for amount in self.source.numbers):
            return None
        return all(self.results[i][0] for i in self.hard)

    def number_matches(self) -> list[NumberMatch]:
        matches = []
        for i in self.hard:
            equal, differs = self.results[i]
            amount = self.claim.numbers[i]
            found = self.source.numbers[equal[0] if equal else differs] if equal or differs >= 0 else None
            matches.append(
                NumberMatch(
                    self.claim.span(amount.first, amount.last),
                    self.source.span(found.first, found.last) if found is not None else None,
                    "match" if equal else "differ" if found is not None else "missing",
                )
            )
        return matches

    def traceability(self) -> float:
        stems = {stem for sentence in self.claim.sentences for stem in sentence.stems}
        items = len(stems) + len(self.hard)
        if items == 0:
            return 1.0
        found = len(stems & self.stems) + sum(bool(self.results[i][0]) for i in self.hard)
        return float(found) / float(items)

    def missing(self) -> list[Span]:
        return [
            self.claim.stem_span(at)
            for at, token in enumerate(self.claim.tokens)
            if token.stems and token.stems[0] not in self.stems
        ]

    def _sentence_of(self, number: int) -> int:
        return self.source.tokens[self.source.numbers[number].first].sentence

    def align(self, stems: Sequence[str], hard: Sequence[int], work: int) -> dict[int, int]:
        """How many of these stems and numbers each source sentence has; the rarest stems first while the work lasts."""
        counts: dict[int, int] = {}
        known = sorted((word for word in stems if word in self._index), key=lambda word: len(self._index[word]))
        for word in known:
            work -= len(self._index[word])
            if work < 0:
                break
            for sentence in self._index[word]:
                counts[sentence] = counts.get(sentence, 0) + 1
        for i in hard:
            for sentence in {self._sentence_of(match) for match in self.results[i][0]}:
                counts[sentence] = counts.get(sentence, 0) + 1
        return counts

    @property
    def _index(self) -> dict[str, list[int]]:
        """The source sentences that have each stem, in order."""
        if not hasattr(self, "_places"):
            self._places: dict[str, list[int]] = {}
            for at, sentence in enumerate(self.source.sentences):
                for word in sentence.stems:
                    self._places.setdefault(word, []).append(at)
        return self._places

    def _best_first(self, counts: dict[int, int]) -> list[int]:
        """The source sentences of the highest count: fewer items first, then the lower index."""
        top = max(counts.values(), default=0)
        tied = [at for at, count in counts.items() if count == top]
        return sorted(tied, key=lambda at: (self.source.sentences[at].items, at))

    def conflicts(self) -> list[tuple[int, int, list[Evidence]]]:
        """(claim sentence, source sentence, why) of the claim sentences that conflict with all their best ones."""
        found = []
        share = max(LEAST_WORK, WORK // max(1, len(self.claim.sentences)))
        for at, sentence in enumerate(self.claim.sentences):
            tied = self._best_first(self.align(list(sentence.stems), sentence.hard, share))
            work, reasons = share, None
            for source_at in tied:
                why = self._conflict(sentence, source_at)
                reasons = why if reasons is None else reasons
                work -= sentence.last - sentence.first + self._length(source_at)
                if not why:
                    reasons = None
                    break
                if work < 0:
                    break
            if reasons:
                found.append((at, tied[0], reasons))
        return found

    def _length(self, source_at: int) -> int:
        sentence = self.source.sentences[source_at]
        return sentence.last - sentence.first

    def _conflict(self, sentence: Sentence, source_at: int) -> list[Evidence]:
        matched = sum(any(self._sentence_of(match) == source_at for match in self.results[i][0]) for i in sentence.hard)
        return conflict(sentence, self.source.sentences[source_at], matched, self.claim.tokens, self.source.tokens)

    def polarity_matches(self) -> list[PolarityMatch]:
        matches = []
        for claim_at, source_at, reasons in self.conflicts():
            for why in reasons:
                claim = self.claim.span(*why.claim) if why.claim else Span(*self.claim.spans[claim_at])
                source = self.source.span(*why.source) if why.source else Span(*self.source.spans[source_at])
                matches.append(PolarityMatch(claim, source, why.kind))  # type: ignore[arg-type]
        return matches

    def best_source(self) -> Span | None:
        stems = dict.fromkeys(stem for sentence in self.claim.sentences for stem in sentence.stems)
        counts = self.align(list(stems), self.hard, WORK)
        best = self._best_first(counts)
        return Span(*self.source.spans[best[0]]) if best else None
