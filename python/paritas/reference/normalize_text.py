"""normalize_text and TextNormalizer, as core/src/repair/normalize_text.cpp computes them: one character at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.code_regions import FenceTracker
from paritas.reference.convert import flag, texts, whole
from paritas.reference.convert import text as as_text
from paritas.reference.unicode import _composed, _composite, _decomposed, _in_order, category, combining
from paritas.reference.white_space import WHITE_SPACE
from paritas.results_normalize import NormalizeOptions, OffsetMap, TextEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from paritas.results_normalize import NormalizeChanges

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


def checked(options: Any, changes: dict[str, Any]) -> NormalizeOptions:
    """The options with these changes, each of its type and with a meaning."""
    if options is None:
        options = NormalizeOptions()
    if not isinstance(options, NormalizeOptions):
        needed = "a NormalizeOptions is needed"
        raise ParitasTypeError("invalid_argument", f"{needed}, not {type(options).__name__}")
    for name in changes:
        if name not in NormalizeOptions._fields:
            known = ", ".join(NormalizeOptions._fields)
            raise ParitasTypeError("invalid_argument", f"unknown option {name}; known: {known}")
    settled: NormalizeOptions = options._replace(**changes)
    hints = get_type_hints(NormalizeOptions)
    for name, value in settled._asdict().items():
        if hints[name] is bool:
            flag(value)
        elif hints[name] is int:
            if whole(value) < 0:
                raise ParitasError("invalid_argument", f"{name} must be at least 0")
        elif as_text(value) not in get_args(hints[name]):
            *first, last = get_args(hints[name])
            raise ParitasError("invalid_argument", f"{name} must be {', '.join(first)} or {last}")
    return settled


class _Piece(NamedTuple):
    """A character on its way, and the part of the source it was made of; same: it is that part, unchanged."""

    ch: str
    start: int
    end: int
    same: bool


class _Steps:
    """The steps in their order; each hands on to the next what it does not hold back."""

    def __init__(self, options: NormalizeOptions) -> None:
        self.options = options
        self.out: list[_Piece] = []
        self.started = False  # something was written
        self.at = 0  # of the next character of the source
        self.cr = -1  # where the CR stands that was read last, if it is to become a line feed
        # Normal form: a starter and the marks behind it, decomposed, what they were read as, and their places.
        self.group = ""
        self.marks = 0
        self.read: list[_Piece] = []
        self.fences = FenceTracker()
        self.code_cr: _Piece | None = None  # a CR behind a fence that closes if a LF follows
        self.run: list[_Piece] = []  # white space
        self.run_breaks = False  # it follows a fence
        self.ticks: list[_Piece] = []  # up to two characters behind a line feed that may be a fence's first

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
                return self._clean(_Piece("\n", start, self.at + 1, False))
            self._clean(_Piece("\n", start, self.at, False))
        if self.options.newlines == "lf":
            if ch == "\r":
                self.cr = self.at
                return None
            if ch in "\x85\u2028\u2029":
                return self._clean(_Piece("\n", self.at, self.at + 1, False))
        return self._clean(_Piece(ch, self.at, self.at + 1, True))

    # controls and zero_width

    def _clean(self, piece: _Piece) -> None:
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

    def _form(self, piece: _Piece) -> None:
        parts = _decomposed(piece.ch, self.options.form == "NFKC")
        leading = next((i for i, part in enumerate(parts) if combining(part) == 0), len(parts))
        if self.marks + leading > MAX_MARKS:
            self._end_group()
            self.group = GRAPHEME_JOINER
            self.read = [_Piece("", piece.start, piece.start, False)]
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
            self._code(_Piece(ch, read[0].start, read[-1].end, False))

    # Fenced code is done here; fences are those of the result.

    def _code(self, piece: _Piece) -> None:
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

    def _characters(self, piece: _Piece) -> None:
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

    def _collapse(self, piece: _Piece) -> None:
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

    def _white(self, piece: _Piece) -> None:
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
            return self._write(_Piece(ch, run[0].start, run[-1].end, same))
        if collapse in ("spaces", "lines"):
            run = _collapsed(run)
        if collapse == "lines":
            run = _fewer_lines(run, self.options.max_blank_lines, self.started, last)
        for piece in run:
            self._write(piece)
        return None

    def _write(self, piece: _Piece) -> None:
        self.started = True
        self.out.append(piece)
        if self.options.respect_code:
            self.fences.feed(piece.ch)

    def finish(self) -> None:
        if self.cr >= 0:
            cr, self.cr = self.cr, -1
            self._clean(_Piece("\n", cr, self.at, False))
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


def _collapsed(run: list[_Piece]) -> list[_Piece]:
    """Each run of spaces and tabs as one space."""
    out: list[_Piece] = []
    inside = False
    for piece in run:
        if piece.ch not in " \t":
            out.append(piece)
        elif not inside:
            out.append(piece._replace(ch=" ", same=piece.same and piece.ch == " "))
        inside = piece.ch in " \t"
    return out


def _fewer_lines(run: list[_Piece], most: int, started: bool, last: bool) -> list[_Piece]:
    """Without spaces at line ends, and with at most that many blank lines."""
    out: list[_Piece] = []
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


def _edits(pieces: list[_Piece], source_length: int) -> list[TextEdit]:
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


def _normalized(text: str, options: NormalizeOptions) -> tuple[str, list[_Piece]]:
    steps = _Steps(options)
    steps.feed(as_text(text))
    steps.finish()
    pieces = steps.out
    result = "".join(piece.ch for piece in pieces)
    return (text if result == text and type(text) is str else result), pieces


def normalize_text(text: str, options: NormalizeOptions | None = None, **changes: Unpack[NormalizeChanges]) -> str:
    """The text in one normal form: Unicode, line ends, white space, marks; what and how the options say.

    Fenced code keeps its white space and its quotes. Linear, and the result of a result is itself, for any options; a
    text that is normal already is returned as it is. A lone surrogate becomes U+FFFD.

    options: a NormalizeOptions; keyword arguments of its fields' names change single ones.
    Errors: invalid_argument for another word than those listed, max_blank_lines below 0
    """
    as_text(text)
    return _normalized(text, checked(options, dict(changes)))[0]


def normalize_text_mapped(
    text: str, options: NormalizeOptions | None = None, **changes: Unpack[NormalizeChanges]
) -> tuple[str, OffsetMap]:
    """normalize_text, and where each part of its result came from."""
    as_text(text)
    result, pieces = _normalized(text, checked(options, dict(changes)))
    return result, OffsetMap(_edits(pieces, len(text)), len(pieces), len(text))


def normalize_text_batch(
    texts: Sequence[str],
    options: NormalizeOptions | None = None,
    *,
    threads: int = 0,
    **changes: Unpack[NormalizeChanges],
) -> list[str]:
    """normalize_text of each text; threads (0: all cores) change nothing but the time."""
    items = list_of_texts(texts)
    settled = checked(options, dict(changes))
    count_of_threads(threads)
    return [_normalized(text, settled)[0] for text in items]


def normalize_text_mapped_batch(
    texts: Sequence[str],
    options: NormalizeOptions | None = None,
    *,
    threads: int = 0,
    **changes: Unpack[NormalizeChanges],
) -> list[tuple[str, OffsetMap]]:
    """normalize_text_mapped of each text."""
    items = list_of_texts(texts)
    settled = checked(options, dict(changes))
    count_of_threads(threads)
    return [normalize_text_mapped(text, settled) for text in items]


def list_of_texts(values: Any) -> list[str]:
    items = values if isinstance(values, str | bytes) or not hasattr(values, "__iter__") else list(values)
    texts(items)  # refuses what is no list of str
    return list(items)


def count_of_threads(threads: Any) -> int:
    if whole(threads) < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    return int(threads)


class TextNormalizer:
    """normalize_text of a text that comes in pieces: however it is cut, all that is given out, joined, is the same.

    Held back are a starter with its marks (at most 32 characters), and white space that may be the end of the text.
    """

    def __init__(self, options: NormalizeOptions | None = None, **changes: Unpack[NormalizeChanges]) -> None:
        self._options = checked(options, dict(changes))
        self.reset()

    def feed(self, text: str) -> str:
        """What a piece of the text adds. Errors: stream_finished after finish()"""
        self._open()
        self._steps.feed(as_text(text))
        return self._steps.taken()

    def finish(self) -> str:
        """Ends the stream: the rest of the text. Errors: stream_finished after finish()"""
        self._open()
        self._finished = True
        self._steps.finish()
        return self._steps.taken()

    def reset(self) -> None:
        """Makes it equal to a new one."""
        self._steps = _Steps(self._options)
        self._finished = False

    def _open(self) -> None:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")
