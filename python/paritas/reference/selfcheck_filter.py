"""The check of filters, as core/src/selfcheck/filter.cpp draws it."""

from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.filter import Object, test_of
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_word
from paritas.results import Metadata

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

WHOLE = (0, 1, -2, 9007199254740993)
NUMBERS = (1.0, 0.5, -1.5, 9007199254740992.0)
OPERATORS = ("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$contains", "$not")


def _scalar(random: Random) -> Any:
    choice = random.below(8)
    if choice == 0:
        return None
    if choice == 1:
        return random.below(2) == 0
    if choice in (2, 3):
        return WHOLE[random.below(4)]
    return NUMBERS[random.below(4)] if choice == 4 else random_word(random)


def _value(random: Random) -> Any:
    if random.below(4) == 0:
        return [_scalar(random) for _ in range(random.below(3))]
    return _scalar(random)


def _first(value: Any) -> Any:
    if isinstance(value, list):
        return value[0] if value else None
    return value


def _condition(random: Random, known: Any, depth: int) -> Any:
    """Mostly what the filter allows, sometimes what it refuses."""
    same = random.below(2) == 0
    if random.below(3) == 0:
        return known if same else _value(random)
    pairs = Object()
    for _ in range(1 + random.below(2)):
        choice = random.below(len(OPERATORS))
        operand: Any
        if choice == 10 and depth < 2:
            operand = _condition(random, known, depth + 1)
        elif choice in (6, 7):
            operand = [_scalar(random) for _ in range(random.below(3))]
            operand.append(_first(known) if same else _scalar(random))
        elif choice == 8:
            operand = random.below(2) == 0
        else:
            operand = known if same else _value(random)
        pairs.append((OPERATORS[choice], operand))
    return pairs


def _filter(random: Random, known: Metadata, depth: int) -> Object:
    pairs = Object()
    for _ in range(0 if random.below(8) == 0 else 1 + random.below(2)):
        choice = random.below(8 if depth < 2 else 5)
        if choice < 5:
            key = "abcd"[random.below(len(known))]
            name = "none" if random.below(6) == 0 else key
            pairs.append((name, _condition(random, known[key], 0)))
        elif choice == 5:
            pairs.append(("$not", _filter(random, known, depth + 1)))
        else:
            inner = [_filter(random, known, depth + 1) for _ in range(1 + random.below(2))]
            pairs.append(("$and" if choice == 6 else "$or", inner))
    return pairs


def check_filter(random: Random, digest: "Digest") -> None:
    known: Metadata = {key: _value(random) for key in "abcd"}
    pairs = _filter(random, known, 0)  # no dict: an operator may stand in it twice
    try:
        digest.add(test_of(pairs)(known))
    except ParitasError as error:
        digest.add_error(error)
        digest.add(str(error))
