"""Entities: names of people, places, products and organisations, by their capitals."""

from collections.abc import Sequence
from dataclasses import dataclass

from paritas.reference.lexicon import CONNECTORS, MONTH_NAMES
from paritas.reference.terms import Token, all_caps, is_lower, is_upper
from paritas.reference.unicode import category, text_class

OPENERS = '"“«‘([:'


@dataclass(slots=True)
class Name:
    """An entity of a text: tokens[first:last]."""

    first: int
    last: int
    keys: list[str]  # of its words, in order
    strong: bool
    acronym: bool  # a single all-caps word of 2-6 letters

    @property
    def key_set(self) -> frozenset[str]:
        return frozenset(self.keys)


def find_entities(tokens: list[Token]) -> list[Name]:
    shouts = _shouts(tokens)
    names: list[Name] = []
    at, before_start = 0, -1
    while at < len(tokens):
        token = tokens[at]
        starts = _starts(tokens, at, before_start)
        if token.kind != "mark":
            before_start = token.sentence
        strength = _strength(token, starts, shouts)
        if strength is None:
            at += 1
            continue
        name = Name(at, at + 1, [token.key], strength, _acronym(token))
        while True:
            following = _neighbour(tokens, name.last)
            if following is None or _is_start(tokens, following):
                break
            strength = _strength(tokens[following], False, shouts)
            if strength is None:
                break
            name.keys.append(tokens[following].key)
            name.last, name.strong, name.acronym = following + 1, True, False
        names.append(name)
        before_start = tokens[name.last - 1].sentence
        at = name.last
    return names


def _shouts(tokens: list[Token]) -> bool:
    words = [token for token in tokens if token.kind == "word"]
    return len(words) >= 4 and not any(is_lower(ch) for token in words for ch in token.surface)


def _starts(tokens: list[Token], at: int, before: int) -> bool:
    """Whether this term begins a quotation, or its sentence: `before` is that of the last term that is no mark."""
    return tokens[at].sentence != before or _is_start(tokens, at)


def _is_start(tokens: list[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].surface in OPENERS and tokens[at - 1].kind == "mark"


def _strength(token: Token, starts: bool, shouts: bool) -> bool | None:
    """True for a strong entity word, False for a weak one, None for any other token."""
    if token.kind != "word" or token.stop or token.number >= 0 or token.key in MONTH_NAMES:
        return None
    surface = token.surface
    if not any(category(ch)[0] == "L" for ch in surface):
        return None
    capitals = sum(map(is_upper, surface))
    small = any(map(is_lower, surface))
    if "." in surface and all(len(part) <= 1 for part in surface.split(".")):
        return True if capitals >= 2 else None
    if any(text_class(ch) == "digit" or ch in "@_&" for ch in surface):
        return True
    if all_caps(surface):
        return None if shouts else True
    if capitals == 0:
        return None
    if not is_upper(surface[0]):
        return True  # iPhone
    if not small:
        return False  # a single capital
    return not starts or capitals > 1


def _acronym(token: Token) -> bool:
    letters = token.surface.replace(".", "")
    return 2 <= len(letters) <= 6 and all(map(is_upper, letters))


def _neighbour(tokens: list[Token], at: int) -> int | None:
    """The token that may go on the name that ends before `at`: behind a space, a hyphen, or one or two connectors."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "mark" and text_class(token.surface[0]) == "hyphen":
        joined = not token.space_before and at + 1 < len(tokens) and not tokens[at + 1].space_before
        return at + 1 if joined else None
    if not token.space_before or token.sentence != tokens[at - 1].sentence:
        return None
    if token.kind == "word" and token.surface in CONNECTORS and at + 1 < len(tokens):
        second = tokens[at + 1]
        if not second.space_before:
            return None
        if second.surface in CONNECTORS or second.surface == "the":
            return at + 2 if at + 2 < len(tokens) and tokens[at + 2].space_before else None
        return at + 1
    return at


def unique_entities(names: Sequence[Name], lower_case: frozenset[str] | set[str]) -> list[Name]:
    """One entity for each set of keys, without the weak ones that are ordinary words elsewhere."""
    unique: dict[frozenset[str], Name] = {}
    for name in names:
        known = unique.get(name.key_set)
        if known is None:
            unique[name.key_set] = Name(name.first, name.last, name.keys, name.strong, name.acronym)
        else:
            known.strong = known.strong or name.strong
            known.acronym = known.acronym or name.acronym
    return [name for name in unique.values() if name.strong or not name.key_set <= lower_case]


def lower_case_keys(tokens: list[Token]) -> set[str]:
    return {token.key for token in tokens if token.kind == "word" and not any(map(is_upper, token.surface))}


def match_names(left: Sequence[Name], right: Sequence[Name]) -> list[bool]:
    """For each name of `left`, whether any name of `right` matches it; no square, but for few very common keys."""
    sets = [name.key_set for name in right]
    holders: dict[str, list[int]] = {}
    for i, keys in enumerate(sets):
        for key in keys:
            holders.setdefault(key, []).append(i)
    rarest: dict[str, list[int]] = {}  # each name under its rarest key: whatever it is a part of has that key too
    for i, keys in enumerate(sets):
        rarest.setdefault(min(keys, key=lambda key: (len(holders[key]), key)), []).append(i)
    acronyms = {name.keys[0] for name in right if name.acronym}
    initials = {_initials(name) for name in right if len(name.keys) >= 2}
    return [_matches(name, sets, holders, rarest, acronyms, initials) for name in left]


def _initials(name: Name) -> str:
    return "".join(key[:1] for key in name.keys)


def _matches(
    name: Name,
    sets: list[frozenset[str]],
    holders: dict[str, list[int]],
    rarest: dict[str, list[int]],
    acronyms: set[str],
    initials: set[str],
) -> bool:
    keys = name.key_set
    if any(sets[i] <= keys for key in keys for i in rarest.get(key, ())):
        return True
    lists = [holders.get(key, []) for key in keys]
    if any(keys <= sets[i] for i in min(lists, key=len)):
        return True
    if name.acronym and name.keys[0] in initials:
        return True
    return len(name.keys) >= 2 and _initials(name) in acronyms


def overlap(left: Sequence[Name], right: Sequence[Name]) -> float:
    """Matched entities against all of them: 1.0 when neither side has any, 0.0 when one side has none."""
    if not left and not right:
        return 1.0
    if not left or not right:
        return 0.0
    matched = sum(match_names(left, right)) + sum(match_names(right, left))
    return float(matched) / float(2 * (len(left) + len(right)) - matched)


class SourceWords:
    """The words of a source, as names are looked up in them."""

    def __init__(self, tokens: list[Token]) -> None:
        words = [token for token in tokens if token.kind == "word"]
        self.keys = {token.key for token in words}
        letters = "".join(token.key[:1] or " " for token in words)
        capital = [bool(token.surface) and is_upper(token.surface[0]) for token in words]
        self.starts = {letters[i : i + n] for n in range(3, 7) for i in range(len(letters) - n + 1)}
        self.starts |= {letters[i : i + 2] for i in range(len(letters) - 1) if capital[i] and capital[i + 1]}


def is_found(name: Name, matched: bool, source: SourceWords) -> bool:
    """Whether the source has the entity: as one of its own, by all its words, or spelled out."""
    return matched or name.key_set <= source.keys or (name.acronym and name.keys[0] in source.starts)
