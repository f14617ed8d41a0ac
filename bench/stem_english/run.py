"""stem_english beside the stemmer that Snowball generates: every word of the data and of word lists, and made ones.

    python bench/stem_english/run.py [word lists, one word a line ...]

Lists of words: Debian's wamerican-insane and wbritish-insane (/usr/share/dict). PARITAS_DATA says where
the data is (default ../shared/data). Prints how many words there are and how many stems differ; fails if any does.
"""

import os
import random
import re
import sys
import time
from pathlib import Path

import snowballstemmer
from paritas import stem_english

PIECES = (
    "gener commun arsen past univers later emerg organ inter succ exc proc even out herr y a e i o u b d "
    "l n r s t w x é 7 ' 's 's' s es ed edly eed eedly ing ingly ly li ies ied sses us at bl iz tt nn "
    "ational tional enci anci abli entli izer ization ation ator alism aliti alli fulness ousli ousness "
    "iveness iviti biliti bli ogist ogi fulli lessli alize icate iciti ical ful ness ative al ance ence "
    "er ic able ible ant ement ment ent ism ate iti ous ive ize ion ll"
).split()
MADE = 300_000


def words() -> set[str]:
    found = set()
    folder = Path(os.environ.get("PARITAS_DATA", "../shared/data"))
    for pattern in ("retrieval/*/*", "text/*.txt"):
        for file in sorted(folder.glob(pattern)):
            found |= set(re.findall(r"[^\W_]+(?:'[^\W_]+)*'?", file.read_text("utf-8", "replace").lower()))
    print(f"{len(found):,} different words in {folder.name}")
    for name in sys.argv[1:]:
        found |= {line.strip().lower() for line in Path(name).read_text("utf-8").splitlines()}
    draws = random.Random(1)
    for _ in range(MADE):
        found.add("".join(draws.choice(PIECES) for _ in range(draws.randint(1, 6))))
    return found


def main() -> None:
    known = sorted(words())
    theirs = snowballstemmer.stemmer("english")
    start = time.perf_counter()
    ours = [stem_english(word) for word in known]
    middle = time.perf_counter()
    expected = [theirs.stemWord(word) for word in known]
    end = time.perf_counter()
    differing = [row for row in zip(known, ours, expected, strict=True) if row[1] != row[2]]
    print(f"{len(known):,} words, {len(differing)} stems differ {differing[:10]}")
    print(f"{(middle - start) / len(known) * 1e9:.0f} ns a call, theirs {(end - middle) / len(known) * 1e9:.0f} ns")
    raise SystemExit(bool(differing))


main()
