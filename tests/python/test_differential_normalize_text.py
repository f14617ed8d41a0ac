"""The native normaliser against the reference; what holds for any text and any options."""

from itertools import pairwise
from typing import get_args, get_type_hints

import paritas._native as native
import paritas.reference as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas import NormalizeOptions

PIECES = [
    *(
        " ",
        "  ",
        "   ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
        "\x0b",
        "\x00",
        "\x7f",
        "\u00a0",
        "\u3000",
    ),
    *(
        "a",
        "b",
        "py",
        "`",
        "``",
        "```",
        "````",
        "~~~",
        "~",
        "“",
        "’",
        "′",
        "″",
        "—",
        "−",
        "…",
        "é",
        "😀",
        "\ufffd",
        "\ud800",
    ),
    *(
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u200d",
        "\ufe0f",
        "e\u0301",
        "\u0301",
        "\u0323",
        "\u0316" * 31,
        "\u0344",
        "\u212b",
    ),
    *(
        "ﬁ",
        "¨",
        "½",
        "\uac00",
        "\u11a8",
        "\u1100",
        "\u1161",
        "\u1fef",
        "\uff40",
        "\u09c7",
        "\u09be",
        "\uff9e",
        "\u0958",
        "\ufdfa",
    ),
    *("a word and another one that fills a block of sixty-four bytes, and some more of it. ", "\n```py\n", "\n```\n"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=25).map("".join)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        name: st.booleans() if kind is bool else st.integers(0, 3) if kind is int else st.sampled_from(get_args(kind))
        for name, kind in get_type_hints(NormalizeOptions).items()
    },
)


@settings(max_examples=1500, deadline=None)
@given(TEXTS, OPTIONS, st.lists(st.integers(0, 60), max_size=5))
def test_backends_cuts_and_repetitions_agree(text, options, places):
    result, offsets = native.normalize_text_mapped(text, **options)
    assert (result, offsets) == reference.normalize_text_mapped(text, **options)
    assert native.normalize_text(text, **options) == result
    assert native.normalize_text(result, **options) is result
    at = sorted(min(place, len(text)) for place in places)
    for cuts in ([0, *at, len(text)], range(len(text) + 1)):
        stream = native.TextNormalizer(**options)
        pieces = [stream.feed(text[start:end]) for start, end in pairwise(cuts)]
        assert "".join(pieces) + stream.finish() == result
    # Between the edits stands the source.
    source = "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)
    end = source_end = 0
    for edit in offsets.edits:
        assert result[end : edit.start] == source[source_end : edit.source_start]
        end, source_end = edit.end, edit.source_end
    assert result[end:] == source[source_end:]


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(["none", "spaces", "lines", "all"]), st.booleans(), st.booleans())
def test_only_white_space_is_lost(text, collapse, trim, respect_code):
    kept = {"form": "none", "controls": "keep", "zero_width": "keep"}
    result = native.normalize_text(text, collapse=collapse, trim=trim, respect_code=respect_code, **kept)
    source = "".join("\ufffd" if "\ud800" <= ch <= "\udfff" else ch for ch in text)
    # str.isspace also counts four controls that are no White_Space; these are kept, and drop out on both sides.
    assert [ch for ch in result if not ch.isspace()] == [ch for ch in source if not ch.isspace()]


@settings(max_examples=500, deadline=None)
@given(TEXTS, OPTIONS)
def test_fenced_code_of_the_result_stands_in_the_source(text, options):
    options = {**options, "respect_code": True}
    before = {name: options[name] for name in ("form", "newlines", "controls", "zero_width") if name in options}
    only = {"spaces": "keep", "collapse": "none", "trim": False, "respect_code": False}
    source = native.normalize_text(text, **before, **only)  # the steps that code goes through too
    result = native.normalize_text(text, **options)
    for region in native.code_regions(result, inline=False):
        code = result[region.start : region.end].partition("\n")[2]
        assert code in source
