"""How fast scan_secrets reads: beside detect-secrets on the same texts, and alone on texts made to be slow.

    PARITAS_DATA=../shared/data python bench/secrets/speed.py [--most MB]

Texts: the sources of the standard library of Python, and English speeches. detect-secrets reads line by line and is
slow, so it gets the first --most MB (default 0.5) of each text. Times are the medians of CPU time, so that a busy
machine disturbs less. Hostile pieces are repeated to 1 MB; milliseconds of CPU for each.
"""

import argparse
import os
import statistics
import sysconfig
import tempfile
import time
from pathlib import Path

from paritas import has_secrets, scan_secrets

try:
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings
except ImportError:
    SecretsCollection = None

DATA = Path(os.environ.get("PARITAS_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
HOSTILE = (
    *"= a= aaa= key= &key=a password= password=' pwd=a; pwd=a;uid=b; eyJ -eyJ.eyJ -- a- sk- glpat- AKIA 00D aws= %20"
    " \\n :// ://a:b@ login( LS0tLS1CRUdJTi PuTTY-User-Key-File- $2b$10$ +/b+/a++".split(),
    "-----BEGIN ",
    "Bearer ",
    "-u a -p ",
    "machine a login b password c ",
)
WANTED_MS = 20.0


def timed(call, runs):
    """Seconds of CPU."""
    call()
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def detected(name):
    """A file, as it is meant to be used: its scan_line turns its filters off and is half as fast."""
    with default_settings():
        secrets = SecretsCollection()
        secrets.scan_file(name)
        return len(list(secrets))


def texts():
    library = Path(sysconfig.get_path("stdlib"))
    yield "source code", "\n".join(path.read_text("utf-8", "replace") for path in sorted(library.glob("*.py")))
    yield "prose", (DATA / "text" / "english_speeches.txt").read_text("utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=float, default=0.5)
    most = int(parser.parse_args().most * 1e6)
    print(f"{'MB/s of CPU':14} {'scan':>8} {'has':>8} {'detect-secrets':>15} {'ratio':>8}")
    for name, text in texts():
        size = len(text.encode()) / 1e6
        scans = size / timed(lambda text=text: scan_secrets(text), 9)
        asks = size / timed(lambda text=text: has_secrets(text), 9)
        line = f"{name:14} {scans:8.0f} {asks:8.0f}"
        if SecretsCollection is not None:
            part = text[:most]
            with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
                file.write(part)
                file.flush()
                theirs = len(part.encode()) / 1e6 / timed(lambda file=file: detected(file.name), 3)
            line += f" {theirs:15.3f} {scans / theirs:8.0f}"
        print(line, flush=True)
    print("\nhostile: ms for 1 MB")
    slow = 0
    for piece in HOSTILE:
        text = piece * (1_000_000 // len(piece) + 1)
        ms = timed(lambda text=text: scan_secrets(text), 5) * 1e3
        slow += ms > WANTED_MS
        print(f"{piece!r:34} {ms:7.1f}", flush=True)
    print(f"{slow} of {len(HOSTILE)} over {WANTED_MS:.0f} ms")


if __name__ == "__main__":
    main()
