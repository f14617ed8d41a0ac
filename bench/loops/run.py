"""Signatures beside hashlib over json.dumps, and how fast the detectors read; processor time, the least of some."""

import hashlib
import json
import sys
import time
from pathlib import Path

import paritas


def least(call, runs=5):
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


CALLS = [("read_file", {"path": f"src/module_{i % 977}.py", "limit": i % 100, "offset": 0}) for i in range(100_000)]


def dumped():
    for call in CALLS:
        text = json.dumps(call, sort_keys=True, separators=(",", ":"))
        hashlib.sha256(text.encode()).hexdigest()


def main() -> int:
    batch = least(lambda: paritas.compute_batch_signatures(CALLS)) / len(CALLS)
    alone = least(lambda: [paritas.compute_signature(*call) for call in CALLS]) / len(CALLS)
    peer = least(dumped, 3) / len(CALLS)
    print(f"signature: {batch * 1e9:.0f} ns in a batch, {alone * 1e9:.0f} ns alone")
    print(f"json.dumps and sha256: {peer * 1e9:.0f} ns, {peer / batch:.1f} times a batch")
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else Path(json.__file__).read_text("utf-8") * 100
    for size in (4, 4096):

        def feed(size=size):
            watch = paritas.RepetitionDetector(novelty_min=0.0, min_repeats=1000)
            for at in range(0, len(text), size):
                watch.feed(text[at : at + size])

        took = least(feed, 3)
        chunk = took / (len(text) / size) * 1e9
        print(f"repetition, chunks of {size}: {len(text) / took / 1e6:.0f} MB/s, {chunk:.0f} ns a chunk")
    return 0


if __name__ == "__main__":
    sys.exit(main())
