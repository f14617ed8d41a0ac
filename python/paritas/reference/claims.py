"""Claims: the sentences of a text that say something, or the parts of them that can be checked alone."""

import itertools
from dataclasses import dataclass

from paritas.reference.analysis import Analysis
from paritas.reference.convert import flag
from paritas.reference.convert import text as as_text
from paritas.reference.lexicon import CLAUSE_STARTS, CONJUNCTIONS, JOINERS
from paritas.reference.terms import Token, is_lower
from paritas.results import Claim, Span

LEAST_TERMS = 3  # on either side of a cut, without marks and conjunctions


@dataclass(slots=True)
class ClaimRange:
    """A claim: tokens[first:last] of a text."""

    first: int
    last: int
    span: Span
    sentence: int
    is_atomic: bool


def split_claims(text: str, atomic: bool = False) -> list[Claim]:
    """The sentences with at least one word, number or character, in order; nothing else is dropped.

    atomic: cuts sentences further, after ";" and before conjunctions where both sides say something.
    """
    text = as_text(text)
    return [
        Claim(text[claim.span.start : claim.span.end], claim.span, claim.sentence, claim.is_atomic)
        for claim in find_claims(Analysis(text), flag(atomic))
    ]


def find_claims(analysis: Analysis, atomic: bool) -> list[ClaimRange]:
    claims: list[ClaimRange] = []
    tokens = analysis.tokens
    for index, sentence in enumerate(analysis.sentences):
        span = Span(*analysis.spans[index])
        cuts = _cuts(tokens, sentence.first, sentence.last) if atomic else []
        if all(token.kind == "mark" for token in tokens[sentence.first : sentence.last]):
            continue
        places = [sentence.first, *cuts, sentence.last]
        for first, last in itertools.pairwise(places):
            start = span.start if first == sentence.first else tokens[first].start
            end = span.end if last == sentence.last else tokens[last - 1].end
            claims.append(ClaimRange(first, last, Span(start, end), index, bool(cuts)))
    return claims


def _cuts(tokens: list[Token], first: int, last: int) -> list[int]:
    """Where the parts of a sentence begin, but for the first one."""
    right = sum(map(_counts, tokens[first:last]))
    left = 0
    cuts: list[int] = []
    for at in range(first, last):
        if left >= LEAST_TERMS and right >= LEAST_TERMS and _cuts_before(tokens, at, last):
            cuts.append(at)
            left = 0
        left += _counts(tokens[at])
        right -= _counts(tokens[at])
    return cuts


def _counts(token: Token) -> bool:
    return token.kind != "mark" and not (token.kind == "word" and token.key in CONJUNCTIONS)


def _cuts_before(tokens: list[Token], at: int, last: int) -> bool:
    token, before = tokens[at], tokens[at - 1]
    if before.key == ";":
        return True
    if token.kind != "word" or token.key not in CONJUNCTIONS:
        return False
    if token.number >= 0 and token.number == before.number:  # three and a half
        return False
    if token.key not in JOINERS:
        return True
    following = tokens[at + 1] if at + 1 < last else None
    if following is None or following.kind != "word":
        return False
    if following.key in CLAUSE_STARTS:
        return True
    return is_lower(following.surface[0]) and following.key.endswith(("s", "ed"))
