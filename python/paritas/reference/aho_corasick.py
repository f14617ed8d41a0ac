"""AhoCorasick and its streams: many patterns in one pass over a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.unicode import simple_fold
from paritas.reference.word_points import is_word_point
from paritas.results_match import Match

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from paritas.reference.match_stream import MatchStream

KINDS = ("standard", "leftmost_first", "leftmost_longest", "overlapping")
FOLDINGS = ("none", "ascii", "unicode")
MOST_PATTERNS = 2**24
MOST_BYTES = 2**28

Found = tuple[int, int, int]  # pattern, start, end


class Trie:
    """The automaton of some patterns: for each state its children, the longest shorter state that ends alike, and the
    patterns that end there, longest first, equal ones ascending."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.depth = [0]
        own: list[list[int]] = [[]]
        for number, pattern in enumerate(patterns):
            state = 0
            for ch in pattern:
                following = self.children[state].get(ch)
                if following is None:
                    following = self.children[state][ch] = len(self.children)
                    self.children.append({})
                    self.depth.append(self.depth[state] + 1)
                    own.append([])
                state = following
            own[state].append(number)
        self.own = own
        self.fail = [0] * len(self.children)
        self.output = [0] * len(self.children)  # the nearest state of itself and those behind `fail` with a pattern
        self.output[0] = -1
        queue = [0]
        for state in queue:
            if state != 0:
                self.output[state] = state if own[state] else self.output[self.fail[state]]
            for ch, child in self.children[state].items():
                if state != 0:
                    self.fail[child] = self.next(self.fail[state], ch)
                queue.append(child)

    def next(self, state: int, ch: str) -> int:
        while state != 0 and ch not in self.children[state]:
            state = self.fail[state]
        return self.children[state].get(ch, 0)

    def outputs(self, state: int) -> Iterator[int]:
        state = self.output[state]
        while state != -1:
            yield from self.own[state]
            state = self.output[self.fail[state]]


class AhoCorasick:
    """Finds many patterns in one pass over a text, in time linear in the text and the matches.

    patterns:         str, none empty; the same one twice is allowed
    match_kind:       of all occurrences that pass whole_words: "overlapping" all of them, by (end, start, pattern);
                      otherwise again and again, behind the last one, the least: "standard" by (end, start, pattern),
                      "leftmost_first" by (start, pattern), "leftmost_longest" by (start, -end, pattern)
    case_insensitive: False; True or "ascii" for A-Z alone; "unicode" for simple case folding of each code point
    whole_words:      an occurrence counts if both its ends are word boundaries: not between two letters, marks, digits
                      or connectors of a script that writes spaces
    Errors: pattern_empty with the index as offset; limit_exceeded for more than 2^24 patterns or 2^28 bytes of them;
            invalid_argument for an unknown match_kind or case_insensitive
    """

    def __init__(
        self,
        patterns: Sequence[str],
        *,
        match_kind: str = "leftmost_longest",
        case_insensitive: bool | str = False,
        whole_words: bool = False,
    ) -> None:
        self._patterns = as_texts(patterns)
        kind = as_text(match_kind)
        self._whole_words = flag(whole_words)
        self._kind = _kind(kind)
        self._folding = _folding(case_insensitive)
        if len(self._patterns) > MOST_PATTERNS:
            raise ParitasError("limit_exceeded", "there must be at most 2^24 patterns", MOST_PATTERNS)
        total = 0
        for i, pattern in enumerate(self._patterns):
            if pattern == "":
                raise ParitasError("pattern_empty", f"pattern {i} is empty: leave it out", i)
            total += len(pattern.encode())
            if total > MOST_BYTES:
                raise ParitasError("limit_exceeded", "all patterns together must have at most 2^28 bytes", i)
        folded = [self._fold(pattern) for pattern in self._patterns]
        self._forward = Trie(folded)
        # Read from the end of the text, it knows for each position which patterns begin there.
        self._backward = Trie([pattern[::-1] for pattern in folded])
        self._longest = max(map(len, folded), default=0)

    # ---- finding

    def find_all(self, text: str) -> list[Match]:
        """The matches of the text in the order of the kind: Match(pattern, start, end), `text` on demand."""
        return [Match(*found, text) for found in self._find(as_text(text))]

    def find_all_batch(self, texts: Sequence[str], *, threads: int = 0) -> list[list[Match]]:
        """find_all of each text. threads: 0 means all cores; the result is the same."""
        originals = list(texts) if not isinstance(texts, str | bytes) and hasattr(texts, "__iter__") else texts
        as_texts(originals)
        _threads(threads)
        return [self.find_all(text) for text in originals]

    def find_arrays(self, text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
        """The same as three uint32 arrays: pattern, start, end."""
        import numpy as np

        columns = zip(*self._find(as_text(text)), strict=True)
        pattern, start, end = [np.array(column, np.uint32) for column in columns] or [np.zeros(0, np.uint32)] * 3
        return pattern, start, end

    def find_first(self, text: str) -> Match | None:
        """The first of find_all, or None."""
        found = next(self._find(as_text(text)), None)
        return None if found is None else Match(*found, text)

    def contains(self, text: str) -> bool:
        """Whether there is a match; stops at the first."""
        return next(self._find(as_text(text)), None) is not None

    def contains_batch(self, texts: Sequence[str], *, threads: int = 0) -> list[bool]:
        """contains of each text."""
        clean = as_texts(texts)
        _threads(threads)
        return [self.contains(text) for text in clean]

    def count(self, text: str) -> int:
        """How many matches find_all gives."""
        return sum(1 for _ in self._find(as_text(text)))

    def count_batch(self, texts: Sequence[str], *, threads: int = 0) -> list[int]:
        """count of each text."""
        clean = as_texts(texts)
        _threads(threads)
        return [self.count(text) for text in clean]

    def count_by_pattern(self, text: str) -> list[int]:
        """How many matches each pattern has."""
        counts = [0] * len(self._patterns)
        for pattern, _, _ in self._find(as_text(text)):
            counts[pattern] += 1
        return counts

    def matched_patterns(self, text: str) -> list[int]:
        """The patterns that occur at all, overlapping others or not, ascending."""
        return sorted({pattern for pattern, _, _ in self._overlapping(as_text(text))})

    def replace_all(self, text: str, replacement: str | Sequence[str] | Callable[[Match], str]) -> str:
        """The text with each match replaced.

        replacement: one str for all, a sequence with one for each pattern, or a function that makes one of a Match
        Errors: kind_unsupported for "overlapping"; length_mismatch for another number of replacements than patterns
        """
        source = as_text(text)
        if callable(replacement):
            make = replacement
        elif isinstance(replacement, str):
            one = as_text(replacement)

            def make(match: Match) -> str:
                return one
        else:
            many = as_texts(replacement)

            def make(match: Match) -> str:
                return many[match.pattern]

        self._check_replaceable()
        if not callable(replacement) and not isinstance(replacement, str) and len(many) != len(self._patterns):
            message = f"{len(many)} replacements for {len(self._patterns)} patterns: give one for each"
            raise ParitasError("length_mismatch", message)
        out, at = [], 0
        for match in self.find_all(source):
            out += [source[at : match.start], as_text(make(match))]
            at = match.end
        return "".join(out) + source[at:]

    def stream(self) -> MatchStream:
        """A matcher for a text that comes in pieces."""
        from paritas.reference.match_stream import MatchStream

        return MatchStream(self)

    # ---- storage

    def to_bytes(self) -> bytes:
        """The same object as bytes, equal on all targets."""
        from paritas.reference.aho_corasick_file import to_bytes

        return to_bytes(self._patterns, KINDS.index(self._kind), FOLDINGS.index(self._folding), self._whole_words)

    @staticmethod
    def from_bytes(data: bytes) -> AhoCorasick:
        """The object of to_bytes. Errors: corrupt_data with the offset for any other bytes."""
        from paritas.reference.aho_corasick_file import from_bytes

        return from_bytes(bytes(memoryview(data)))

    # ---- properties

    @property
    def patterns(self) -> list[str]:
        """As they were given."""
        return list(self._patterns)

    @property
    def pattern_count(self) -> int:
        """How many there are."""
        return len(self._patterns)

    @property
    def match_kind(self) -> str:
        """One of "standard", "leftmost_first", "leftmost_longest" and "overlapping"."""
        return self._kind

    @property
    def memory_bytes(self) -> int:
        """Bytes that the object holds; here an estimate."""
        return 256 * (len(self._forward.children) + len(self._backward.children))

    @property
    def engine(self) -> str:
        """How it searches, which no result shows: "prefilter", "dense", "contiguous"; "python" here."""
        return "python"

    def __len__(self) -> int:
        return len(self._patterns)

    def __reduce__(self) -> tuple[Any, ...]:
        return AhoCorasick.from_bytes, (self.to_bytes(),)

    # ---- how

    def _check_replaceable(self) -> None:
        if self._kind == "overlapping":
            message = "replace_all needs matches that do not overlap: build with another match_kind than overlapping"
            raise ParitasError("kind_unsupported", message)

    def _fold(self, text: str) -> str:
        if self._folding == "none":
            return text
        if self._folding == "ascii":
            return "".join(ch.lower() if ch.isascii() else ch for ch in text)
        return "".join(map(simple_fold, text))

    def _passes(self, text: str, start: int, end: int) -> bool:
        return not self._whole_words or (_bound(text, start) and _bound(text, end))

    def _find(self, text: str) -> Iterator[Found]:
        if self._kind == "overlapping":
            return self._overlapping(text)
        return self._standard(text) if self._kind == "standard" else self._leftmost(text)

    def _overlapping(self, text: str) -> Iterator[Found]:
        state = 0
        for end, ch in enumerate(self._fold(text), 1):
            state = self._forward.next(state, ch)
            for pattern in self._forward.outputs(state):
                start = end - len(self._patterns[pattern])
                if self._passes(text, start, end):
                    yield pattern, start, end

    def _standard(self, text: str) -> Iterator[Found]:
        state = 0
        for end, ch in enumerate(self._fold(text), 1):
            state = self._forward.next(state, ch)
            for pattern in self._forward.outputs(state):
                start = end - len(self._patterns[pattern])
                if self._passes(text, start, end):
                    yield pattern, start, end
                    state = 0  # what follows starts behind it
                    break

    def _leftmost(self, text: str) -> Iterator[Found]:
        at, states = 0, self._states(text, 0, len(text))
        while at < len(text):
            pattern = self._at(text, at, states[at])
            if pattern is None:
                at += 1
                continue
            end = at + len(self._patterns[pattern])
            yield pattern, at, end
            at = end

    def _states(self, text: str, begin: int, end: int) -> list[int]:
        """The state of the backward automaton at each position of text[begin:end], which alone it knows."""
        state, states = 0, []
        for ch in reversed(self._fold(text[begin:end])):
            state = self._backward.next(state, ch)
            states.append(state)
        return states[::-1]

    def _at(self, text: str, start: int, state: int) -> int | None:
        """The pattern that a leftmost kind takes at `start`."""
        fitting = (
            pattern
            for pattern in self._backward.outputs(state)
            if self._passes(text, start, start + len(self._patterns[pattern]))
        )
        return min(fitting, default=None) if self._kind == "leftmost_first" else next(fitting, None)


def _kind(name: str) -> str:
    if name not in KINDS:
        message = f"match_kind must be standard, leftmost_first, leftmost_longest or overlapping, not {name}"
        raise ParitasError("invalid_argument", message)
    return name


def _folding(value: object) -> str:
    if value is True or value is False:
        return "ascii" if value else "none"
    if not isinstance(value, str):
        raise ParitasTypeError("invalid_argument", f"a bool or a str is needed, not {type(value).__name__}")
    name = as_text(value)
    if name not in FOLDINGS[1:]:
        raise ParitasError("invalid_argument", f"case_insensitive must be a bool, ascii or unicode, not {name}")
    return name


def _threads(threads: int) -> int:
    count = whole(threads)
    if count < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    return count


def _bound(text: str, at: int) -> bool:
    return at == 0 or at == len(text) or not is_word_point(text[at - 1]) or not is_word_point(text[at])
