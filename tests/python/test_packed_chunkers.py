import threading

import chunking
import paritas
import pytest
from vectors import load_vectors, outcome

CHUNKERS = ("SentenceChunker", "ParagraphChunker", "TokenChunker", "FixedChunker", "RecursiveChunker")


@pytest.mark.parametrize("case", load_vectors("packed_chunkers"), ids=lambda case: case["id"])
def test_packed_chunkers_agree_with_their_vectors(api, case):
    assert repr(outcome(lambda: chunking.rows(api, case["given"]))) == repr(case["expect"])


@pytest.mark.parametrize("name", CHUNKERS)
def test_all_forms_say_the_same(api, name):
    text = "One sentence. Another one, with 😀 and é.\n\nThe last one."
    chunker = getattr(api, name)(16, 5)
    chunks = chunker.chunk(text)
    assert len(chunks) > 1 and all(isinstance(chunk, paritas.Chunk) for chunk in chunks)
    assert chunker(text) == chunks
    assert chunker.split_text(text) == [chunk.text for chunk in chunks]
    starts, ends = chunker.spans(text)
    assert starts.dtype == ends.dtype == "uint32"
    assert list(zip(starts, ends, strict=True)) == [(chunk.start, chunk.end) for chunk in chunks]
    for threads in (0, 1, 2, 8):
        assert chunker.chunk_batch([text, "", "x", text], threads) == [chunks, [], chunker.chunk("x"), chunks]


def test_a_lone_surrogate_stays_in_the_slice(api):
    (chunk,) = api.FixedChunker(10).chunk("a\ud800b")
    assert chunk.text == "a\ud800b" and chunk.length == 3


def test_token_count_is_there_where_the_unit_is_tokens(api):
    assert api.TokenChunker(5).chunk("a b")[0].token_count == 2
    assert api.FixedChunker(5).chunk("a b")[0].token_count is None


def test_len_is_chars(api):
    assert api.FixedChunker(5, length=len).chunk("aé😀bcdef") == api.FixedChunker(5).chunk("aé😀bcdef")


def test_a_function_counts(api):
    calls = []

    def words(text):
        calls.append(text)
        return len(text.split())

    text = " ".join(f"word{i}" for i in range(2000))
    chunks = api.TokenChunker(100, length=words).chunk(text)
    assert chunks == api.TokenChunker(100, length="words").chunk(text)
    assert len(calls) <= len(chunks) * (2 * 11 + 4)  # 2 log2(n) + 4 a chunk
    assert all(isinstance(call, str) and call in text for call in calls)


@pytest.mark.parametrize("name", CHUNKERS)
def test_what_a_function_raises_passes_unchanged(api, name):
    class Mine(Exception):
        pass

    error = Mine("stop")

    def fails(text):
        raise error

    chunker = getattr(api, name)(20, 5, length=fails)
    for call in (lambda: chunker.chunk("some text"), lambda: chunker.chunk_batch(["a", "b"], 2)):
        with pytest.raises(Mine) as caught:
            call()
        assert caught.value is error


def test_bad_counts_are_refused(api):
    with pytest.raises(paritas.ParitasError, match="at least 0, not -1") as caught:
        api.TokenChunker(5, length=lambda text: -1).chunk("a b")
    assert caught.value.code == "bad_counter"
    with pytest.raises(paritas.errors.ParitasTypeError, match="an int is needed, not str"):
        api.TokenChunker(5, length=lambda text: "5").chunk("a b")


def test_a_counter_that_is_not_monotone_never_breaks_the_limit(api):
    def odd(text):
        return len(text) % 7 + len(text) // 3

    text = "some words of a text that a strange counter counts in its own way, again and again. " * 5
    for size in (3, 10, 25):
        chunks = api.TokenChunker(size, length=odd).chunk(text)
        assert all(odd(chunk.text) == chunk.length for chunk in chunks)
        assert all(chunk.length <= size or len(chunk.text) == 1 for chunk in chunks)
        assert "".join(chunk.text.replace(" ", "") for chunk in chunks) == text.replace(" ", "")


def test_messages_name_the_values(api):
    for options, words in (
        ({"chunk_size": 0}, "chunk_size must be at least 1, not 0"),
        ({"chunk_size": 5, "overlap": -1}, "overlap must be at least 0, not -1"),
        ({"chunk_size": 5, "overlap": 5}, "overlap must be below chunk_size, not 5 of 5"),
        ({"chunk_size": 5, "overlap": 2.5}, "not 2.5"),
        ({"length": "pages"}, '"tokens" or a function, not "pages"'),
    ):
        with pytest.raises(paritas.ParitasError) as caught:
            api.FixedChunker(**options)
        assert words in str(caught.value) and caught.value.code == "invalid_argument"


def test_wrong_types_are_refused(api):
    chunker = api.FixedChunker(5)
    for call in (
        lambda: api.FixedChunker("5"),
        lambda: api.FixedChunker(5, length=5),
        lambda: chunker.chunk(b"x"),
        lambda: chunker.chunk_batch("abc"),
        lambda: chunker.chunk_batch(["a", 1]),
        lambda: chunker.chunk_batch(["a"], "2"),
    ):
        with pytest.raises(paritas.errors.ParitasTypeError):
            call()
    with pytest.raises(paritas.ParitasError, match="threads must be at least 0"):
        chunker.chunk_batch(["a"], -1)


@pytest.mark.parametrize("name", CHUNKERS)
@pytest.mark.parametrize("letter", ["a", " ", "\n", "# ", "`", "\r\n", "\u0301", "中", "🇩🇪", "a\n\n", ". "])
def test_a_megabyte_of_one_thing_comes_to_an_end(name, letter):
    text = letter * (1_000_000 // len(letter))
    chunks = getattr(paritas, name)(1344, 0).chunk(text)
    chunking.check_invariants(
        text, chunks, 1344, 0, True, chunking.MEASURES[chunks[0].token_count is not None] if chunks else len
    )


def test_a_counter_may_be_asked_from_another_thread():
    import paritas._native as native

    chunker = native.TokenChunker(5, length=lambda text: len(text.split()))
    found = []
    thread = threading.Thread(target=lambda: found.append(chunker.chunk("a b c d e f g")))
    thread.start()
    thread.join()
    assert found == [chunker.chunk("a b c d e f g")]
