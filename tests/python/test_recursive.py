import chunking
import paritas
import pytest
from paritas.chunk_documents import create_documents
from paritas.results_chunk import ChunkDocument
from vectors import load_vectors, outcome


@pytest.mark.parametrize("case", load_vectors("recursive"), ids=lambda case: case["id"])
def test_recursive_chunkers_agree_with_their_vectors(api, case):
    assert repr(outcome(lambda: chunking.rows(api, case["given"]))) == repr(case["expect"])


def test_documents_carry_their_metadata_and_where_they_start(api):
    chunker = api.RecursiveChunker(10, 0)
    metadata = {"source": ["a"]}
    documents = chunker.create_documents(["one two three", "four"], [metadata, {}])
    assert documents == [
        ChunkDocument("one two", {"source": ["a"], "start_index": 0}),
        ChunkDocument("three", {"source": ["a"], "start_index": 8}),
        ChunkDocument("four", {"start_index": 0}),
    ]
    assert documents[0].metadata["source"] is not metadata["source"]  # a copy: chunks do not share what can change
    assert documents[0].text == documents[0].page_content
    assert chunker.split_documents([{"text": "four", "metadata": {"a": 1}}, *documents[:1]]) == [
        ChunkDocument("four", {"a": 1, "start_index": 0}),
        ChunkDocument("one two", {"source": ["a"], "start_index": 0}),
    ]
    splitter = api.RecursiveCharacterTextSplitter(chunk_size=10, chunk_overlap=0)
    assert splitter.create_documents(["four"]) == [ChunkDocument("four", {})]
    assert create_documents(splitter, ["four"]) == splitter.create_documents(["four"])


def test_documents_refuse_what_is_none(api):
    chunker = api.RecursiveChunker(10, 0)
    with pytest.raises(paritas.errors.ParitasError, match="1 of 2") as caught:
        chunker.create_documents(["a", "b"], [{}])
    assert caught.value.code == "length_mismatch"
    for call in (lambda: chunker.create_documents("a"), lambda: chunker.split_documents([1])):
        with pytest.raises(paritas.errors.ParitasTypeError):
            call()


def test_wrong_types_are_refused(api):
    for options in ({"separators": "ab"}, {"keep_separator": 1}, {"strip": 1}, {"length": 5}, {"chunk_size": 1.5}):
        with pytest.raises(paritas.errors.ParitasTypeError):
            api.RecursiveChunker(**options)
