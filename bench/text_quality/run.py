"""text_quality in MB of UTF-8 a second of processor time on one core: native, reference, and Node where dist/ is built.

    PARITAS_DATA=../shared/data .venv/bin/python bench/text_quality/run.py

Goals: English 80 and mixed scripts 30 natively, 25 in Node, native at least 100 times the reference.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import paritas
from paritas import reference

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PARITAS_DATA", ROOT.parent / "shared" / "data"))
GOALS = {"english": 80.0, "mixed scripts": 30.0}
NODE_GOAL, TIMES = 25.0, 100.0


def speed(call, text: str, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time_ns()
        call(text)
        taken.append(time.process_time_ns() - start)
    return 1000 * len(text.encode()) / sorted(taken)[rounds // 2]


def main() -> int:
    english = (DATA / "text/english_speeches.txt").read_text("utf-8")
    with (DATA / "text/udhr.jsonl").open(encoding="utf-8") as lines:
        mixed = "\n".join(json.loads(line)["text"][:4000] for line in lines)
    behind = False
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("english", english), ("mixed scripts", mixed)):
            file = Path(folder) / name
            file.write_text(text, "utf-8")
            native = speed(paritas.text_quality, text, 15)
            plain = speed(reference.text_quality, text[:60_000], 3)
            node = subprocess.run(
                ["node", str(ROOT / "bench/text_quality/node.mjs"), str(file)],
                capture_output=True,
                text=True,
                check=True,
            )
            js = json.loads(node.stdout)["mb_per_second"]
            print(
                f"{name:14} native {native:7.1f} MB/s, Node {js:6.1f}, reference {plain:5.2f} (x{native / plain:.0f})"
            )
            behind |= native < GOALS[name] or js < NODE_GOAL or native < TIMES * plain
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
