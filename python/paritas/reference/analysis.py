"""One text, read once: its tokens, sentences, numbers, entities and cues."""

from paritas.reference.convert import text as as_text
from paritas.reference.entities import find_entities
from paritas.reference.numbers import Amount, find_nouns, find_numbers
from paritas.reference.polarity import CueWord, Sentence, find_cues
from paritas.reference.sentences import cut_sentences
from paritas.reference.terms import Token, mark_content, tokenize
from paritas.reference.unicode import text_class
from paritas.results import Cue, Entity, Number, Span


class Analysis:
    """Everything that the signals ask about a text."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = tokenize(text)
        self.spans = cut_sentences(text, [text_class(ch) for ch in text])
        sentence = 0
        for token in self.tokens:
            while token.start >= self.spans[sentence][1]:
                sentence += 1
            token.sentence = sentence
        self.numbers: list[Amount] = find_numbers(self.tokens)
        self.cues: list[CueWord] = find_cues(self.tokens)
        find_nouns(self.tokens, self.numbers)
        mark_content(self.tokens)
        self.names = find_entities(self.tokens)
        self.sentences = self._sentences()

    def _sentences(self) -> list[Sentence]:
        sentences = [Sentence(len(self.tokens), 0, {}, {}, [], [], []) for _ in self.spans]
        for at, token in enumerate(self.tokens):
            sentence = sentences[token.sentence]
            sentence.first, sentence.last = min(sentence.first, at), at + 1
            for stem in token.stems:
                sentence.stems.setdefault(stem, at)
            if token.kind == "word" and not token.cue:
                sentence.words.setdefault(token.stem, []).append(at)
        for i, amount in enumerate(self.numbers):
            sentence = sentences[self.tokens[amount.first].sentence]
            sentence.numbers.append(i)
            if amount.hard:
                sentence.hard.append(i)
        for cue in self.cues:
            sentences[self.tokens[cue.first].sentence].cues.append(cue)
        return sentences

    def span(self, first: int, last: int) -> Span:
        """Of tokens[first:last]."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def stem_span(self, at: int) -> Span:
        """Of the content stem that begins at this token: a pair of unspaced characters has two."""
        token = self.tokens[at]
        pair = token.kind == "char" and at + 1 < len(self.tokens) and token.stems[0] != token.key
        return self.span(at, at + 2 if pair else at + 1)


def extract_numbers(text: str) -> list[Number]:
    """The numbers of a text in order: quantities, ordinals, dates, decades and times, in digits or words."""
    analysis = Analysis(as_text(text))
    return [
        Number(
            amount.kind,  # type: ignore[arg-type]
            amount.value,
            amount.unit[0] if amount.unit else "",
            amount.dimension,
            amount.per,
            amount.op,  # type: ignore[arg-type]
            amount.soft,
            amount.nouns,
            amount.year,
            amount.month,
            amount.day,
            amount.ambiguous,
            analysis.span(amount.first, amount.last),
        )
        for amount in analysis.numbers
    ]


def extract_entities(text: str) -> list[Entity]:
    """The names of a text in order, found by their capitals."""
    analysis = Analysis(as_text(text))
    return [Entity(analysis.span(name.first, name.last), name.keys, name.strong) for name in analysis.names]


def extract_cues(text: str) -> list[Cue]:
    """The words of negation of a text in order, each with the terms that it negates."""
    analysis = Analysis(as_text(text))
    return [
        Cue(analysis.span(cue.first, cue.last), [analysis.span(at, at + 1) for at in cue.scope])
        for cue in analysis.cues
    ]
