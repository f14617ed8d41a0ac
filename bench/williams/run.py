"""The Williams numbers from Python: one count and many, beside ctypes, plain Python and NumPy."""

import ctypes
import math
import statistics
import subprocess
import timeit
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import paritas

BUILD = Path(__file__).resolve().parents[2] / "build" / "release"


@dataclass
class Result:
    space_bound: float
    efficiency: float
    time_complexity: int
    space_reduction_percent: float


class StubLogger:
    def debug(self, message, *arguments):
        pass


class PlainOptimizer:
    """The published class in plain Python, with a logger that does nothing."""

    def __init__(self):
        self.space_efficiency_history = []
        self.max_efficiency_achieved = 1.0
        self.logger = StubLogger()

    def calculate_space_bound(self, time_complexity):
        if time_complexity <= 1:
            return Result(1.0, 1.0, time_complexity, 0.0)
        bound = math.sqrt(time_complexity) * math.log2(time_complexity)
        efficiency = time_complexity / bound
        reduction = ((time_complexity - bound) / time_complexity) * 100.0
        self.space_efficiency_history.append(efficiency)
        self.max_efficiency_achieved = max(self.max_efficiency_achieved, efficiency)
        self.logger.debug("space bound %s", bound)
        return Result(bound, efficiency, time_complexity, reduction)


def plain_space_bound(t):
    return 1.0 if t <= 1 else math.sqrt(t) * math.log2(t)


def in_turns(calls: dict, number: int, rounds: int = 15) -> dict[str, float]:
    """Nanoseconds of each call: medians, measured in turns so that a busy moment hits all of them."""
    times = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(timeit.timeit("f(x)", globals={"f": call[0], "x": call[1]}, number=number) / number)
    return {name: statistics.median(values) * 1e9 for name, values in times.items()}


def table(title: str, times: dict[str, float], unit: str = "ns") -> None:
    ours = next(iter(times.values()))
    print(f"\n{title}")
    for name, value in times.items():
        print(f"  {name:<44} {value:>10.1f} {unit}   {value / ours:>6.2f} x")


def main() -> None:
    library = ctypes.CDLL(str(BUILD / "targets/c/libparitas.so"))
    library.williams_space_bound.argtypes = [ctypes.c_size_t]
    library.williams_space_bound.restype = ctypes.c_double
    table(
        "williams_space_bound(1000); goal: at most 150 ns, faster than ctypes",
        in_turns(
            {
                "paritas": (paritas.williams_space_bound, 1000),
                "ctypes, the same C function": (library.williams_space_bound, 1000),
                "plain Python": (plain_space_bound, 1000),
            },
            200_000,
        ),
    )
    limited = paritas.WilliamsSpaceOptimizer()
    times = in_turns(
        {
            "paritas": (limited.calculate_space_bound, 1000),
            "plain Python, stub logger": (PlainOptimizer().calculate_space_bound, 1000),
        },
        50_000,
    )
    table("calculate_space_bound(1000); goal: at most 0.25 of plain Python", times)
    ours, plain = times.values()
    print(f"  share of plain Python: {ours / plain:.2f}")

    counts = np.arange(2, 20_002) * 7919 % 1_000_000 + 2
    times = in_turns(
        {
            "paritas, bounds only": (lambda t: paritas.space_bound_batch(t, bounds_only=True), counts),
            "paritas, all three": (paritas.space_bound_batch, counts),
            "NumPy, sqrt(t) * log2(t)": (lambda t: np.sqrt(t) * np.log2(t), counts),
        },
        200,
    )
    table("20,000 counts, one thread, per count", {name: value / len(counts) for name, value in times.items()})
    limit, ours = map(float, subprocess.run([BUILD / "bench/bench_williams"], capture_output=True).stdout.split())
    print(f"  without Python: {ours:.0f} M/s, {ours / limit:.2f} of a loop with the same loads, stores, sqrt and")
    print(f"  polynomial ({limit:.0f} M/s); goal: at least 500 M/s or 0.8 of that")


if __name__ == "__main__":
    main()
