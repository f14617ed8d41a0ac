#!/usr/bin/env python3
"""Writes core/src/text/lexicon_tables.{hpp,cpp} from the word lists of the reference; --check compares only.

Every word that the rooms text and verify know by name gets a number, its facts in one record, and a place in a perfect
hash table (hash and displace), so that one look tells the core all that it needs about a word.
"""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "lexicon"))
from reference import BASES, opposed, opposed_back, stem  # noqa: E402
from reference import lexicon as lx  # noqa: E402

MASK = (1 << 64) - 1
MIX_HIGH, MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
BUCKETS = 256
SYMBOL_BITS = 9

FLAGS = {
    "stop": lx.STOP_WORDS,
    "negative": lx.NEGATIVE_WORDS,
    "cue": lx.NEGATIVE_CUES,
    "month_name": lx.MONTH_NAMES,
    "before_month": lx.BEFORE_MONTH,
    "before_year": lx.BEFORE_YEAR,
    "before_decade": lx.BEFORE_DECADE,
    "not_one_after": lx.NOT_ONE_AFTER,
    "not_one_before": lx.NOT_ONE_BEFORE,
    "skipped_before_noun": lx.SKIPPED_BEFORE_NOUN,
    "article": lx.ARTICLES,
    "connector": lx.CONNECTORS,
    "scope_end": lx.SCOPE_WORDS,
    "title": lx.TITLES,
    "abbreviation": lx.ABBREVIATIONS,
    "ordinal_suffix": lx.ORDINAL_SUFFIXES,
    "spoken_scale": lx.SPOKEN_SCALES,
    "time_stem": lx.TIME_STEMS,
    "stop_like": {stem(word) for word in lx.STOP_LIKE},
    "cue_stem": {stem_word for stem_word, _ in lx.CUE_PHRASES} | {"lack"},
    "operator_end": {phrase[-1] for phrase, _ in lx.OPERATORS_BEFORE},
    "conjunction": lx.CONJUNCTIONS,
    "joiner": lx.JOINERS,
    "clause_start": lx.CLAUSE_STARTS,
    "strong": lx.STRONG_WORDS,
    "first_person": lx.FIRST_PERSON,
    "opinion": lx.OPINIONS,
    "negative_verb": {stem(word) for word in lx.NEGATIVE_VERBS},
}
# Words that the core's sources call by name.
NAMED = """a after ago an and am at but by cent cubic dozen every each first for half hundred in just later lack less
    longer matter mention merely more fewer greater month most neither no nor not nothing of one only or per percentage
    pm point s second simply square than the times to wonder doubt halves greater above higher over below lower under no
    degre celsius fahrenheit fail refus declin unabl absenc instead rather far from least minimum maximum limited up
    excess exceeding exceed exceeds exceeded larger shorter smaller about around approximately approx roughly nearly
    almost circa some""".split()


def symbol(word: str) -> tuple[int, int]:
    """Up to 15 bytes of a word as two numbers, its length in the topmost byte."""
    data = word.encode()
    assert len(data) <= 15, word
    low = int.from_bytes(data[:8].ljust(8, b"\0"), "little")
    high = int.from_bytes(data[8:].ljust(8, b"\0"), "little")
    return low, high | len(data) << 56


def mix(word: str) -> int:
    low, high = symbol(word)
    value = ((low ^ (high * MIX_HIGH & MASK)) * MIX) & MASK
    return (value ^ value >> 32) * MIX & MASK


def displace(words: list[str]) -> tuple[list[int], list[int]]:
    """Displacements by bucket and the word number (from 1, 0 for none) of each slot."""
    size = 1
    while size < len(words) * 3 // 2:
        size *= 2
    buckets: list[list[int]] = [[] for _ in range(BUCKETS)]
    for number, word in enumerate(words, start=1):
        buckets[mix(word) >> 56].append(number)
    slots, displacements = [0] * size, [0] * BUCKETS
    for bucket in sorted(range(BUCKETS), key=lambda b: -len(buckets[b])):
        for displacement in range(1 << 16):
            places = [
                ((mix(words[n - 1]) >> 24) + displacement * (mix(words[n - 1]) >> 40 | 1)) % size
                for n in buckets[bucket]
            ]
            if len(set(places)) == len(places) and not any(slots[place] for place in places):
                displacements[bucket] = displacement
                for number, place in zip(buckets[bucket], places, strict=True):
                    slots[place] = number
                break
        else:
            raise SystemExit(
                f"no displacement for {[words[n - 1] for n in buckets[bucket]]}: change the mixing constants"
            )
    return displacements, slots


def spellings(words: list[str]) -> bytes:
    """For each word how many bytes it shares with the one before (upper half) and adds (lower half), and these."""
    packed, before = bytearray(), b""
    for word in map(str.encode, words):
        shared = next((i for i, (a, b) in enumerate(zip(word, before, strict=False)) if a != b), len(before))
        packed += bytes([shared << 4 | len(word) - shared]) + word[shared:]
        before = word
    return bytes(packed)


def symbol_slots(spellings: list[str]) -> tuple[int, list[str]]:
    """A multiplier whose product has other upper bits for each spelling of up to 4 bytes, and the slots by them."""
    for mixer in range(0x9E3779B1, 1 << 32, 2):
        slots = [""] * (1 << SYMBOL_BITS)
        for spelling in spellings:
            place = (int.from_bytes(spelling.encode(), "little") * mixer & 0xFFFFFFFF) >> (32 - SYMBOL_BITS)
            if slots[place]:
                break
            slots[place] = spelling
        else:
            return mixer, slots
    raise SystemExit("no multiplier: take more bits")


def build() -> tuple[str, str]:
    antonyms: dict[str, list[str]] = {}
    for left, right in lx.antonym_pairs():
        antonyms.setdefault(stem(left), []).append(stem(right))
        antonyms.setdefault(stem(right), []).append(stem(left))
    units = sorted({*lx.UNITS.values(), *lx.UNIT_STEMS.values()}, key=lambda unit: (unit[1], unit[2], unit[0]))
    known: set[str] = set()
    for words in FLAGS.values():
        known |= words
    known |= {*NAMED, *lx.MONTHS, *lx.UNITS_WORDS, *lx.TENS_WORDS, *lx.SCALE_WORDS, *lx.ORDINAL_WORDS, *lx.DIVISORS}
    known |= {*lx.UNIT_STEMS, *lx.PER_STEMS, *lx.PER_STEMS.values(), *lx.BARE_CONTRACTIONS, "cannot", "can"}
    known |= {word[:-2] for word in lx.BARE_CONTRACTIONS} | {*antonyms, *opposed, *opposed_back}
    known |= {word for phrase, _ in [*lx.OPERATORS_BEFORE, *lx.OPERATORS_AFTER] for word in phrase if word.isalpha()}
    known |= {part for phrase in lx.CUE_PHRASES for part in phrase}
    known |= BASES.keys()  # so that no other word is irregular
    known |= {stem(word) for word in known}
    words = sorted(known)
    number = {word: i for i, word in enumerate(words, start=1)}
    displacements, slots = displace(words)

    lists: list[int] = []

    def listed(partners: list[str]) -> tuple[int, int]:
        start = len(lists) if partners else 0
        lists.extend(number[partner] for partner in partners)
        return start, len(partners)

    rows = []
    for word in ["", *words]:
        flags = " | ".join(f"k_{flag}" for flag, members in FLAGS.items() if word in members) or "0"
        alias, negated = (word, False)
        if word in lx.BARE_CONTRACTIONS:
            alias, negated = word[:-2], True
        elif word == "cannot":
            alias, negated = "can", True
        divisor = lx.DIVISORS.get(word, 0)
        plural = bool(divisor) and (word.endswith("s") or word == "halves")
        stemmed = stem(alias)
        antonym_start, antonym_count = listed(sorted(antonyms.get(word, [])))
        opposed_start, opposed_count = listed([*opposed.get(word, []), *opposed_back.get(word, [])])
        fields = (
            flags,
            number.get(stemmed, 0) if stemmed != word else 0,  # itself is 0: a table of zeros packs well
            number.get(alias, 0) if alias != word else 0,
            number.get(lx.PER_STEMS.get(word, ""), 0),
            f"{{{antonym_start}, {antonym_count}}}",
            f"{{{opposed_start}, {opposed_count}}}",
            str(negated).lower(),
            lx.MONTHS.get(word, 0),
            lx.SCALE_WORDS.get(word, 0),
            lx.UNITS_WORDS.get(word, -1),
            lx.TENS_WORDS.get(word, 0),
            lx.ORDINAL_WORDS.get(word, 0),
            divisor,
            str(plural).lower(),
            units.index(lx.UNIT_STEMS[word]) + 1 if word in lx.UNIT_STEMS else 0,
        )
        rows.append("{" + ", ".join(map(str, fields)) + "},")
    mixer, places = symbol_slots(list(lx.SYMBOLS))
    head = "// Written by tools/lexicon/make_lexicon.py from the word lists of the reference.\n"
    names = {name: number[name] for name in sorted(set(NAMED))}
    header = head + "#pragma once\n#include <cstdint>\n\nnamespace paritas::lexicon {\n\n"
    header += "enum Flag : std::uint32_t {\n"
    header += "".join(f"  k_{flag} = 1u << {i},\n" for i, flag in enumerate(FLAGS)) + "};\n\n"
    header += "// Numbers of the words that the sources call by name.\nnamespace word {\n"
    header += "".join(f"inline constexpr std::uint16_t {'k_' + name} = {value};\n" for name, value in names.items())
    header += "}  // namespace word\n\n// Numbers of units.\nnamespace unit {\n"
    for name in ("%", "permille", "degree", "celsius", "fahrenheit", "point", "times", "fraction"):
        label = "percent" if name == "%" else name
        index = len(units) + 1 if name == "fraction" else units.index(lx.UNITS[name]) + 1
        header += f"inline constexpr std::uint8_t k_{label} = {index};\n"
    for code in sorted({*lx.CURRENCY_CODES, *lx.CURRENCY_STEMS.values()}):
        header += f"inline constexpr std::uint8_t k_{code} = {units.index(lx.UNITS[code]) + 1};\n"
    header += "}  // namespace unit\n\n"
    header += f"inline constexpr unsigned kWords = {len(words)}, kSlots = {len(slots)}, kBuckets = {BUCKETS};\n"
    header += f"inline constexpr unsigned kSymbolBits = {SYMBOL_BITS}, kUnits = {len(units) + 1};\n"
    header += f"inline constexpr std::uint32_t kSymbolMix = {mixer:#x}u;\n"
    header += f"inline constexpr std::uint64_t kMixHigh = {MIX_HIGH:#x}u, kMix = {MIX:#x}u;\n"
    header += "\n}  // namespace paritas::lexicon\n"

    source = head + '#include "text/lexicon.hpp"\n\nnamespace paritas::lexicon {\n\n'
    source += "const std::uint16_t kDisplacements[kBuckets] = {" + ", ".join(map(str, displacements)) + "};\n"
    source += "const std::uint16_t kLists[] = {" + ", ".join(map(str, lists)) + "};\n"
    source += "const std::uint8_t kSpellings[] = {" + ", ".join(map(str, spellings(words))) + "};\n"
    source += "const Word kWordTable[kWords + 1] = {\n" + "\n".join(rows) + "\n};\n"
    dimensions = sorted({unit[1] for unit in units})
    source += 'const char* const kDimensions[] = {"", ' + ", ".join(f'"{d}"' for d in dimensions) + "};\n"
    index = {dimension: i for i, dimension in enumerate(dimensions, start=1)}
    unit_rows = [f'{{"{name}", {factor!r}, {index[dimension]}}},' for name, dimension, factor in units]
    unit_rows = ['{"", 1.0, 0},', *unit_rows, f'{{"fraction", 1.0, {index["percent"]}}},']
    source += "const Unit kUnitTable[kUnits + 1] = {\n" + "\n".join(unit_rows) + "\n};\n"
    source += "const UnitSymbol kSymbolTable[1u << kSymbolBits] = {\n"
    for spelling in places:
        text = int.from_bytes(spelling.encode(), "little")
        unit = units.index(lx.SYMBOLS[spelling]) + 1 if spelling else 0
        source += f"{{{text:#x}u, {unit}}},  // {spelling}\n"
    source += "};\n\n}  // namespace paritas::lexicon\n"
    dims = "enum class Dimension : std::uint8_t { none, " + ", ".join(d.replace(" ", "_") for d in dimensions) + " };\n"
    header = header.replace("// Numbers of units.", dims + "\n// Numbers of units.")
    return header, source


def main() -> int:
    folder = ROOT / "core" / "src" / "text"
    stale = []
    for name, text in zip(("lexicon_tables.hpp", "lexicon_tables.cpp"), build(), strict=True):
        text = subprocess.run(
            ["clang-format", "--assume-filename", str(folder / name)],
            input=text,
            text=True,
            capture_output=True,
            check=True,
        ).stdout
        path = folder / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    print(
        "lexicon: " + (f"{', '.join(stale)} {'differ' if '--check' in sys.argv else 'written'}" if stale else "current")
    )
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
