"""Cuts a text into blocks while it comes, as core/src/repair/blocks.cpp does.

A code block is a fence from its opening to its closing line, or to the end of the text; a prose block is a run of lines
outside fences that are not blank, and a fence ends it. A block runs from the start of its first line to the end of its
last one, without the line end; what lies between is separator. Blocks and separators partition the text.

So that little is held, what is longer than `most` characters is passed on as it comes and never compared: a block; a
separator, which then stays even before a duplicate. While the start of a line may still become blank or a fence, it is
not known whether the block before it goes on; with more than `most` such characters it does not.
"""

from __future__ import annotations

import copy
from typing import Literal, Protocol

from paritas.reference.code_regions import FenceTracker

BLANKS = " \t\r\v\f"


class Sink(Protocol):
    def passed(self, text: str) -> None:
        """Text that is never compared."""

    def ended(self) -> None:
        """A block that was passed on is over."""

    def block(self, code: bool, separator: str, block: str) -> None: ...


class BlockSplitter:
    """The pieces may be cut anywhere; `sink` gets the same blocks."""

    def __init__(self, most: int, sink: Sink) -> None:
        self._most, self._sink = most, sink
        self._fences = FenceTracker()  # fed up to the line that is begun
        self._kind: Literal["", "prose", "code"] = ""  # of the block that is open
        self._separator = ""
        self._long_separator = False
        self._block = ""
        self._end = ""  # of the block's last line, which is inside if the block goes on
        self._passing = False  # the block is passed on as it comes, and so are all texts above
        self._line = ""  # what has come of a line
        self._line_passed = False  # some of it is gone: it was passed on
        self._line_blank = True  # whether that was blank

    def feed(self, piece: str) -> None:
        *lines, rest = (self._line + piece).split("\n")
        for line in lines:
            content = line.removesuffix("\r")
            self._line = content
            self._end_line(content, line[len(content) :] + "\n")
            self._line = ""
        self._line = rest
        self._look_at_line()

    def finish(self) -> None:
        if self._line or self._line_passed:
            self._end_line(self._line, "")
        if self._kind == "code":  # it runs to the end of the text
            self._extend("", "")
        self._end_block()
        self._sink.passed(self._separator)

    def _end_line(self, content: str, end: str) -> None:
        was_open = self._fences.open
        if self._line_passed:
            self._fences.feed(content + "\n")
            self._line_passed = False
            if was_open or self._fences.open or not self._line_blank or content.strip(BLANKS):
                self._kind = "code" if was_open or self._fences.open else "prose"
                self._passing = True
                self._extend(content, end)
                if was_open and not self._fences.open:
                    self._end_block()
            else:
                self._long_separator = True
                self._sink.passed(content + end)
            return
        undecided = self._undecided(content)
        self._fences.feed(content + "\n")
        if was_open:
            self._extend(content, end)
            if not self._fences.open:
                self._end_block()
        elif self._fences.open:
            self._end_block()
            self._kind = "code"
            self._extend(content, end)
        elif not content.strip(BLANKS):
            self._end_block()
            self._separator += content + end
            if self._long_separator or len(self._separator) > self._most:
                self._long_separator = True
                self._sink.passed(self._separator)
                self._separator = ""
        else:
            if undecided:
                self._end_block()
            self._kind = "prose"
            self._extend(content, end)

    def _undecided(self, line: str) -> bool:
        """Whether a line outside fences has more than `most` characters that leave open what it is."""
        if self._fences.open or len(line) <= self._most:
            return False
        start = line[: self._most + 1]
        return not start.strip(BLANKS) or self._may_open(start)

    def _may_open(self, line: str) -> bool:
        fences = copy.copy(self._fences)
        fences.feed(line)
        return not fences.open and fences.place in ("run", "info")

    def _look_at_line(self) -> None:
        """Passes on what no longer can be compared of a line that has not ended."""
        line = self._line.removesuffix("\r")
        if not self._line_passed:
            if self._undecided(line):
                self._end_block()
            else:
                may_change = not self._fences.open and (not line.strip(BLANKS) or self._may_open(line))
                short = not self._passing and len(self._block) + len(self._end) + len(line) <= self._most
                if line == "" or may_change or short:
                    return
            self._sink.passed(self._separator + self._block + self._end)
            self._separator = self._block = self._end = ""
            self._line_passed = self._line_blank = True
        self._fences.feed(line)
        self._line_blank = self._line_blank and not line.strip(BLANKS)
        self._sink.passed(line)
        self._line = self._line[len(line) :]

    def _extend(self, content: str, end: str) -> None:
        self._block += self._end + content
        self._end = end
        if self._passing or len(self._block) > self._most:
            self._passing = True
            self._sink.passed(self._separator + self._block)
            self._separator = self._block = ""

    def _end_block(self) -> None:
        if self._kind == "":
            return
        if self._passing:
            self._sink.ended()
        else:
            self._sink.block(self._kind == "code", self._separator, self._block)
        self._separator, self._end = self._end, ""
        self._block, self._kind = "", ""
        self._passing = self._long_separator = False
