"""Machine-readable zones (ICAO 9303), as core/src/ocr/format_mrz.cpp reads them."""

from paritas.reference.format_text import Reading

VALUES = {ch: value for value, ch in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
DIGITS = frozenset("0123456789<")
SHAPES = ((3, 30), (2, 36), (2, 44))


def read_mrz(text: str) -> Reading:
    """Of a text whose line breaks are line feeds."""
    if not VALUES.keys() >= set(text) - {"\n"}:
        return Reading("mrz_chars")
    lines = text.split("\n")
    if len(lines) == 1:  # the lines joined: every kind has another length in all
        lines = [
            text[i : i + width]
            for count, width in SHAPES
            if len(text) == count * width
            for i in range(0, len(text), width)
        ]
    if (len(lines), len(lines[0]) if lines else 0) not in SHAPES or len({len(line) for line in lines}) != 1:
        return Reading("mrz_shape")
    if not _in_place(lines):
        return Reading("mrz_chars")
    kind, checks = _checks(lines)
    passed = sum(checks)
    if passed < len(checks):
        return Reading("mrz_checksum", checks_passed=passed, checks=len(checks))
    return Reading("mrz_valid", kind, True, checks_passed=passed, checks=len(checks))


def _in_place(lines: list[str]) -> bool:
    """Whether kind, states and names have letters, dates have digits, and the sex is one of four.

    No sum covers a state, a name or the sex: an engine that reads O as 0 in the state would pass every one.
    """
    first, second = lines[0], lines[1]
    if len(lines) == 3:
        named, state, birth, expiry, sex = first[:5] + lines[2], second[15:18], second[:6], second[8:14], second[7]
    else:
        named, state, birth, expiry, sex = first, second[10:13], second[13:19], second[21:27], second[20]
    return set(named + state) <= LETTERS and set(birth + expiry) <= DIGITS and sex in "MFX<"


def _right(field: str, digit: str) -> bool:
    """Whether the digit is that of the field: weights 7, 3, 1; "<" is no digit."""
    return "0" <= digit <= "9" and sum(VALUES[ch] * (7, 3, 1)[i % 3] for i, ch in enumerate(field)) % 10 == int(digit)


def _number_is_right(number: str, digit: str, optional: str) -> bool:
    """Of a document's number. A longer one has "<" for its digit, and goes on in the optional field up to "<"."""
    rest = optional.split("<")[0]
    if digit != "<" or rest == "":
        return _right(number, digit)
    return _right(number + rest[:-1], rest[-1])


def _checks(lines: list[str]) -> tuple[str, list[bool]]:
    """The kind, and whether each of its sums is right."""
    if len(lines) == 3:
        first, second, _ = lines
        return "TD1", [
            _number_is_right(first[5:14], first[14], first[15:]),
            _right(second[0:6], second[6]),
            _right(second[8:14], second[14]),
            _right(first[5:] + second[0:7] + second[8:15] + second[18:29], second[29]),
        ]
    visa, second = lines[0][0] == "V", lines[1]
    longer = len(second) == 44
    dates = [_right(second[13:19], second[19]), _right(second[21:27], second[27])]
    if visa:
        return "MRV-A" if longer else "MRV-B", [_right(second[0:9], second[9]), *dates]
    whole = second[0:10] + second[13:20] + second[21:-1]
    if not longer:
        number = _number_is_right(second[0:9], second[9], second[28:35])
        return "TD2", [number, *dates, _right(whole, second[35])]
    personal = (second[28:42] == "<" * 14 and second[42] == "<") or _right(second[28:42], second[42])
    return "TD3", [_right(second[0:9], second[9]), *dates, personal, _right(whole, second[43])]
