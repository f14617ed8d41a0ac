"""Chunks that end where the meaning turns, by embeddings of the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.chunk import Cut, _shown, chunk_sizes, describe
from paritas.reference.convert import real, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.floats import matrix
from paritas.reference.graphemes import is_grapheme_edge, trimmed
from paritas.reference.pack import SENTENCE, PackOptions, Unit, pack
from paritas.reference.packed_chunkers import Length
from paritas.reference.semantic_groups import METHODS, gap_distances, semantic_groups
from paritas.reference.sentences import sentences
from paritas.reference.sizer import Meter, Sizer
from paritas.results import Span
from paritas.results_chunk import Chunk

BATCH = 256  # sentences that an embedder is given at once, at most
Embed = Callable[[list[str]], Any]


class SemanticChunker:
    """Cuts between sentences where the meaning turns, by embeddings of the sentences.

    The distance of a gap is 1 - cosine of the means of up to `window` rows before and after it. There is a break at a
    gap with
      percentile: a distance above the nearest-rank percentile `threshold` of all distances
      stdev:      a distance above their mean by more than `threshold` standard deviations
      similarity: a cosine below `threshold`
      local_max:  a distance above both neighbours and above the mean by more than `threshold` standard deviations
    Groups of fewer than min_sentences join the nearer neighbour; those of more than max_sentences (0: no limit) or over
    chunk_size are split at their greatest inner distance, and a sentence over it is cut at words.

    embed:  gives one row of numbers for each text of a list; it is given 256 sentences at most
    length: "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
    Errors: `invalid_argument` for a size below 1, an unknown method, a threshold without meaning for it, a window or
            min_sentences below 1, a max_sentences below min_sentences that is not 0
    """

    def __init__(
        self,
        chunk_size: int = 1344,
        *,
        embed: Embed | None = None,
        method: str = "percentile",
        threshold: float = 95.0,
        window: int = 1,
        min_sentences: int = 1,
        max_sentences: int = 0,
        length: Length = "chars",
    ) -> None:
        method, threshold, window = as_text(method), real(threshold), whole(window)
        min_sentences, max_sentences = whole(min_sentences), whole(max_sentences)
        self._sizer = Sizer(length)
        self._embed = embed
        self._size = chunk_sizes(chunk_size, 0)[0]
        if method not in METHODS:
            message = f"method must be percentile, stdev, similarity or local_max, not {method}"
            raise ParitasError("invalid_argument", message)
        low, high, said = {
            "percentile": (0.0, 100.0, "from 0 to 100"),
            "similarity": (-1.0, 1.0, "from -1 to 1"),
        }.get(method, (0.0, 1e9, "from 0 to 1e9 deviations"))
        if not low <= threshold <= high:
            message = f"threshold of {method} must be {said}, not {_shown(threshold)}"
            raise ParitasError("invalid_argument", message)
        for name, value, least in (
            ("window", window, 1),
            ("min_sentences", min_sentences, 1),
            ("max_sentences", max_sentences, 0),
        ):
            if value < least:
                raise ParitasError("invalid_argument", f"{name} must be at least {least}, not {value}")
        if 0 < max_sentences < min_sentences:
            message = f"max_sentences must be 0 or at least min_sentences, not {max_sentences} of {min_sentences}"
            raise ParitasError("invalid_argument", message)
        self._method, self._threshold, self._window = method, threshold, window
        self._min, self._max = min_sentences, max_sentences

    def sentences(self, text: str) -> list[Span]:
        """The sentences that need embeddings, as spans of the text."""
        return sentences(text)

    def chunk(self, text: str, embeddings: Any = None) -> list[Chunk]:
        """The chunks of a text in order; none of a blank one.

        embeddings: one row for each of sentences(text); without them `embed` is asked
        Errors:     `invalid_argument` without either, `length_mismatch` for another number of rows, `not_finite` with
                    the row, `bad_counter`
        """
        if embeddings is None:
            return self.chunk_batch([text])[0]
        return self._chunk(text, matrix(embeddings).rows)

    def __call__(self, text: str, embeddings: Any = None) -> list[Chunk]:
        """The same as chunk()."""
        return self.chunk(text, embeddings)

    def chunk_batch(self, texts: Iterable[str], threads: int = 0) -> list[list[Chunk]]:
        """chunk() of each text; `embed` is given the sentences of all of them, 256 at once."""
        if whole(threads) < 0:
            raise ParitasError("invalid_argument", "threads must be at least 0")
        items: Any = texts if isinstance(texts, str | bytes) else list(texts) if hasattr(texts, "__iter__") else texts
        as_texts(items)
        if self._embed is None:
            raise ParitasError("invalid_argument", "give embeddings, or a function as embed")
        spans = [sentences(text) for text in items]
        all_sentences = [text[span.start : span.end] for text, own in zip(items, spans, strict=True) for span in own]
        rows: list[list[float]] = []
        for first in range(0, len(all_sentences), BATCH):
            batch = all_sentences[first : first + BATCH]
            found = matrix(self._embed(batch))
            if len(found.rows) != len(batch):
                message = f"embed must give one row for each of the {len(batch)} sentences, not {len(found.rows)}"
                raise ParitasError("length_mismatch", message)
            if rows and found.dim != len(rows[0]):
                message = f"embed must give rows of {len(rows[0])} values as before, not {found.dim}"
                raise ParitasError("length_mismatch", message)
            rows += found.rows
        out = []
        for text, own in zip(items, spans, strict=True):
            out.append(self._chunk(text, rows[: len(own)]))
            rows = rows[len(own) :]
        return out

    def _chunk(self, source: str, rows: list[list[float]]) -> list[Chunk]:
        text = as_text(source)
        found = sentences(text)
        if len(rows) != len(found):
            message = f"embeddings must have one row for each of the {len(found)} sentences, not {len(rows)}"
            raise ParitasError("length_mismatch", message)
        distances = gap_distances(rows, self._window)
        if not found:
            return []
        bounds = _bounds(text, found)
        meter = Meter(text, self._sizer)

        def fits(first: int, last: int) -> bool:
            return meter.length(*trimmed(text, bounds[first], bounds[last + 1])) <= self._size

        cuts: list[Cut] = []
        groups = semantic_groups(distances, self._method, self._threshold, self._min, self._max, fits)
        for first, end in groups:
            if bounds[first] < bounds[end]:
                unit = Unit(bounds[first], bounds[end], SENTENCE)
                cuts += pack(meter, [unit], PackOptions(self._size))
        return describe(source, cuts, self._sizer.unit)


def _bounds(text: str, found: list[Span]) -> list[int]:
    """Where each sentence starts, and the end of the text: what lies between sentences belongs to the one before."""
    bounds = [0]
    for sentence in found[1:]:
        start = sentence.start
        # A mark at the start stands on the space before it: they are not parted.
        while start > 0 and not is_grapheme_edge(text, start):
            start -= 1
        bounds.append(max(start, bounds[-1]))
    return [*bounds, len(text)]
