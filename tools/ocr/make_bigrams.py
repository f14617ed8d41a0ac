"""Writes the table of costs of letter pairs, which text_quality reads, from the texts of the data folder.

    PARITAS_DATA=../shared/data .venv/bin/python tools/ocr/make_bigrams.py [--check]

cost[a][b] = min(255, floor(16 * (log2(N_a + 27) - log2(n_ab + 1)))), where n_ab counts how often letter b follows
letter a (0 is the edge of a word, 1 to 26 are a to z) and N_a is the sum of row a: 16 times the bits that the pair
costs when every pair has been seen once more. --check compares with the files at hand and writes nothing.
"""

import hashlib
import json
import math
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools" / "lexicon")]
import reference  # noqa: E402, F401  # makes the package importable before it is built
from paritas.reference.text_characters import letter_number  # noqa: E402
from paritas.reference.unicode import category  # noqa: E402

DATA = Path(os.environ.get("PARITAS_DATA", ROOT.parent / "shared" / "data"))
SHA256 = "8e80b3ba72d8a28dfb2b43cc846b3edfe036ebef68eea8ef44cbbca55970b0c9"
CORE = ROOT / "core/src/ocr/bigram_table.hpp"
REFERENCE = ROOT / "python/paritas/reference/bigram_table.py"
SIZE = 27


def count(text: str, counts: list[list[int]]) -> None:
    """Adds the pairs of one text; a letter that is none of a to z breaks the chain, all else is an edge."""
    before: int | None = 0
    for ch in text:
        kind = category(ch)
        if kind[0] == "M" or kind == "Cf":
            continue
        number = letter_number(ch) if kind[0] == "L" else 0
        if before is not None and number is not None and before + number > 0:
            counts[before][number] += 1
        before = number
    if before:
        counts[before][0] += 1


def table() -> bytes:
    counts = [[0] * SIZE for _ in range(SIZE)]
    count((DATA / "text/english_speeches.txt").read_text("utf-8"), counts)
    with (DATA / "text/udhr.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            count(json.loads(line)["text"], counts)
    costs = []
    for row in counts:
        total = math.log2(sum(row) + SIZE)
        costs += [min(255, math.floor(16 * (total - math.log2(n + 1)))) for n in row]
    return bytes(costs)


def main() -> int:
    costs = table()
    found = hashlib.sha256(costs).hexdigest()
    if found != SHA256:
        print(f"the counts give the table {found}, not {SHA256}: the texts are others, or the folding", file=sys.stderr)
        return 2
    rows = [costs[at : at + SIZE] for at in range(0, len(costs), SIZE)]
    core = (
        "#pragma once\n#include <cstdint>\n\nnamespace paritas {\n\n"
        "// Written by tools/ocr/make_bigrams.py: 16 times the bits that a letter costs behind another; 0 is the\n"
        "// edge of a word, 1 to 26 are a to z.\n"
        "// clang-format off\n"
        f"inline constexpr std::uint8_t kBigramCost[{SIZE}][{SIZE}] = {{\n"
        + "".join(f"    {{{', '.join(map(str, row))}}},\n" for row in rows)
        + "};\n// clang-format on\n\n}  // namespace paritas\n"
    )
    packed = (
        '"""Written by tools/ocr/make_bigrams.py: 16 times the bits that a letter costs behind another.\n\n'
        "Hexadecimal bytes: a row for each letter before (the edge of a word, a to z), in it the letter behind.\n"
        '"""\n\nCOST = bytes.fromhex("""\n' + "".join(f"{row.hex()}\n" for row in rows) + '""")\n'
    )
    stale = False
    for path, made in ((CORE, core), (REFERENCE, packed)):
        if path.exists() and path.read_text("utf-8") == made:
            continue
        stale = True
        print(f"{path.relative_to(ROOT)} {'differs' if '--check' in sys.argv else 'written'}")
        if "--check" not in sys.argv:
            path.write_text(made, "utf-8")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
