"""How a number of the claim stands to a number of the source: they match, they differ, or they cannot be compared."""

import math
from collections.abc import Sequence

from paritas.reference.numbers import HALF_A_UNIT_MIN, Amount

EXACT_PAIRS = 1 << 20  # above so many pairs of numbers each one of the claim meets its nearest ones only
NEAREST = 64  # on either side, by kind and value


def equal(a: float, b: float) -> bool:
    if math.isinf(a) or math.isinf(b):
        return a == b
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def compare(claim: Amount, source: Amount) -> str | None:
    """ "match", "differ" or None."""
    if claim.kind == source.kind == "date":
        return _dates(claim, source)
    if {claim.kind, source.kind} == {"date", "decade"}:
        return _year_and_decade(claim, source)
    if {claim.kind, source.kind} == {"date", "quantity"}:
        date, quantity = (claim, source) if claim.kind == "date" else (source, claim)
        same = date.month == date.day == 0 and quantity.unit is None and quantity.value == float(date.year)
        return "match" if same else None
    if claim.kind != source.kind:
        return None
    if claim.kind == "quantity":
        return _quantities(claim, source)
    if equal(claim.value, source.value):
        return "match"
    return "differ" if claim.kind != "ordinal" or _meet(claim, source) else None


def _meet(claim: Amount, source: Amount) -> bool:
    return any(noun in source.nouns for noun in claim.nouns)


def _dates(claim: Amount, source: Amount) -> str | None:
    """The best of all readings, when day and month may be swapped."""
    results = [
        _fields((claim.year, *left), (source.year, *right)) for left in _readings(claim) for right in _readings(source)
    ]
    if "match" in results:
        return "match"
    return "differ" if all(result == "differ" for result in results) else None


def _readings(date: Amount) -> list[tuple[int, int]]:
    return [(date.month, date.day), (date.day, date.month)] if date.ambiguous else [(date.month, date.day)]


def _fields(claim: tuple[int, ...], source: tuple[int, ...]) -> str | None:
    shared = [(c, s) for c, s in zip(claim, source, strict=True) if c and s]
    if any(c != s for c, s in shared):
        return "differ"
    lacks = any(c and not s for c, s in zip(claim, source, strict=True))
    return "match" if shared and not lacks else None


def _year_and_decade(claim: Amount, source: Amount) -> str | None:
    year, decade = (claim.year, source.value) if claim.kind == "date" else (source.year, claim.value)
    if year == 0:
        return None
    inside = decade <= float(year) < decade + 10.0
    if claim.kind == "decade":
        return "match" if inside else "differ"
    return None if inside else "differ"


def _quantities(claim: Amount, source: Amount) -> str | None:
    a, b = claim.value * claim.factor, source.value * source.factor
    if claim.dimension != source.dimension:
        if not claim.dimension or not source.dimension:
            return "match" if equal(claim.value, source.value) and claim.hard else None
        dimensions = {claim.dimension, source.dimension}
        pounds = any(amount.unit is not None and amount.unit[0] == "lb" for amount in (claim, source))
        if dimensions == {"mass", "money"} and pounds:
            a, b = claim.value, source.value
        elif "degree" not in dimensions or not dimensions <= {"degree", "celsius", "fahrenheit"}:
            return None
    elif claim.dimension == "money" and claim.unit and source.unit and claim.unit[0] != source.unit[0]:
        return "differ"
    if claim.per and source.per and claim.per != source.per:
        return "differ"
    rough = any(amount.unit is not None and amount.unit[0] == "fraction" for amount in (claim, source))
    if equal(a, b) or (rough and abs(a - b) <= 0.5):
        up, down = ("gt", "ge"), ("lt", "le")
        against = (claim.op in up and source.op in down) or (claim.op in down and source.op in up)
        return "differ" if against or (claim.op in ("gt", "lt") and source.op == "eq") else "match"
    if not claim.dimension and not source.dimension:
        strangers = bool(claim.nouns and source.nouns) and not _meet(claim, source)
        if strangers or any(_like_year(amount) for amount in (claim, source)):
            return None
    return "match" if _compatible(claim, source, a, b) else "differ"


def _like_year(amount: Amount) -> bool:
    return 1000.0 <= amount.value <= 2199.0 and amount.value == math.floor(amount.value)


def _compatible(claim: Amount, source: Amount, a: float, b: float) -> bool:
    """Whether unequal values say the same: about 500 and 512, over 500 and 512, 5.2 million and 5,234,567."""
    if "approx" in (claim.op, source.op) and abs(a - b) <= 0.05 * max(abs(a), abs(b)):
        return True
    if claim.op in ("gt", "ge") and source.op not in ("lt", "le") and b > a:
        return True
    if claim.op in ("lt", "le") and source.op not in ("gt", "ge") and b < a:
        return True
    rounded = claim.step >= HALF_A_UNIT_MIN and 2 <= claim.significant < source.significant
    return rounded and abs(b - a) <= 0.5 * (claim.step * claim.factor)


def _rank(amount: Amount) -> tuple[str, float]:
    if amount.kind == "date":
        return "date", float(amount.year * 10000 + amount.month * 100 + amount.day)
    return amount.kind, amount.value * amount.factor


class Comparer:
    """The numbers of a source, ready to be compared with those of a claim in time that does not square.

    Every pair is compared while there are at most EXACT_PAIRS of them; above that, each number of the claim is compared
    with the NEAREST ones of the source below and above it.
    """

    def __init__(self, source: Sequence[Amount], claims: int) -> None:
        self.source = source
        self.exact = len(source) * claims <= EXACT_PAIRS
        self.order = [] if self.exact else sorted(range(len(source)), key=lambda i: (*_rank(source[i]), i))

    def candidates(self, claim: Amount) -> Sequence[int]:
        if self.exact:
            return range(len(self.source))
        low, high, rank = 0, len(self.order), _rank(claim)
        while low < high:
            middle = (low + high) // 2
            if _rank(self.source[self.order[middle]]) < rank:
                low = middle + 1
            else:
                high = middle
        return sorted(self.order[max(0, low - NEAREST) : low + NEAREST])

    def results(self, claim: Amount) -> tuple[list[int], int]:
        """The source numbers that match, in order, and the first one that differs, or -1."""
        matches, differs = [], -1
        for i in self.candidates(claim):
            result = compare(claim, self.source[i])
            if result == "match":
                matches.append(i)
            elif result == "differ" and differs < 0:
                differs = i
        return matches, differs
