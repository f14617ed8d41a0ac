"""Pages with known truth: drawn and worn by tools/samples, read by Debian's tesseract, kept in .cache/ocr.

A seed makes a page: its data, fonts, layout and wear. TUNING and HELD are the two parts, split before anything was
looked at; whatever is chosen may be chosen on TUNING alone.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "ocr"
DATA = Path(os.environ.get("PARITAS_DATA", ROOT / ".." / "shared" / "data"))
PROSE = DATA / "grounding" / "wice_dev.jsonl"
sys.path.insert(0, str(ROOT / "tools" / "samples"))

import fiction  # noqa: E402
from degrade import LEVELS, degrade, drawn  # noqa: E402
from paper import Box, Field, Sheet, Word, around  # noqa: E402

TUNING = range(0, 100)
HELD = range(1000, 1250)
PROSE_TUNING = range(2000, 2020)
PROSE_HELD = range(3000, 3060)

WIDTH, HEIGHT = 1240, 1754
FONTS = ("sans", "sans-bold", "narrow", "serif", "serif-bold", "mono", "wide", "wide-serif", "wide-mono")
MISTYPED = 0.02  # share of values with a check that are wrong on the paper itself

TEXTS = {
    "Name": fiction.name,
    "Address": fiction.address,
    "Company": lambda rng: rng.choice(fiction.FIRMS),
    "Article": lambda rng: rng.choice(fiction.GOODS),
    "Remark": lambda rng: rng.choice(fiction.REMARKS),
    "Town": lambda rng: rng.choice(fiction.TOWNS),
}
TYPED = {
    "iban": ("IBAN", fiction.iban),
    "card": ("Card", fiction.card),
    "date": ("Date", fiction.date),
    "amount": ("Sum", fiction.amount),
    "number": ("Count", fiction.number),
    "email": ("E-mail", fiction.email),
    "phone": ("Phone", fiction.phone),
    "country": ("Country", lambda rng: rng.choice(fiction.COUNTRIES)),
    "currency": ("Currency", lambda rng: rng.choice(fiction.CURRENCIES)),
}


@dataclass(frozen=True)
class Read:
    """A field as the engine read it."""

    page: int
    level: int
    name: str
    type: str
    truth: str
    text: str
    words: tuple[tuple[str, float], ...]  # word and its confidence in percent

    @property
    def right(self) -> bool:
        """To the letter: only the kind and amount of white space between words may differ."""
        return " ".join(self.text.split()) == " ".join(self.truth.split())

    @property
    def value(self) -> bool:
        """White space is part of free text only; "7515 9" or "75159" is the same account."""
        return self.right or (self.type != "text" and "".join(self.text.split()) == "".join(self.truth.split()))


def mistype(rng: random.Random, text: str) -> str:
    """One digit is another one, as a clerk types it."""
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = rng.choice(places)
    return text[:at] + rng.choice([sign for sign in "0123456789" if sign != text[at]]) + text[at + 1 :]


def fields_page(seed: int) -> Sheet:
    """Labelled values of every type, the labels beside or above them."""
    rng, sheet = random.Random(seed), Sheet(WIDTH, HEIGHT)
    label_font, value_font = rng.choice(FONTS), rng.choice(FONTS)
    size = rng.randint(22, 34)
    layout = rng.choice(("beside", "above"))
    kinds = [*TYPED, *TYPED, *(["text"] * 6)]
    rng.shuffle(kinds)
    y, column = 130.0, 0
    for at, kind in enumerate(kinds):
        if kind == "text":
            label = rng.choice(list(TEXTS))
            value = TEXTS[label](rng)
        else:
            label, make = TYPED[kind]
            value = make(rng)
            if kind in ("iban", "card", "date", "phone", "amount") and rng.random() < MISTYPED:
                value = mistype(rng, value)
        name = f"{kind}_{at}"
        if layout == "beside":
            sheet.write(100, y, f"{label}:", label_font, size - 2, ink=50)
            sheet.field(name, kind, [sheet.write(400, y, value, value_font, size)], label)
            y += size * 1.85
        else:
            x = (100, 680)[column]
            sheet.write(x, y, label, label_font, max(16, size - 10), ink=60)
            sheet.field(name, kind, [sheet.write(x, y + size * 1.2, value, value_font, min(size, 27))], label)
            column = 1 - column
            y += size * 3.0 if column == 0 else 0.0
    y = min(max(y + 40, 1400.0), HEIGHT - 150.0)
    lines = fiction.mrz(rng, fiction.name(rng))
    mono = rng.choice(("mono", "wide-mono"))
    width = 38 if mono == "mono" else 36
    written = [sheet.write(90, y + 52 * at, line, mono, width) for at, line in enumerate(lines)]
    sheet.field("mrz", "mrz", written, "")
    return sheet


def sentences() -> list[str]:
    """Wikipedia's sources of WiCE where PARITAS_DATA is there, else the article of the page."""
    if PROSE.exists():
        rows = [json.loads(line) for line in PROSE.read_text("utf-8").split("\n") if line]
        found = [text for row in rows for text in row["source_sentences"] if len(text) > 60 and text.isascii()]
        return list(dict.fromkeys(found))
    return (ROOT / "web" / "demo" / "samples" / "article.txt").read_text("utf-8").split("\n\n")


def prose_page(seed: int) -> Sheet:
    """A page of sentences; every line of it counts as one field of type text."""
    rng, sheet, pool = random.Random(seed), Sheet(WIDTH, HEIGHT), sentences()
    name, size = rng.choice(FONTS), rng.randint(20, 32)
    y, at = 140.0, 0
    while y < HEIGHT - 300:
        start = rng.randrange(len(pool))
        paragraph = " ".join(pool[start : start + 3])[:700]
        y, lines = sheet.wrap(110, y, WIDTH - 220, paragraph, name, size, size * 1.4)
        for line in lines:
            sheet.field(f"line_{at}", "text", [line])
            at += 1
        y += size
    return sheet


def render(seed: int):
    """The worn image, its fields there, the level of wear."""
    prose = seed >= PROSE_TUNING.start
    sheet = prose_page(seed) if prose else fields_page(seed)
    other = fields_page(seed + 1)  # what bleeds through
    level = seed % LEVELS
    rng = np.random.default_rng(seed)
    image, transform = degrade(sheet.image, drawn(rng, level), rng, other.image)
    return image, sheet.moved(transform)[1], level


def tesseract(image) -> str:
    """The engine's TSV for an image, from the cache when these pixels were read before."""
    key = hashlib.sha256(f"{image.size} ".encode() + image.tobytes()).hexdigest()[:24]
    kept = CACHE / f"{key}.tsv"
    if not kept.exists():
        if shutil.which("tesseract") is None:
            raise SystemExit("ocr: tesseract is missing: apt-get install tesseract-ocr tesseract-ocr-eng")
        CACHE.mkdir(parents=True, exist_ok=True)
        file = CACHE / f"{key}_{os.getpid()}.png"
        image.save(file, dpi=(150, 150))
        command = ["nice", "-n", "10", "tesseract", str(file), "-", "-l", "eng", "tsv"]
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        out = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
        kept.write_text(out.stdout, "utf-8")
        file.unlink()
    return kept.read_text("utf-8")


def tsv_words(tsv: str) -> list[tuple[Word, float]]:
    """The words of a TSV in the engine's reading order; a word of white space alone is a picture, not a word."""
    words = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (float(cell) for cell in cells[6:10])
            words.append((Word(cells[11], (left, top, left + width, top + height)), float(cells[10])))
    return words


def lines(field: Field) -> list[Box]:
    """The box of every line of a field, widened by 0.3 of its height."""
    boxes, count = [], 0
    for line in field.text.split("\n"):
        length = len(line.split(" "))
        left, top, right, bottom = around(field.words[count : count + length])
        count += length
        pad = 0.3 * (bottom - top)
        boxes.append((left - pad, top - pad, right + pad, bottom + pad))
    return boxes


def align(fields: list[Field], words: list[tuple[Word, float]]) -> list[tuple[str, tuple[tuple[str, float], ...]]]:
    """The words whose middle lies in the box of a line of a field, as text (lines parted by a line break) and words."""
    read = []
    for field in fields:
        found = []
        for left, top, right, bottom in lines(field):
            inside = [
                (word, confidence)
                for word, confidence in words
                if left <= (word.box[0] + word.box[2]) / 2 <= right and top <= (word.box[1] + word.box[3]) / 2 <= bottom
            ]
            found.append(sorted(inside, key=lambda item: item[0].box[0]))
        text = "\n".join(" ".join(word.text for word, _ in line) for line in found).strip()
        read.append((text, tuple((word.text, confidence) for line in found for word, confidence in line)))
    return read


def reads(seeds: range) -> list[Read]:
    """Every field of the pages of `seeds`; kept as JSON beside the TSVs while neither pages nor programs change."""
    sources = [*sorted((ROOT / "tools" / "samples").glob("*.py")), Path(__file__)]
    state = hashlib.sha256(
        "".join([*(file.read_text("utf-8") for file in sources), str(PROSE.exists())]).encode()
    ).hexdigest()[:16]
    kept = CACHE / f"reads_{seeds.start}_{seeds.stop}_{state}.json"
    if not kept.exists():
        rows = []
        for seed in seeds:
            image, fields, level = render(seed)
            for field, (text, words) in zip(fields, align(fields, tsv_words(tesseract(image))), strict=True):
                rows.append((seed, level, field.name, field.type, field.text, text, words))
            if seed % 10 == 9:
                print(f"ocr: page {seed} of {seeds.stop}", file=sys.stderr, flush=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(rows), "utf-8")
    rows = json.loads(kept.read_text("utf-8"))
    return [Read(*row[:6], tuple((word, confidence) for word, confidence in row[6])) for row in rows]


def export(seeds: range, folder: Path) -> None:
    """For run.mjs: the image of each page, the boxes of its fields' lines, and what Debian's tesseract read there."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        image, fields, _ = render(seed)
        image.save(folder / f"{seed}.png", dpi=(150, 150))
        rows = [
            {
                "name": field.name,
                "type": field.type,
                "truth": field.text,
                "lines": lines(field),
                "native": {"text": text, "words": [{"text": word, "confidence": sure} for word, sure in words]},
            }
            for field, (text, words) in zip(fields, align(fields, tsv_words(tesseract(image))), strict=True)
        ]
        (folder / f"{seed}.json").write_text(json.dumps(rows), "utf-8")


if __name__ == "__main__":
    export(range(int(sys.argv[1]), int(sys.argv[2])), Path(sys.argv[3]))
