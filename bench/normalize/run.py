"""normalize_text beside unicodedata.normalize with regular expressions, and ftfy; median processor time."""

import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import paritas

try:
    import ftfy
except ImportError:  # the bench's requirements install it
    ftfy = None

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ZERO_WIDTH = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
NEWLINES = re.compile("\r\n|[\r\u0085\u2028\u2029]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'") | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
)
LINES = (re.compile("[ \t]+"), re.compile(" ?\n ?"), re.compile("\n{3,}"))


def chain(text: str, lines: bool) -> str:
    """The same steps as one would write them, without fences."""
    text = CONTROLS.sub("", NEWLINES.sub("\n", text))
    text = unicodedata.normalize("NFC", ZERO_WIDTH.sub("", text))
    text = SPACES.sub(" ", text)
    if lines:
        text = text.translate(QUOTES)
        text = LINES[2].sub("\n\n", LINES[1].sub("\n", LINES[0].sub(" ", text)))
    return text.strip()


def median(call: Callable[[], object], runs: int = 7) -> float:
    call()
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


PROSE = (
    "The quick brown fox jumps over the lazy dog, and the dog does not mind.\nIt sleeps on; the fox goes its way.\n\n"
)
MIXED = "Der Fuchs läuft über die Brücke – « très vite », сказал он. 狐は速い。 “Quick”, he said.\n\n"
SPOILT = "A  line with\u00a0odd  spaces \r\n\r\n\r\n\r\nand “quotes”, e\u0301 and\u200b more …\t end \r\n"


def main() -> int:
    samples = {"ASCII": PROSE * 100_000, "mixed": MIXED * 60_000, "spoilt": SPOILT * 60_000}
    for name in sys.argv[1:]:
        samples[Path(name).name] = Path(name).read_text("utf-8")
    for name, text in samples.items():
        size = len(text.encode())
        for lines in (False, True):
            options = {"collapse": "lines", "quotes": "straight"} if lines else {}
            ours = median(lambda text=text, options=options: paritas.normalize_text(text, **options))
            line = f"{name}, {'lines and quotes' if lines else 'defaults'}: {size / ours / 1e6:.0f} MB/s"
            peer = median(lambda text=text, lines=lines: chain(text, lines), 3)
            line += f"; unicodedata and re {size / peer / 1e6:.0f} MB/s, {peer / ours:.1f} times"
            if ftfy is not None and not lines:
                part = text[:1_000_000]
                took = median(lambda part=part: ftfy.fix_text(part), 3) / len(part) * len(text)
                line += f"; ftfy.fix_text {size / took / 1e6:.0f} MB/s, {took / ours:.0f} times"
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
