"""The four signals beside backfire-kernel (Rust) and director-ai's Python functions: one run, the same texts."""

import json
import statistics
import subprocess
import time
from pathlib import Path

import backfire_kernel
import paritas

CLAIM = (
    "The new Professional plan costs $49 per month, includes 25 user seats and 500 GB of storage, and customers in "
    "Germany cannot cancel within 30 days."
)
SOURCE = (
    "According to the updated pricing page published by Acme Corp. in March 2024, the Professional plan is available "
    "for $59 per month, includes up to 25 user seats, 500 GB of encrypted storage and priority support, and every "
    "customer can cancel within 30 days."
)
NAMES = ("entity_overlap", "numerical_consistency", "negation_flip", "traceability")
CALLS, ROUNDS = 500, 41


def microseconds(*calls):
    """Medians over rounds in which the calls take turns, so that a busy machine slows all of them."""
    times = [[] for _ in calls]
    for _ in range(ROUNDS):
        for taken, call in zip(times, calls, strict=True):
            start = time.process_time()
            for _ in range(CALLS):
                call()
            taken.append((time.process_time() - start) / CALLS * 1e6)
    return [statistics.median(taken) for taken in times]


def main() -> None:
    print(f"claim of {len(CLAIM.split())} words, source of {len(SOURCE.split())}; microseconds a call from Python\n")
    print(f"{'':24}{'paritas':>10}{'backfire-kernel':>18}{'ratio':>8}")
    peers = 0.0
    for name in NAMES:
        ours, theirs = getattr(paritas, name), getattr(backfire_kernel, f"rust_{name}")
        mine, other = microseconds(lambda f=ours: f(CLAIM, SOURCE), lambda f=theirs: f(CLAIM, SOURCE))
        peers += other
        print(f"{name:24}{mine:10.2f}{other:18.2f}{other / mine:8.2f}")
    (all_four,) = microseconds(lambda: paritas.signals(CLAIM, SOURCE))
    print(f"{'signals, all at once':24}{all_four:10.2f}{peers:18.2f}{peers / all_four:8.2f}")
    values = [0.95, 0.9, 0.8, 0.75, 0.6, 0.5, 0.45, 0.4, 0.3, 0.2]
    mine, other = microseconds(lambda: paritas.trend_drop(values), lambda: backfire_kernel.rust_trend_drop(values))
    print(f"{'trend_drop, 10 values':24}{mine:10.2f}{other:18.2f}{other / mine:8.2f}")

    claims, sources = [CLAIM] * 2000, [SOURCE] * 2000
    start = time.perf_counter()
    paritas.signals_batch(claims, sources)
    took = time.perf_counter() - start
    print(f"\nsignals_batch: {2000 / took:,.0f} pairs a second on all cores")
    core = Path("build/release/bench/bench_signals")
    if core.exists():
        printed = json.loads(subprocess.run([core], capture_output=True, text=True, check=True).stdout)
        print("in the core, nanoseconds:", ", ".join(f"{name} {value}" for name, value in printed.items()))


if __name__ == "__main__":
    main()
