"""The halt monitor beside the kernels of director-ai and backfire-kernel: speed, false and missed halts."""

import json
import logging
import random
import statistics
import subprocess
import time
from pathlib import Path

import backfire_kernel
import paritas
from director_ai.core.runtime.streaming import StreamingKernel as DirectorKernel

logging.disable(logging.CRITICAL)
TOKENS = ["The", " quick", " brown", " fox", " jumps", " over", " it", "."]
STREAMS = 4000


def seconds(*calls, rounds=25):
    """Medians of processor time over rounds in which the calls take turns: others may be busy on the machine."""
    times = [[] for _ in calls]
    for turn in range(rounds + 2):
        for taken, call in zip(times, calls, strict=True):
            start = time.process_time()
            call()
            if turn > 1:
                taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def speed() -> None:
    tokens = [TOKENS[i % 8] for i in range(1000)]
    many = tokens * 8
    constant = lambda text: 0.85  # noqa: E731
    kernel, native, director = paritas.StreamingKernel(), backfire_kernel.RustStreamingKernel(), DirectorKernel()

    def process(**fields):
        step = paritas.HaltMonitor(**fields).process_token
        for token in tokens:
            step(token, 0.85)

    alone, kept, ours, bare, theirs, rust = seconds(
        lambda: process(keep_history=False),
        process,
        lambda: kernel.stream_tokens(tokens, constant),
        lambda: kernel.stream_tokens(tokens, constant, callback_input="token"),
        lambda: director.stream_tokens(tokens, constant),
        lambda: native.stream_tokens(tokens, constant),
    )
    print(f"process_token: {kept * 1e3:.3f} us a token, {alone * 1e3:.3f} without history")
    print("1000 tokens, a constant callback, milliseconds:")
    print(f"  paritas, all text so far   {ours * 1e3:8.3f}")
    print(f"  paritas, the single token  {bare * 1e3:8.3f}")
    print(f"  director-ai (Python)       {theirs * 1e3:8.3f}   {theirs / ours:5.1f} times ours")
    print(f"  backfire-kernel (Rust)     {rust * 1e3:8.3f}   {rust / bare:5.2f} times ours; keeps no events")
    # Apart: the garbage of the peer's sessions would be collected in our time.
    eight, one = seconds(
        lambda: kernel.stream_tokens(many, constant, callback_input="token"),
        lambda: kernel.stream_tokens(tokens, constant, callback_input="token"),
    )
    slow, quick = seconds(
        lambda: director.stream_tokens(many, constant), lambda: director.stream_tokens(tokens, constant), rounds=5
    )
    print(f"8000 tokens take {eight / one:.2f} times the time of 1000; director-ai's {slow / quick:.1f} times")
    core = Path("build/release/bench/bench_halt")
    if core.exists():
        told = json.loads(subprocess.run([core], capture_output=True, text=True, check=True).stdout)
        print(f"in the core: {told['process_token']} ns a token, {told['check_halt']} without text;", end=" ")
        print(f"a saved state of {told['state_100']} bytes after 100 tokens, {told['state_1000100']} after 1,000,100")


def first_halt(monitor, scores):
    monitor.reset()
    for i, score in enumerate(scores):
        if monitor.check_halt(min(1.0, max(0.0, score))):
            return i
    return None


def peers_first_halt(scores, window=5, threshold=0.15):
    """The published rule, the trend alone: the fitted drop over five scores above 0.15."""
    for i in range(window, len(scores) + 1):
        if paritas.trend_drop(scores[i - window : i]) > threshold:
            return i - 1
    return None


def stable(sigma, draws, count=200, mean=0.75):
    return [mean + sigma * draws.gauss(0, 1) for _ in range(count)]


def percent(count):
    return f"{100 * count / STREAMS:7.1f}"


def curves() -> None:
    draws = random.Random(7)
    only = {"hard_limit": 0.0, "soft_limit": 0.0, "window_threshold": 0.0}
    trend, strict = paritas.HaltMonitor(**only, trend_z=4.0), paritas.HaltMonitor(**only)
    all_rules = paritas.HaltMonitor()
    print(f"\nfalse halts, % of {STREAMS} streams of 200 stable scores around 0.75 (published: the trend alone)")
    print(f"{'sigma':>7}{'z = 4':>8}{'z = 4.5':>9}{'all':>8}{'published':>11}")
    for sigma in (0.01, 0.02, 0.03, 0.05, 0.06, 0.08, 0.1):
        streams = [stable(sigma, draws) for _ in range(STREAMS)]
        ours = sum(first_halt(trend, scores) is not None for scores in streams)
        stricter = sum(first_halt(strict, scores) is not None for scores in streams)
        every = sum(first_halt(all_rules, scores) is not None for scores in streams)
        theirs = sum(peers_first_halt(scores) is not None for scores in streams)
        print(f"{sigma:7}{percent(ours):>8}{percent(stricter):>9}{percent(every):>8}{percent(theirs):>11}")

    print(f"\nmissed halts, % of {STREAMS}: 50 stable scores at 0.8, then a fall of 0.35 over so many tokens, then 10")
    print("more; found from the start of the fall on, by the trend alone and by all rules")
    print(f"{'length':>7}" + "".join(f"{f'sigma {sigma}':>18}" for sigma in (0.02, 0.04, 0.06)))
    for length in (1, 2, 3, 5, 8, 10, 15, 20):
        row = f"{length:7}"
        for sigma in (0.02, 0.04, 0.06):
            missed = [0, 0]
            for _ in range(STREAMS):
                levels = [0.8] * 50 + [0.8 - 0.35 * (i + 1) / length for i in range(length)] + [0.45] * 10
                scores = [level + sigma * draws.gauss(0, 1) for level in levels]
                for rule, monitor in enumerate((strict, all_rules)):
                    missed[rule] += (first_halt(monitor, scores) or -1) < 50
            row += f"{percent(missed[0]):>9}{percent(missed[1]):>9}"
        print(row)

    print(
        f"\na drop of 0.3 over 10 tokens from 0.75, sigma 0.05, after 100 stable scores: % of {STREAMS} halted so soon"
    )
    print(f"{'tokens after':>14}{'the start':>12}{'the end':>10}")
    found = {0: [], 1: []}
    for _ in range(STREAMS):
        levels = [0.75] * 100 + [0.75 - 0.03 * (i + 1) for i in range(10)] + [0.45] * 40
        at = first_halt(all_rules, [level + 0.05 * draws.gauss(0, 1) for level in levels])
        found[0].append(None if at is None or at < 100 else at - 99)
        found[1].append(None if at is None or at < 100 else at - 109)
    for tokens in (0, 1, 2, 3, 5, 8, 10, 12):
        within = [sum(at is not None and at <= tokens for at in found[i]) for i in (0, 1)]
        print(f"{tokens:14}{percent(within[0]):>12}{percent(within[1]):>10}")


if __name__ == "__main__":
    speed()
    curves()
