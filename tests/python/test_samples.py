"""The sample documents of the page: what truth.json says of them is consistent, and valid where a type has a form."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "web" / "demo" / "samples"
TRUTH = json.loads((FOLDER / "truth.json").read_text("utf-8"))
PAGES = {page["image"]: page for pages in TRUTH.values() for page in pages}


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height of the first frame header."""
    at = 2
    while True:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        at += 2 + length


def test_every_listed_file_is_there():
    listing = json.loads((FOLDER / "samples.json").read_text("utf-8"))
    assert {image for sample in listing["samples"] for image in sample["images"]} == PAGES.keys()
    for entry in listing["texts"] + listing["answers"]:
        assert (FOLDER / entry["file"]).read_text("utf-8").strip()


@pytest.mark.parametrize("image", PAGES)
def test_words_and_fields_lie_on_their_page(image):
    page, data = PAGES[image], (FOLDER / image).read_bytes()
    assert len(data) <= 250_000
    assert size_of(data) == (page["width"], page["height"])
    texts = {word["text"] for word in page["words"]}
    for item in page["words"] + page["fields"]:
        left, top, right, bottom = item["box"]
        assert 0 <= left < right <= page["width"] and 0 <= top < bottom <= page["height"], item
        assert set(item["text"].split()) <= texts


@pytest.mark.parametrize("image", PAGES)
def test_values_of_a_type_are_valid(api, image):
    for field in PAGES[image]["fields"]:
        if field["type"] != "text":
            assert api.validate_format(field["text"], field["type"]).valid, field


def test_the_article_is_what_its_pages_show():
    shown = " ".join(word["text"] for page in TRUTH["article"] for word in page["words"][:-1])  # the last is its number
    assert shown.split() == (FOLDER / "article.txt").read_text("utf-8").split()
