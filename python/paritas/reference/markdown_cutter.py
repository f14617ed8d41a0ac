"""How Markdown is cut: whole sections first, then blocks, then pieces of blocks."""

from __future__ import annotations

from dataclasses import replace

from paritas.reference.chunk import Cut
from paritas.reference.graphemes import trimmed
from paritas.reference.markdown_blocks import markdown_blocks
from paritas.reference.pack import LINE, PARAGRAPH, SECTION, SENTENCE, WORD, PackOptions, Unit, pack, units_of
from paritas.reference.sizer import Meter

MOST_OF_TITLE = 256  # code points: every chunk carries its titles
CODE = ("code", "indented")


class _Section:
    def __init__(self, first: int, level: int) -> None:
        self.first = first  # block
        self.end = first  # one past its last block
        self.level = level
        self.inner: list[_Section] = []


class MarkdownCutter:
    """Cuts one Markdown text, or parts of it."""

    def __init__(self, meter: Meter, headings: int, keep_code: bool, keep_tables: bool, strip: bool) -> None:
        self.meter = meter
        self.text = meter.text
        self.headings = headings
        self.keep_code, self.keep_tables, self.strip = keep_code, keep_tables, strip
        self.blocks = markdown_blocks(self.text)
        self.above: list[list[int]] = []  # of each block: the headings it stands under, itself with a heading
        path: list[int] = []
        for i, block in enumerate(self.blocks):
            if block.kind == "heading":
                path = [*(j for j in path if self.blocks[j].level < block.level), i]
            self.above.append(path)
        self.start = self.end = 0  # of the part that is cut
        self.first = self.last = 0  # its blocks
        self.options = PackOptions(1)
        self.cuts: list[Cut] = []

    def has_headings(self) -> bool:
        return any(block.kind == "heading" for block in self.blocks)

    def cut(self, start: int, end: int, chunk_size: int, overlap: int) -> list[Cut]:
        """The chunks of a part of the text, but for their kinds and headings."""
        self.cuts = []
        if not self.blocks or start == end:
            return []
        self.start, self.end = start, end
        self.options = PackOptions(chunk_size, overlap, strip=self.strip, refiner=self._refine)
        self.first, self.last = self._block_at(start), self._block_at(end - 1) + 1
        if self._fits(start, end):
            self._put(start, end, self.first)
        else:
            self._section(self._sections(), start)
        return self.cuts

    def _block_at(self, offset: int) -> int:
        return max(i for i, block in enumerate(self.blocks) if block.start <= offset)

    def _start_of(self, block: int) -> int:
        return self.end if block == self.last else max(self.blocks[block].start, self.start)

    def _fits(self, start: int, end: int) -> bool:
        if self.strip:
            start, end = trimmed(self.text, start, end)
        return start == end or self.meter.length(start, end) <= self.options.chunk_size

    def _sections(self) -> _Section:
        root = _Section(self.first, 0)
        path = [root]
        for i in range(self.first, self.last):
            block = self.blocks[i]
            # Only a heading's first line makes a section, not the rest of one that was cut in two.
            if not 0 < block.level <= self.headings or block.start < self.start:
                continue
            while path[-1].level >= block.level:
                path.pop().end = i
            section = _Section(i, block.level)
            path[-1].inner.append(section)
            path.append(section)
        for section in path:
            section.end = self.last
        return root

    def _section(self, section: _Section, start: int) -> None:
        """A section that is too long for one chunk, from `start` on: its heading, or those of the sections that hold it
        and have nothing between."""
        inner = section.inner
        body_end = inner[0].first if inner else section.end
        own = self.blocks[section.first : body_end]
        if not inner or any(block.kind != "heading" for block in own):
            self._body(start, self._start_of(body_end), section.first, body_end)
            start = self._start_of(body_end)
        while inner:
            count = self._siblings(inner, start)
            behind = inner[count - 1].end if count else inner[0].end
            if count:
                self._put(start, self._start_of(behind), inner[0].first)
            else:
                self._section(inner[0], start)
            start = self._start_of(behind)
            inner = inner[max(count, 1) :]

    def _siblings(self, inner: list[_Section], start: int) -> int:
        """How many whole sections fit into one chunk: by steps that double, and then by halves."""

        def fit(count: int) -> bool:
            return self._fits(start, self._start_of(inner[count - 1].end))

        low, high, step = 0, 0, 1
        while not high and low < len(inner):
            count = min(low + step, len(inner))
            if fit(count):
                low = count
            else:
                high = count
            step *= 2
        while high - low > 1:
            middle = low + (high - low) // 2
            if fit(middle):
                low = middle
            else:
                high = middle
        return low

    def _put(self, start: int, end: int, block: int) -> None:
        self.cuts += pack(self.meter, [Unit(start, end, SECTION, tag=block)], replace(self.options, overlap=0))

    def _body(self, start: int, end: int, first: int, behind: int) -> None:
        """The blocks of a section without those it holds. A heading is one unit with the block behind it."""
        units: list[Unit] = []
        after_heading = start < self._start_of(first)  # headings of the sections around it are its own
        for i in range(first, behind):
            heading = self.blocks[i].kind == "heading"
            stop = end if i + 1 == behind else self._start_of(i + 1)
            if after_heading and units:
                units[-1] = units[-1]._replace(end=stop, tag=i)
            else:
                level = SECTION if heading or after_heading else PARAGRAPH
                at = self._start_of(i) if units else start
                units.append(Unit(at, stop, level, SECTION if heading else PARAGRAPH, tag=i))
            after_heading = heading
        self.cuts += pack(self.meter, units, self.options)

    def _pieces(self, block: int, start: int, end: int, level: int) -> list[Unit]:
        """A part of a block as pieces of a level; none where there are no such."""
        kind = self.blocks[block].kind
        units: list[Unit] = []
        if level == WORD:
            units = units_of(self.text, start, end, WORD)
        elif kind in CODE and level == LINE:
            units = code_pieces(self.text, start, end)
        elif kind in (*CODE, "table"):
            units = units_of(self.text, start, end, LINE) if level == SENTENCE else []
        else:
            units = units_of(self.text, start, end, level)
        return [unit._replace(level=level, hard=level == WORD, tag=block) for unit in units]

    def _refine(self, text: str, unit: Unit) -> list[Unit]:
        content = max(self.blocks[unit.tag].start, self.start)
        if unit.start < content:
            return self._glued(unit, content)
        if self.blocks[unit.tag].kind in (*CODE, "table"):
            for level in (LINE, SENTENCE):
                if unit.level < level:
                    units = self._pieces(unit.tag, unit.start, unit.end, level)
                    if len(units) > 1:
                        return units
        return []

    def _glued(self, unit: Unit, content: int) -> list[Unit]:
        """Headings and the block behind them, too long together: they keep a first piece of it that fits with them."""
        kind = self.blocks[unit.tag].kind
        whole = self.keep_tables if kind == "table" else kind in CODE and self.keep_code
        if not (whole and self._fits(content, unit.end)):
            for level in (LINE, SENTENCE, WORD):
                units = self._pieces(unit.tag, content, unit.end, level)
                if len(units) > 1 and self._fits(unit.start, units[0].end):
                    return [units[0]._replace(start=unit.start), *units[1:]]
        return [
            unit._replace(end=content, level=PARAGRAPH, tag=unit.tag - 1),
            unit._replace(start=content, level=PARAGRAPH, begins=PARAGRAPH),
        ]

    def label(self, cuts: list[Cut]) -> None:
        """Fills kinds and headings."""
        for cut in cuts:
            at = self._block_at(cut.start)
            covered = [block for block in self.blocks[at:] if block.start < cut.end]
            kinds = {"code" if block.kind in CODE else block.kind for block in covered}
            inner = kinds - {"heading"}
            if not inner:
                cut.kind = "heading"
            elif inner == {"code"}:
                cut.kind = "code"
            elif inner == {"table"}:
                cut.kind = "table"
            path = self.above[at]
            block = self.blocks[at]
            # A title is above a chunk that starts behind its first character.
            if block.kind == "heading" and cut.start <= trimmed(self.text, block.start, block.end)[0]:
                path = path[:-1]
            titles = [self.blocks[i].title[:MOST_OF_TITLE] for i in path]
            cut.headings = [title for title in titles if title != ""]


def code_pieces(text: str, start: int, end: int) -> list[Unit]:
    """A part of a fence or of indented code, cut at blank lines before lines of its least indentation. Lines that begin
    with a run of ` or ~ have no indentation."""
    lines = units_of(text, start, end, LINE)
    indents = [_indent(text[line.start : line.end]) for line in lines]
    known = [indent for indent in indents if indent >= 0]
    starts = [start]
    for i in range(1, len(lines)):
        if indents[i - 1] == BLANK and indents[i] >= 0 and indents[i] == min(known):
            starts.append(lines[i].start)
    return [Unit(at, stop, LINE, PARAGRAPH) for at, stop in zip(starts, [*starts[1:], end], strict=True)]


BLANK, FENCE = -1, -2


def _indent(line: str) -> int:
    """In columns; a tab goes to the next multiple of 4. BLANK or FENCE for such a line."""
    rest = line.lstrip(" \t")
    if rest.lstrip("\r") in ("", "\n"):
        return BLANK
    if rest[0] in "`~":
        return FENCE
    indent = 0
    for ch in line[: len(line) - len(rest)]:
        indent += 1 if ch == " " else 4 - indent % 4
    return indent
