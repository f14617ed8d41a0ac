"""The checks of the chunkers, as core/src/selfcheck/{packed_chunkers,recursive,sizer}.cpp draw them."""

from typing import TYPE_CHECKING

from paritas.reference.chunk import Chunker
from paritas.reference.packed_chunkers import FixedChunker, ParagraphChunker, SentenceChunker, TokenChunker
from paritas.reference.random import Random
from paritas.reference.recursive import SEPARATORS, RecursiveCharacterTextSplitter, RecursiveChunker
from paritas.reference.selfcheck_texts import random_text
from paritas.reference.sizer import Sizer
from paritas.results import Span

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

UNITS = ("chars", "utf16", "words", "graphemes", "tokens")
KEEP: tuple[bool | str, ...] = (False, "start", "end")


def _add_chunks(digest: "Digest", chunker: Chunker, text: str) -> None:
    for chunk in chunker.chunk(text):
        digest.add(Span(chunk.start, chunk.end))
        for number in (chunk.length, chunk.overlap_prev, chunk.start_line, chunk.end_line):
            digest.add(number)
        digest.add(chunk.split == "hard")


def check_recursive(random: Random, digest: "Digest") -> None:
    text = random_text(random, 12)
    size = 1 + random.below(30)
    overlap = random.below(size + 1)
    keep = KEEP[random.below(3)]
    strip = random.below(4) != 0
    nested = random.below(2) == 0
    separators = (". ", " ", "a") if random.below(2) == 0 else SEPARATORS
    unit = UNITS[random.below(5)]
    chunker: RecursiveChunker
    if nested:
        chunker = RecursiveCharacterTextSplitter(
            separators,
            keep,  # type: ignore[arg-type]
            chunk_size=size,
            chunk_overlap=overlap,
            length_function=unit,
            strip_whitespace=strip,
        )
    else:
        chunker = RecursiveChunker(
            size,
            overlap,
            separators=separators,
            keep_separator=keep,  # type: ignore[arg-type]
            strip=strip,
            length=unit,
        )
    _add_chunks(digest, chunker, text)


def check_packed_chunkers(random: Random, digest: "Digest") -> None:
    text = random_text(random, 12)
    kind = (SentenceChunker, ParagraphChunker, TokenChunker, FixedChunker)[random.below(4)]
    size = 1 + random.below(40)
    overlap = random.below(size)
    strip = random.below(4) != 0
    _add_chunks(digest, kind(size, overlap, UNITS[random.below(5)], strip=strip), text)


def check_sizer(random: Random, digest: "Digest") -> None:
    text = random_text(random, 12)
    for unit in UNITS:
        digest.add(Sizer(unit).length(text))
