"""Polarity: negation cues with their scopes, opposed prefixes and antonyms, and what they do to a sentence."""

from dataclasses import dataclass

from paritas.reference.lexicon import (
    CUE_PHRASES,
    NEGATIVE_CUES,
    OPPOSED_PREFIXES,
    SCOPE_ENDS,
    SCOPE_WORDS,
    STOP_LIKE,
    antonym_pairs,
)
from paritas.reference.stem_light import stem
from paritas.reference.terms import Token, content_word

RIGHT, LEFT, FEW = 8, 6, 2  # terms of a scope to the right, to the left, and when the left is looked at
WINDOW = 64  # terms that a scope looks through on either side, so that many cues stay linear
NEITHER_NOR = 12
OCCURRENCES = 8  # of a stop-like antonym whose next words are compared


@dataclass(slots=True)
class CueWord:
    """A cue: tokens[first:last]; scope: the tokens that it negates, in order."""

    first: int
    last: int
    scope: list[int]


OPPOSED: dict[str, list[str]] = {}  # inactive -> active
OPPOSED_BACK: dict[str, list[str]] = {}  # active -> inactive
for _word, _base in OPPOSED_PREFIXES.items():
    OPPOSED.setdefault(stem(_word), []).append(stem(_base))
    OPPOSED_BACK.setdefault(stem(_base), []).append(stem(_word))
ANTONYMS: dict[str, list[str]] = {}
for _left, _right in antonym_pairs():
    ANTONYMS.setdefault(stem(_left), []).append(stem(_right))
    ANTONYMS.setdefault(stem(_right), []).append(stem(_left))
for _partners in ANTONYMS.values():
    _partners.sort()
STOP_LIKE_STEMS = {stem(word) for word in STOP_LIKE}


def find_cues(tokens: list[Token]) -> list[CueWord]:
    """The cues in order, their words marked; scopes are found when all are marked."""
    cues: list[CueWord] = []
    neither = -NEITHER_NOR - 1
    for at, token in enumerate(tokens):
        if token.kind != "word" or (cues and at < cues[-1].last):
            continue
        if token.key == "neither":
            neither = at
        end = _cue_end(tokens, at, neither)
        if end > at:
            cues.append(CueWord(at, end, []))
            for word in tokens[at:end]:
                word.cue = word.cue or not word.negated or not content_word(word)
    for cue in cues:
        cue.scope = _scope(tokens, cue)
    return cues


def _key(tokens: list[Token], at: int) -> str:
    return tokens[at].key if at < len(tokens) else ""


def _cue_end(tokens: list[Token], at: int, neither: int) -> int:
    """One past the cue that begins here; `at` when none does."""
    token, following = tokens[at], _key(tokens, at + 1)
    if token.negated or token.key == "not":
        excused = following in ("only", "just", "merely", "simply") or (token.negated and following == "but")
        mention = following == "to" and _key(tokens, at + 2) == "mention"
        return at if excused or mention else at + 1
    if token.key == "no":
        if following == "longer":
            return at + 2
        return at if _harmless_no(tokens, at) else at + 1
    if token.key == "nothing":
        return at if following == "but" else at + 1
    if token.key == "nor":
        return at if at - neither <= NEITHER_NOR else at + 1
    if token.key in NEGATIVE_CUES or token.stem == "lack":
        return at + 1
    return at + 2 if (token.stem, following) in CUE_PHRASES else at


def _harmless_no(tokens: list[Token], at: int) -> bool:
    """No doubt, no more than, No. 5, "No, ..."."""
    following = _key(tokens, at + 1)
    if following in ("doubt", "matter", "wonder", "later", ",", ".", "!", ":"):
        return True
    if following in ("more", "less", "fewer", "greater") and _key(tokens, at + 2) == "than":
        return True
    return at + 1 < len(tokens) and tokens[at + 1].number >= 0


def _ends_scope(token: Token) -> bool:
    return token.surface in SCOPE_ENDS or token.key in SCOPE_WORDS


def _counts(token: Token) -> bool:
    return token.kind == "number" or (content_word(token) and not token.cue)


def _scope(tokens: list[Token], cue: CueWord) -> list[int]:
    sentence = tokens[cue.first].sentence

    def side(places: range, most: int) -> list[int]:
        found: list[int] = []
        for at in places[:WINDOW]:
            if len(found) == most or tokens[at].sentence != sentence or _ends_scope(tokens[at]):
                break
            if _counts(tokens[at]):
                found.append(at)
        return found

    own = [cue.first] if tokens[cue.first].negated and content_word(tokens[cue.first]) else []
    right = side(range(cue.last, len(tokens)), RIGHT)
    left = side(range(cue.first - 1, -1, -1), LEFT) if len(right) < FEW else []
    return [*reversed(left), *own, *right]


@dataclass(slots=True)
class Sentence:
    """What the signals need of one sentence: tokens[first:last]."""

    first: int
    last: int
    stems: dict[str, int]  # content stems, with the token where each first begins
    words: dict[str, list[int]]  # stems of all words but cues, with the tokens where they stand
    numbers: list[int]
    hard: list[int]
    cues: list[CueWord]

    @property
    def items(self) -> int:
        return len(self.stems) + len(self.hard)


@dataclass(slots=True)
class Evidence:
    """One reason of a conflict: tokens [first, last) of the claim and of the source; None stands for the sentence."""

    claim: tuple[int, int] | None
    source: tuple[int, int] | None
    kind: str
    cue_of_source: bool = False  # of a cue: in which of the two it stands


def opposites(word: str) -> list[str]:
    """The stems that a prefix, a suffix or the list opposes to this one, in the order in which they are tried."""
    found = []
    for prefix in ("un", "non"):
        if word.startswith(prefix) and len(word) >= len(prefix) + 3:
            found.append(word[len(prefix) :])
    if word.endswith("less") and len(word) >= 7:
        found.append(word[:-4])
    if len(word) >= 3:
        found += ["un" + word, "non" + word, word + "less"]
    return [*found, *OPPOSED.get(word, []), *OPPOSED_BACK.get(word, [])]


def conflict(claim: Sentence, source: Sentence, matched: int, left: list[Token], right: list[Token]) -> list[Evidence]:
    """Why the two sentences say the opposite of each other; empty when they do not."""
    shared = [word for word in claim.stems if word in source.stems]
    links: list[tuple[str, str]] = []
    for word in claim.stems:
        if word not in source.stems:
            partner = next((p for p in opposites(word) if p in source.stems and p not in claim.stems), None)
            if partner is not None:
                links.append((word, partner))
    common = len(shared) + matched + len(links)
    if common < 2 or 2 * common < min(claim.items, source.items):
        return []
    evidence: list[Evidence] = []
    same = set(shared)
    for cue in claim.cues:
        touched = _touches(left, cue, same | {word for word, _ in links})
        if touched is not None:
            partner = dict(links).get(touched, touched)
            evidence.append(Evidence((cue.first, cue.last), _place(source.stems.get(partner)), "cue"))
    for cue in source.cues:
        touched = _touches(right, cue, same | {partner for _, partner in links})
        if touched is not None:
            word = {partner: word for word, partner in links}.get(touched, touched)
            evidence.append(Evidence(_place(claim.stems.get(word)), (cue.first, cue.last), "cue", True))
    for word, partner in links:
        evidence.append(Evidence(_place(claim.stems[word]), _place(source.stems[partner]), "prefix"))
    if len(shared) + matched >= 2:
        linked = {word for pair in links for word in pair}
        evidence += _antonyms(claim, source, linked, left, right)
    return evidence if len(evidence) % 2 == 1 else []


def _place(token: int | None) -> tuple[int, int] | None:
    return None if token is None else (token, token + 1)


def _touches(tokens: list[Token], cue: CueWord, stems: set[str]) -> str | None:
    """The first stem of the scope that counts, "" for a number, None when the cue negates nothing that matters."""
    for at in cue.scope:
        if tokens[at].kind == "number":
            return ""
        if tokens[at].stem in stems:
            return tokens[at].stem
    return None


def _antonyms(
    claim: Sentence, source: Sentence, linked: set[str], left: list[Token], right: list[Token]
) -> list[Evidence]:
    evidence = []
    for word, places in claim.words.items():
        if word not in ANTONYMS or word in source.words or word in linked:
            continue
        for partner in ANTONYMS[word]:
            if partner not in source.words or partner in claim.words or partner in linked:
                continue
            if word in STOP_LIKE_STEMS or partner in STOP_LIKE_STEMS:
                after = _next_keys(left, claim, places)
                if not after & _next_keys(right, source, source.words[partner]):
                    continue
            evidence.append(Evidence(_place(places[0]), _place(source.words[partner][0]), "antonym"))
            break
    return evidence


def _next_keys(tokens: list[Token], sentence: Sentence, places: list[int]) -> set[str]:
    return {tokens[at + 1].key for at in places[:OCCURRENCES] if at + 1 < sentence.last}
