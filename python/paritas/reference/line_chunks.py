"""Lines of a text, chunks of whole lines, and names of chunks."""

from __future__ import annotations

from paritas.errors import ParitasError
from paritas.reference.chunk import chunk_sizes, describe
from paritas.reference.convert import text as as_text
from paritas.reference.convert import whole
from paritas.reference.pack import LINE, PackOptions, pack, units_of
from paritas.reference.sizer import Meter, Sizer
from paritas.reference.xxh3 import xxh3_128
from paritas.results_chunk import ChunkInfo


def chunk_with_overlap(text: str, chunk_size: int = 1344, overlap: float = 128) -> list[ChunkInfo]:
    """Whole lines, as many as fit, with their line ends: together they are the text, but for what they share.

    A line over the size is cut at sentences and words.

    chunk_size: at least 1, in code points
    overlap:    from 0 to below chunk_size, or a share of it in (0, 1): so much of the last chunk in whole lines
    Errors:     `invalid_argument`
    """
    words = as_text(text)
    size, shared = chunk_sizes(chunk_size, overlap)
    cuts = pack(Meter(words, Sizer("chars")), units_of(words, 0, len(words), LINE), PackOptions(size, shared, False))
    return [
        ChunkInfo(chunk.text, chunk.start_line, chunk.end_line, chunk.start, chunk.end, chunk.overlap_prev, chunk.index)
        for chunk in describe(text, cuts, "chars")
    ]


def find_line_boundaries(text: str) -> list[int]:
    """Where each line starts: 0, and behind each LF that is not the last character. None for an empty text."""
    text = as_text(text)
    behind = [at + 1 for at, ch in enumerate(text) if ch == "\n" and at + 1 < len(text)]
    return [0, *behind] if text else []


def line_at_offset(text: str, offset: int) -> int:
    """The line of an offset, from 1; one at the end of the text is on the last line.

    Errors: `invalid_argument` for an offset outside of the text
    """
    text, offset = as_text(text), whole(offset)
    if not 0 <= offset <= len(text):
        raise ParitasError("invalid_argument", f"offset must lie within the text, not at {offset}")
    return 1 + text.count("\n", 0, offset)


def chunk_id(source_id: str, index: int, text: str) -> str:
    """A name for a chunk that is the same everywhere: 16 hexadecimal digits of XXH3-128 of "source:index:text"."""
    named = f"{as_text(source_id)}:{whole(index)}:{as_text(text)}"
    return f"{xxh3_128(named.encode()) >> 64:016x}"
