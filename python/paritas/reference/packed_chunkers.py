"""Chunkers that pack the units of one level."""

from __future__ import annotations

from collections.abc import Callable

from paritas.errors import ParitasError
from paritas.reference.chunk import Chunker, Cut, chunk_sizes
from paritas.reference.convert import flag, whole
from paritas.reference.pack import GRAPHEME, PARAGRAPH, SENTENCE, WORD, PackOptions, pack, units_of
from paritas.reference.sizer import Meter, Sizer

Length = str | Callable[[str], int]


class _PackedChunker(Chunker):
    _level: int
    _options: PackOptions

    def _cut(self, text: str) -> list[Cut]:
        return pack(Meter(text, self._sizer), units_of(text, 0, len(text), self._level), self._options)


class SentenceChunker(_PackedChunker):
    """Whole sentences, as many as fit; none is dropped.

    A sentence over the size is cut at words.

    chunk_size:      at least 1, in the unit of `length`
    overlap:         from 0 to below chunk_size, or a share of it in (0, 1): whole sentences of the last chunk
    length:          "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
    min_sentences:   a chunk stops at a blank line only when it has so many
    keep_paragraphs: a chunk that is at least half full stops at a blank line
    Errors:          `invalid_argument`
    """

    _level = SENTENCE

    def __init__(
        self,
        chunk_size: int = 1344,
        overlap: float = 0,
        length: Length = "chars",
        min_sentences: int = 1,
        *,
        keep_paragraphs: bool = True,
        strip: bool = True,
    ) -> None:
        self._sizer = Sizer(length)
        min_sentences, keep_paragraphs, strip = whole(min_sentences), flag(keep_paragraphs), flag(strip)
        size, shared = chunk_sizes(chunk_size, overlap)
        if min_sentences < 1:
            raise ParitasError("invalid_argument", f"min_sentences must be at least 1, not {min_sentences}")
        self._options = PackOptions(size, shared, strip=strip, keep_paragraphs=keep_paragraphs, min_units=min_sentences)


class ParagraphChunker(_PackedChunker):
    """Whole blocks between blank lines, as many as fit; one over the size is cut at lines, sentences, words.

    Arguments and errors are those of SentenceChunker.
    """

    _level = PARAGRAPH

    def __init__(
        self, chunk_size: int = 1000, overlap: float = 100, length: Length = "chars", *, strip: bool = True
    ) -> None:
        self._sizer = Sizer(length)
        strip = flag(strip)
        self._options = PackOptions(*chunk_sizes(chunk_size, overlap), strip=strip)


class TokenChunker(_PackedChunker):
    """Whole words with the white space before them, as many as fit; a word over the size is cut at grapheme clusters.

    length: "tokens" counts as count_tokens does; your tokenizer is a function of a str
    Other arguments and errors are those of SentenceChunker.
    """

    _level = WORD

    def __init__(
        self, chunk_size: int = 512, overlap: float = 0, length: Length = "tokens", *, strip: bool = True
    ) -> None:
        self._sizer = Sizer(length)
        strip = flag(strip)
        self._options = PackOptions(*chunk_sizes(chunk_size, overlap), strip=strip)


class FixedChunker(_PackedChunker):
    """Grapheme clusters, as many as fit.

    Arguments and errors are those of SentenceChunker.
    """

    _level = GRAPHEME

    def __init__(
        self, chunk_size: int = 1000, overlap: float = 0, length: Length = "chars", *, strip: bool = True
    ) -> None:
        self._sizer = Sizer(length)
        strip = flag(strip)
        self._options = PackOptions(*chunk_sizes(chunk_size, overlap), strip=strip)
