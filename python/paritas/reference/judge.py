"""The rules of verification: what a claim says against its source, and what that does to its verdict."""

from __future__ import annotations

from dataclasses import dataclass, field

from paritas.reference.compare import compare, equal
from paritas.reference.entities import Name, match_names
from paritas.reference.numbers import Amount
from paritas.reference.polarity import Evidence, Sentence
from paritas.reference.prepared_source import in_sequence, sequence_of
from paritas.reference.reading import Alignment, Reading
from paritas.reference.reasons import DECISIVE, Why
from paritas.reference.terms import Token
from paritas.results import Span

TOP = 3  # source sentences whose numbers a claim is held against
LEAST_TERMS = 3  # of a claim that can be checked
LEAST_STEMS = 3  # of a claim whose words may stand in another order
ORDER_TERMS = 64  # of a claim and of its best sentence whose order is compared
FLIP_COVERAGE = 0.6  # of the best sentence, for a negation to contradict it
LITTLE_TRACE = 0.3
# Scripts that run from right to left: Hebrew to Arabic Extended-A, presentation forms, old and new ones above.
RIGHT_TO_LEFT = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
MATTER = 2  # stems and numbers that a sentence shares with a claim whose numbers it may contradict by its own
MOST_NAMES = 64  # of a claim and of its best sentence that are held against each other


@dataclass(slots=True)
class Finding:
    """What the rules find out about one claim."""

    alignment: Alignment
    evidence: list[int]  # source sentences, best first
    found_items: int
    items: int
    entities: list[int]  # strong names of the claim
    found_entities: int
    numerical_match: bool | None
    flips: bool
    checkable: bool = True
    verbatim: bool = False
    reasons: list[Why] = field(default_factory=list)

    @property
    def decisive(self) -> bool:
        return any(why.decisive for why in self.reasons)

    @property
    def best(self) -> int:
        """The source sentence that shares the most; -1 when none shares anything."""
        return self.alignment.ranked[0] if self.alignment.ranked else -1


def judge(reading: Reading, claim: int, most: int) -> Finding:
    """Applies the rules to a claim; `most` sentences are kept as evidence."""
    return _Judge(reading, claim, most).run()


class _Judge:
    def __init__(self, reading: Reading, claim: int, most: int) -> None:
        self.reading, self.source = reading, reading.source
        self.claim = reading.claims[claim]
        self.unit = unit = reading.units[claim]
        self.tokens = reading.analysis.tokens[unit.first : unit.last]
        self.numbers = reading.analysis.numbers
        names = reading.analysis.names
        self.names = [i for i, name in enumerate(names) if unit.first <= name.first < unit.last]
        strong = [i for i in self.names if names[i].strong]
        alignment = reading.align_unit(unit)
        # What shares nothing follows, the shortest first, so that a claim in other words still meets a short source.
        ranked = alignment.ranked[: max(TOP, most)]
        for at in reading.source.shortest:
            if len(ranked) < TOP and at not in alignment.counts:
                ranked.append(at)
        self.top = ranked[:TOP]
        found, items = reading.trace(unit)
        self.conflicts = reading.conflicts(unit, alignment.tied)
        matched = [bool(reading.results[i][0]) for i in unit.hard]
        self.finding = Finding(
            alignment,
            ranked[:most],
            found,
            items,
            strong,
            sum(reading.found[i] for i in strong),
            all(matched) if matched and self.source.has_hard else None,
            bool(self.conflicts),
        )

    def run(self) -> Finding:
        finding, reasons = self.finding, self.finding.reasons
        missing: list[Why] = []
        self._compare_numbers(reasons, missing)
        entities = self._compare_entities()
        reasons += entities
        self._read_conflicts(reasons)
        if reasons:
            reasons += missing + self._weaknesses(bool(entities))
            return finding
        run = self._verbatim()
        if run is not None:
            finding.verbatim = True
            reasons.append(self._why("verbatim", run[0], run[1]))
            return finding
        obstacle = self._obstacle()
        if obstacle:
            finding.checkable = False
            reasons.append(self._why(obstacle))
            return finding
        reasons += missing + self._weaknesses(False)
        return finding

    def _why(self, code: str, sentence: int = -1, source: Span | None = None, claim: Span | None = None) -> Why:
        return Why(code, claim or self.claim.span, source, sentence, decisive=code in DECISIVE)

    def _shared(self, sentence: int) -> int:
        return self.finding.alignment.counts.get(sentence, 0)

    # Numbers.

    def _compare_numbers(self, reasons: list[Why], missing: list[Why]) -> None:
        """A mismatch for each hard number against which the best sentences hold another one; the others are missing."""
        source = self.source.analysis
        taken = {match for i in self.unit.hard for match in self.reading.results[i][0]}
        work = self.reading.share
        for i in self.unit.hard:
            amount = self.numbers[i]
            matched = bool(self.reading.results[i][0])
            moved = self._moved_bound(i)
            if matched and moved < 0 and not self._misplaced(i):
                continue
            best: tuple[int, int] | None = None
            found = -1
            for sentence in [] if moved >= 0 else self.top[:1] if matched else self.top:
                for at in source.sentences[sentence].numbers:
                    if work == 0:
                        break
                    work -= 1
                    other = source.numbers[at]
                    nouns = sum(noun in other.nouns for noun in amount.nouns)
                    if at in taken or compare(amount, other) != "differ":
                        continue
                    if matched and not (other.hard and (nouns or (amount.unit and other.unit))):
                        continue
                    if not matched and not self._comparable(i, at, sentence, nouns):
                        continue
                    rank = (nouns, self._shared(sentence))
                    if best is None or rank > best:
                        best, found = rank, at
            claim = self.reading.analysis.span(amount.first, amount.last)
            found = max(found, moved)
            if found < 0 and matched:
                continue
            if found < 0:
                missing.append(self._why("number_missing", claim=claim))
                continue
            other = source.numbers[found]
            span = source.span(other.first, other.last)
            reasons.append(self._why("number_mismatch", self.source.sentence_of(found), span, claim))

    def _misplaced(self, number: int) -> bool:
        """Whether a number that the source has is not in the best sentence, which speaks of the claim's matter."""
        best = self.finding.best
        return best >= 0 and self._shared(best) >= MATTER and not self._matched_in(number, best)

    def _moved_bound(self, number: int) -> int:
        """The number of the best sentence that sets another bound on the same side: over 35 for over 50. Or -1.

        More than 50 are more than 35, but whoever sets a bound means it.
        """
        best, amount, found = self.finding.best, self.numbers[number], -1
        if best < 0 or self._shared(best) < MATTER or not _side(amount):
            return -1
        for match in self.reading.results[number][0]:
            if self.source.sentence_of(match) == best:
                other = self.source.analysis.numbers[match]
                if _side(other) != _side(amount) or equal(other.value * other.factor, amount.value * amount.factor):
                    return -1
                found = match if found < 0 else found
        return found

    def _comparable(self, claim: int, source: int, sentence: int, nouns: int) -> bool:
        """Whether two numbers that differ speak of the same."""
        amount, other = self.numbers[claim], self.source.analysis.numbers[source]
        shared, items = self._shared(sentence), self.unit.items
        if shared >= 1 and (nouns > 0 or amount.unit is not None or shared == items - 1):
            return True
        if amount.per and amount.per == other.per and amount.dimension == other.dimension:
            return True
        return shared >= 2 and 2 * shared >= items

    # Entities.

    def _compare_entities(self) -> list[Why]:
        """A mismatch for each missing entity in whose place the best sentence has another one."""
        best = self.finding.best
        missing = self._missing_entities()
        if best < 0 or not missing:
            return []
        strangers = self._strangers(best)
        if not strangers:
            return []
        shared, items = self._shared(best), self.unit.items
        reasons = []
        work = self.reading.share
        if shared >= 1 and 2 * shared >= items - 1:
            sentence = self.source.analysis.sentences[best]
            around = [_neighbours(self.source.analysis.tokens, other, sentence) for other in strangers]
            for name in missing:
                left, right = _neighbours(self.reading.analysis.tokens, name, self.unit)
                for other, (other_left, other_right) in zip(strangers, around, strict=True):
                    if work == 0:
                        break
                    work -= 1
                    if (left and left == other_left) or (right and right == other_right):
                        reasons.append(self._entity_mismatch(name, other, best))
                        break
        if not reasons and len(missing) == 1 and len({name.key_set for name in strangers}) == 1:
            name = missing[0]
            others = [stem for stem, at in self.unit.stems.items() if not name.first <= at < name.last]
            stems = self.source.analysis.sentences[best].stems
            numbers = all(self._matched_in(i, best) for i in self.unit.hard)
            if len(others) >= 2 and numbers and all(stem in stems for stem in others):
                if len(stems) <= 2 * len(others) + 2:
                    reasons.append(self._entity_mismatch(name, strangers[0], best))
        return reasons

    def _matched_in(self, number: int, sentence: int) -> bool:
        return any(self.source.sentence_of(match) == sentence for match in self.reading.results[number][0])

    def _missing_entities(self) -> list[Name]:
        """Strong ones that the source does not have, each once."""
        names = self.reading.analysis.names
        unique: dict[frozenset[str], Name] = {}
        for i in self.finding.entities:
            if not self.reading.found[i]:
                unique.setdefault(names[i].key_set, names[i])
        return list(unique.values())[:MOST_NAMES]

    def _strangers(self, sentence: int) -> list[Name]:
        """The entities of a source sentence that none of the claim's matches, without ordinary words."""
        own = [self.reading.analysis.names[i] for i in self.names]
        ordinary = self.source.lower_case | self.reading.lower_case
        names = [
            name
            for name in self.source.names_of(sentence)[:MOST_NAMES]
            if name.key_set in self.source.strong or not name.key_set <= ordinary
        ]
        return [name for name, matched in zip(names, match_names(names, own), strict=True) if not matched]

    def _entity_mismatch(self, name: Name, other: Name, sentence: int) -> Why:
        claim = self.reading.analysis.span(name.first, name.last)
        return self._why("entity_mismatch", sentence, self.source.analysis.span(other.first, other.last), claim)

    # Polarity.

    def _read_conflicts(self, reasons: list[Why]) -> None:
        if not self.conflicts:
            return
        best = self.finding.best
        opposed = [[why for why in evidence if why.kind != "cue"] for evidence in self.conflicts]
        if all(opposed):
            reasons.append(self._polarity("antonym", opposed[0][0], best))
        elif float(self._shared(best)) >= FLIP_COVERAGE * float(self.unit.items):
            first = next((why for why in self.conflicts[0] if why.kind == "cue"), self.conflicts[0][0])
            reasons.append(self._polarity("negation_flip", first, best))

    def _polarity(self, code: str, evidence: Evidence, sentence: int) -> Why:
        analysis, source = self.reading.analysis, self.source.analysis
        claim = analysis.span(*evidence.claim) if evidence.claim else self.claim.span
        span = source.span(*evidence.source) if evidence.source else Span(*source.spans[sentence])
        why = self._why(code, sentence, span, claim)
        why.cue_of_source = evidence.cue_of_source
        return why

    # The rest.

    def _weaknesses(self, mismatch: bool) -> list[Why]:
        """What does not contradict by itself."""
        reasons = []
        best = self.finding.best
        if self._other_order():
            reasons.append(self._why("word_order", best, Span(*self.source.analysis.spans[best])))
        if not mismatch:
            for name in self._missing_entities():
                span = self.reading.analysis.span(name.first, name.last)
                reasons.append(self._why("entity_missing", claim=span))
        items, found = self.finding.items, self.finding.found_items
        if items and float(found) < LITTLE_TRACE * float(items):
            reasons.append(self._why("not_in_source"))
        return reasons

    def _other_order(self) -> bool:
        """Whether the best sentence has the same stems in another order, and no passive explains it."""
        best, stems = self.finding.best, self.unit.stems
        if best < 0 or len(stems) < LEAST_STEMS:
            return False
        sentence = self.source.analysis.sentences[best]
        if stems.keys() != sentence.stems.keys():
            return False
        if sentence.last - sentence.first > 2 * len(self.tokens):
            return False
        theirs = self.source.analysis.tokens[sentence.first : sentence.last]
        if any(token.key == "by" for token in self.tokens) != any(token.key == "by" for token in theirs):
            return False
        left = [stem for token in self.tokens for stem in token.stems][:ORDER_TERMS]
        right = [stem for token in theirs for stem in token.stems][:ORDER_TERMS]
        return 2 * _common_subsequence(left, right) <= len(left)

    def _obstacle(self) -> str:
        """Why a claim cannot be checked; empty when it can."""
        terms = [token for token in self.tokens if token.kind != "mark"]
        if not self.source.analysis.spans:
            return "no_source"
        if len(terms) < LEAST_TERMS and not self.unit.numbers and not self._names_something():
            return "too_short"
        if 2 * sum(map(_in_unread_script, terms)) > len(terms):
            return "script_not_supported"
        return "" if self.finding.items else "no_content"

    def _names_something(self) -> bool:
        """Whether it has a strong entity, or a weak one that is strong in the source: "Delhi" at a start."""
        own = [self.reading.analysis.names[i] for i in self.names]
        return bool(self.finding.entities) or any(match_names(own, self.source.strong_names))

    def _verbatim(self) -> tuple[int, Span] | None:
        """A source sentence that has the claim's words as a run, with as many negations; and the run."""
        words = sequence_of(self.tokens)
        cues, source = len(self.unit.cues), self.source.analysis
        whole = self.source.whole.get((words, cues))
        if whole is not None:
            return whole, Span(*source.spans[whole])
        if sum(token.kind != "mark" for token in self.tokens) < LEAST_TERMS:
            return None
        stems, places = list(self.unit.stems), self.source.places
        if not stems or any(stem not in places for stem in stems):
            return None
        work = self.reading.share
        for at in places[min(stems, key=lambda stem: len(places[stem]))]:
            sentence = source.sentences[at]
            work -= sentence.last - sentence.first
            if work < 0:
                break
            if len(sentence.cues) != cues:
                continue
            tokens = [token for token in source.tokens[sentence.first : sentence.last] if in_sequence(token)]
            there = sequence_of(tokens)
            for start in range(len(there) - len(words) + 1):
                if there[start : start + len(words)] == words:
                    return at, Span(tokens[start].start, tokens[start + len(words) - 1].end)
        return None


def _in_unread_script(token: Token) -> bool:
    """Whether a negation would go unseen: unspaced scripts, and those that are written from right to left."""
    return token.kind == "char" or (token.kind == "word" and right_to_left(token.surface[0]))


def right_to_left(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in RIGHT_TO_LEFT)


def _side(amount: Amount) -> int:
    """Of the bound that a number is: 1 for a lower one, -1 for an upper one, 0 for none."""
    return {"gt": 1, "ge": 1, "lt": -1, "le": -1}.get(amount.op, 0)


def _neighbours(tokens: list[Token], name: Name, sentence: Sentence) -> tuple[str, str]:
    """The keys of the words beside a name; empty where no word stands."""
    left = tokens[name.first - 1] if name.first > sentence.first else None
    right = tokens[name.last] if name.last < sentence.last else None
    return (
        left.key if left is not None and left.kind == "word" else "",
        right.key if right is not None and right.kind == "word" else "",
    )


def _common_subsequence(left: list[str], right: list[str]) -> int:
    """Length of the longest one."""
    row = [0] * (len(right) + 1)
    for stem in left:
        before = row[:]
        for i, other in enumerate(right):
            row[i + 1] = before[i] + 1 if stem == other else max(before[i + 1], row[i])
    return row[-1]
