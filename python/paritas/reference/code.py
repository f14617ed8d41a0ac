"""Code, cut at its top-level blocks."""

from __future__ import annotations

from paritas.reference.chunk import Chunker, Cut, chunk_sizes
from paritas.reference.code_blocks import BLOCK, code_cuts
from paritas.reference.code_blocks import LINE as LINE_CUT
from paritas.reference.code_blocks import PARAGRAPH as PARAGRAPH_CUT
from paritas.reference.code_languages import language_of
from paritas.reference.convert import flag
from paritas.reference.pack import LINE, PARAGRAPH, SECTION, SENTENCE, PackOptions, Unit, pack
from paritas.reference.packed_chunkers import Length
from paritas.reference.sizer import Meter, Sizer

BEGINS = {BLOCK: SECTION, PARAGRAPH_CUT: PARAGRAPH, LINE_CUT: LINE}


class CodeChunker(Chunker):
    """Top-level blocks of code, as many as fit; one over the size is cut at blank lines, lines, words.

    A block begins at a line of least indentation outside of brackets, behind a blank line or one that closes brackets;
    comments and decorators right above belong to it. Brackets in strings and comments do not count.

    language: its name or the ending of its files: "python", "py", ".py"; None for any
    Errors:   `invalid_argument` for sizes without meaning and an unknown language

    Other arguments are those of SentenceChunker.
    """

    def __init__(
        self,
        language: str | None = None,
        chunk_size: int = 1344,
        overlap: float = 0,
        *,
        length: Length = "chars",
        strip: bool = True,
    ) -> None:
        self._sizer = Sizer(length)
        strip = flag(strip)
        self._options = PackOptions(*chunk_sizes(chunk_size, overlap), strip=strip)
        self._language = language_of(language)

    def _cut(self, text: str) -> list[Cut]:
        lines = code_cuts(text, self._language)

        def parts(start: int, end: int, least: int, level: int) -> list[Unit]:
            units = [Unit(start, end, level, level)]
            for at, cut in lines:
                if start < at < end and cut >= least:
                    units[-1] = units[-1]._replace(end=at)
                    units.append(Unit(at, end, level, BEGINS[cut]))
            return units

        def refine(_: str, unit: Unit) -> list[Unit]:
            units: list[Unit] = []
            if unit.level == SECTION:
                units = parts(unit.start, unit.end, PARAGRAPH_CUT, PARAGRAPH)
            if len(units) < 2 and unit.level <= PARAGRAPH:
                # Behind lines come words: code has no sentences.
                units = parts(unit.start, unit.end, LINE_CUT, SENTENCE)
            return units

        self._options.refiner = refine
        if text == "":
            return []
        cuts = pack(Meter(text, self._sizer), parts(0, len(text), BLOCK, SECTION), self._options)
        for cut in cuts:
            cut.kind = "code"
        return cuts
