"""PreparedSource: a source read and indexed once, for the verification of many responses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.analysis import Analysis
from paritas.reference.convert import text as as_text
from paritas.reference.entities import Name, SourceWords, lower_case_keys
from paritas.reference.terms import Token
from paritas.reference.unicode import category
from paritas.results import Span

SHORTEST = 5  # sentences that are kept for claims that share nothing with any
BETWEEN = "\n\n"  # passages are read as one text; a blank line always ends a sentence


class PreparedSource:
    """A source that is read and indexed once, and then serves any number of responses; it never changes.

    source: one text, or its passages: str, or pairs of an id and a text, or objects with `id` and `text`
    ids:    one for each passage, any objects; only for passages that bring none themselves
    Errors: length_mismatch when there are not as many ids as passages
    """

    def __init__(self, source: str | Iterable[Any], ids: Iterable[Any] | None = None) -> None:
        passages, self._ids = read_passages(source, ids)
        self.index = SourceIndex(passages)

    @property
    def ids(self) -> list[Any] | None:
        """The ids of the passages, None when they have none."""
        return None if self._ids is None else list(self._ids)

    @property
    def characters(self) -> int:
        """Code points of all passages."""
        return sum(end - start for start, end in self.index.passages)

    @property
    def sentences(self) -> int:
        """How many sentences all passages have."""
        return len(self.index.analysis.spans)

    def __len__(self) -> int:
        return len(self.index.passages)


def read_passages(source: Any, ids: Any) -> tuple[list[str], list[Any] | None]:
    """The texts of a source, and their ids if they have any."""
    passages: list[str] = []
    own: list[Any] = []
    if isinstance(source, str):
        passages.append(as_text(source))
    elif isinstance(source, bytes | bytearray) or not hasattr(source, "__iter__"):
        needed = "a str, passages or a PreparedSource is needed"
        raise ParitasTypeError("invalid_argument", f"{needed}, not {type(source).__name__}")
    else:
        for item in source:
            text, name = _passage(item)
            passages.append(as_text(text))
            own += name
        if own and len(own) != len(passages):
            raise ParitasError("invalid_argument", "either all passages or none must have an id")
    if ids is not None:
        if isinstance(ids, str | bytes) or not hasattr(ids, "__iter__"):
            raise ParitasTypeError("invalid_argument", f"a sequence of ids is needed, not {type(ids).__name__}")
        if own:
            raise ParitasError("invalid_argument", "ids are given twice: with the passages and by themselves")
        own = list(ids)
        if len(own) != len(passages):
            message = f"ids must be as many as passages: {len(own)} for {len(passages)}"
            raise ParitasError("length_mismatch", message)
        return passages, own
    return passages, own or None


def _passage(item: Any) -> tuple[Any, list[Any]]:
    """A text, and its id in a list that is empty when it has none."""
    if isinstance(item, str):
        return item, []
    if hasattr(item, "id") and hasattr(item, "text"):
        return item.text, [item.id]
    if isinstance(item, tuple | list) and len(item) == 2:
        return item[1], [item[0]]
    needed = "a str, a pair of id and text, or an object with id and text is needed as passage"
    raise ParitasTypeError("invalid_argument", f"{needed}, not {type(item).__name__}")


class SourceIndex:
    """What readings ask about a source. Its passages are read as one text, with a blank line between them."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.text = BETWEEN.join(passages)
        self.analysis = Analysis(self.text)
        self._sentences: dict[int, str] = {}
        self.passages: list[tuple[int, int]] = []  # where each one stands in the text
        start = 0
        for passage in passages:
            self.passages.append((start, start + len(passage)))
            start += len(passage) + len(BETWEEN)
        self.passage_of: list[int] = []  # by sentence
        at = 0
        for span in self.analysis.spans:
            while span[0] >= self.passages[at][1]:
                at += 1
            self.passage_of.append(at)
        # The sentences that have each stem, in order; stems in order of first occurrence.
        self.places: dict[str, list[int]] = {}
        for at, sentence in enumerate(self.analysis.sentences):
            for stem in sentence.stems:
                self.places.setdefault(stem, []).append(at)
        # What is held against a claim that shares nothing.
        sentences = self.analysis.sentences
        self.shortest = sorted(
            (at for at, sentence in enumerate(sentences) if sentence.items), key=lambda at: (sentences[at].items, at)
        )[:SHORTEST]
        self.has_hard = any(amount.hard for amount in self.analysis.numbers)
        self.strong_names = [name for name in self.analysis.names if name.strong]
        self.strong = {name.key_set for name in self.strong_names}
        self.names: dict[int, list[Name]] = {}  # by sentence
        for name in self.analysis.names:
            self.names.setdefault(self.analysis.tokens[name.first].sentence, []).append(name)
        # The first sentence that has these words and so many negations.
        self.whole: dict[tuple[tuple[tuple[str, bool], ...], int], int] = {}
        for at, sentence in enumerate(sentences):
            words = sequence_of(self.analysis.tokens[sentence.first : sentence.last])
            self.whole.setdefault((words, len(sentence.cues)), at)
        # Pairs of words that stand two or three tokens apart.
        tokens = self.analysis.tokens
        self.frames = {
            (left.key, right.key)
            for apart in (2, 3)
            for left, right in zip(tokens, tokens[apart:], strict=False)
            if left.kind == right.kind == "word"
        }
        self.negated = {at for cue in self.analysis.cues for at in cue.scope}  # tokens
        self.words = SourceWords(self.analysis.tokens)
        self.lower_case = lower_case_keys(self.analysis.tokens)

    def locate(self, sentence: int, span: tuple[int, int]) -> tuple[int, Span]:
        """The passage of a sentence, and a span of the text as it counts there."""
        passage = self.passage_of[sentence]
        start, end = self.passages[passage]
        return passage, Span(span[0] - start, min(span[1], end) - start)

    def sentence(self, at: int) -> str:
        """Its text: one str however many claims it speaks of, or many claims about a long one would square."""
        if at not in self._sentences:
            self._sentences[at] = self.text[slice(*self.analysis.spans[at])]
        return self._sentences[at]

    def names_of(self, sentence: int) -> list[Name]:
        """The entities of a sentence, in order."""
        return self.names.get(sentence, [])

    def sentence_of(self, number: int) -> int:
        """Where a number of the source stands."""
        return self.analysis.tokens[self.analysis.numbers[number].first].sentence


def sequence_of(tokens: Sequence[Token]) -> tuple[tuple[str, bool], ...]:
    """What counts when two sentences are compared word by word: no marks but the signs that mean something."""
    return tuple((token.key, token.negated) for token in tokens if in_sequence(token))


def in_sequence(token: Token) -> bool:
    """Whether a token counts there."""
    return token.kind != "mark" or token.key == "%" or category(token.surface)[0] == "S"
