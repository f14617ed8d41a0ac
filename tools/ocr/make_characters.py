"""Writes what text_quality knows of each character: its kind, script, case and letter.

    /usr/bin/python3 tools/ocr/make_characters.py [--check]

Needs the Python whose unicodedata is 14.0.0 (3.11), as the tables of tools/unicode do. The core gets one byte for each
code point, in two stages; the reference gets the ranges of scripts and takes the rest from its own Unicode tables.
--check compares with the files at hand, writes nothing, and exits 1 when they differ.
"""

import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION = "14.0.0"
CORE = ROOT / "core/src/ocr/text_quality_characters.cpp"
REFERENCE = ROOT / "python/paritas/reference/script_table.py"
LAST = 0x10FFFF
BLOCK = 128
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
ODD = set("~^`\\|_{}<>¤¦¬")
STANDS_IN_NUMBERS = set(".,:/-'%()+°x–−")
FOLDED = dict(zip("æœøđðłıßþħŋ", "aaoddlisthn", strict=True))
# The enumerators of text_characters.hpp, in its order.
KINDS = ["other", "space", "unseen", "digit", "sign", "latin", "greek", "cyrillic", "foreign"]
UPPER, LOWER, ODD_SIGN, BAD, LOWERS, NUMERIC = 1, 2, 4, 8, 16, 32
CASED = {"Lu": UPPER, "Ll": LOWER}


def script(ch: str) -> str:
    first = unicodedata.name(ch, "").split(" ")[0]
    return first if first in SCRIPTS else ""


def letter_number(ch: str) -> int:
    """1 to 26 for a letter that folds to a to z, else 0."""
    low = ch.lower()[0]
    low = FOLDED.get(low, unicodedata.normalize("NFD", low)[0])
    return ord(low) - 96 if "a" <= low <= "z" else 0


def record(c: int) -> tuple[int, int, int]:
    """kind, flags, number of the letter"""
    ch = chr(c)
    category = unicodedata.category(ch)
    bad = BAD if category in ("Cc", "Cs", "Co", "Cn") or c == 0xFFFD else 0
    if category[0] == "Z" or 9 <= c <= 13 or c == 0x85:
        return KINDS.index("space"), 0, 0
    if category[0] == "M" or category == "Cf":
        return KINDS.index("unseen"), 0, 0
    if category == "Nd":
        return KINDS.index("digit"), NUMERIC, 0
    numeric = NUMERIC * (ch in STANDS_IN_NUMBERS)
    if category[0] in "PS":
        return KINDS.index("sign"), bad | ODD_SIGN * (ch in ODD) | numeric, 0
    if category[0] == "L":
        flags = CASED.get(category, 0) | LOWERS * (ch.lower() != ch) | numeric
        return KINDS.index(script(ch).lower() or "foreign"), flags, letter_number(ch)
    return KINDS.index("other"), bad, 0


def numbers(name: str, kind: str, items: list[int]) -> str:
    lines, line = [], " "
    for item in items:
        piece = f" {item},"
        if len(line) + len(piece) > 120:
            lines.append(line)
            line = " "
        line += piece
    body = "\n".join([*lines, line])
    return f"extern const std::{kind} {name}[{len(items)}] = {{\n{body}\n}};\n\n"


def core() -> str:
    records: dict[tuple[int, int, int], int] = {}
    every = [records.setdefault(record(c), len(records)) for c in range(LAST + 1)]
    blocks: dict[tuple[int, ...], int] = {}
    stage = [blocks.setdefault(tuple(every[at : at + BLOCK]), len(blocks)) for at in range(0, LAST + 1, BLOCK)]
    assert len(records) <= 256 and len(blocks) <= 256, (len(records), len(blocks))
    rows = "".join(f"    {{TextKind::{KINDS[kind]}, {flags}, {letter}}},\n" for kind, flags, letter in records)
    return (
        f"// Unicode {VERSION}; written by tools/ocr/make_characters.py, not by hand.\n// clang-format off\n"
        '#include "ocr/text_quality_characters.hpp"\n\nnamespace paritas::text_characters {\n\n'
        f"extern const TextCharacter kDistinct[{len(records)}] = {{\n{rows}}};\n\n"
        + numbers("kBlockOf", "uint8_t", stage)
        + numbers("kNumberOf", "uint8_t", [number for block in blocks for number in block])
        + "}  // namespace paritas::text_characters\n"
    )


def reference() -> str:
    lines = []
    for name in SCRIPTS:
        spans: list[list[int]] = []
        for c in range(LAST + 1):
            if unicodedata.category(chr(c))[0] != "L" or script(chr(c)) != name:
                continue
            if spans and spans[-1][1] == c - 1:
                spans[-1][1] = c
            else:
                spans.append([c, c])
        said = [f"{first:X}-{last:X}" if last > first else f"{first:X}" for first, last in spans]
        line = f"{name}:{said[0]}"
        for span in said[1:]:
            if len(line) + len(span) + 1 > 118:
                lines.append(line)
                line = f"{name}:{span}"
            else:
                line += "," + span
        lines.append(line)
    body = "\n".join(lines)
    return (
        f'"""Unicode {VERSION}; written by tools/ocr/make_characters.py: letters by their first name."""\n\n'
        f'SCRIPT = """\n{body}\n"""\n'
    )


def main() -> int:
    if unicodedata.unidata_version != VERSION:
        print(
            f"needs unicodedata {VERSION}, not {unicodedata.unidata_version}: run it with Python 3.11", file=sys.stderr
        )
        return 2
    stale = False
    for path, made in ((CORE, core()), (REFERENCE, reference())):
        if path.exists() and path.read_text("utf-8") == made:
            continue
        stale = True
        print(f"{path.relative_to(ROOT)} {'differs' if '--check' in sys.argv else 'written'}")
        if "--check" not in sys.argv:
            path.write_text(made, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
