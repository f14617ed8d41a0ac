"""Terms: the words, numbers, characters and marks of a text, with the keys and stems that compare them."""

from dataclasses import dataclass, field
from typing import Literal

from paritas.reference.convert import text as as_text
from paritas.reference.lexicon import BARE_CONTRACTIONS, CONTRACTED, ENDINGS, NEGATIVE_WORDS, STOP_WORDS
from paritas.reference.number_terms import NumberTerm, read_number_term
from paritas.reference.stem_light import stem
from paritas.reference.unicode import category, fold, text_class
from paritas.results import Span, Term

Kind = Literal["word", "number", "char", "mark"]


@dataclass(slots=True)
class Token:
    """A term with what the rooms text and verify find out about it. Offsets count code points."""

    kind: Kind
    start: int
    end: int
    surface: str  # without transparent characters
    key: str
    stem: str
    negated: bool
    space_before: bool
    numeral: NumberTerm | None = None  # of a number term
    capped: bool = False  # an all-caps word of a text that does not shout
    sentence: int = 0
    number: int = -1  # index of the number it is a part of
    cue: bool = False
    stems: list[str] = field(default_factory=list)  # content stems that begin here; empty when it is no content

    @property
    def stop(self) -> bool:
        """A stop word that is not capped, as "US" or "IT" are."""
        return self.key in STOP_WORDS and not self.capped


def terms(text: str) -> list[Term]:
    """The terms of a text in order: words, numbers, single characters of unspaced scripts, and marks."""
    return [
        Term(token.kind, Span(token.start, token.end), token.key, token.stem, token.negated, token.space_before)
        for token in tokenize(as_text(text))
    ]


def is_upper(ch: str) -> bool:
    return category(ch) == "Lu"


def is_lower(ch: str) -> bool:
    return category(ch) == "Ll"


def all_caps(surface: str) -> bool:
    """At least two characters, a capital letter and no small one."""
    return len(surface) >= 2 and any(map(is_upper, surface)) and not any(map(is_lower, surface))


def tokenize(text: str) -> list[Token]:
    classes = [text_class(ch) for ch in text]
    tokens: list[Token] = []
    at, space = 0, False
    name: Kind
    while at < len(text):
        kind = classes[at]
        if kind in ("space", "transparent"):
            space = space or kind == "space"
            at += 1
            continue
        numeral = read_number_term(text, classes, at, tokens[-1] if tokens else None)
        if numeral is not None:
            end, name = numeral.end, "number"
        elif kind in ("letter", "digit"):  # digits that are no number begin a word: 3D, 1.2.3
            end, name = _end_of_word(text, classes, at), "word"
        else:
            end, name = at + 1, "char" if kind == "unspaced" else "mark"
        tokens.append(_token(text, classes, at, end, name, space, numeral))
        at, space = end, False
    words = [token for token in tokens if token.kind == "word"]
    shouts = len(words) >= 4 and not any(is_lower(ch) for token in words for ch in token.surface)
    for token in words:
        token.capped = not shouts and all_caps(token.surface)
    return tokens


def _token(
    text: str, classes: list[str], at: int, end: int, kind: Kind, space: bool, numeral: NumberTerm | None
) -> Token:
    surface = "".join(text[i] for i in range(at, end) if classes[i] != "transparent")
    key, negated = (word_key(fold(surface))) if kind == "word" else (fold(surface), False)
    return Token(kind, at, end, surface, key, stem(key) if kind == "word" else key, negated, space, numeral)


def _end_of_word(text: str, classes: list[str], start: int) -> int:
    """One past a word that begins at `start`; a joiner belongs to it where both its neighbours allow that."""
    last = start  # the last character that is not transparent
    letters, dotted = 0, True  # letters since the last dot; only single letters between dots so far
    at = start
    while at < len(text):
        kind = classes[at]
        if kind in ("letter", "mark", "digit"):
            letters += 1
            dotted = dotted and kind == "letter" and letters == 1
            last = at
        elif kind != "transparent":
            if not _joins(text, classes, last, at, dotted):
                break
            dotted = dotted and text[at] == "."
            letters = 0
            last = at
        at += 1
    if dotted and at < len(text) and text[at] == "." and "." in text[start:at]:
        return at + 1  # U.S. and e.g. own their last dot
    if sum(kind != "transparent" for kind in classes[start:at]) == 1 and is_upper(text[start]):
        if text[at : at + 2] == "++":
            return at + 2
        if text[at : at + 1] == "#":
            return at + 1
    return at


def _joins(text: str, classes: list[str], last: int, at: int, dotted: bool) -> bool:
    if at + 1 >= len(text):
        return False
    p, q, joiner = classes[last], classes[at + 1], text[at]
    if classes[at] == "apostrophe":
        return p in ("letter", "mark") and q == "letter"
    if joiner == ".":
        after = classes[at + 2] if at + 2 < len(text) else ""
        if dotted and q == "letter" and after not in ("letter", "mark", "digit"):
            return True
        if p == q == "digit":
            return True
        return (p == "digit" or is_lower(text[last])) and is_lower(text[at + 1])
    if classes[at] == "hyphen":
        return p == "letter" and q == "digit"
    if joiner in "_@":
        return p in ("letter", "digit") and q in ("letter", "digit")
    return joiner == "&" and is_upper(text[last]) and is_upper(text[at + 1])


def word_key(key: str) -> tuple[str, bool]:
    """The key of a folded word, and whether it carries a negation."""
    parts = key.split(".")
    if parts[-1] == "":
        parts.pop()
    if "." in key and all(len(part) == 1 and text_class(part) == "letter" for part in parts):
        key = "".join(parts)
    if key == "n't":
        return "not", True
    if key.endswith("n't"):
        return CONTRACTED.get(key[:-3], key[:-3]), True
    if key in BARE_CONTRACTIONS:
        return key[:-2], True
    if key == "cannot":
        return "can", True
    for ending in ENDINGS:
        if key.endswith(ending):
            return key[: -len(ending)], False
    return key, False


def mark_content(tokens: list[Token]) -> None:
    """Gives every content term its stems: a word its own, a run of unspaced characters its overlapping pairs."""
    for i, token in enumerate(tokens):
        if token.kind == "word":
            if content_word(token) and token.number < 0 and not token.cue and token.stem:
                token.stems = [token.stem]
        elif token.kind == "char":
            follows = i + 1 < len(tokens) and tokens[i + 1].kind == "char" and not tokens[i + 1].space_before
            alone = i == 0 or tokens[i - 1].kind != "char" or token.space_before
            stem_here = token.key + tokens[i + 1].key if follows else token.key if alone else ""
            token.stems = [stem_here] if stem_here else []


def content_word(token: Token) -> bool:
    """A word that says something by itself, be it in a number or not."""
    return token.kind == "word" and not token.stop and (token.key not in NEGATIVE_WORDS or token.negated)
