"""The structured chunkers: native and reference on texts of Markdown and code, and what holds on both."""

import paritas._native as native
import paritas.reference as reference
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paritas.reference.graphemes import is_white_space
from paritas.reference.selfcheck_structured import PIECES

TEXTS = st.lists(
    st.sampled_from((*PIECES, "\ud800", "\t", "x" * 40, "e\u0301", "👩‍👩‍👧", 'r#"', "<<A\n", "A\n")), max_size=40
)
TEXT = TEXTS.map("".join)
SIZES = st.integers(1, 90)
UNITS = st.sampled_from(["chars", "bytes", "utf16", "words", "graphemes", "tokens", lambda text: len(text.split())])
LANGUAGES = st.sampled_from([None, "py", "js", "rs", "sh", "cpp", "sql", "html", "c#", "rb", "lua", "hs", "go", "php"])


def blank(text):
    return all(is_white_space(ch) for ch in text)


def check(text, chunks, size):
    """Slices, limit, nothing lost, order."""
    end, start, stop = 0, -1, -1
    for chunk in chunks:
        assert chunk.text == text[chunk.start : chunk.end] != ""
        assert chunk.length <= size or len(chunk.text) == 1
        assert chunk.start > start and chunk.end > stop
        assert blank(text[end : chunk.start])
        start, stop, end = chunk.start, chunk.end, max(end, chunk.end)
    assert blank(text[end:])


@settings(max_examples=150, deadline=None)
@given(TEXT, SIZES, st.floats(0, 0.99), UNITS, st.integers(0, 6), st.booleans(), st.booleans())
def test_markdown(text, size, share, unit, headings, keep, strip):
    options = {"length": unit, "headings": headings, "keep_code": keep, "keep_tables": keep, "strip": strip}
    options["include_headings"] = True
    overlap = int(size * share)
    chunks = native.MarkdownChunker(size, overlap, **options).chunk(text)
    assert chunks == reference.MarkdownChunker(size, overlap, **options).chunk(text)
    check(text, chunks, size)


@settings(max_examples=150, deadline=None)
@given(TEXT, SIZES, st.floats(0, 0.99), UNITS, LANGUAGES, st.booleans())
def test_code(text, size, share, unit, language, strip):
    overlap = int(size * share)
    chunks = native.CodeChunker(language, size, overlap, length=unit, strip=strip).chunk(text)
    assert chunks == reference.CodeChunker(language, size, overlap, length=unit, strip=strip).chunk(text)
    check(text, chunks, size)


@settings(max_examples=100, deadline=None)
@given(TEXT, SIZES, st.floats(0, 0.99), UNITS)
def test_hierarchical(text, size, share, unit):
    arguments = ((3 * size + 2, size), (int(size * share), 0))
    chunks = native.HierarchicalChunker(*arguments, length=unit).chunk(text)
    assert chunks == reference.HierarchicalChunker(*arguments, length=unit).chunk(text)
    check(text, [chunk for chunk in chunks if chunk.level == 0], 3 * size + 2)
    for chunk in chunks:
        children = [chunks[i] for i in chunk.children]
        assert all(child.parent == chunk.index for child in children)
        assert all(chunk.start <= child.start and child.end <= chunk.end for child in children)
        if chunk.level == 0:
            covered = set().union(*(range(child.start, child.end) for child in children))
            assert blank("".join(text[i] for i in range(chunk.start, chunk.end) if i not in covered))


@settings(max_examples=100, deadline=None)
@given(
    TEXT,
    SIZES,
    st.sampled_from(["percentile", "stdev", "similarity", "local_max"]),
    st.floats(0, 1),
    st.integers(1, 5),
    st.integers(1, 3),
    st.sampled_from([0, 3]),
    st.randoms(use_true_random=False),
)
def test_semantic(text, size, method, threshold, window, least, most, draws):
    count = len(native.sentences(text))
    rows = [[max(-1e6, min(1e6, draws.gauss(0, 1))) for _ in range(3)] for _ in range(count)]
    options = {
        "method": method,
        "threshold": threshold,
        "window": window,
        "min_sentences": least,
        "max_sentences": most,
    }
    chunks = native.SemanticChunker(size, **options).chunk(text, rows)
    assert chunks == reference.SemanticChunker(size, **options).chunk(text, rows)
    check(text, chunks, size)


@settings(max_examples=100, deadline=None)
@given(TEXT, SIZES, st.floats(0, 0.99))
def test_lines(text, size, share):
    chunks = native.chunk_with_overlap(text, size, int(size * share))
    assert chunks == reference.chunk_with_overlap(text, size, int(size * share))
    assert "".join(chunk.text[chunk.overlap_prev :] for chunk in chunks) == text
    assert native.find_line_boundaries(text) == reference.find_line_boundaries(text)


PROSE = st.lists(st.sampled_from(["word", "two words", "A sentence. ", "x", "\n"]), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["# A", "## B", "### C"]), PROSE), max_size=6), st.integers(1, 60))
@pytest.mark.parametrize("api", [native, reference], ids=["native", "reference"])
def test_a_heading_never_ends_a_chunk_when_text_of_its_section_follows(api, sections, size):
    text = "\n\n".join(f"{title}\n\n{' '.join(words)}" for title, words in sections)
    for chunk in api.MarkdownChunker(size).chunk(text):
        last = chunk.text.split("\n")[-1]
        behind = text[chunk.end :].lstrip()
        if last in ("# A", "## B", "### C") and behind and not behind.startswith("#"):
            gap = len(text) - chunk.end - len(behind)
            headings = chunk.text[chunk.text.find("#") :]
            assert len(headings) + gap + len(behind.split()[0]) > size  # not even one word fits with it


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["# A", "word word", "```\na\n\nb\n```", "~~~\n# no\n~~~", "````\n```\n````"]), max_size=8
    ),
    SIZES,
)
@pytest.mark.parametrize("api", [native, reference], ids=["native", "reference"])
def test_a_fence_that_fits_stays_whole(api, blocks, size):
    text = "\n\n".join(blocks)
    chunks = api.MarkdownChunker(size).chunk(text)
    for region in reference.code_regions(text, inline=False):
        if region.end - region.start <= size:
            assert any(chunk.start <= region.start and region.end <= chunk.end for chunk in chunks)
