"""How long `import paritas` takes in a new process, beside an empty one and NumPy; and whether it loads NumPy."""

import statistics
import subprocess
import sys
import time

STATEMENTS = {"nothing": "pass", "paritas": "import paritas", "numpy": "import numpy"}


def milliseconds(statement: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return (time.perf_counter() - start) * 1e3


def main() -> None:
    times = {name: [] for name in STATEMENTS}
    for _ in range(21):  # in turns, so that a busy moment hits all of them
        for name, statement in STATEMENTS.items():
            times[name].append(milliseconds(statement))
    base = statistics.median(times["nothing"])
    print(f"{'import':<10} {'whole process':>14} {'import alone':>14}   (medians of 21, ms; goal: paritas alone <= 60)")
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"{name:<10} {middle:>14.1f} {middle - base:>14.1f}")
    loads = subprocess.run(
        [sys.executable, "-c", "import sys, paritas; print('numpy' in sys.modules)"], capture_output=True
    )
    print(f"paritas loads NumPy: {loads.stdout.decode().strip()}")


if __name__ == "__main__":
    main()
