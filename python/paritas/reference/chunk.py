"""What all chunkers share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from paritas.errors import ParitasError
from paritas.reference.convert import real, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.sizer import Sizer
from paritas.results_chunk import Chunk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class Cut:
    """A chunk before it is described: a slice of the text and what its chunker knows of it."""

    start: int
    end: int
    length: int
    hard: bool = False
    kind: Literal["text", "code", "table", "heading"] = "text"
    level: int = 0
    parent: int | None = None
    children: list[int] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    contextual_text: str | None = None
    tag: int = 0  # of its first unit


def _shown(number: float) -> str:
    return (
        str(int(number)) if math.isfinite(number) and number == int(number) and abs(number) <= 2**53 else repr(number)
    )


def chunk_sizes(chunk_size: int, overlap: float, may_equal: bool = False) -> tuple[int, int]:
    """The size and the overlap, which may be a share of it in (0, 1)."""
    chunk_size, overlap = whole(chunk_size), real(overlap)
    if chunk_size < 1:
        raise ParitasError("invalid_argument", f"chunk_size must be at least 1, not {chunk_size}")
    if not overlap >= 0:
        raise ParitasError("invalid_argument", f"overlap must be at least 0, not {_shown(overlap)}")
    size = float(min(chunk_size, 2**53))
    if 0 < overlap < 1:
        overlap = float(math.floor(overlap * size))
    if overlap > size or (overlap == size and not may_equal):
        how = "at most" if may_equal else "below"
        message = f"overlap must be {how} chunk_size, not {_shown(overlap)} of {chunk_size}"
        raise ParitasError("invalid_argument", message)
    if overlap != int(overlap):
        message = f"overlap must be a whole number, or a share of chunk_size between 0 and 1, not {_shown(overlap)}"
        raise ParitasError("invalid_argument", message)
    return chunk_size, int(overlap)


def describe(source: str, cuts: list[Cut], unit: str) -> list[Chunk]:
    """The records of chunks of one text."""
    ends: dict[int, int] = {}  # of the last chunk of each level
    chunks = []
    for index, cut in enumerate(cuts):
        overlap = max(0, min(ends.get(cut.level, 0), cut.end) - cut.start)
        ends[cut.level] = cut.end
        chunks.append(
            Chunk(
                index=index,
                start=cut.start,
                end=cut.end,
                text=source[cut.start : cut.end],
                length=cut.length,
                token_count=cut.length if unit == "tokens" else None,
                kind=cut.kind,
                level=cut.level,
                headings=cut.headings,
                parent=cut.parent,
                children=cut.children,
                overlap_prev=overlap,
                start_line=1 + source.count("\n", 0, cut.start),
                end_line=1 + source.count("\n", 0, max(cut.start + 1, cut.end) - 1),
                split="hard" if cut.hard else "clean",
                contextual_text=cut.contextual_text,
            )
        )
    return chunks


class Chunker:
    """What cuts texts into chunks; each kind says where."""

    _sizer: Sizer

    def _cut(self, text: str) -> list[Cut]:
        """The chunks of a text without lone surrogates."""
        raise NotImplementedError

    def chunk(self, text: str) -> list[Chunk]:
        """The chunks of a text in order, as list[Chunk]; none of a blank one.

        Errors: `bad_counter` for a function as length that says a negative number; what it raises passes as it is.
        """
        return describe(text, self._cut(as_text(text)), self._sizer.unit)

    def __call__(self, text: str) -> list[Chunk]:
        """The same as chunk()."""
        return self.chunk(text)

    def split_text(self, text: str) -> list[str]:
        """Only the texts of the chunks."""
        return [text[cut.start : cut.end] for cut in self._cut(as_text(text))]

    def spans(self, text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Only where the chunks are: two uint32 arrays of code points, starts and ends.

        Errors: `unsupported` without NumPy.
        """
        cuts = self._cut(as_text(text))
        numpy: Any
        try:
            import numpy
        except ImportError:
            raise ParitasError("unsupported", "this function returns NumPy arrays: pip install numpy") from None
        return (
            numpy.array([cut.start for cut in cuts], dtype=numpy.uint32),
            numpy.array([cut.end for cut in cuts], dtype=numpy.uint32),
        )

    def chunk_batch(self, texts: Iterable[str], threads: int = 0) -> list[list[Chunk]]:
        """chunk() of each text, on as many threads; 0 means all cores, and a function as length one."""
        if whole(threads) < 0:
            raise ParitasError("invalid_argument", "threads must be at least 0")
        items = texts if isinstance(texts, str | bytes) else list(texts) if hasattr(texts, "__iter__") else texts
        as_texts(items)
        return [self.chunk(text) for text in items]
