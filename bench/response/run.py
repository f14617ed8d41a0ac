"""Personal data beside datafog and its Rust engine; answers judged: one run, the same texts.

Peers that cannot be imported are shown as not installed. Times are of the processor, medians of rounds in which the
calls take turns. The texts hold four findings every 2 kB, or none.
"""

import statistics
import sys
import time
from pathlib import Path

import paritas

ROUNDS = 3
FINDING = " Write to ann.lee@example.com, +49 30 1234567, 8.8.8.8 or pay by 4111 1111 1111 1111. "


def peers():
    calls = {"paritas.scan_pii": paritas.scan_pii}
    try:
        import datafog

        kinds = ["EMAIL", "PHONE", "SSN", "CREDIT_CARD", "IP_ADDRESS"]
        calls["datafog.scan"] = lambda text: datafog.scan(text, engine="regex", entity_types=kinds)
    except ImportError:
        calls["datafog.scan"] = None
    try:
        import datafog_core

        calls["datafog_core.scan"] = datafog_core.scan
    except ImportError:
        calls["datafog_core.scan"] = None
    return calls


def milliseconds(calls, text):
    times = {name: [] for name, call in calls.items() if call is not None}
    for _ in range(ROUNDS):
        for name, taken in times.items():
            start = time.process_time()
            calls[name](text)
            taken.append((time.process_time() - start) * 1e3)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    prose = source.read_text("utf-8") if source else "The council met on the first day of the month. " * 2_500
    prose = "".join(ch if ch < "\x80" else " " for ch in prose)[:100_000]
    with_findings = FINDING.join(prose[at : at + 2_000] for at in range(0, len(prose), 2_000))
    calls = peers()
    for title, text in (("prose", prose), ("four findings every 2 kB", with_findings)):
        print(f"{title}, {len(text) / 1e3:.0f} kB")
        taken = milliseconds(calls, text)
        own = taken["paritas.scan_pii"]
        for name, call in calls.items():
            if call is None:
                print(f"  {name:20} not installed")
            else:
                rate = len(text) / taken[name] / 1e3
                print(f"  {name:20} {taken[name]:10.2f} ms {rate:8.0f} MB/s {taken[name] / own:8.1f}x the time of ours")
    print("hostile texts of 1 MB")
    for piece in ("1", "@", "a.", ":", "1.", "+1 ", "1234 ", "a@b.", "1:", "123456789 "):
        text = piece * (1_000_000 // len(piece))
        print(f"  {piece!r:14} {milliseconds({'ours': paritas.scan_pii}, text)['ours']:8.2f} ms")
    print("validate_response")
    short = "The meeting is at noon. Please bring the two documents that we have talked about, and tell Ann.\n"
    for title, text in (("an answer of 1.5 kB", prose[:1_500]), ("prose", prose), ("one sentence", short)):
        repeat = max(1, 100_000 // len(text))
        calls = {"ours": lambda text=text, repeat=repeat: [paritas.validate_response(text) for _ in range(repeat)]}
        taken = milliseconds(calls, text)["ours"] / repeat
        print(f"  {title:20} {taken * 1e3:10.1f} us {len(text) / taken / 1e3:8.0f} MB/s")


if __name__ == "__main__":
    main()
