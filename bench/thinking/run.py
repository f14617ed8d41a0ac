"""The thinking filter beside victor_native and a state machine of regular expressions in plain Python."""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import paritas

try:
    import victor_native
except ImportError:  # no wheel for this Python
    victor_native = None

ROOT = Path(__file__).parents[2]
TEXT = ROOT.parent / "shared" / "data" / "text" / "english_speeches.txt"
MARKER = re.compile(r"</?(?:think|thinking|thought|reasoning|scratchpad)>", re.IGNORECASE)
LONGEST = len("</scratchpad>")


class PlainPython:
    """What projects write by hand: search the pending text, hold back what may begin a tag."""

    def __init__(self):
        self.pending, self.thinking, self.out = "", False, []

    def process_chunk(self, chunk):
        self.pending += chunk
        while match := MARKER.search(self.pending):
            self.out.append((self.thinking, self.pending[: match.start()]))
            self.thinking = not match.group().startswith("</")
            self.pending = self.pending[match.end() :]
        cut = self.pending.rfind("<", max(0, len(self.pending) - LONGEST))
        cut = len(self.pending) if cut < 0 else cut
        self.out.append((self.thinking, self.pending[:cut]))
        self.pending = self.pending[cut:]


def seconds(*calls, rounds=9):
    """Medians of processor time over rounds in which the calls take turns: others may be busy on the machine."""
    times = [[] for _ in calls]
    for turn in range(rounds + 1):
        for taken, call in zip(times, calls, strict=True):
            start = time.process_time()
            call()
            if turn > 0:
                taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def stream(make, pieces):
    process = make().process_chunk
    for piece in pieces:
        process(piece)


def cut(text, size):
    return [text[at : at + size] for at in range(0, len(text), size)]


def compare(name, pieces, scale, unit):
    makers = {"paritas": lambda: paritas.StreamingFilter(max_thinking_content=0), "plain Python": PlainPython}
    if victor_native is not None:
        makers["victor_native"] = victor_native.StreamingFilter
    times = seconds(*[lambda make=make: stream(make, pieces) for make in makers.values()])
    print(f"{name}:")
    for (peer, _), taken in zip(makers.items(), times, strict=True):
        print(f"  {peer:14} {scale(taken):10.3f} {unit}   {taken / times[0]:6.1f} times ours")
    if victor_native is None:
        print("  victor_native  not installed")


def main():
    if not TEXT.exists():
        sys.exit(f"bench: {TEXT} is not there")
    core = ROOT / "build" / "release" / "bench" / "bench_thinking"
    if core.exists():
        print(subprocess.run([core, TEXT], capture_output=True, text=True, check=True).stdout, end="")
    text = TEXT.read_text("utf-8")[:2_000_000]
    prose = re.sub(r"[<\[`~]", "", text.encode("ascii", "ignore").decode())
    tokens = cut(prose[:400_000], 4)
    thoughts = cut("".join(f"<think>{part}</think>{part}" for part in cut(prose[:200_000], 500)), 4)
    compare("prose in pieces of 64 KB", cut(prose, 65536), lambda t: len(prose) / t * 1e-9, "GB/s")
    compare("prose in pieces of 4 characters", tokens, lambda t: t / len(tokens) * 1e9, "ns a piece")
    compare("thoughts of 500 characters, pieces of 4", thoughts, lambda t: t / len(thoughts) * 1e9, "ns a piece")


main()
