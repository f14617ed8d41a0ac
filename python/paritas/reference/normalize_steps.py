"""The steps of normalize_text, one character at a time."""

from __future__ import annotations

from typing import NamedTuple

from paritas.reference.code_regions import FenceTracker
from paritas.reference.unicode import _composed, _composite, _decomposed, _in_order, category, combining
from paritas.reference.white_space import WHITE_SPACE
from paritas.results_normalize import NormalizeOptions, TextEdit

MAX_MARKS = 30  # of one starter, as UAX 15 has it in its Stream-Safe Text Format
GRAPHEME_JOINER = "\u034f"  # what divides more of them
LINE_ENDS = "\n\r\x85\u2028\u2029"
ZERO_WIDTH = frozenset(
    "\xad\u200b\u200e\u200f\u2060\ufeff" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
)
QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
}
DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")


class Piece(NamedTuple):
    """A character on its way, and the part of the source it was made of; same: it is that part, unchanged."""

    ch: str
    start: int
    end: int
    same: bool


class Steps:
    """The steps in their order; each hands on to the next what it does not hold back."""

    def __init__(self, options: NormalizeOptions) -> None:
        self.options = options
        self.out: list[Piece] = []
        self.started = False  # something was written
        self.at = 0  # of the next character of the source
        self.cr = -1  # where the CR stands that was read last, if it is to become a line feed
        # Normal form: a starter and the marks behind it, decomposed, what they were read as, and their places.
        self.group = ""
        self.marks = 0
        self.read: list[Piece] = []
        self.fences = FenceTracker()
        self.code_cr: Piece | None = None  # a CR behind a fence that closes if a LF follows
        self.run: list[Piece] = []  # white space
        self.run_breaks = False  # it follows a fence
        self.ticks: list[Piece] = []  # up to two characters behind a line feed that may be a fence's first

    # newlines

    def feed(self, text: str) -> None:
        for ch in text:
            self._newline(ch)
            self.at += 1

    def _newline(self, ch: str) -> None:
        start = self.at
        if self.cr >= 0:
            start, self.cr = self.cr, -1
            if ch == "\n":
                return self._clean(Piece("\n", start, self.at + 1, False))
            self._clean(Piece("\n", start, self.at, False))
        if self.options.newlines == "lf":
            if ch == "\r":
                self.cr = self.at
                return None
            if ch in "\x85\u2028\u2029":
                return self._clean(Piece("\n", self.at, self.at + 1, False))
        return self._clean(Piece(ch, self.at, self.at + 1, True))

    # controls and zero_width

    def _clean(self, piece: Piece) -> None:
        controls = self.options.controls
        if controls != "keep" and category(piece.ch) == "Cc" and piece.ch not in "\t\n\r\x85":
            if controls == "remove":
                return
            piece = piece._replace(ch=" ", same=False)
        if self.options.zero_width == "remove" and piece.ch in ZERO_WIDTH:
            return
        if self.options.form == "none":
            self._code(piece)
        else:
            self._form(piece)

    # form

    def _form(self, piece: Piece) -> None:
        parts = _decomposed(piece.ch, self.options.form == "NFKC")
        leading = next((i for i, part in enumerate(parts) if combining(part) == 0), len(parts))
        if self.marks + leading > MAX_MARKS:
            self._end_group()
            self.group = GRAPHEME_JOINER
            self.read = [Piece("", piece.start, piece.start, False)]
        for part in parts:
            if combining(part) != 0:
                self.marks += 1
                self.group += part
            else:
                group = _composed(_in_order(self.group))
                composite = _composite(group, part) if len(group) == 1 and combining(group) == 0 else None
                if composite:
                    self.group = composite
                else:
                    self._end_group()
                    self.group = part
                self.marks = 0
            if not self.read or self.read[-1] is not piece:
                self.read.append(piece)

    def _end_group(self) -> None:
        group, read = _composed(_in_order(self.group)), self.read
        self.group, self.marks, self.read = "", 0, []
        if group == "".join(piece.ch for piece in read):
            for piece in read:
                self._code(piece)
            return
        # What was removed between them is a change of its own.
        for ch in group:
            self._code(Piece(ch, read[0].start, read[-1].end, False))

    # Fenced code is done here; fences are those of the result.

    def _code(self, piece: Piece) -> None:
        if self.code_cr is not None:
            cr, self.code_cr = self.code_cr, None
            if piece.ch == "\n":
                self._white(cr)
                return self._white(piece)
            self._write(cr)
        if self.fences.open and not self.run:
            if not self._closing() or piece.ch not in "\r\n":
                return self._write(piece)
            if piece.ch == "\r":
                self.code_cr = piece
                return None
        return self._characters(piece)

    def _opening(self) -> bool:
        fences = self.fences
        return not fences.open and (fences.place == "info" or (fences.place == "run" and len(fences.run) >= 3))

    def _closing(self) -> bool:
        fences = self.fences
        return fences.open and fences.place in ("run", "tail") and len(fences.run) >= len(fences.fence)

    # spaces, quotes, dashes, ellipsis

    def _characters(self, piece: Piece) -> None:
        ch, options = piece.ch, self.options
        if options.spaces == "ascii" and category(ch) == "Zs":
            ch = " "
        if options.quotes == "straight":
            ch = QUOTES.get(ch, ch)
        if options.dashes == "ascii":
            ch = DASHES.get(ch, ch)
        if options.ellipsis == "dots" and ch == "…":
            ch = "..."
        if ch != piece.ch:
            for one in ch:
                self._collapse(piece._replace(ch=one, same=False))
        else:
            self._collapse(piece)

    # collapse and trim

    def _collapse(self, piece: Piece) -> None:
        if piece.ch in WHITE_SPACE:
            self._end_ticks()
            return self._white(piece)
        if self.ticks and piece.ch != self.ticks[0].ch:
            self._end_ticks()
        if self.ticks or self._may_open(piece.ch):
            self.ticks.append(piece)
            if len(self.ticks) == 3:
                ticks, self.ticks = self.ticks, []
                self._end_run(breaks=True)
                for tick in ticks:
                    self._write(tick)
            return None
        self._end_run()
        return self._write(piece)

    def _may_open(self, ch: str) -> bool:
        """In a text that becomes one line, a line feed before a fence stays."""
        if self.options.collapse != "all" or not self.options.respect_code or self.run_breaks or ch not in "`~":
            return False
        run = "".join(piece.ch for piece in self.run)
        last = run.rfind("\n")
        indent = run[last + 1 :]
        return last >= 0 and len(indent) <= 3 and indent.strip(" ") == ""

    def _end_ticks(self) -> None:
        if self.ticks:
            ticks, self.ticks = self.ticks, []
            self._end_run()
            for tick in ticks:
                self._write(tick)

    def _white(self, piece: Piece) -> None:
        if not self.run:
            self.run_breaks = self._closing()
        self.run.append(piece)
        if piece.ch == "\n" and self._opening():
            self._end_run(breaks=True)  # what follows is code

    def _end_run(self, breaks: bool = False, last: bool = False) -> None:
        run, self.run = self.run, []
        if not run or (self.options.trim and (last or not self.started)):
            return
        collapse = self.options.collapse
        if collapse == "all":
            ch = "\n" if breaks or self.run_breaks else " "
            same = len(run) == 1 and run[0].same and run[0].ch == ch
            return self._write(Piece(ch, run[0].start, run[-1].end, same))
        if collapse in ("spaces", "lines"):
            run = _collapsed(run)
        if collapse == "lines":
            run = _fewer_lines(run, self.options.max_blank_lines, self.started, last)
        for piece in run:
            self._write(piece)
        return None

    def _write(self, piece: Piece) -> None:
        self.started = True
        self.out.append(piece)
        if self.options.respect_code:
            self.fences.feed(piece.ch)

    def finish(self) -> None:
        if self.cr >= 0:
            cr, self.cr = self.cr, -1
            self._clean(Piece("\n", cr, self.at, False))
        if self.group:
            self._end_group()
        if self.code_cr is not None:
            self._white(self.code_cr)
            self.code_cr = None
        self._end_ticks()
        self._end_run(last=True)

    def taken(self) -> str:
        out, self.out = self.out, []
        return "".join(piece.ch for piece in out)


def _collapsed(run: list[Piece]) -> list[Piece]:
    """Each run of spaces and tabs as one space."""
    out: list[Piece] = []
    inside = False
    for piece in run:
        if piece.ch not in " \t":
            out.append(piece)
        elif not inside:
            out.append(piece._replace(ch=" ", same=piece.same and piece.ch == " "))
        inside = piece.ch in " \t"
    return out


def _fewer_lines(run: list[Piece], most: int, started: bool, last: bool) -> list[Piece]:
    """Without spaces at line ends, and with at most that many blank lines."""
    out: list[Piece] = []
    ends = 0  # line ends in a row
    written = started  # something stands on the line before the first of them
    before = ""
    for piece in run:
        if piece.ch in LINE_ENDS:
            if out and out[-1].ch == " ":
                out.pop()
            if not (piece.ch == "\n" and before == "\r"):  # CRLF ends one line
                ends += 1
            if ends <= most + (1 if written else 0):
                out.append(piece)
        else:
            out.append(piece)
            if piece.ch != " ":
                ends, written = 0, True
        before = piece.ch
    if last and out and out[-1].ch == " ":
        out.pop()
    return out


def edits_of(pieces: list[Piece], source_length: int) -> list[TextEdit]:
    """Where the pieces are not the source, in order: what was left out, and each change by itself."""
    edits: list[TextEdit] = []
    covered = 0
    for at, piece in enumerate(pieces):
        if piece.start < covered:  # one more character of the same change
            covered = max(covered, piece.end)
            edits[-1] = edits[-1]._replace(end=at + 1, source_end=covered)
            continue
        if piece.start > covered:
            edits.append(TextEdit(at, at, covered, piece.start))
        if not piece.same:
            edits.append(TextEdit(at, at + 1, piece.start, piece.end))
        covered = piece.end
    if covered < source_length:
        edits.append(TextEdit(len(pieces), len(pieces), covered, source_length))
    return edits
