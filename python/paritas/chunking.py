"""Chunks by published names, and what is done with lists of chunks: the same on both backends."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

from paritas._backend import api
from paritas.errors import ParitasError, ParitasTypeError
from paritas.results_chunk import Chunk, SourceChunk

CHUNKERS = (
    "recursive",
    "character",
    "sentence",
    "paragraph",
    "token",
    "semantic",
    "markdown",
    "code",
    "hierarchical",
)


def get_chunker(name: str, **options: Any) -> Any:
    """The chunker of a name: recursive, character, sentence, paragraph, token, semantic, markdown, code, hierarchical.

    options: as its class takes them
    Errors:  `invalid_argument` for another name
    """
    if not isinstance(name, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(name).__name__}")
    if name not in CHUNKERS:
        raise ParitasError("invalid_argument", f"name must be one of {', '.join(CHUNKERS)}, not {name}")
    made = "FixedChunker" if name == "character" else f"{name.capitalize()}Chunker"
    return getattr(api, made)(**options)


def chunk_by_sentences(text: str, chunk_size: int = 1344, overlap: float = 128) -> list[str]:
    """The texts of SentenceChunker's chunks."""
    return list(api.SentenceChunker(chunk_size, overlap).split_text(text))


def chunk_by_chars(text: str, chunk_size: int = 1344, overlap: float = 128) -> list[str]:
    """The texts of FixedChunker's chunks."""
    return list(api.FixedChunker(chunk_size, overlap).split_text(text))


def chunk_by_paragraphs(text: str, chunk_size: int = 1344, overlap: float = 128) -> list[str]:
    """The texts of ParagraphChunker's chunks."""
    return list(api.ParagraphChunker(chunk_size, overlap).split_text(text))


def create_chunks(text: str, source_id: str, custom: dict[str, Any] | None = None) -> list[SourceChunk]:
    """The chunks of a source for an index: of Markdown, of code, or of sentences, by the type of its name.

    source_id: the name of the source; detect_doc_type says what it is
    custom:    what each chunk carries, a copy of its own
    """
    kind = api.detect_doc_type(source_id)
    if kind == "markdown":
        chunker = api.MarkdownChunker()
    elif kind == "code":
        chunker = code_chunker_of(source_id)
    else:
        chunker = api.SentenceChunker()
    chunks = chunker.chunk(text)
    return [
        SourceChunk(
            api.chunk_id(source_id, chunk.index, chunk.text),
            source_id,
            chunk.index,
            len(chunks),
            chunk.text,
            chunk.start,
            chunk.end,
            chunk.start_line,
            chunk.end_line,
            list(chunk.headings),
            dict(custom or {}),
        )
        for chunk in chunks
    ]


def code_chunker_of(path: str, **options: Any) -> Any:
    """A CodeChunker for the language of a file by its ending; for any where it is not known, as that of a Makefile."""
    ending = path.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")[2]
    known = ending != "" and api.detect_doc_type(f"a.{ending}") == "code"
    return api.CodeChunker(ending if known else None, **options)


def _at(chunks: Sequence[Chunk], index: int) -> Chunk:
    at = operator.index(index)
    if not 0 <= at < len(chunks):
        raise ParitasError("invalid_argument", f"index must be below {len(chunks)} and at least 0, not {at}")
    return chunks[at]


def expand_to_parent(chunks: Sequence[Chunk], index: int) -> Chunk:
    """The chunk that the one at `index` is a part of; itself on the coarsest level.

    Errors: `invalid_argument` for an index that no chunk has
    """
    chunk = _at(chunks, index)
    return chunk if chunk.parent is None else _at(chunks, chunk.parent)


def context_window(chunks: Sequence[Chunk], index: int, before: int = 1, after: int = 1) -> tuple[int, int]:
    """Start and end of the text from `before` chunks before the one at `index` on its level to `after` chunks after it.

    Errors: `invalid_argument` for an index that no chunk has, and for before or after below 0
    """
    chunk = _at(chunks, index)
    for name, number in (("before", before), ("after", after)):
        if operator.index(number) < 0:
            raise ParitasError("invalid_argument", f"{name} must be at least 0, not {number}")
    level = [other for other in chunks if other.level == chunk.level]
    place = level.index(chunk)
    shown = level[max(0, place - before) : place + after + 1]
    return min(other.start for other in shown), max(other.end for other in shown)
