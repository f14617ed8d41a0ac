"""Repair of JSON beside json-repair and fast-json-repair, in one run: speed, agreement, hostile texts.

    .venv/bin/python bench/repair/run.py

Times are medians of CPU time, so that a busy machine changes them little. Prints each case of cases.json on
which the values differ.
"""

import json
import random
import statistics
import time
from pathlib import Path

import fast_json_repair
import json_repair
import paritas

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
WORDS = "the quick brown fox jumps over lazy dog near river bank while models write text with words".split()
HOSTILE = ["[", "{", '"', "\\", "'a' ", '{"a":', ",", "[1,"]


def records(count):
    rng = random.Random(7)
    return [
        {
            "id": i,
            "user": {"name": rng.choice(WORDS), "active": rng.random() < 0.5, "tags": rng.sample(WORDS, 3)},
            "text": " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 40))),
            "score": rng.random(),
            "none": None,
        }
        for i in range(count)
    ]


def seconds(call, text, repeats):
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call(text)
        times.append(time.process_time() - start)
    return statistics.median(times)


def speed():
    valid = json.dumps(records(3000))
    texts = {
        "valid": valid,
        "Python's quotes and literals": repr(records(3000)),
        "trailing commas": valid.replace("]", ",]"),
        "cut": valid[:-200],
    }
    for name, text in texts.items():
        ours = seconds(paritas.repair_json, text, 15)
        print(f"{name}: {len(text) / 1e6:.2f} MB, paritas {len(text) / ours / 1e6:.0f} MB/s", end="")
        for peer, call in (
            ("json-repair", json_repair.repair_json),
            ("fast-json-repair", fast_json_repair.repair_json),
        ):
            theirs = seconds(call, text, 3)
            print(f", {peer} {len(text) / theirs / 1e6:.1f} MB/s ({theirs / ours:.0f}x)", end="")
        print()


def hostile():
    for size in (1_000_000, 2_000_000):
        for unit in HOSTILE:
            taken = seconds(paritas.repair_json, unit * (size // len(unit)), 5)
            print(f"{size // 1_000_000} MB of {unit!r}: {taken * 1000:.1f} ms")


def value_of(call, text):
    try:
        return json.dumps(call(text), sort_keys=True)
    except Exception as error:
        return error


def agreement():
    peers = (("json-repair", json_repair.loads), ("fast-json-repair", fast_json_repair.loads))
    for name, peer in peers:
        count = same = 0
        for text in CASES["json_repair"]:
            theirs, ours = value_of(peer, text), value_of(paritas.repair_json_loads, text)
            if isinstance(theirs, Exception):
                continue
            count += 1
            same += theirs == ours
            if theirs != ours:
                print(f"  {name}: {text!r}\n    theirs {theirs}\n    ours   {ours}")
        print(f"{name}: {same} of {count} values agree")


if __name__ == "__main__":
    agreement()
    speed()
    hostile()
