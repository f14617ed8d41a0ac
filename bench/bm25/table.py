"""How the jobs measure, print and keep what they found."""

import json
import os
import platform
import statistics
import time
from importlib.metadata import PackageNotFoundError, version

from corpora import CACHE


def median_time(calls, rounds=7, budget=20.0, clock=time.process_time):
    """Seconds for one pass over the calls, the median of some rounds: fewer when they take longer than the budget.

    Processor time of all threads, as all engines run in one: another process on the machine takes none of it.
    """
    start = clock()
    calls()
    rounds = max(1, min(rounds, int(budget / max(clock() - start, 1e-9))))
    times = []
    for _ in range(rounds):
        start = clock()
        calls()
        times.append(clock() - start)
    return statistics.median(times)


def versions():
    found = {}
    for name in ("bm25s", "numba", "tantivy", "rank-bm25", "backfire-kernel"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def keep(job, rows):
    """Raw figures in .cache/bench, with what they were measured on."""
    CACHE.mkdir(parents=True, exist_ok=True)
    facts = {
        "job": job,
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": versions(),
        "rows": rows,
    }
    (CACHE / f"bm25_{job}.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def rates(job, title, rows):
    """Rows of (way, k, engine, queries/s); the first engine of a way is what the others are compared with."""
    print(f"{title:<52} {'k':>5} {'queries/s':>11} {'paritas is':>11}")
    base = None
    before = None
    for way, k, engine, rate in rows:
        if (way, k) != before:
            base, before = rate, (way, k)
        print(f"{way + ': ' + engine:<52} {k:>5} {rate:>11,.0f} {base / rate:>10.2f}x")
    print()
    keep(job, [dict(zip(("way", "k", "engine", "queries_per_second"), row, strict=True)) for row in rows])
