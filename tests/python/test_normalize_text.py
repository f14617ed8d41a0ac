import sys
import unicodedata
from types import ModuleType

import pytest
from paritas import NormalizeOptions, OffsetMap, ParitasError, TextEdit
from paritas.errors import ParitasTypeError
from paritas.results import Span
from vectors import load_vectors, outcome

CASES = load_vectors("normalize_text")


def shaped(api: ModuleType, given):
    options = given.get("options", {})
    text, offsets = api.normalize_text_mapped(given["text"], **options)
    assert text == api.normalize_text(given["text"], **options)
    assert [text] == api.normalize_text_batch([given["text"]], NormalizeOptions(**options))
    assert [(text, offsets)] == api.normalize_text_mapped_batch([given["text"]], NormalizeOptions(**options), threads=2)
    assert offsets.length == len(text) and offsets.source_length == len(given["text"])
    edits = [[[edit.start, edit.end], [edit.source_start, edit.source_end]] for edit in offsets.edits]
    return {"text": text, "edits": edits}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_normalize_text_agrees_with_its_vectors(api, case):
    assert outcome(lambda: shaped(api, case["given"])) == case["expect"]


@pytest.mark.parametrize("case", [case for case in CASES if "value" in case["expect"]], ids=lambda case: case["id"])
def test_no_cut_changes_a_stream_and_a_result_is_its_own(api, case):
    text, options = case["given"]["text"], case["given"].get("options", {})
    expected = case["expect"]["value"]["text"]
    for size in (1, 2, 3, 7, len(text) + 1):
        stream = api.TextNormalizer(**options)
        pieces = [stream.feed(text[at : at + size]) for at in range(0, len(text), size)]
        assert "".join(pieces) + stream.finish() == expected, size
    assert api.normalize_text(expected, **options) is expected


def test_a_normal_text_is_the_same_object(api):
    for text in ("plain", "“gär”\n\nend", "x" * 1000, ""):
        assert api.normalize_text(text) is text
        assert api.normalize_text_batch([text])[0] is text
        same, offsets = api.normalize_text_mapped(text)
        assert same is text and offsets == OffsetMap([], len(text), len(text))


def test_a_subclass_and_a_lone_surrogate_are_not(api):
    class Word(str):
        pass

    assert type(api.normalize_text(Word("a"))) is str
    assert api.normalize_text("a\ud800b") == "a\ufffdb"
    assert api.normalize_text_mapped("\udfff")[0] == "\ufffd"
    stream = api.TextNormalizer()
    assert stream.feed("\ud83d") + stream.feed("\ude00") + stream.finish() == "\ufffd\ufffd"


def test_spans_go_both_ways(api):
    source = "A  “quoted”\r\n\r\n\r\n  word e\u0301nd"
    text, offsets = api.normalize_text_mapped(source, collapse="lines", quotes="straight")
    assert text == 'A "quoted"\n\n word énd'
    at = text.index("énd")
    span = offsets.to_source(at, at + 3)
    assert type(span) is Span and source[span.start : span.end] == "e\u0301nd"
    assert offsets.to_result(span.start, span.end) == (at, at + 3)
    at = source.index("word")
    span = offsets.to_result(at, at + 4)
    assert text[span.start : span.end] == "word"
    # What was removed is nowhere, and belongs to no neighbour.
    assert offsets.to_result(2, 3) == (2, 2)
    assert offsets.to_source(0, 2) == (0, 2) and offsets.to_source(2, 3) == (3, 4)
    assert offsets.to_source(0, len(text)) == (0, len(source))
    assert offsets.to_source(-5, 10_000) == (0, len(source))
    assert all(type(edit) is TextEdit for edit in offsets.edits)


def test_options_are_a_record_keywords_or_both(api):
    options = NormalizeOptions(collapse="all", quotes="straight")
    assert api.normalize_text("a  ’ \n b", options) == "a ' b"
    assert api.normalize_text("a  ’ \n b", options, quotes="keep") == "a ’ b"
    assert api.normalize_text(" a ", trim=False) == " a "
    stream = api.TextNormalizer(options, quotes="keep")
    assert stream.feed("a  ’ ") + stream.finish() == "a ’"


def test_types_and_messages(api):
    for call in (
        lambda: api.normalize_text(b"a"),
        lambda: api.normalize_text("a", {"trim": True}),
        lambda: api.normalize_text("a", trim=1),
        lambda: api.normalize_text("a", form=None),
        lambda: api.normalize_text("a", max_blank_lines="1"),
        lambda: api.normalize_text("a", collaps="all"),
        lambda: api.normalize_text_batch("abc"),
        lambda: api.normalize_text_batch([1]),
        lambda: api.normalize_text_batch(5),
        lambda: api.TextNormalizer().feed(None),
    ):
        with pytest.raises(ParitasTypeError) as caught:
            call()
        assert caught.value.code == "invalid_argument"
    for call, message in (
        (lambda: api.normalize_text("a", form="nfc"), "form must be NFC, NFKC or none"),
        (lambda: api.normalize_text("a", newlines="crlf"), "newlines must be lf or keep"),
        (lambda: api.TextNormalizer(max_blank_lines=-1), "max_blank_lines must be at least 0"),
        (lambda: api.normalize_text_batch(["a"], threads=-1), "threads must be at least 0"),
        (lambda: api.normalize_text("a", x=1), "unknown option x; known: form, newlines, controls, zero_width, spaces"),
    ):
        with pytest.raises(ParitasError, match=message) as caught:
            call()
        assert caught.value.code == "invalid_argument"


def test_after_the_end(api):
    stream = api.TextNormalizer()
    stream.finish()
    for call in (lambda: stream.feed("a"), stream.finish):
        with pytest.raises(ParitasError, match="call reset") as caught:
            call()
        assert caught.value.code == "stream_finished"
    stream.reset()
    assert stream.feed(" a") + stream.finish() == "a"


@pytest.mark.parametrize("form", ["NFC", "NFKC"])
def test_every_code_point_as_python_has_it(api, form):
    """All that Python and Unicode 14 both know: normal forms of these never change."""
    points = [chr(c) for c in range(0x20, sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF]
    if unicodedata.unidata_version != "14.0.0":
        points = [ch for ch in points if unicodedata.ucd_3_2_0.category(ch) != "Cn"]
    if api.__name__ == "paritas.reference":
        points = [ch for ch in points if unicodedata.decomposition(ch) or unicodedata.combining(ch)]
    only = {"newlines": "keep", "controls": "keep", "zero_width": "keep", "spaces": "keep", "trim": False}
    # Each between letters that may join it, from both sides.
    for before, after in (("a", "\u0301"), ("\u1100", "\u11a8"), ("\u0915\u0327", "\u0315b")):
        source = "\n".join(before + ch + after for ch in points)
        assert api.normalize_text(source, form=form, **only) == unicodedata.normalize(form, source)


def test_a_megabyte_takes_linear_time():
    from paritas import _native

    for piece in (
        "\u0301",
        " ",
        "\n",
        "```",
        "`",
        "\r",
        "e\u0323\u0301",
        "\u200b",
        "\ufe0f",
        "\t \n",
        "~~~x\n",
        "\u1100\u1161",
    ):
        text = piece * (1_000_000 // len(piece))
        for collapse in ("none", "spaces", "lines", "all"):
            result, offsets = _native.normalize_text_mapped(text, collapse=collapse)
            assert offsets.length == len(result)
            assert _native.normalize_text(result, collapse=collapse) is result
