"""Chunks by the coarsest separator first, as LangChain's RecursiveCharacterTextSplitter makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from paritas.chunk_documents import create_documents, split_documents
from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.chunk import Chunker, Cut, chunk_sizes
from paritas.reference.convert import flag
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.graphemes import grapheme_end, is_grapheme_edge, trimmed
from paritas.reference.languages import language_separators
from paritas.reference.pack import WORD, PackOptions, pack, units_of
from paritas.reference.regex_syntax import compiled
from paritas.reference.sizer import Meter, Sizer
from paritas.results_chunk import ChunkDocument

SEPARATORS = ("\n\n", "\n", " ", "")
Part = tuple[int, int, int]  # start, end, length


@dataclass
class _Options:
    chunk_size: int
    overlap: int
    separators: list[str]
    keep_separator: str  # "start", "end" or ""
    strip: bool
    keep_oversize: bool
    keep_nested: bool
    regex: bool


class _Cutter:
    """One text being cut."""

    def __init__(self, meter: Meter, options: _Options) -> None:
        self.meter = meter
        self.text = meter.text
        self.options = options
        self.cuts: list[Cut] = []
        self.parts: list[Part] = []  # of the run
        self.total = 0
        self.joiner = 0  # length of what stands between two pieces of the run
        self.whole = (0, 0)  # what is cut into grapheme clusters, without white space at its ends; else empty
        if self.text:
            self.cut(0, len(self.text), 0)

    def cut(self, start: int, end: int, first: int) -> None:
        separators = self.options.separators
        k = first
        while k < len(separators) and separators[k] != "" and self.find(separators[k], start, start, end) is None:
            k += 1
        self.joiner = 0
        single = k < len(separators) and separators[k] == ""
        self.whole = self.stripped(start, end) if single else (0, 0)
        if k == len(separators):
            self.add(start, end, k)
        elif single:
            at = start
            while at < end:
                stop = min(grapheme_end(self.text, at), end)
                self.add(at, stop, len(separators))
                at = stop
        else:
            self.cut_at(separators[k], start, end, k + 1)
        self.flush()

    def find(self, separator: str, start: int, at: int, end: int) -> tuple[int, int] | None:
        """The first separator from `at` on in the piece text[start:end]."""
        if not self.options.regex:
            found = self.text.find(separator, at, end)
            return None if found < 0 else (found, found + len(separator))
        match = compiled(separator, False).search(self.text[start:end], at - start)
        return None if match is None else (start + match.start(), start + match.end())

    def cut_at(self, separator: str, start: int, end: int, left: int) -> None:
        keep = self.options.keep_separator
        first = start
        found = self.find(separator, start, start, end)
        joiner = self.meter.length(*found) if keep == "" and found is not None else 0
        self.joiner = joiner
        while found is not None:
            stop = found[1] if keep == "end" else found[0]
            if keep == "" or self.is_edge(stop):
                if stop > start:
                    self.add(start, stop, left)
                    self.joiner, self.whole = joiner, (0, 0)
                start = found[0] if keep == "start" else found[1]
            found = self.find(separator, first, found[1], end)
        if end > start:
            self.add(start, end, left)

    def is_edge(self, at: int) -> bool:
        """Whether a cut here leaves grapheme clusters whole. Stripped chunks never show a cut within CR LF."""
        return is_grapheme_edge(self.text, at) or (self.options.strip and self.text[at - 1 : at + 1] == "\r\n")

    def add(self, start: int, end: int, left: int) -> None:
        """A piece: into the run, or, when it is too long, by the separators that are left."""
        length = self.meter.length(start, end)
        if length < self.options.chunk_size:
            self.merge((start, end, length))
            return
        whole = self.whole
        self.flush()
        if left < len(self.options.separators):
            self.cut(start, end, left)
        else:
            self.oversize(start, end)
        self.whole = whole

    def merge(self, part: Part) -> None:
        def over() -> bool:
            return self.total + part[2] + (self.joiner if self.parts else 0) > self.options.chunk_size

        if self.parts and over():
            self.emit()
            # Pieces of length 0, as spaces have in words, are shared by LangChain even where nothing is to be.
            none = self.options.overlap == 0 and not self.options.keep_nested
            while self.parts and (none or self.total > self.options.overlap or (over() and self.total > 0)):
                gone = self.parts[0][2] + (self.joiner if len(self.parts) > 1 else 0)
                self.total -= min(gone, self.total)
                del self.parts[0]
        self.total += part[2] + (self.joiner if self.parts else 0)
        self.parts.append(part)

    def flush(self) -> None:
        if self.parts:
            self.emit()
        self.parts = []
        self.total = 0

    def is_part(self, start: int, end: int) -> bool:
        return self.whole[0] < self.whole[1] and (start, end) != self.whole

    def stripped(self, start: int, end: int) -> tuple[int, int]:
        return trimmed(self.text, start, end) if self.options.strip else (start, end)

    def length(self, start: int, end: int) -> int:
        return 0 if start == end else self.meter.length(start, end)

    def emit(self) -> None:
        start, end = self.stripped(self.parts[0][0], self.parts[-1][1])
        if start == end:
            return
        length = self.meter.length(start, end)
        if length <= self.options.chunk_size:
            self.put(start, end, length, self.is_part(start, end))
            return
        # The slice is longer than the sum of its pieces: as many of them as fit, by their slices.
        first = 0
        while first < len(self.parts):
            best = self.stripped(*self.parts[first][:2])
            if self.length(*best) > self.options.chunk_size:
                self.oversize(*self.parts[first][:2])
                first += 1
                continue
            last = first
            while last + 1 < len(self.parts):
                more = self.stripped(self.parts[first][0], self.parts[last + 1][1])
                if self.length(*more) > self.options.chunk_size:
                    break
                best = more
                last += 1
            if best[0] < best[1]:
                self.put(*best, self.length(*best), self.is_part(*best))
            first = last + 1

    def oversize(self, start: int, end: int) -> None:
        """A piece that no separator is left for."""
        left, right = self.stripped(start, end)
        if left == right:
            return
        length = self.meter.length(left, right)
        if length <= self.options.chunk_size or self.options.keep_oversize:
            self.put(left, right, length, self.is_part(left, right))
            return
        options = PackOptions(
            self.options.chunk_size,
            min(self.options.overlap, self.options.chunk_size - 1),
            strip=self.options.strip,
        )
        for cut in pack(self.meter, units_of(self.text, start, end, WORD), options):
            self.put(cut.start, cut.end, cut.length, True)

    def put(self, start: int, end: int, length: int, hard: bool) -> None:
        if not self.options.keep_nested and self.cuts:
            if end <= self.cuts[-1].end:
                return
            while self.cuts and start <= self.cuts[-1].start:
                del self.cuts[-1]
        self.cuts.append(Cut(start, end, length, hard))


def _check(separators: list[str]) -> None:
    for number, separator in enumerate(separators, 1):
        try:
            if separator:
                compiled(separator, False)
        except ParitasError as error:
            raise ParitasError(error.code, f"separator {number}: {error}") from None


def _keep_separator(keep: Any) -> str:
    if keep is True:
        return "start"
    if keep is False:
        return ""
    if not isinstance(keep, str):
        needed = 'True, False, "start" or "end"'
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(keep).__name__}")
    if keep not in ("start", "end"):
        message = f'keep_separator must be true, false, "start" or "end", not "{as_text(keep)}"'
        raise ParitasError("invalid_argument", message)
    return keep


class RecursiveChunker(Chunker):
    """Cuts at the coarsest separator first and joins pieces up to the size, as LangChain does.

    1. The first separator that occurs in the text cuts it; the others are left for its pieces. "" cuts anywhere.
    2. A piece below the size joins the run; another one ends it and is cut by the separators left, or at words.
    3. The run is merged: a piece that would make it too long ends the chunk, and pieces go at the front until the
       overlap is left.

    chunk_size:     at least 1, in the unit of `length`
    chunk_overlap:  from 0 to chunk_size, or a share of it in (0, 1)
    keep_separator: True or "start": it opens the next piece; "end": it closes the one before; False: it is left out
    strip:          chunks have no white space at their ends
    length:         "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
    oversize:       "split" cuts a piece that no separator cuts; "keep" leaves it whole
    Errors:         `invalid_argument`; those of regular expressions with is_separator_regex
    """

    def __init__(
        self,
        chunk_size: int = 4000,
        chunk_overlap: float = 200,
        *,
        separators: Sequence[str] = SEPARATORS,
        keep_separator: bool | Literal["start", "end"] = True,
        strip: bool = True,
        length: str | Callable[[str], int] = "chars",
        oversize: Literal["split", "keep"] = "split",
        is_separator_regex: bool = False,
    ) -> None:
        self._sizer = Sizer(length)
        self._add_start_index = True
        self._nested = False
        found, keep, oversize = as_texts(separators), _keep_separator(keep_separator), as_text(oversize)  # type: ignore[assignment]
        strip, is_separator_regex = flag(strip), flag(is_separator_regex)
        if oversize not in ("split", "keep"):
            raise ParitasError("invalid_argument", f'oversize must be "split" or "keep", not "{oversize}"')
        size, overlap = chunk_sizes(chunk_size, chunk_overlap, True)
        if not found:
            raise ParitasError("invalid_argument", 'separators must have at least one, "" to cut anywhere, not []')
        if is_separator_regex:
            _check(found)
        self._options = _Options(size, overlap, found, keep, strip, oversize == "keep", False, is_separator_regex)

    def _cut(self, text: str) -> list[Cut]:
        return _Cutter(Meter(text, self._sizer), self._options).cuts

    @classmethod
    def from_language(cls, language: str, **options: Any) -> RecursiveChunker:
        """One with the separators of a language: markdown, html, latex, python, js, ts, java, c, cpp, csharp, go, rust,
        php, ruby, swift, kotlin, scala, sql; `options` are the other arguments."""
        return cls(separators=language_separators(language), **options)

    def create_documents(
        self, texts: Iterable[str], metadatas: Iterable[dict[str, Any]] | None = None
    ) -> list[ChunkDocument]:
        """The chunks of each text as ChunkDocument with a copy of its metadata and `start_index`."""
        return create_documents(self, texts, metadatas)

    def split_documents(self, docs: Iterable[Any]) -> list[ChunkDocument]:
        """The same of documents: objects with page_content and metadata, or dicts with text and perhaps metadata."""
        return split_documents(self, docs)


class RecursiveCharacterTextSplitter(RecursiveChunker):
    """RecursiveChunker under LangChain's name, with its arguments and exactly its pieces, nested ones too."""

    def __init__(
        self,
        separators: Sequence[str] | None = None,
        keep_separator: bool | Literal["start", "end"] = True,
        is_separator_regex: bool = False,
        *,
        chunk_size: int = 4000,
        chunk_overlap: float = 200,
        length_function: str | Callable[[str], int] = "chars",
        add_start_index: bool = False,
        strip_whitespace: bool = True,
    ) -> None:
        super().__init__(
            chunk_size,
            chunk_overlap,
            separators=SEPARATORS if separators is None else separators,
            keep_separator=keep_separator,
            strip=strip_whitespace,
            length=length_function,
            is_separator_regex=is_separator_regex,
        )
        self._add_start_index = flag(add_start_index)
        self._options.keep_nested = True
