"""What chunkers return, the same classes whichever backend computes."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple


class Chunk(NamedTuple):
    """A piece of a text for an index: text[chunk.start:chunk.end]."""

    index: int  # type: ignore[assignment]
    start: int
    end: int
    text: str
    length: int  # in the unit of the chunker
    token_count: int | None  # the same, where the unit is tokens
    kind: Literal["text", "code", "table", "heading"]
    level: int  # of a hierarchy; 0 is the coarsest
    headings: list[str]  # titles above it, the outermost first
    parent: int | None  # index of the chunk that it is a part of
    children: list[int]
    overlap_prev: int  # code points shared with the chunk before
    start_line: int  # from 1
    end_line: int  # of its last character
    split: Literal["clean", "hard"]  # hard: it holds a piece of what could only be cut at words or finer
    contextual_text: str | None = None  # its headings and its text, where they were asked for


class ChunkDocument(NamedTuple):
    """A chunk as the document that frameworks know."""

    page_content: str
    metadata: dict[str, Any]

    @property
    def text(self) -> str:
        """The same as page_content."""
        return self.page_content


class ChunkInfo(NamedTuple):
    """A chunk of whole lines: text[start_offset:end_offset]."""

    text: str
    start_line: int  # from 1
    end_line: int  # of its last character
    start_offset: int
    end_offset: int
    overlap_prev: int  # code points shared with the chunk before
    chunk_index: int


class SourceChunk(NamedTuple):
    """A chunk with the name of its source, for an index."""

    chunk_id: str  # of the source, the index and the text
    source_id: str
    chunk_index: int
    total_chunks: int
    text: str
    start_offset: int
    end_offset: int
    start_line: int
    end_line: int
    headings: list[str]
    custom: dict[str, Any]
