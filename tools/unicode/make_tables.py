"""Writes the Unicode tables of the core and of the reference from Python's own unicodedata.

    /usr/bin/python3 tools/unicode/make_tables.py [--check]

Needs the Python whose unicodedata is 14.0.0 (3.11), because the version of the tables is part of every result.
--check compares with the files at hand, writes nothing, and exits 1 when they differ.
"""

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
VERSION = "14.0.0"
CORE = ROOT / "core/src/text/unicode_tables.cpp"
REFERENCE = ROOT / "python/paritas/reference/unicode_tables.py"
LAST = 0x10FFFF
BLOCK = 256  # code points in one block of the two-stage table
ANCHOR = 16  # decompositions between two stored offsets

# The enumerators of unicode.hpp, in its order.
CATEGORIES = [
    "Cn",
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "Mn",
    "Mc",
    "Me",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Zs",
    "Zl",
    "Zp",
    "Cc",
    "Cf",
    "Cs",
    "Co",
]
CLASSES = ["space", "transparent", "unspaced", "apostrophe", "letter", "mark", "digit", "hyphen", "dash", "other"]
FOLDS, LOWERS, DECOMPOSES, JOINS_BACK, INERT, STARTS, QUICK_NFC, QUICK_NFKC = 1, 2, 4, 8, 16, 32, 64, 128

TRANSPARENT = {0xAD, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)}
UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3FFFF),
)  # fmt: skip
APOSTROPHES = set(map(ord, "'‘’ʼ＇`´"))
HYPHENS = {0x2D, 0x2010, 0x2011, 0xFE63, 0xFF0D}
DASHES = set(range(0x2012, 0x2016))


def text_class(c: int) -> str:
    """The first class that fits, in the order in which the classes are tested."""
    category = unicodedata.category(chr(c))
    if category[0] == "Z" or 9 <= c <= 13 or c in (0x85, 0x200B):
        return "space"
    if c in TRANSPARENT:
        return "transparent"
    if category[0] in "LM" and any(first <= c <= last for first, last in UNSPACED):
        return "unspaced"
    if c in APOSTROPHES:
        return "apostrophe"
    if category[0] == "L":
        return "letter"
    if category[0] == "M":
        return "mark"
    if category == "Nd":
        return "digit"
    return "hyphen" if c in HYPHENS else "dash" if c in DASHES else "other"


def fold(text: str) -> str:
    """The definition; here it only tells which code points are their own fold."""
    text = "".join(ch for ch in text if ord(ch) not in TRANSPARENT)
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", "".join(ch for ch in text if not 0x300 <= ord(ch) <= 0x36F))
    return "".join("'" if ord(ch) in APOSTROPHES else "-" if ord(ch) in HYPHENS else ch for ch in text)


# ---- what the tables hold

decompositions: dict[int, tuple[bool, list[int]]] = {}  # code point: canonical?, one step of its decomposition
pairs: dict[tuple[int, int], int] = {}  # primary composites
for c in range(LAST + 1):
    if 0xD800 <= c <= 0xDFFF:
        continue
    words = unicodedata.decomposition(chr(c)).split()
    if not words:
        continue
    canonical = not words[0].startswith("<")
    parts = [int(word, 16) for word in (words if canonical else words[1:])]
    decompositions[c] = (canonical, parts)
    if canonical and len(parts) == 2 and unicodedata.normalize("NFC", "".join(map(chr, parts))) == chr(c):
        pairs[(parts[0], parts[1])] = c

seconds = {second for _, second in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))


def joins_back(text: str) -> bool:
    return text == "" or unicodedata.combining(text[0]) != 0 or ord(text[0]) in seconds


def record(c: int) -> tuple[int, ...]:
    """category, class, digit value (255: none), combining class, flags"""
    ch = chr(c)
    category = unicodedata.category(ch)
    flags = 0
    if category != "Cs":
        flags |= FOLDS * (ch.casefold() != ch) | LOWERS * (ch.lower() != ch) | DECOMPOSES * (c in decompositions)
        flags |= JOINS_BACK * (c in seconds)
        flags |= QUICK_NFC * (c not in seconds and unicodedata.normalize("NFC", ch) == ch)
        flags |= QUICK_NFKC * (c not in seconds and unicodedata.normalize("NFKC", ch) == ch)
        # A fold can be cut before a code point that no stage of it joins to the text before.
        nfkc = unicodedata.normalize("NFKC", ch).casefold()
        stages = [ch, unicodedata.normalize("NFKD", ch), nfkc, unicodedata.normalize("NFD", nfkc), fold(ch)]
        if not any(joins_back(stage) for stage in stages):
            flags |= STARTS
            flags |= INERT * (fold(ch) == ch)
    digit = unicodedata.digit(ch) if category == "Nd" else 255
    return CATEGORIES.index(category), CLASSES.index(text_class(c)), digit, unicodedata.combining(ch), flags


def changes(mapping: Callable[[str], str]) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, str]]]:
    """A mapping as ranges (first, last, step, difference) for single results, and pairs for longer ones."""
    ranges: list[tuple[int, int, int, int]] = []
    longer = []
    for c in range(LAST + 1):
        if 0xD800 <= c <= 0xDFFF:
            continue
        result = mapping(chr(c))
        if result == chr(c):
            continue
        if len(result) > 1:
            longer.append((c, result))
            continue
        difference = ord(result) - c
        if ranges and ranges[-1][3] == difference:
            first, last, step, _ = ranges[-1]
            if c - last in (1, 2) and (first == last or c - last == step):
                ranges[-1] = (first, c, c - last, difference)
                continue
        ranges.append((c, c, 1, difference))
    return ranges, longer


def utf16(points: Iterable[int]) -> list[int]:
    data = "".join(map(chr, points)).encode("utf-16-le")
    return [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]


# ---- the core


def array(name: str, kind: str, items: Sequence[object], note: str) -> str:
    lines, line = [], " "
    for item in items:
        piece = f" {item},"
        if len(line) + len(piece) > 120:
            lines.append(line)
            line = " "
        line += piece
    lines.append(line)
    body = "\n".join(lines)
    return f"// {note}\nextern const {kind} {name}[{len(items)}] = {{\n{body}\n}};\n\n"


def core_tables() -> str:
    records: dict[tuple[int, ...], int] = {}
    points = [records.setdefault(record(c), len(records)) for c in range(LAST + 1)]
    assert len(records) <= 256
    blocks: dict[tuple[int, ...], int] = {}
    stage1 = [
        blocks.setdefault(tuple(points[start : start + BLOCK]), len(blocks)) for start in range(0, LAST + 1, BLOCK)
    ]
    assert len(blocks) <= 65536
    starts, entries, headers, anchors, pool = [], [], [], [], []
    for number, (c, (canonical, parts)) in enumerate(sorted(decompositions.items())):
        if c - 1 not in decompositions:
            starts.append(c)
            entries.append(number)
        if number % ANCHOR == 0:
            anchors.append(len(pool))
        units = utf16(parts)
        headers.append(len(units) | 0x80 * canonical)
        pool += units
    assert max(header & 0x7F for header in headers) < 64 and len(pool) < 65536
    fold_ranges, fold_longer = changes(str.casefold)
    lower_ranges, lower_longer = changes(str.lower)
    assert lower_longer == [(0x130, "i\u0307")]
    composites = [c for _, c in sorted(pairs.items())]
    flat = [f"{{{first}, {last}, {step}, {difference}}}" for first, last, step, difference in fold_ranges]
    flat_lower = [f"{{{first}, {last}, {step}, {difference}}}" for first, last, step, difference in lower_ranges]
    longer = [f"{{{c}, {{{', '.join(str(ord(ch)) for ch in result)}}}}}" for c, result in fold_longer]
    facts = [f"{{{', '.join(map(str, key))}}}" for key in records]
    return (
        f"// Unicode {VERSION}; written by tools/unicode/make_tables.py, not by hand.\n"
        "// clang-format off\n"
        '#include "text/unicode_tables.hpp"\n\nnamespace paritas::unicode {\n\n'
        + array("kFacts", "Facts", facts, "category, class, digit value, combining class, flags: the distinct ones")
        + array("kBlockOf", "std::uint16_t", stage1, f"block of each {BLOCK} code points")
        + array("kFactsOf", "std::uint8_t", [i for block in blocks for i in block], "row of kFacts, block after block")
        + array("kFoldRanges", "Range", flat, "case folding to one code point: first, last, step, difference")
        + array("kFoldLonger", "Longer", longer, "case folding to more than one")
        + array("kLowerRanges", "Range", flat_lower, "lower case to one code point; the only longer one is U+0130")
        + array("kRunStart", "char32_t", starts, "runs of code points that decompose: their first")
        + array("kRunEntry", "std::uint16_t", entries, "runs of code points that decompose: number of the first entry")
        + array("kEntry", "std::uint8_t", headers, "one step of a decomposition: UTF-16 units; 128 if canonical")
        + array("kAnchor", "std::uint16_t", anchors, f"where every {ANCHOR}th entry starts in kPartsLow")
        + array(
            "kPartsLow", "std::uint8_t", [u & 0xFF for u in pool], "the decompositions as UTF-16: their lower bytes"
        )
        + array("kPartsHigh", "std::uint8_t", [u >> 8 for u in pool], "and their upper ones, which repeat each other")
        + array("kComposites", "char32_t", composites, "primary composites, sorted by their two parts")
        + f"const std::size_t kFoldRangeCount = {len(flat)};\nconst std::size_t kFoldLongerCount = {len(longer)};\n"
        f"const std::size_t kLowerRangeCount = {len(flat_lower)};\nconst std::size_t kRunCount = {len(starts)};\n"
        f"const std::size_t kCompositeCount = {len(composites)};\n\n"
        "}  // namespace paritas::unicode\n"
    )


# ---- the reference


def spans(values: Callable[[int], str]) -> dict[str, list[str]]:
    """value: its ranges of code points in hexadecimal, "41-5A" or "B5"."""
    found: dict[str, list[str]] = {}
    start, value = 0, values(0)
    for c in range(1, LAST + 2):
        following = values(c) if c <= LAST else ""
        if following != value:
            found.setdefault(value, []).append(f"{start:X}-{c - 1:X}" if c - 1 > start else f"{start:X}")
            start, value = c, following
    return found


def text(name: str, items: Iterable[str]) -> str:
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) + 1 > 118:
            lines.append(line)
            line = ""
        line += ("" if line == "" else " ") + item
    lines.append(line)
    return f'{name} = """\n' + "\n".join(lines) + '\n"""\n'


def points(parts: Iterable[int]) -> str:
    return "+".join(f"{part:X}" for part in parts)


def reference_tables() -> str:
    categories = spans(lambda c: unicodedata.category(chr(c)))
    combining = spans(lambda c: str(unicodedata.combining(chr(c))))
    singles = [chr(c) for c in range(LAST + 1) if not 0xD800 <= c <= 0xDFFF]
    zeros = [
        f"{c:X}" for c in range(LAST + 1) if unicodedata.digit(chr(c), -1) == 0 and unicodedata.category(chr(c)) == "Nd"
    ]
    return (
        f'"""Unicode {VERSION}; written by tools/unicode/make_tables.py; unicode.py reads it when asked."""\n\n'
        + f'VERSION = "{VERSION}"\n'
        + "\n# category: the code points that have it; the others are Cn\n"
        + text("CATEGORY", [f"{name}:{','.join(categories[name])}" for name in CATEGORIES[1:]])
        + "\n# canonical combining class: the code points that have it; the others have 0\n"
        + text(
            "COMBINING", [f"{name}:{','.join(combining[name])}" for name in sorted(combining, key=int) if name != "0"]
        )
        + "\n# the zeros of the decimal digits; the other nine follow each\n"
        + text("ZERO", zeros)
        + "\n# code point: the code points of its full case folding\n"
        + text("CASEFOLD", [f"{ord(ch):X}:{points(map(ord, ch.casefold()))}" for ch in singles if ch.casefold() != ch])
        + "\n# code point: the code points of its full lower-case mapping\n"
        + text("LOWER", [f"{ord(ch):X}:{points(map(ord, ch.lower()))}" for ch in singles if ch.lower() != ch])
        + "\n# code point: one step of its canonical decomposition\n"
        + text("CANONICAL", [f"{c:X}:{points(parts)}" for c, (canon, parts) in sorted(decompositions.items()) if canon])
        + "\n# code point: one step of its compatibility decomposition\n"
        + text(
            "COMPATIBLE",
            [f"{c:X}:{points(parts)}" for c, (canon, parts) in sorted(decompositions.items()) if not canon],
        )
        + "\n# the composites that normal form C uses\n"
        + text("COMPOSITE", [f"{c:X}" for c in sorted(pairs.values())])
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    if unicodedata.unidata_version != VERSION:
        print(
            f"needs unicodedata {VERSION}, not {unicodedata.unidata_version}: run it with Python 3.11", file=sys.stderr
        )
        return 2
    stale = False
    for path, made in ((CORE, core_tables()), (REFERENCE, reference_tables())):
        if path.exists() and path.read_text("utf-8") == made:
            continue
        stale = True
        print(f"{path.relative_to(ROOT)} {'differs' if check else 'written'}")
        if not check:
            path.write_text(made, "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
