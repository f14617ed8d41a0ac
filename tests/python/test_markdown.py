import paritas
import pytest
from paritas import ParitasError
from vectors import load_vectors, outcome


def rows(chunks, contextual=False):
    return [
        [
            [chunk.start, chunk.end],
            chunk.length,
            chunk.split,
            chunk.kind,
            chunk.headings,
            chunk.overlap_prev,
            chunk.start_line,
            chunk.end_line,
            *([chunk.contextual_text] if contextual else []),
        ]
        for chunk in chunks
    ]


@pytest.mark.parametrize("case", load_vectors("markdown"), ids=lambda case: case["id"])
def test_markdown_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    text = given.pop("text")

    def call():
        return rows(api.MarkdownChunker(**given).chunk(text), given.get("include_headings", False))

    assert repr(outcome(call)) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("code"), ids=lambda case: case["id"])
def test_code_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    text = given.pop("text", "")

    def call():
        return api.detect_doc_type(**given) if "path" in given else rows(api.CodeChunker(**given).chunk(text))

    assert repr(outcome(call)) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("semantic"), ids=lambda case: case["id"])
def test_semantic_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    text, embeddings = given.pop("text"), given.pop("embeddings")
    expect = repr(case["expect"])
    assert repr(outcome(lambda: rows(api.SemanticChunker(**given).chunk(text, embeddings)))) == expect
    if len(embeddings) == len(paritas.sentences(text)):
        chunker = outcome(lambda: rows(api.SemanticChunker(embed=lambda _: embeddings, **given).chunk(text)))
        assert repr(chunker) == expect


@pytest.mark.parametrize("case", load_vectors("hierarchical"), ids=lambda case: case["id"])
def test_hierarchical_agrees_with_its_vectors(api, case):
    given = dict(case["given"])
    text = given.pop("text")

    def call():
        return [
            [
                [chunk.start, chunk.end],
                chunk.length,
                chunk.kind,
                chunk.level,
                chunk.parent,
                chunk.children,
                chunk.headings,
                chunk.overlap_prev,
            ]
            for chunk in api.HierarchicalChunker(**given).chunk(text)
        ]

    assert repr(outcome(call)) == repr(case["expect"])


def test_batches_agree_with_single_texts(api):
    texts = [case["given"]["text"] for case in load_vectors("markdown")]
    for made in (
        lambda: api.MarkdownChunker(40, 5, include_headings=True),
        lambda: api.CodeChunker("py", 40),
        lambda: api.HierarchicalChunker((80, 30), (0, 0)),
    ):
        chunker = made()
        alone = [chunker.chunk(text) for text in texts]
        for threads in (1, 2, 8):
            assert chunker.chunk_batch(texts, threads) == alone
        assert [chunker(text) for text in texts] == alone
        assert [chunker.split_text(text) for text in texts] == [[chunk.text for chunk in own] for own in alone]
        starts, ends = chunker.spans(texts[0])
        assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [(c.start, c.end) for c in alone[0]]


def test_a_function_counts(api):
    asked = []

    def count(text):
        asked.append(text)
        return len(text.split())

    text = "# A\n\n" + "one two three four five. " * 40 + "\n\n## B\n\nsix seven"
    chunks = api.MarkdownChunker(12, length=count).chunk(text)
    assert all(chunk.length == len(chunk.text.split()) <= 12 for chunk in chunks)
    assert "".join("".join(chunk.text.split()) for chunk in chunks) == "".join(text.split())
    assert asked
    with pytest.raises(ZeroDivisionError):
        api.CodeChunker(length=lambda text: 1 // 0).chunk("a")
    with pytest.raises(ParitasError) as error:
        api.HierarchicalChunker(length=lambda text: -1).chunk("# a")
    assert error.value.code == "bad_counter"


def test_an_embedder_is_given_256_sentences_at_once(api):
    sizes = []

    def embed(sentences):
        sizes.append(len(sentences))
        return [[float(len(sentence)), 1.0] for sentence in sentences]

    texts = ["One two. " * 200, "", "Three four five. " * 200]
    chunker = api.SemanticChunker(60, embed=embed)
    batch = chunker.chunk_batch(texts)
    assert sizes == [256, 144]
    assert [chunker.chunk(text) for text in texts] == batch
    assert batch[1] == []


def test_an_embedder_gives_a_row_for_each_sentence(api):
    text = "One two. Three four."
    for rows_of, code in (
        (lambda sentences: [[1.0]], "length_mismatch"),
        (lambda sentences: [[1.0], [float("inf")]], "not_finite"),
    ):
        with pytest.raises(ParitasError) as error:
            api.SemanticChunker(embed=rows_of).chunk(text)
        assert error.value.code == code
    with pytest.raises(ParitasError, match="give embeddings"):
        api.SemanticChunker().chunk(text)
    with pytest.raises(KeyError):
        api.SemanticChunker(embed=lambda sentences: {}["a"]).chunk(text)
    spans = api.SemanticChunker().sentences(text)
    assert [(span.start, span.end) for span in spans] == [(0, 8), (9, 20)]


def test_wrong_types_are_refused(api):
    for call in (
        lambda: api.MarkdownChunker().chunk(b"a"),
        lambda: api.MarkdownChunker("a"),
        lambda: api.MarkdownChunker(keep_code=1),
        lambda: api.CodeChunker(1),
        lambda: api.HierarchicalChunker(5),
        lambda: api.HierarchicalChunker(["a"]),
        lambda: api.SemanticChunker(method=1),
        lambda: api.SemanticChunker().chunk("a", "b"),
        lambda: api.detect_doc_type(None),
    ):
        with pytest.raises(paritas.errors.ParitasTypeError):
            call()


def test_lone_surrogates_keep_their_place(api):
    text = "# \ud800a\n\n\udfffb c\n\n## d\n\ne"
    for chunk in api.MarkdownChunker(10).chunk(text):
        assert chunk.text == text[chunk.start : chunk.end]
