"""Markdown, cut at its sections and blocks."""

from __future__ import annotations

from paritas.errors import ParitasError
from paritas.reference.chunk import Chunker, Cut, chunk_sizes
from paritas.reference.convert import flag, whole
from paritas.reference.markdown_cutter import MarkdownCutter
from paritas.reference.packed_chunkers import Length
from paritas.reference.sizer import Meter, Sizer


class MarkdownChunker(Chunker):
    """Sections of Markdown, as many whole ones as fit; one over the size is cut between its blocks.

    A section is a heading and what follows up to the next heading of its level or a higher one. Sections share a chunk
    only when all of them are whole and stand under one heading. Blocks are headings, fences, indented code, tables,
    list items, quotes, front matter, HTML and paragraphs; one over the size is cut at lines, sentences, words, code at
    blank lines before its least indentation and at lines, a table between rows. A heading goes with the first text of
    its section, as long as one word of it fits.

    chunk_size:       at least 1, in the unit of `length`
    overlap:          from 0 to below chunk_size, or a share of it in (0, 1): whole blocks of the last chunk
    length:           "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
    headings:         0 to 6: the levels that make sections
    include_headings: gives each chunk a contextual_text: the titles it stands under, and its text
    keep_code:        code that fits into a chunk is never cut, though its heading may then stand alone
    keep_tables:      the same of tables
    Errors:           `invalid_argument`

    A chunk's kind is "code" or "table" when it has nothing else but headings, "heading" when it has only these. Its
    headings are the titles above its start, without markup, cut after 256 code points.
    """

    def __init__(
        self,
        chunk_size: int = 1344,
        overlap: float = 0,
        *,
        length: Length = "chars",
        headings: int = 6,
        include_headings: bool = False,
        keep_code: bool = True,
        keep_tables: bool = True,
        strip: bool = True,
    ) -> None:
        self._sizer = Sizer(length)
        self._headings, self._include = whole(headings), flag(include_headings)
        self._keep_code, self._keep_tables, self._strip = flag(keep_code), flag(keep_tables), flag(strip)
        self._sizes = chunk_sizes(chunk_size, overlap)
        if not 0 <= self._headings <= 6:
            raise ParitasError("invalid_argument", f"headings must be from 0 to 6, not {self._headings}")

    def _cut(self, text: str) -> list[Cut]:
        cutter = MarkdownCutter(
            Meter(text, self._sizer), self._headings, self._keep_code, self._keep_tables, self._strip
        )
        cuts = cutter.cut(0, len(text), *self._sizes)
        cutter.label(cuts)
        if self._include:
            for cut in cuts:
                above = [" > ".join(cut.headings)] if cut.headings else []
                cut.contextual_text = "\n\n".join([*above, text[cut.start : cut.end]])
        return cuts
