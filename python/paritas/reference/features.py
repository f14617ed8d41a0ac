"""Features: how a response, or one claim of it, stands to its source, as the numbers that the model weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from paritas.reference.lexicon import FIRST_PERSON, NEGATIVE_VERBS, OPINIONS, STRONG_WORDS
from paritas.reference.maths import log
from paritas.reference.polarity import ANTONYMS, CueWord, Sentence
from paritas.reference.reading import Reading
from paritas.reference.stem_light import stem
from paritas.reference.terms import Token

NEAR = 8  # tokens of a source sentence within which two terms stand close
OCCURRENCES = 64  # sentences of a stem that are looked at, so that no pair of texts squares
AROUND = 512  # tokens around the best sentence that are looked through
FEW = 64  # cues of a sentence, and words of it with antonyms, that are looked at
SUBJECT = 2  # tokens at the start of a sentence where a name is its subject
NEGATIVE_STEMS = {stem(word) for word in NEGATIVE_VERBS}


@dataclass(slots=True)
class Counts:
    """What is counted of one claim beside its best source sentence."""

    plain: int = 0  # content terms outside scopes of cues
    plain_found: int = 0  # those that the source has
    heaviest: float = 0.0  # weight of the rarest content term that the best sentence lacks
    pairs: int = 0  # neighbouring content terms that the source has
    in_order: int = 0  # those that stand close and in this order in the source
    in_frames: int = 0  # missing terms whose neighbours have something else between them in the source
    numbers_missing: int = 0  # hard numbers without a match
    numbers_differ: int = 0  # those that differ from a number of the source
    names_missing: int = 0  # strong names that the source lacks, but for subjects of sentences
    heads_affirmed: int = 0  # cues whose first term the source does not negate
    cues_lost: int = 0  # cues of the best sentence whose first term is here without one
    flips: int = 0  # whether the claim says the opposite of its best sentence
    antonyms: int = 0  # missing terms whose antonym the best sentence has
    strong_new: int = 0  # "only", "all", "never" that the source around the best sentence lacks
    negative_new: int = 0  # "fail", "refuse", "wrong" likewise
    first_person: int = 0
    opinions: int = 0


def flat(count: int) -> float:
    """Counts flatten: the second missing name says less than the first."""
    return log(1.0 + float(count))


def share(part: int, of: int) -> float:
    return float(part) / float(of) if of else 1.0


def weight(sentences: int, having: int) -> float:
    """What a term tells that `having` of the source's sentences have."""
    return 0.3 + log((float(sentences) + 1.0) / (float(having) + 0.5)) / (log(1.0 + float(sentences)) + 0.7)


def features(counts: Sequence[Counts], sentences: int) -> dict[str, float]:
    """By name, in the model's order, of claims taken together; `sentences`: how many the source has."""

    def total(name: str) -> int:
        return sum(getattr(one, name) for one in counts)

    return {
        "coverage": share(total("plain_found"), total("plain")),
        "heaviest_missing": max((one.heaviest for one in counts), default=0.0),
        "pairs_in_order": share(total("in_order"), total("pairs")),
        "in_frames": flat(total("in_frames")),
        "numbers_missing": flat(total("numbers_missing")),
        "numbers_differ": flat(total("numbers_differ")),
        "names_missing": flat(total("names_missing")),
        "heads_affirmed": flat(total("heads_affirmed")),
        "cues_lost": flat(total("cues_lost")),
        "flips": flat(total("flips")),
        "antonyms": flat(total("antonyms")),
        "strong_new": flat(total("strong_new")),
        "negative_new": flat(total("negative_new")),
        "source_sentences": flat(sentences),
        "first_person": flat(total("first_person")),
        "opinions": flat(total("opinions")),
    }


def count(reading: Reading, claim: Sentence, best: int, flips: bool) -> Counts:
    """Of a claim, and the source sentence that shares most with it, -1 when none shares anything.

    flips: whether the two say the opposite of each other
    """
    counter = _Counter(reading, claim, best)
    counter.counts.flips = int(flips)
    counter.coverage()
    counter.order()
    counter.numbers_and_names()
    counter.polarity()
    counter.words()
    return counter.counts


class _Counter:
    def __init__(self, reading: Reading, claim: Sentence, best: int) -> None:
        self.reading = reading
        self.source = reading.source
        self.sentences = self.source.analysis.sentences
        self.tokens = reading.analysis.tokens
        self.claim = claim
        self.best = best
        self.terms = [at for at in range(claim.first, claim.last) if self.tokens[at].stems]
        self.negated = {at for cue in claim.cues for at in cue.scope}
        self.counts = Counts()

    def _stem(self, at: int) -> str:
        return self.tokens[at].stems[0]

    def _found(self, at: int) -> bool:
        return self._stem(at) in self.source.places

    def coverage(self) -> None:
        counts = self.counts
        for at in self.terms:
            stem = self._stem(at)
            if at not in self.negated:
                counts.plain += 1
                counts.plain_found += self._found(at)
            if self.best < 0 or stem not in self.sentences[self.best].stems:
                having = len(self.source.places.get(stem, ()))
                counts.heaviest = max(counts.heaviest, weight(len(self.sentences), having))

    def order(self) -> None:
        counts = self.counts
        for left, right in pairwise(self.terms):
            if self._found(left) and self._found(right) and self._stem(left) != self._stem(right):
                counts.pairs += 1
                counts.in_order += self._close(self._stem(left), self._stem(right))
        for at in self.terms:
            counts.in_frames += not self._found(at) and self._in_frame(at)

    def _close(self, left: str, right: str) -> bool:
        """Whether two terms first stand close and in this order in one of the source's sentences."""
        behind = self.source.places[right][:OCCURRENCES]
        return any(
            0 < self.sentences[sentence].stems[right] - self.sentences[sentence].stems[left] <= NEAR
            for sentence in self.source.places[left][:OCCURRENCES]
            if sentence in behind
        )

    def _in_frame(self, at: int) -> bool:
        """Whether the words on both sides stand two or three tokens apart somewhere in the source."""
        if not self.claim.first < at < self.claim.last - 1:
            return False
        before, after = self.tokens[at - 1], self.tokens[at + 1]
        return before.kind == after.kind == "word" and (before.key, after.key) in self.source.frames

    def numbers_and_names(self) -> None:
        counts = self.counts
        for i in self.claim.hard:
            matches, differs = self.reading.results[i]
            counts.numbers_missing += not matches
            counts.numbers_differ += not matches and differs >= 0
        for name, found in zip(self.reading.analysis.names, self.reading.found, strict=True):
            if name.strong and not found and self.claim.first + SUBJECT <= name.first < self.claim.last:
                counts.names_missing += 1

    def polarity(self) -> None:
        counts = self.counts
        for cue in self.claim.cues:
            head = _head(cue, self.tokens)
            counts.heads_affirmed += head >= 0 and self._found(head) and not self._negated_in_source(self._stem(head))
        if self.best < 0:
            return
        source = self.source.analysis
        sentence = self.sentences[self.best]
        for cue in sentence.cues[:FEW]:
            head = _head(cue, source.tokens)
            if head >= 0:
                here = [at for at in self.terms if self._stem(at) == source.tokens[head].stems[0]]
                counts.cues_lost += bool(here) and not any(at in self.negated for at in here)
        opposites = [
            token.stem
            for token in source.tokens[sentence.first : sentence.last]
            if token.kind == "word" and not token.cue and token.stem in ANTONYMS
        ][:FEW]
        for at in self.terms:
            if not self._found(at):
                counts.antonyms += any(word in opposites for word in ANTONYMS.get(self._stem(at), ()))

    def _negated_in_source(self, stem: str) -> bool:
        """Whether a cue of the source has it in its scope: around the best sentence, or anywhere if it is not there."""
        places = self.source.places[stem][:OCCURRENCES]
        near = [sentence for sentence in places if self.best >= 0 and abs(sentence - self.best) <= 1]
        return any(self.sentences[sentence].stems[stem] in self.source.negated for sentence in near or places)

    def words(self) -> None:
        counts = self.counts
        around = self._around()
        for token in self.tokens[self.claim.first : self.claim.last]:
            counts.first_person += token.key in FIRST_PERSON
            counts.opinions += token.key in OPINIONS
            counts.strong_new += token.key in STRONG_WORDS and all(token.key != other.key for other in around)
            counts.negative_new += token.stem in NEGATIVE_STEMS and all(token.stem != other.stem for other in around)

    def _around(self) -> list[Token]:
        """Tokens of the source from the sentence before the best one to the one behind it."""
        if self.best < 0:
            return []
        start, end = max(0, self.best - 1), min(len(self.sentences) - 1, self.best + 1)
        return self.source.analysis.tokens[self.sentences[start].first : self.sentences[end].last][:AROUND]


def _head(cue: CueWord, tokens: list[Token]) -> int:
    """The first content term that a cue negates to its right; -1 when there is none."""
    return next((at for at in cue.scope if at >= cue.first and tokens[at].stems), -1)
