"""Packing: the longest runs of whole units that fit, and finer units where one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from paritas.reference.chunk import Cut
from paritas.reference.graphemes import grapheme_end, is_grapheme_edge, is_white_space, trimmed
from paritas.reference.sentences import sentences
from paritas.reference.sizer import Meter

SECTION, PARAGRAPH, LINE, SENTENCE, WORD, GRAPHEME, CODE_POINT = range(7)
BLANKS = " \t\x0b\x0c\r"


class Unit(NamedTuple):
    """A piece of a text that is cut only when it alone is over the size."""

    start: int
    end: int
    level: int
    begins: int = SECTION  # the best level that begins with it
    hard: bool = False  # made by cutting something at words or finer
    tag: int = 0


Refiner = Callable[[str, Unit], list[Unit]]


@dataclass
class PackOptions:
    chunk_size: int
    overlap: int = 0
    strip: bool = True
    balanced: bool = False  # prefer to stop at the best level within the last quarter of the size
    keep_paragraphs: bool = False  # stop at a blank line once half of the size is full
    min_units: int = 1  # but not before so many units
    refiner: Refiner | None = None


def _blank_line_end(text: str, at: int, end: int) -> int:
    """One past the blank line that starts here; -1 where none does."""
    while at < end and text[at] in BLANKS:
        at += 1
    if at < end and text[at] != "\n":
        return -1
    return min(at + 1, end)


def _paragraph_end(text: str, at: int, end: int) -> int:
    seen = False  # a line that is not blank
    while at < end:
        after = _blank_line_end(text, at, end)
        if after < 0:
            seen = True
            line = text.find("\n", at, end)
            at = end if line < 0 else line + 1
            continue
        while at < end and after >= 0:
            at = after
            after = _blank_line_end(text, at, end) if at < end else -1
        if seen:
            return at
    return end


def _word_end(text: str, at: int, end: int) -> int:
    while at < end and is_white_space(text[at]):
        at += 1
    while at < end and not is_white_space(text[at]):
        at += 1
    rest = at
    while rest < end and is_white_space(text[rest]):
        rest += 1
    return end if rest == end else at


def _end_of(text: str, at: int, end: int, level: int) -> int:
    if level == PARAGRAPH:
        return _paragraph_end(text, at, end)
    if level == LINE:
        line = text.find("\n", at, end)
        return end if line < 0 else line + 1
    if level == WORD:
        return _word_end(text, at, end)
    if level == GRAPHEME:
        return min(grapheme_end(text, at), end)
    return at + 1 if level == CODE_POINT else end


def _sentence_starts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentences start, and whether a paragraph or only a sentence does."""
    starts: list[tuple[int, int]] = []
    for span in sentences(text[start:end]):
        at = start + span.start
        if not starts:
            starts.append((start, SECTION))
        elif is_grapheme_edge(text, at):
            back = at
            while back > start and text[back - 1] in BLANKS + "\n" and text.count("\n", back, at) < 2:
                back -= 1
            starts.append((at, PARAGRAPH if text.count("\n", back, at) == 2 else SENTENCE))
    return starts or [(start, SECTION)]


def units_of(text: str, start: int, end: int, level: int) -> list[Unit]:
    """The units of a level in text[start:end], which they cover."""
    if start >= end:
        return []
    if level == SENTENCE:
        found = _sentence_starts(text, start, end)
        stops = [at for at, _ in found[1:]] + [end]
        return [Unit(at, stop, level, begins) for (at, begins), stop in zip(found, stops, strict=True)]
    units: list[Unit] = []
    at = start
    while at < end:
        stop = _end_of(text, at, end, level)
        while stop < end and level < GRAPHEME and not is_grapheme_edge(text, stop):
            stop = _end_of(text, stop, end, level)
        units.append(Unit(at, stop, level, level if units else SECTION))
        at = stop
    return units


def refined(text: str, unit: Unit, refiner: Refiner | None) -> list[Unit]:
    """What a unit is cut into; nothing when it cannot be cut."""
    if refiner is not None:
        units = refiner(text, unit)
        if units:
            return [units[0]._replace(begins=unit.begins), *units[1:]]
    for level in range(unit.level + 1, CODE_POINT + 1):
        units = units_of(text, unit.start, unit.end, level)
        if len(units) > 1:
            hard = unit.hard or level >= WORD
            units[0] = units[0]._replace(begins=unit.begins)
            return [piece._replace(hard=hard, tag=unit.tag) for piece in units]
    return []


def joined(text: str, units: list[Unit]) -> list[Unit]:
    """Units that start within a grapheme cluster become a part of the one before."""
    kept: list[Unit] = []
    for unit in units:
        within = unit.level < GRAPHEME and not is_grapheme_edge(text, unit.start)
        if kept and (unit.start <= kept[-1].start or within):
            kept[-1] = kept[-1]._replace(end=unit.end)
        else:
            kept.append(unit)
    return kept


def pack(meter: Meter, units: list[Unit], options: PackOptions) -> list[Cut]:
    """Each chunk is the longest run of whole units, from its first one, whose slice is within chunk_size.

    The next one begins with as many of the last units as fit into `overlap` and still leave room for a new one. A unit
    over the size is cut by the next finer level, where it is first in its chunk.
    """
    return _Packer(meter, joined(meter.text, units), options).cuts


class _Packer:
    def __init__(self, meter: Meter, units: list[Unit], options: PackOptions) -> None:
        self.meter = meter
        self.options = replace(options)
        self.cuts: list[Cut] = []
        self.units = units[::-1]  # what is left, the next one last
        self.run: list[Unit] = []  # read and not done with
        self.guess = self.guess_overlap = 1
        self.last_end = 0
        kept = 0  # units at the front that the chunk before had too
        while self.have(kept + 1):
            count = self.longest(kept)
            if count > kept:
                self.emit(count)
                kept = self.overlapped(count)
                del self.run[: count - kept]
            elif kept > 0:
                del self.run[:kept]
                kept = 0
            else:
                self.cut_first()

    def have(self, count: int) -> bool:
        while len(self.run) < count and self.units:
            self.run.append(self.units.pop())
        return len(self.run) >= count

    def slice(self, first: int, stop: int) -> tuple[int, int]:
        start, end = self.run[first].start, self.run[stop - 1].end
        return trimmed(self.meter.text, start, end) if self.options.strip else (start, end)

    def length(self, first: int, stop: int) -> int:
        start, end = self.slice(first, stop)
        return 0 if start == end else self.meter.length(start, end)

    def longest(self, kept: int) -> int:
        """How many units fit: by steps that double, from the last count on, then by halves; few calls of a counter."""
        low, high = kept, 0  # `low` fits, `high` does not, once it is above 0

        def fits(count: int) -> bool:
            nonlocal low, high
            fit = self.length(0, count) <= self.options.chunk_size
            if fit:
                low = count
            else:
                high = count
            return fit

        count, step = max(kept + 1, self.guess), 1
        if not self.have(count):
            count = len(self.run)
        if fits(count):
            while self.have(low + 1):
                following = low + step if self.have(low + step) else len(self.run)
                if not fits(following):
                    break
                step *= 2
        else:
            while high > kept + 1 and not fits(max(kept + 1, high - step)):
                step *= 2
        if high:
            while high - low > 1:
                fits(low + (high - low) // 2)
        if low > kept:
            self.guess = low
        return self.stop_earlier(kept, low)

    def near_full(self, length: int) -> bool:
        return 4 * length >= 3 * self.options.chunk_size

    def stop_earlier(self, kept: int, count: int) -> int:
        if self.options.keep_paragraphs:
            for i in range(max(kept + 1, self.options.min_units), count):
                if self.run[i].begins <= PARAGRAPH and 2 * self.length(0, i) >= self.options.chunk_size:
                    return i
        if not self.options.balanced or not self.have(count + 1):
            return count
        best = i = count
        while i > kept + 1 and self.near_full(self.length(0, i - 1)):
            i -= 1
            if self.run[i].begins < self.run[best].begins:
                best = i
        return best

    def emit(self, count: int) -> None:
        start, end = self.slice(0, count)
        if start == end or end <= self.last_end:
            return
        hard = any(unit.hard for unit in self.run[:count])
        self.cuts.append(Cut(start, end, self.meter.length(start, end), hard, tag=self.run[0].tag))
        self.last_end = end

    def overlapped(self, count: int) -> int:
        """How many of the last units of a run the next chunk has too."""
        if self.options.overlap == 0 or not self.have(count + 1):
            return 0
        first = 0  # the first unit that is not blank: the next chunk must start after it
        while self.options.strip and first + 1 < count and self.run[first].end <= self.slice(0, count)[0]:
            first += 1
        most = count - first - 1
        if most == 0:
            return 0

        def fits(kept: int) -> bool:
            return (
                self.length(count - kept, count) <= self.options.overlap
                and self.length(count - kept, count + 1) <= self.options.chunk_size
            )

        low, high = 0, most + 1  # `low` fits, `high` does not
        kept, step = min(max(self.guess_overlap, 1), most), 1
        if fits(kept):
            low = kept
            while low < most:
                kept = min(low + step, most)
                if not fits(kept):
                    high = kept
                    break
                low = kept
                step *= 2
        else:
            high = kept
            while high > 1:
                kept = max(high - step, 1)
                if fits(kept):
                    low = kept
                    break
                high = kept
                step *= 2
        while high - low > 1:
            kept = low + (high - low) // 2
            if fits(kept):
                low = kept
            else:
                high = kept
        self.guess_overlap = low
        return low

    def cut_first(self) -> None:
        """The first unit alone is over the size."""
        first = self.run[0]
        self.units += self.run[:0:-1]
        self.run = []
        finer = refined(self.meter.text, first, self.options.refiner)
        if finer:
            self.units += joined(self.meter.text, finer)[::-1]
            return
        start, end = first.start, first.end
        if self.options.strip:
            start, end = trimmed(self.meter.text, start, end)
        if start < end:
            self.cuts.append(Cut(start, end, self.meter.length(start, end), first.hard, tag=first.tag))
            self.last_end = end
