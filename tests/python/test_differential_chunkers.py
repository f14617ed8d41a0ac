"""Chunkers: the four invariants on random and hostile text in every unit, and native against reference."""

import json
from pathlib import Path

import paritas._native as native
import paritas.reference as reference
import pytest
from chunking import check_invariants
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas.reference.sizer import Sizer

UNITS = ("chars", "bytes", "utf16", "words", "graphemes", "tokens")
PACKED = ("SentenceChunker", "ParagraphChunker", "TokenChunker", "FixedChunker")
PIECES = (
    *(
        "a",
        "bc",
        "Word ",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        ". ",
        "! ",
        "Dr. ",
        "A sentence. ",
        "1.5",
        "# ",
    ),
    *(
        "```",
        "- ",
        "😀",
        "👩‍👩‍👧",
        "🇩🇪",
        "🇫",
        "é",
        "e\u0301",
        "\u0301",
        "\u200d",
        "\u200b",
        "\u00a0",
        "\u2028",
        "\x85",
        "\ud800",
        "\udc00",
    ),
    *("中文。", "ไทย", "नमस्ते ", "مرحبا ", "각", "\u1100\u1161", "\u0600", "....", "=====", "x" * 30, "\ufeff", "\x1c"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


def clean(text):
    return "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)


@settings(max_examples=400, deadline=None)
@given(texts, st.sampled_from(PACKED), st.integers(1, 40), st.data())
def test_packed_chunkers(text, name, size, data):
    overlap = data.draw(st.integers(0, size - 1))
    unit = data.draw(st.sampled_from(UNITS))
    options = {"strip": data.draw(st.booleans())}
    if name == "SentenceChunker":
        options |= {"min_sentences": data.draw(st.integers(1, 3)), "keep_paragraphs": data.draw(st.booleans())}
    chunks = getattr(native, name)(size, overlap, unit, **options).chunk(text)
    assert chunks == getattr(reference, name)(size, overlap, unit, **options).chunk(text)
    measure = Sizer(unit).length
    check_invariants(text, chunks, size, overlap, options["strip"], lambda piece: measure(clean(piece)))


@settings(max_examples=400, deadline=None)
@given(texts, st.integers(1, 30), st.data())
def test_recursive_chunkers(text, size, data):
    options = {
        "chunk_size": size,
        "chunk_overlap": data.draw(st.integers(0, size)),
        "separators": data.draw(
            st.sampled_from(
                [("\n\n", "\n", " ", ""), ("",), (" ",), (". ", "a", ""), ("\u0301", "🇩", "\n"), ("  ", "\r\n", "x")]
            )
        ),
        "keep_separator": data.draw(st.sampled_from([True, False, "start", "end"])),
        "strip": data.draw(st.booleans()),
        "length": data.draw(st.sampled_from(UNITS)),
    }
    chunks = native.RecursiveChunker(**options).chunk(text)
    assert chunks == reference.RecursiveChunker(**options).chunk(text)
    if options["keep_separator"] is not False:
        measure = Sizer(options["length"]).length
        overlap = options["chunk_overlap"]
        check_invariants(text, chunks, size, overlap, options["strip"], lambda piece: measure(clean(piece)))
    options["length_function"] = options.pop("length")
    options["strip_whitespace"] = options.pop("strip")
    ours = native.RecursiveCharacterTextSplitter(**options).chunk(text)
    assert ours == reference.RecursiveCharacterTextSplitter(**options).chunk(text)


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(1, 12), st.integers(0, 11), st.sampled_from((*PACKED, "RecursiveChunker")), st.integers(1, 9))
def test_functions_that_count_oddly(text, size, overlap, name, odd):
    def count(piece):
        return (len(piece) * 7 + ord(piece[0])) % odd + len(piece) // 2

    overlap = min(overlap, size - 1)
    chunks = getattr(native, name)(size, overlap, length=count).chunk(text)
    assert chunks == getattr(reference, name)(size, overlap, length=count).chunk(text)
    assert all(chunk.length == count(clean(chunk.text)) for chunk in chunks)
    assert all(chunk.length <= size or len(chunk.text) == 1 for chunk in chunks)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_lengths(text):
    assert native.count_tokens(text) == reference.count_tokens(text)
    for unit in UNITS:
        chunks = native.FixedChunker(10_000, length=unit, strip=False).chunk(text)
        assert [chunk.length for chunk in chunks] == ([Sizer(unit).length(clean(text))] if text else [])


@pytest.mark.parametrize("name", (*PACKED, "RecursiveChunker"))
def test_what_peers_fail_at(name):
    chunker = getattr(native, name)
    cases = [
        "a" * 10_000,
        "春眠不觉晓处处闻啼鸟" * 300,
        "xé" + "." * 20,
        ("a short line\n" * 5 + "x" * 1500 + "\n") * 3,
        "one line\r\nanother\r\n\r\n" * 200,
        "\ud800" * 3000,
    ]
    for text in cases:
        for size, overlap in ((1344, 0), (1344, 1343 if len(text) < 5000 else 100), (7, 6), (1, 0)):
            unit = "chars"
            chunks = chunker(size, overlap, length=unit).chunk(text)
            check_invariants(text, chunks, size, overlap, True, len)


def test_all_scripts():
    path = Path(__file__).parents[2] / ".." / "shared" / "data" / "text" / "udhr.jsonl"
    for line in path.read_text("utf-8").splitlines()[::8]:
        text = json.loads(line)["text"][:4000]
        for name in (*PACKED, "RecursiveChunker"):
            for unit in ("chars", "tokens"):
                chunks = getattr(native, name)(150, 30, length=unit).chunk(text)
                assert chunks == getattr(reference, name)(150, 30, length=unit).chunk(text)
                measure = len if unit == "chars" else native.count_tokens
                check_invariants(text, chunks, 150, 30, True, measure)
