"""Tells clean writing from noise by text_quality, in every language of the Universal Declaration of Human Rights.

    PARITAS_DATA=../shared/data .venv/bin/python bench/text_quality/auc.py

Takes code points 1000 to 2499 of each text that is so long, and puts noise into copies of them: each code point that is
not White_Space becomes a random sign with a chance of p percent. Prints the qualities of the clean texts and the area
under the ROC curve, clean against noisy; exits 1 where they fall behind what the specification asks for.
"""

import json
import os
import sys
from bisect import bisect_left, bisect_right
from pathlib import Path

import paritas
from paritas.reference.text_characters import is_space

DATA = Path(os.environ.get("PARITAS_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
SIGNS = "~^|\\/*_;:'\"<>{}[]()=+%&$#@!?.,-0"
WANTED = {2: 0.978, 5: 0.993, 10: 0.997, 20: 0.999}
CLEAN_MEAN, CLEAN_LOW = 0.9945, 0.979
MASK = 2**64 - 1


class SplitMix64:
    def __init__(self, seed: int) -> None:
        self.state = seed

    def draw(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def noisy(text: str, seed: int, percent: int) -> str:
    random = SplitMix64(seed)
    out = []
    for ch in text:
        if not is_space(ch):
            u = random.draw()
            if u % 100 < percent:
                ch = SIGNS[(u >> 32) % 32]
        out.append(ch)
    return "".join(out)


def auc(clean: list[float], noise: list[float]) -> float:
    """The chance that a clean text is above a noisy one, ties counting half."""
    noise = sorted(noise)
    above = sum(bisect_left(noise, value) + bisect_right(noise, value) for value in clean)
    return above / (2 * len(clean) * len(noise))


def main() -> int:
    texts = []
    with (DATA / "text/udhr.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if len(text) >= 2500:
                texts.append(text[1000:2500])
    clean = sorted(float(value) for value in paritas.text_quality_batch(texts))
    mean, low = sum(clean) / len(clean), clean[len(clean) // 20]
    print(f"{len(texts)} texts; clean: mean {mean:.4f}, 5th percentile {low:.4f}")
    behind = mean < CLEAN_MEAN - 5e-5 or low < CLEAN_LOW - 5e-4
    for percent, wanted in WANTED.items():
        noise = paritas.text_quality_batch([noisy(text, seed, percent) for seed, text in enumerate(texts)])
        value = auc(clean, [float(item) for item in noise])
        behind |= value < wanted - 5e-4
        print(f"noise {percent:2} %: AUC {value:.4f} (asked for: {wanted})")
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
