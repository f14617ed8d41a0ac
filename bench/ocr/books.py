"""Real OCR of old English books with its truth (ICDAR 2017): does text_quality tell bad words and lines from good ones?

The two texts of a page are aligned letter by letter; there is no confidence of an engine to compare with. Case, quotes,
hyphens and spaces are left out of the errors: there the truth follows another edition as often as it follows the page.
"""

import json
import re
from dataclasses import dataclass

import numpy as np
from pages import DATA

FILE = DATA / "ocr" / "icdar2017_eng_mono.jsonl"
LINE = 60  # letters of a stretch, about a printed line


@dataclass(frozen=True)
class Stretch:
    page: int
    text: str
    rate: float  # wrong letters and digits / length


def stretches(length: int) -> list[Stretch]:
    """Pieces of about `length` letters cut at a space that both sides share; 0 cuts at every such space."""
    found = []
    for row in (json.loads(line) for line in FILE.read_text("utf-8").split("\n") if line):
        read, truth, start = row["ocr_aligned"], row["truth_aligned"], 0
        spaces = [match.start() for match in re.finditer(" ", read) if truth[match.start()] == " "]
        for end in [*spaces, len(read)]:
            if end - start < max(1, length):
                continue
            text = read[start:end].replace("@", "").strip()
            if text:
                pairs = zip(read[start:end], truth[start:end], strict=True)
                wrong = sum(a.lower() != b.lower() and (a.isalnum() or b.isalnum()) for a, b in pairs)
                found.append(Stretch(row["id"], text, wrong / (end - start)))
            start = end + 1
    return found


def columns(length: int) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Page, text and error rate of every stretch."""
    found = stretches(length)
    return (
        np.array([item.page for item in found]),
        [item.text for item in found],
        np.array([item.rate for item in found]),
    )
