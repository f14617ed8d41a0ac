"""VerifiedScorer beside director-ai's heuristic one, in one run: answers of 1 KB against sources of 4 KB, batches, and
how the time grows with either text (a plot in build/bench/verify.png).

Texts come from PARITAS_DATA/grounding (default ../shared/data): answers to the source they stand with, put together.
"""

import json
import os
import statistics
import time
from pathlib import Path

import paritas

try:
    from director_ai.core.scoring.verified_scorer import VerifiedScorer as Peer
except ImportError:  # it is large; ours stands without it
    Peer = None

DATA = Path(os.environ.get("PARITAS_DATA", "../shared/data")) / "grounding"
PLOT = Path("build/bench/verify.png")
PAIRS, ROUNDS = 40, 9
RESPONSE, SOURCE = 1024, 4096


def texts():
    """(response, source) of about 1 KB and 4 KB each: rows that follow each other, cut at a sentence."""
    pairs, response, source = [], "", ""
    for file in sorted(DATA.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            more = row["source"] if "source" in row else " ".join(row["source_sentences"])
            if len(source) < SOURCE:
                source += more[: SOURCE + 200 - len(source)].rsplit(". ", 1)[0].strip() + ". "
            if len(response) < RESPONSE:
                response += row["response"].strip().rstrip(".") + ". "
            if len(source) >= SOURCE and len(response) >= RESPONSE:
                pairs.append((response[:RESPONSE], source[:SOURCE]))
                response, source = "", ""
    step = max(1, len(pairs) // PAIRS)
    return pairs[::step][:PAIRS]


def microseconds(*calls, items=1, rounds=ROUNDS, clock=time.process_time):
    """Medians of processor time over rounds in which the calls take turns, so that a busy machine slows all of them."""
    times = [[] for _ in calls]
    for _ in range(rounds):
        for taken, call in zip(times, calls, strict=True):
            start = clock()
            call()
            taken.append((clock() - start) / items * 1e6)
    return [statistics.median(taken) for taken in times]


def grown(text, size):
    """The text repeated to a size, with other numbers and names in each round, so that sentences differ."""
    out, turn = [], 0
    while sum(map(len, out)) < size:
        out.append(text.replace(" the ", f" the{turn} ", 3).replace(". ", f" {turn}. ", 3) if turn else text)
        turn += 1
    return "".join(out)[:size]


def main() -> None:
    pairs = texts()
    scorer = paritas.VerifiedScorer()
    prepared = [paritas.PreparedSource(source) for _, source in pairs]
    claims = sum(len(scorer.verify(response, source).claims) for response, source in pairs)
    each = claims / len(pairs)
    print(f"{len(pairs)} answers of {RESPONSE} bytes, {each:.1f} claims each; sources of {SOURCE} bytes\n")

    def whole():
        for response, source in pairs:
            scorer.verify(response, source)

    def ready():
        for (response, _), source in zip(pairs, prepared, strict=True):
            scorer.verify(response, source)

    def reading():
        for _, source in pairs:
            paritas.PreparedSource(source)

    whole(), ready()
    calls = [whole, ready, reading]
    names = ["paritas verify", "  with a PreparedSource", "  PreparedSource alone"]
    if Peer:
        peer = Peer()
        calls.append(lambda: [peer.verify(response, source) for response, source in pairs])
        names.append("director-ai verify")
    taken = microseconds(*calls, items=len(pairs))
    for name, value in zip(names, taken, strict=True):
        print(f"{name:32}{value:12.1f} µs{taken[-1] / value if Peer else 0:10.1f} times director-ai")
    print(f"{'  a claim, PreparedSource':32}{taken[1] * len(pairs) / claims:12.1f} µs")

    many = pairs * 25
    responses, sources = [pair[0] for pair in many], [pair[1] for pair in many]
    print()
    for threads in (1, 0):
        (batch,) = microseconds(
            lambda threads=threads: scorer.verify_batch(responses, sources, threads=threads),
            items=len(many),
            rounds=3,
            clock=time.perf_counter,
        )
        (scores,) = microseconds(
            lambda threads=threads: scorer.score_batch(responses, sources, threads=threads),
            items=len(many),
            rounds=3,
            clock=time.perf_counter,
        )
        cores = "one core" if threads == 1 else "all cores"
        print(f"verify_batch, {cores}: {1e6 / batch:,.0f} a second; score_batch: {1e6 / scores:,.0f} a second")

    response, source = pairs[len(pairs) // 2]
    lines = {}
    print("\nhow the time grows (µs; the last column is four times the text over one time)")
    for name, sizes, run in (
        ("response", [2**i for i in range(10, 19, 2)], lambda text: scorer.verify(text, source)),
        ("source", [2**i for i in range(12, 21, 2)], lambda text: scorer.verify(response, text)),
        ("both", [2**i for i in range(10, 19, 2)], lambda text: scorer.verify(text, grown(source, len(text)))),
    ):
        lines[name] = []
        for size in sizes:
            text = grown(source if name == "source" else response, size)
            (value,) = microseconds(lambda run=run, text=text: run(text), rounds=5)
            ratio = f"{value / lines[name][-1][1]:6.2f}" if lines[name] else ""
            lines[name].append((size, value))
            print(f"  {name:10}{size:10,} bytes{value:14,.0f}{ratio:>10}")
    plot(lines)


def plot(lines) -> None:
    try:
        import matplotlib
    except ImportError:
        print("no plot: install matplotlib")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 5))
    for name, points in lines.items():
        axes.loglog([size for size, _ in points], [value for _, value in points], marker="o", label=name)
    first = lines["source"][0]
    last = lines["source"][-1][0]
    axes.loglog([first[0], last], [first[1], first[1] * last / first[0]], "k:", label="slope 1")
    axes.set_xlabel("bytes that grow (response, source, or both)")
    axes.set_ylabel("µs for one verify")
    axes.legend()
    axes.grid(True, which="both", alpha=0.3)
    PLOT.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PLOT, dpi=120)
    print(f"plot: {PLOT}")


if __name__ == "__main__":
    main()
