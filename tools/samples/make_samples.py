"""Draws the bundled samples of the page from tools/samples and the texts beside them into web/demo/samples.

    .venv/bin/python -m pip install pillow numpy; apt-get install fonts-liberation fonts-dejavu
    .venv/bin/python tools/samples/make_samples.py

Writes the worn pages, samples.json (what the page offers) and truth.json (what stands on the pages: words and fields
with their boxes in pixels of the image, for tests). The article and the answers are written by hand, not here.
"""

import json
from pathlib import Path

import numpy as np
from degrade import Wear, degrade
from documents import FORM_MRZ, article, form, invoice
from paper import Box, Sheet

FOLDER = Path(__file__).parents[2] / "web" / "demo" / "samples"
LARGEST = 250_000  # bytes of an image

WEARS = {
    "form": Wear(skew=0.7, fade=0.3, gaps=0.01, light=0.12, blur=0.7, noise=4, speckle=0.2, jpeg=60, paper=246),
    "invoice": Wear(
        skew=-0.9, perspective=0.012, fade=0.25, bleed=0.06, light=0.3, blur=0.75, noise=5, jpeg=55, paper=243
    ),
    "article-1": Wear(skew=-0.5, fade=0.25, bleed=0.07, light=0.1, blur=0.65, noise=4, speckle=0.1, jpeg=50, paper=246),
    "article-2": Wear(skew=0.4, fade=0.3, bleed=0.07, light=0.12, blur=0.7, noise=4, speckle=0.1, jpeg=50, paper=246),
}


def rounded(box: Box) -> list[int]:
    return [round(value) for value in box]


def write(name: str, sheet: Sheet, back: "Sheet | None" = None) -> dict:
    rng = np.random.default_rng(sorted(WEARS).index(name))
    image, transform = degrade(sheet.image, WEARS[name], rng, back.image if back else None)
    file = FOLDER / f"{name}.jpg"
    image.save(file, "JPEG", quality=WEARS[name].jpeg, optimize=True)
    size = file.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"samples: {file.name} has {size} bytes, more than {LARGEST}")
    words, fields = sheet.moved(transform)
    print(f"samples: {file.name}: {size:,} bytes, {len(words)} words, {len(fields)} fields")
    return {
        "image": file.name,
        "width": image.width,
        "height": image.height,
        "words": [{"text": word.text, "box": rounded(word.box)} for word in words],
        "fields": [
            {"name": item.name, "label": item.label, "type": item.type, "text": item.text, "box": rounded(item.box)}
            for item in fields
        ],
    }


def main() -> None:
    pages = article((FOLDER / "article.txt").read_text("utf-8"))
    if len(pages) != 2:
        raise SystemExit(f"samples: the article needs {len(pages)} pages, not 2")
    truth = {
        "form": [write("form", form(FORM_MRZ))],
        "invoice": [write("invoice", invoice())],
        "article": [write("article-1", pages[0], pages[1]), write("article-2", pages[1], pages[0])],
    }
    titles = {
        "form": ("Registration form", "A scanned form: names, dates, an IBAN, a passport's machine readable zone."),
        "invoice": ("Invoice", "A photographed invoice: line items, VAT, due date, bank account."),
        "article": ("Two-page article", "The Tide Mill at Sallow Creek: text to search and to verify answers against."),
    }
    listing = {
        "samples": [
            {"id": name, "title": title, "about": about, "images": [page["image"] for page in truth[name]]}
            for name, (title, about) in titles.items()
        ],
        "texts": [{"id": "article", "title": "The Tide Mill at Sallow Creek", "file": "article.txt"}],
        "answers": [
            {"id": "faithful", "source": "article", "title": "A faithful answer", "file": "answer_faithful.txt"},
            {
                "id": "drifting",
                "source": "article",
                "title": "An answer that drifts away",
                "file": "answer_drifting.txt",
            },
        ],
    }
    (FOLDER / "samples.json").write_text(json.dumps(listing, indent=2, ensure_ascii=False) + "\n", "utf-8")
    lines = [
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages) + "\n]"
        for name, pages in truth.items()
    ]
    (FOLDER / "truth.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
