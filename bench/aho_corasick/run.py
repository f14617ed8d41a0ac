"""AhoCorasick beside ahocorasick-rs and pyahocorasick: words in English speeches, in one run, on one core.

    python bench/aho_corasick/run.py

Dictionaries: words of four letters and more of the text itself, drawn at random or the most frequent ones.
PARITAS_DATA says where the data is (default ../shared/data). Times are the medians of CPU time, so that a busy machine
disturbs less; of the Rust crate the fastest of its implementations counts, and it must find as much as ours
(pyahocorasick's iter_long misses some). Exits 1 if it does not, or if a ratio falls below what is wanted.
"""

import collections
import os
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from paritas import AhoCorasick

try:
    import ahocorasick_rs
except ImportError:
    ahocorasick_rs = None
try:
    import ahocorasick
except ImportError:
    ahocorasick = None

DATA = Path(os.environ.get("PARITAS_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
WANTED = 2.0
RUNS = 9


def timed(call: Any) -> tuple[float, Any]:
    """Milliseconds, and the result."""
    call()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        result = call()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1e3, result


def rust(words: list[str], text: str) -> tuple[float, float, int] | None:
    """Build and find of the fastest implementation, and how many it finds."""
    if ahocorasick_rs is None:
        return None
    best = None
    for implementation in (None, ahocorasick_rs.Implementation.ContiguousNFA, ahocorasick_rs.Implementation.DFA):

        def build(implementation: Any = implementation) -> Any:
            kind = ahocorasick_rs.MatchKind.LeftmostLongest
            return ahocorasick_rs.AhoCorasick(words, matchkind=kind, implementation=implementation)

        building, automaton = timed(build)
        finding, found = timed(lambda automaton=automaton: automaton.find_matches_as_indexes(text))
        if best is None or finding < best[1]:
            best = building, finding, len(found)
    return best


def c_library(words: list[str], text: str) -> tuple[float, float, int] | None:
    if ahocorasick is None:
        return None

    def build() -> Any:
        automaton = ahocorasick.Automaton()
        for i, word in enumerate(words):
            automaton.add_word(word, i)
        automaton.make_automaton()
        return automaton

    building, automaton = timed(build)
    finding, found = timed(lambda: collections.deque(automaton.iter_long(text), maxlen=0) or 0)
    return building, finding, sum(1 for _ in automaton.iter_long(text)) if found == 0 else 0


def resident(setup: str) -> float:
    """Megabytes that a process grows by when it builds."""
    code = f"""
import random, sys
words = sys.stdin.read().split()
{setup.splitlines()[0]}
def pages(): return int(open("/proc/self/statm").read().split()[1]) * 4096
before = pages()
kept = {setup.splitlines()[1]}
print((pages() - before) / 1e6)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], input="\n".join(WORDS), capture_output=True, text=True, check=False
    )
    return float(done.stdout) if done.returncode == 0 else float("nan")


WORDS: list[str] = []


def main() -> None:
    text = (DATA / "text" / "english_speeches.txt").read_text("utf-8")
    counted = collections.Counter(word for word in re.findall(r"[a-z]+", text) if len(word) >= 4)
    drawn = sorted(counted)
    random.Random(7).shuffle(drawn)
    frequent = [word for word, _ in counted.most_common()]
    print(f"{len(text):,} characters; leftmost-longest; ms of CPU; `-` is not installed")
    print(
        f"{'dictionary':16} {'found':>8} {'count':>8} {'arrays':>8} {'find_all':>8} {'rs':>8} {'py':>8}"
        "   ratios      build: ours, rs, py"
    )
    failed = False
    for name, words in (
        *((f"{n:,} drawn", drawn[:n]) for n in (10, 1_000, 10_000)),
        *((f"{n:,} frequent", frequent[:n]) for n in (10, 1_000, 10_000)),
    ):
        building, automaton = timed(lambda words=words: AhoCorasick(words))
        counting, count = timed(lambda automaton=automaton: automaton.count(text))
        listing, arrays = timed(lambda automaton=automaton: automaton.find_arrays(text))
        objects, _ = timed(lambda automaton=automaton: automaton.find_all(text))
        peers = [rust(words, text), c_library(words, text)]
        there = [peer for peer in peers if peer is not None]
        shown = ["-" if peer is None else f"{peer[1]:.2f}" for peer in peers]
        fastest = min((peer[1] for peer in there), default=float("nan"))
        ratios = f"{fastest / counting:5.1f} {fastest / listing:5.1f}"
        builds = ", ".join(f"{ms:.2f}" for ms in [building, *(peer[0] for peer in there)])
        print(
            f"{name:16} {count:8,} {counting:8.2f} {listing:8.2f} {objects:8.2f} {shown[0]:>8} {shown[1]:>8} {ratios}"
            f"   {builds} ({automaton.engine}, {automaton.memory_bytes / 1e6:.2f} MB)"
        )
        differs = len(arrays[0]) != count or (peers[0] is not None and peers[0][2] != count)
        failed |= differs or fastest < WANTED * max(counting, listing)
        if differs:
            print(f"  differs: {count}, {len(arrays[0])}, {[peer[2] for peer in there]}")
    if there:
        print("\nmegabytes that a process grows by, 10,000 drawn words:")
        WORDS[:] = drawn[:10_000]
        for what, setup in (
            ("ours", "from paritas import AhoCorasick\nAhoCorasick(words)"),
            (
                "rs, its choice",
                "import ahocorasick_rs as a\na.AhoCorasick(words, matchkind=a.MatchKind.LeftmostLongest)",
            ),
            (
                "rs, DFA",
                "import ahocorasick_rs as a\n"
                "a.AhoCorasick(words, matchkind=a.MatchKind.LeftmostLongest, implementation=a.Implementation.DFA)",
            ),
            (
                "py",
                "import ahocorasick as a\n"
                "(lambda m: ([m.add_word(w, 0) for w in words], m.make_automaton(), m))(a.Automaton())",
            ),
        ):
            print(f"  {what:16} {resident(setup):8.1f}")
    raise SystemExit(failed)


main()
