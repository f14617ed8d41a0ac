"""MatchStream: AhoCorasick over a text that comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator

from paritas.errors import ParitasError
from paritas.reference.aho_corasick import AhoCorasick, Found
from paritas.reference.convert import text as as_text
from paritas.results_match import Match


class MatchStream:
    """Finds the patterns in a text that comes in pieces, cut anywhere.

    All lists together are find_all of the whole text; a match comes as soon as no later input can change it. Offsets
    count from the start of the stream. Of the text it keeps about as much as the longest pattern.
    """

    def __init__(self, patterns: AhoCorasick) -> None:
        self._patterns = patterns
        self.reset()

    def feed(self, chunk: str) -> list[Match]:
        """The matches that the chunk has settled. Errors: stream_finished after finish()."""
        chunk = as_text(chunk)
        self._check_open()
        return self._feed(chunk, last=False)

    def finish(self) -> list[Match]:
        """The matches that are left, at the end of the text. Errors: stream_finished when called again."""
        self._check_open()
        return self._feed("", last=True)

    def reset(self) -> None:
        """Starts anew, for another text."""
        self._window = ""  # the text from `_base` on; the other offsets count from its start
        self._base = 0
        self._read = 0  # the automaton has read so far
        self._from = 0  # the next match starts here or behind
        self._state = 0
        self._finished = False

    def _check_open(self) -> None:
        if self._finished:
            raise ParitasError("stream_finished", "this stream is finished: reset() starts another text")

    def _feed(self, chunk: str, last: bool) -> list[Match]:
        self._finished = last
        self._window += chunk
        # For whole words the last code point waits for the next one.
        limit = len(self._window) - (1 if self._patterns._whole_words and not last and self._window else 0)
        leftmost = self._patterns._kind.startswith("leftmost")
        found = list(self._leftmost(limit, last) if leftmost else self._forwards(limit))
        window, base = self._window, self._base
        matches = [
            Match(pattern, base + start, base + end, window[start:end], base + start) for pattern, start, end in found
        ]
        # One code point before what may still be needed tells whether a word begins there.
        drop = max((self._from if leftmost else self._read - self._patterns._longest) - 1, 0)
        self._window = window[drop:]
        self._base += drop
        self._read -= drop
        self._from = max(self._from - drop, 0)
        return matches

    def _forwards(self, limit: int) -> Iterator[Found]:
        patterns, trie = self._patterns, self._patterns._forward
        for ch in patterns._fold(self._window[self._read : limit]):
            self._read += 1
            self._state = trie.next(self._state, ch)
            for pattern in trie.outputs(self._state):
                start = self._read - len(patterns._patterns[pattern])
                if not patterns._passes(self._window, start, self._read):
                    continue
                yield pattern, start, self._read
                if patterns._kind == "standard":
                    self._state = 0
                    break

    def _leftmost(self, limit: int, last: bool) -> Iterator[Found]:
        patterns, trie = self._patterns, self._patterns._forward
        for ch in patterns._fold(self._window[self._read : limit]):
            self._state = trie.next(self._state, ch)
        self._read = limit

        def open_from() -> int:
            """Where the longest pattern may have begun whose end is still to come."""
            state = self._state
            while state != 0 and not trie.children[state]:
                state = trie.fail[state]
            return limit if last else limit - trie.depth[state]

        begin, settled = self._from, open_from()
        if begin >= settled:
            return
        states = patterns._states(self._window, begin, limit)
        while self._from < settled:
            start = self._from
            pattern = patterns._at(self._window, start, states[start - begin])
            if pattern is None:
                self._from += 1
                continue
            self._from = start + len(patterns._patterns[pattern])
            yield pattern, start, self._from
            while trie.depth[self._state] > limit - self._from:  # what began within this match is over
                self._state = trie.fail[self._state]
            settled = open_from()
