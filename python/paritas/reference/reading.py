"""A response, read against a source: what verification and its model look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from paritas.reference.analysis import Analysis
from paritas.reference.claims import ClaimRange, find_claims
from paritas.reference.compare import Comparer
from paritas.reference.entities import is_found, lower_case_keys, match_names, unique_entities
from paritas.reference.polarity import Evidence, Sentence, conflict
from paritas.reference.prepared_source import SourceIndex

WORK = 1 << 24  # look-ups and comparisons that all claims share, so that no pair of texts squares
LEAST_WORK = 1 << 10  # what each of them may do however many there are


@dataclass(slots=True)
class Alignment:
    """The source sentences that share stems or numbers with a claim."""

    counts: dict[int, int]  # how many, by source sentence
    ranked: list[int]  # more first, then fewer items, then the lower index
    tied: list[int]  # those of the highest count, in that order


class Reading:
    """A response and the source that it is read against.

    analysis: of the response; source.analysis: of the source
    claims:   of the response, in order
    units:    what each claim has: stems, numbers, cues
    results:  by hard number of the response: the source numbers that match it, and the first that differs, or -1
    found:    by name of the response: whether the source has it
    """

    def __init__(self, response: str, source: SourceIndex, atomic: bool = False) -> None:
        self.source = source
        self.analysis = Analysis(response)
        self.claims: list[ClaimRange] = find_claims(self.analysis, atomic)
        self.units: list[Sentence] = [self.unit(claim.first, claim.last) for claim in self.claims]
        numbers = self.analysis.numbers
        self.hard = [i for i, amount in enumerate(numbers) if amount.hard]
        comparer = Comparer(source.analysis.numbers, len(self.hard))
        self.results = {i: comparer.results(numbers[i]) for i in self.hard}
        self.share = max(LEAST_WORK, WORK // max(1, len(self.claims)))

    def unit(self, first: int, last: int) -> Sentence:
        """What the tokens [first, last) have."""
        analysis = self.analysis
        unit = Sentence(first, last, {}, {}, [], [], [])
        for at in range(first, last):
            token = analysis.tokens[at]
            for stem in token.stems:
                unit.stems.setdefault(stem, at)
            if token.kind == "word" and not token.cue:
                unit.words.setdefault(token.stem, []).append(at)
        unit.numbers = [i for i, amount in enumerate(analysis.numbers) if first <= amount.first < last]
        unit.hard = [i for i in unit.numbers if analysis.numbers[i].hard]
        unit.cues = [cue for cue in analysis.cues if first <= cue.first < last]
        return unit

    @cached_property
    def found(self) -> list[bool]:
        names = self.analysis.names
        lower_case = self.source.lower_case | self.lower_case
        sources = unique_entities(self.source.analysis.names, lower_case)
        unique = unique_entities(names, set())
        matched = match_names(unique, sources)
        by_keys = {
            name.key_set: is_found(name, match, self.source.words) for name, match in zip(unique, matched, strict=True)
        }
        return [by_keys[name.key_set] for name in names]

    @cached_property
    def lower_case(self) -> set[str]:
        """Keys of the response's words that stand there without a capital."""
        return lower_case_keys(self.analysis.tokens)

    def align(self, stems: Sequence[str], hard: Sequence[int], work: int) -> Alignment:
        """How many of these stems and numbers each source sentence has; the rarest stems first while the work lasts."""
        counts: dict[int, int] = {}
        places = self.source.places
        for word in sorted((word for word in stems if word in places), key=lambda word: len(places[word])):
            work -= len(places[word])
            if work < 0:
                break
            for sentence in places[word]:
                counts[sentence] = counts.get(sentence, 0) + 1
        for i in hard:
            for sentence in {self.source.sentence_of(match) for match in self.results[i][0]}:
                counts[sentence] = counts.get(sentence, 0) + 1
        sentences = self.source.analysis.sentences
        ranked = sorted(counts, key=lambda at: (-counts[at], sentences[at].items, at))
        return Alignment(counts, ranked, [at for at in ranked if counts[at] == counts[ranked[0]]])

    def align_unit(self, unit: Sentence) -> Alignment:
        return self.align(list(unit.stems), unit.hard, self.share)

    def conflicts(self, unit: Sentence, tied: Sequence[int]) -> list[list[Evidence]]:
        """Why a claim says the opposite of each of its best source sentences, as many as the work allows.

        Empty when it does not conflict with one of them.
        """
        reasons: list[list[Evidence]] = []
        work = self.share
        for source_at in tied:
            sentence = self.source.analysis.sentences[source_at]
            work -= unit.last - unit.first + sentence.last - sentence.first
            if work < 0:
                break
            matched = sum(
                any(self.source.sentence_of(match) == source_at for match in self.results[i][0]) for i in unit.hard
            )
            why = conflict(unit, sentence, matched, self.analysis.tokens, self.source.analysis.tokens)
            if not why:
                return []
            reasons.append(why)
        return reasons

    def trace(self, unit: Sentence) -> tuple[int, int]:
        """How many stems and hard numbers of a claim the source has, and how many there are."""
        found = sum(stem in self.source.places for stem in unit.stems)
        return found + sum(bool(self.results[i][0]) for i in unit.hard), unit.items
