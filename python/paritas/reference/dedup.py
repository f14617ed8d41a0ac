"""Duplicate blocks of texts, as core/src/repair/dedup.cpp finds them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.blocks import BlockSplitter
from paritas.reference.convert import flag, text, whole
from paritas.reference.convert import text as _text
from paritas.reference.normalize_block import RUN as WHITE_RUN
from paritas.reference.normalize_block import lowered, normalize_block
from paritas.reference.white_space import WHITE_SPACE
from paritas.reference.xxh3 import xxh3_128
from paritas.results_dedup import DuplicateBlock, HashedBlock

WINDOW = 4096  # keys, where 0 is asked for
WHOLE = 2**62  # no text is as long


def one_spaced(content: str) -> str:
    """One space for each run of white space, none around."""
    return WHITE_RUN.sub(" ", content).strip(" ")


def _normal_prose(block: str, one_space: bool) -> str:
    return normalize_block(block) if one_space else lowered(block.strip(WHITE_SPACE)).rstrip(".,;:" + WHITE_SPACE)


def _normal_code(block: str) -> str:
    return "\n".join(line.rstrip(" \t\r") for line in block.split("\n"))


def _hash(form: str) -> str:
    return f"{xxh3_128(form.encode()):032x}"


def at_least(name: str, value: Any, least: int) -> int:
    number = whole(value)
    if number < least:
        raise ParitasError("invalid_argument", f"{name} must be at least {least}, not {number}")
    return number


class _Collected:
    """The blocks of a whole text with their places."""

    def __init__(self, content: str) -> None:
        self.found: list[tuple[bool, int, int]] = []
        self._at = 0
        splitter = BlockSplitter(WHOLE, self)
        splitter.feed(content)
        splitter.finish()

    def passed(self, text: str) -> None:
        self._at += len(text)

    def ended(self) -> None:
        raise AssertionError("no block is so long")

    def block(self, code: bool, separator: str, block: str) -> None:
        start = self._at + len(separator)
        self._at = start + len(block)
        self.found.append((code, start, self._at))


def hashed_blocks(content: str, min_block_length: int) -> list[tuple[str, int, int, int]]:
    """Of each block its hash, "" if it is too short, its place, and the number of the first one that says it."""
    first: dict[tuple[bool, str], int] = {}
    out = []
    for index, (code, start, end) in enumerate(_Collected(content).found):
        block = content[start:end]
        form = _normal_code(block) if code else _normal_prose(block, True)
        if len(form) < min_block_length:
            out.append(("", start, end, index))
        else:
            key = _hash(form)
            out.append((key, start, end, first.setdefault((code, key), index)))
    return out


def find_duplicate_blocks(content: str, min_block_length: int = 50) -> list[DuplicateBlock]:
    """The blocks of a text that say what an earlier one says."""
    content = text(content)
    least = at_least("min_block_length", min_block_length, 0)
    return [
        DuplicateBlock(index, key, start, end, first)
        for index, (key, start, end, first) in enumerate(hashed_blocks(content, least))
        if first != index
    ]


def rolling_hash_blocks(content: str, min_block_length: int = 50) -> list[HashedBlock]:
    """All blocks of a text, in order."""
    content = text(content)
    least = at_least("min_block_length", min_block_length, 0)
    return [
        HashedBlock(key, content[start:end], first != index)
        for index, (key, start, end, first) in enumerate(hashed_blocks(content, least))
    ]


class _Deduplicator:
    """Lets blocks through that are not among the last keys."""

    def __init__(self, window: int, least: int, most: int, code: bool, one_space: bool) -> None:
        self._window, self._least, self._most = window or WINDOW, least, most
        self._code, self._one_space = code, one_space
        self.reset()

    def reset(self) -> None:
        self._keys: OrderedDict[tuple[bool, str], None] = OrderedDict()  # the last one is the latest
        self._counts = {"total_blocks": 0, "duplicates_removed": 0, "bytes_saved": 0, "unique_count": 0}
        self._begin()

    def _begin(self) -> None:
        self._splitter = BlockSplitter(self._most, self)
        self._out = ""
        self._decided = False

    def feed(self, chunk: str) -> str | None:
        self._out, self._decided = "", False
        self._splitter.feed(chunk)
        return self._out if self._decided else None

    def end(self) -> str:
        self._out = ""
        self._splitter.finish()
        out = self._out
        self._begin()
        return out

    def passed(self, text: str) -> None:
        self._out += text
        self._decided = self._decided or text != ""

    def ended(self) -> None:
        self._counts["total_blocks"] += 1
        self._decided = True

    def block(self, code: bool, separator: str, block: str) -> None:
        self.ended()
        if not self._is_known(code, block):
            self._out += separator + block
            return
        self._counts["duplicates_removed"] += 1
        self._counts["bytes_saved"] += len((separator + block).encode())

    def _is_known(self, code: bool, block: str) -> bool:
        if code and not self._code:
            return False
        form = _normal_code(block) if code else _normal_prose(block, self._one_space)
        if len(form) < self._least:
            return False
        key = (code, _hash(form))
        known = key in self._keys
        self._keys[key] = None
        self._keys.move_to_end(key)
        if len(self._keys) > self._window:
            self._keys.popitem(last=False)
        if not known:
            self._counts["unique_count"] += 1
        return known

    def stats(self) -> dict[str, Any]:
        total = self._counts["total_blocks"]
        ratio = float(self._counts["duplicates_removed"]) / float(total) if total else 0.0
        return {**self._counts, "dedup_ratio": ratio}


def _made(window_size: Any, min_block_length: Any, max_block: Any, code: Any) -> _Deduplicator:
    return _Deduplicator(
        at_least("window_size", window_size, 0),
        at_least("min_block_length", min_block_length, 0),
        at_least("max_block", max_block, 1),
        flag(code),
        True,
    )


def deduplicate(
    text: str, *, window_size: int = 0, min_block_length: int = 50, max_block: int = 65536, code: bool = True
) -> str:
    """A text without the blocks that say what an earlier one says."""
    content = _text(text)
    return _deduplicated(content, _made(window_size, min_block_length, max_block, code))


def _deduplicated(content: str, made: _Deduplicator) -> str:
    return (made.feed(content) or "") + made.end()


class StreamingDeduplicator:
    """Lets a text through, while it comes, without the blocks that say what one of the last says."""

    def __init__(
        self, window_size: int = 5, min_block_length: int = 50, *, max_block: int = 65536, code: bool = True
    ) -> None:
        self._made = _made(window_size, min_block_length, max_block, code)
        self._finished = False

    def add_chunk(self, chunk: str) -> str | None:
        """What a piece decides: None for nothing yet, empty for duplicates alone."""
        chunk = text(chunk)
        self._open()
        return self._made.feed(chunk)

    def flush(self) -> str:
        """Ends the stream: what was held back."""
        self._open()
        self._finished = True
        return self._made.end()

    def reset(self) -> None:
        self._made.reset()
        self._finished = False

    def get_stats(self) -> dict[str, Any]:
        return self._made.stats()

    def _open(self) -> None:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")


class OutputDeduplicator:
    """Lets outputs through, one after the other, without the blocks that say what an earlier one says."""

    def __init__(self, min_block_length: int = 50, normalize_whitespace: bool = True) -> None:
        least = at_least("min_block_length", min_block_length, 0)
        self._made = _Deduplicator(0, least, 65536, True, flag(normalize_whitespace))

    def process(self, text: str) -> str:
        """The rest of an output, and its end."""
        return _deduplicated(_text(text), self._made)

    def process_chunk(self, chunk: str) -> str | None:
        """What a piece of an output decides: None for nothing yet, empty for duplicates alone."""
        return self._made.feed(text(chunk))

    def flush(self) -> str:
        """Ends an output: what was held back. Its blocks stay known."""
        return self._made.end()

    def reset(self) -> None:
        self._made.reset()

    def get_stats(self) -> dict[str, Any]:
        return self._made.stats()

    @property
    def duplicates_removed(self) -> int:
        return int(self._made.stats()["duplicates_removed"])
