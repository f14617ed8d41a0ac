"""Random and hostile texts, drawn as core/src/selfcheck/texts.cpp draws them."""

from paritas.reference import selfcheck_pieces as pieces
from paritas.reference.random import Random

_PLAIN = (
    *(pieces.WORDS, pieces.WORDS, pieces.WORDS, pieces.WORDS),
    *(pieces.NAMES, pieces.NAMES, pieces.NUMBERS, pieces.NEGATIONS),
)
_COUNTED = (
    *(pieces.WORDS, pieces.NUMBERS, pieces.NUMBERS, pieces.UNITS),
    *(pieces.UNITS, pieces.CURRENCIES, pieces.MONTHS, pieces.WORDS),
)
_ANY = (
    *(pieces.WORDS, pieces.NAMES, pieces.NUMBERS, pieces.UNITS),
    *(pieces.MONTHS, pieces.NEGATIONS, pieces.SCRIPTS, pieces.MARKS),
)
_HOSTILE = (
    *(pieces.SCRIPTS, pieces.MARKS, pieces.BRACKETS, pieces.ILL_FORMED),
    *(pieces.BREAKS, pieces.TERMINATORS, pieces.NUMBERS, pieces.WORDS),
)
_STYLES = (_PLAIN, _COUNTED, _ANY, _HOSTILE)


def _one_of(random: Random, items: tuple[bytes, ...]) -> bytes:
    return items[random.below(len(items))]


def _piece(random: Random, style: int) -> bytes:
    items = _STYLES[style][random.below(8)]
    turn = random.below(16)
    if turn == 0:
        digits = str(random.below(100_000))
        if random.below(2) == 1:
            digits += "." + str(random.below(1_000))
        return digits.encode()
    piece = _one_of(random, items)
    return piece.upper() if turn == 1 else piece  # of bytes: ASCII letters only


def _join(random: Random, style: int) -> bytes:
    turn = random.below(16)
    if style == 3:
        return b"" if turn < 8 else b" "
    if turn == 1:
        return _one_of(random, pieces.TERMINATORS)
    if turn == 4:
        return _one_of(random, pieces.BREAKS)
    if turn == 5:
        return _one_of(random, pieces.BRACKETS)
    return {0: b"", 2: b". ", 3: b", "}.get(turn, b" ")


def _decode(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def random_bytes(random: Random, max_pieces: int) -> bytes:
    style = random.below(4)
    count = random.below(max_pieces + 1)
    text = b""
    for _ in range(count):
        text += _piece(random, style)
        text += _join(random, style)
    return text


def random_text(random: Random, max_pieces: int) -> str:
    return _decode(random_bytes(random, max_pieces))


def random_pair(random: Random, max_pieces: int) -> tuple[str, str]:
    """Claim and source."""
    style = random.below(4)
    count = random.below(max_pieces + 1)
    claim = source = b""
    for _ in range(count):
        piece = _piece(random, style)
        join = _join(random, style)
        source += piece + join
        turn = random.below(16)
        if turn == 0:
            continue
        if turn == 1:
            claim += _piece(random, style) + join
            continue
        if turn == 2:
            claim += _one_of(random, pieces.NEGATIONS) + b" "
        claim += piece + join
    return _decode(claim), _decode(source)


def random_word(random: Random) -> str:
    return _decode(_one_of(random, pieces.WORDS))
