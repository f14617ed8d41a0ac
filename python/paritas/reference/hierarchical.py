"""Chunks of chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.chunk import Chunker, Cut, chunk_sizes
from paritas.reference.convert import real, whole
from paritas.reference.markdown_cutter import MarkdownCutter
from paritas.reference.packed_chunkers import Length
from paritas.reference.recursive import RecursiveChunker
from paritas.reference.sizer import Meter, Sizer


def _items(numbers: Any) -> list[Any]:
    if isinstance(numbers, str | bytes) or not hasattr(numbers, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"a sequence of numbers is needed, not {type(numbers).__name__}")
    return list(numbers)


class HierarchicalChunker(Chunker):
    """Chunks of chunks: each chunk of a level is cut again for the next one.

    A text with headings is cut as the Markdown chunker does, another one as the recursive chunker. A chunk stands
    before its children, and these before the next chunk of its level; they lie within it and cover it but for
    white space.

    sizes:    of each level, from 1 to 16 of them, falling strictly, in the unit of `length`
    overlaps: one for each size, or a share of it in (0, 1)
    length:   "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
    Errors:   `invalid_argument`
    """

    def __init__(
        self,
        sizes: Sequence[int] = (2048, 512),
        overlaps: Sequence[float] = (200, 50),
        *,
        length: Length = "chars",
    ) -> None:
        levels, shares = [whole(size) for size in _items(sizes)], [real(overlap) for overlap in _items(overlaps)]
        self._sizer = Sizer(length)
        if not 1 <= len(levels) <= 16:
            raise ParitasError("invalid_argument", f"sizes must have from 1 to 16 levels, not {len(levels)}")
        if len(levels) != len(shares):
            message = f"overlaps must have one for each of the {len(levels)} sizes, not {len(shares)}"
            raise ParitasError("invalid_argument", message)
        self._sizes = []
        for i, (size, share) in enumerate(zip(levels, shares, strict=True)):
            self._sizes.append(chunk_sizes(size, share))
            if i > 0 and size >= levels[i - 1]:
                message = f"sizes must fall from level to level, not from {levels[i - 1]} to {size}"
                raise ParitasError("invalid_argument", message)
        self._recursive = [
            RecursiveChunker(size, share, length=length) for size, share in zip(levels, shares, strict=True)
        ]

    def _cut(self, text: str) -> list[Cut]:
        markdown = MarkdownCutter(Meter(text, self._sizer), 6, True, True, True)
        with_headings = markdown.has_headings()
        cuts: list[Cut] = []

        def level(start: int, end: int, depth: int, parent: int | None) -> None:
            if with_headings:
                parts = markdown.cut(start, end, *self._sizes[depth])
            else:
                parts = self._recursive[depth]._cut(text[start:end])
                for part in parts:
                    part.start += start
                    part.end += start
            for part in parts:
                index = len(cuts)
                part.level, part.parent = depth, parent
                if parent is not None:
                    cuts[parent].children.append(index)
                cuts.append(part)
                if depth + 1 < len(self._sizes):
                    level(part.start, part.end, depth + 1, index)

        level(0, len(text), 0, None)
        if with_headings:
            markdown.label(cuts)
        return cuts
