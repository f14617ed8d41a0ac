import paritas
import pytest
from vectors import load_vectors, outcome

PURE = {
    "chunk_by_sentences",
    "chunk_by_chars",
    "chunk_by_paragraphs",
    "create_chunks",
    "get_chunker",
    "expand_to_parent",
    "context_window",
}


def ask(api, call, given):
    if call == "chunk_with_overlap":
        return [
            [[c.start_offset, c.end_offset], c.start_line, c.end_line, c.overlap_prev]
            for c in api.chunk_with_overlap(**given)
        ]
    if call == "create_chunks":
        return [
            [
                c.chunk_id,
                c.source_id,
                c.chunk_index,
                c.total_chunks,
                c.text,
                c.start_line,
                c.end_line,
                c.headings,
                c.custom,
            ]
            for c in paritas.create_chunks(**given)
        ]
    if call == "get_chunker":
        return paritas.get_chunker(given["name"], **given["options"]).split_text(given["text"])
    if call in ("expand_to_parent", "context_window"):
        chunks = api.HierarchicalChunker((80, 30), (0, 0)).chunk(given.pop("text"))
        found = getattr(paritas, call)(chunks, **given)
        return found.index if call == "expand_to_parent" else found
    return getattr(paritas if call in PURE else api, call)(**given)


@pytest.mark.parametrize("case", load_vectors("line_chunks"), ids=lambda case: case["id"])
def test_line_chunks_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    call = given.pop("call")
    assert repr(outcome(lambda: ask(api, call, given))) == repr(case["expect"])


def test_lines_are_the_text_but_for_what_they_share(api):
    text = "".join(f"line {i} with some words 日本語\r\n" * (i % 3) + "\n" for i in range(60)) + "x" * 300
    for size, overlap in ((1, 0), (40, 0), (40, 39), (100, 30), (1000, 0.5)):
        chunks = api.chunk_with_overlap(text, size, overlap)
        assert "".join(chunk.text[chunk.overlap_prev :] for chunk in chunks) == text
        for chunk in chunks:
            assert text[chunk.start_offset : chunk.end_offset] == chunk.text
            assert api.line_at_offset(text, chunk.start_offset) == chunk.start_line
            assert api.line_at_offset(text, chunk.end_offset - 1) == chunk.end_line


def test_boundaries_are_where_lines_start(api):
    text = "é\n\n日本\nx\n"
    assert [text[at:].split("\n")[0] for at in api.find_line_boundaries(text)] == ["é", "", "日本", "x"]


def test_custom_is_a_copy_of_its_own():
    custom = {"a": 1}
    first, second = paritas.create_chunks("# A\n\n" + "word " * 400, "a.md", custom)[:2]
    first.custom["a"] = 2
    assert (second.custom, custom) == ({"a": 1}, {"a": 1})


def test_get_chunker_knows_all_names():
    made = {name: type(paritas.get_chunker(name)).__name__ for name in paritas.chunking.CHUNKERS}
    assert made.pop("character") == "FixedChunker"
    assert all(name.capitalize() + "Chunker" == made[name] for name in made)
