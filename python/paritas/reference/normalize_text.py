"""normalize_text and TextNormalizer, as core/src/repair/normalize_text.cpp computes them: one character at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import flag, texts, whole
from paritas.reference.convert import text as as_text
from paritas.reference.normalize_steps import Piece, Steps, edits_of
from paritas.results_normalize import NormalizeOptions, OffsetMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Unpack

    from paritas.results_normalize import NormalizeChanges


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


def _normalized(text: str, options: NormalizeOptions) -> tuple[str, list[Piece]]:
    steps = Steps(options)
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
    return result, OffsetMap(edits_of(pieces, len(text)), len(pieces), len(text))


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
        self._steps = Steps(self._options)
        self._finished = False

    def _open(self) -> None:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")
