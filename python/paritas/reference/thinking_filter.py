"""Takes the thoughts of a language model apart from its answer, while the text comes."""

from collections.abc import Callable
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.code_regions import FenceTracker
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.thinking_markers import FINAL_CHANNEL, MORE, Markers
from paritas.reference.unicode import text_class
from paritas.results_filter import Segment, StreamingChunkResult, ThinkingContent, ThinkingToken


class Machine:
    """Reads a text once, and says of each part what it is: "answer" or "thinking", or a marker that acts."""

    def __init__(
        self,
        markers: Markers,
        told: Callable[[str, int, str], None],
        *,
        start_in_thinking: bool = False,
        nesting: bool = False,
        orphan_close: str = "drop",
        respect_code: bool = True,
        trim_after: bool = False,
    ) -> None:
        self.markers, self.told = markers, told
        self.nesting, self.orphan_close = nesting, orphan_close
        self.respect_code, self.trim_after = respect_code, trim_after
        self.depth = 1 if start_in_thinking else 0
        self.thoughts = self.depth
        self.orphans = 0
        self.before = ""  # the character before the text that is read
        self.header_seen = False
        self.trimming = False
        self.fence = FenceTracker()  # of the answer

    def read(self, text: str, final: bool) -> int:
        """Up to where it is decided; the caller brings the rest again, with what follows it."""
        at = 0
        while at < len(text):
            length, marker = 0, -1
            if not (self.respect_code and self.depth == 0 and self.fence.open):
                length, marker = self.markers.match(text, at, final, self.header_seen)
            if length == MORE:
                break
            end = at + max(length, 1)
            before = text[at - 1] if at > 0 else self.before
            if marker >= 0 and self.respect_code and before == "`":
                if end == len(text) and not final:
                    break
                if text[end : end + 1] == "`":
                    marker = -1  # it is talked about
            if marker < 0:
                self._text(text[at:end])
            else:
                self._marker(text[at:end], marker)
            at = end
        if at > 0:
            self.before = text[at - 1]
        return at

    def _text(self, text: str) -> None:
        if self.depth > 0:
            self.told("thinking", -1, text)
            return
        for ch in text:
            if self.trimming and text_class(ch) == "space":
                self.told("dropped", -1, ch)
                continue
            self.trimming = False
            if self.respect_code:
                self.fence.feed(ch)
            self.told("answer", -1, ch)

    def _marker(self, text: str, marker: int) -> None:
        if marker in (FINAL_CHANNEL - 1, FINAL_CHANNEL):
            self.header_seen = True
        if marker % 2 == 0:
            if self.depth == 0:
                self.depth = 1
                self.thoughts += 1
                self.told("open", marker, text)
                return
            self._text(text)
            if self.nesting:
                self.depth += 1
        elif self.depth > 1:
            self._text(text)
            self.depth -= 1
        elif self.depth == 1:
            self.depth = 0
            self.trimming = self.trim_after
            self.told("close", marker, text)
        elif marker == FINAL_CHANNEL:  # the answer's own header, and the end of its message: no thought is missing
            self.told("channel", marker, text)
        else:
            self.orphans += 1
            if self.orphan_close == "text":
                self._text(text)
            else:
                self.told("orphan", marker, text)


class StreamingFilter:
    """Takes the thoughts of a language model apart from its answer, while the text comes, however it is cut."""

    def __init__(
        self,
        suppress_thinking: bool = False,
        max_thinking_content: int = 50000,
        *,
        markers: Any = (),
        default_markers: bool = True,
        start_in_thinking: bool = False,
        nesting: bool = False,
        orphan_close: str = "drop",
        respect_code: bool = True,
        trim_after: bool = False,
    ) -> None:
        self._suppress, self._most = flag(suppress_thinking), whole(max_thinking_content)
        self._settings: dict[str, Any] = {
            "start_in_thinking": flag(start_in_thinking),
            "nesting": flag(nesting),
            "orphan_close": as_text(orphan_close),
            "respect_code": flag(respect_code),
            "trim_after": flag(trim_after),
        }
        self._markers = Markers(markers, flag(default_markers))
        if self._most < 0:
            raise ParitasError("invalid_argument", "max_thinking_content must be at least 0")
        if orphan_close not in ("drop", "text"):
            raise ParitasError("invalid_argument", 'orphan_close must be "drop" or "text"')
        self.reset()

    def reset(self) -> None:
        """Makes it equal to a new one."""
        self._machine = Machine(self._markers, self._hear, **self._settings)
        self._held = ""
        self._said: list[tuple[Any, list[str]]] = []
        self._entering = self._exiting = self._finished = False
        self._thinking_length = self._thinking_dropped = self._answer_length = 0

    def _hear(self, what: str, marker: int, text: str) -> None:
        if what == "open":
            self._entering = True
        elif what == "close":
            self._exiting = True
        elif what == "answer":
            self._answer_length += len(text)
            self._emit("answer", text)
        elif what == "thinking":
            room = self._most - self._thinking_length if self._most > 0 else len(text)
            self._thinking_dropped += max(len(text) - room, 0)
            self._thinking_length += min(len(text), room)
            if not self._suppress:
                self._emit("thinking", text[:room])

    def _emit(self, kind: Any, text: str) -> None:
        if text == "":
            return
        if not self._said or self._said[-1][0] != kind:
            self._said.append((kind, []))
        self._said[-1][1].append(text)

    def process_chunk(self, chunk: str) -> StreamingChunkResult:
        """What a piece of the text adds; an empty one adds nothing."""
        return self._process(as_text(chunk), False)

    def finish(self) -> StreamingChunkResult:
        """Ends the stream: text that was held back, because it could have become a marker, is given out."""
        result = self._process("", True)
        self._finished = True
        return result

    flush = finish

    def _process(self, chunk: str, final: bool) -> StreamingChunkResult:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")
        self._said = []
        self._entering = self._exiting = False
        text = self._held + chunk
        self._held = text[self._machine.read(text, final) :]
        segments = [Segment(kind, "".join(parts)) for kind, parts in self._said]
        return StreamingChunkResult(
            segments,
            "".join(segment.text for segment in segments if segment.kind == "answer"),
            "".join(segment.text for segment in segments if segment.kind == "thinking"),
            "".join(segment.text for segment in segments),
            self._machine.depth > 0,
            self._entering or self._exiting,
            self._entering,
            self._exiting,
        )

    def should_abort(self) -> bool:
        """Whether there was more thinking than max_thinking_content."""
        return self._thinking_dropped > 0

    def get_abort_reason(self) -> str | None:
        return f"Thinking content exceeded {self._most} characters" if self.should_abort() else None

    def get_state(self) -> str:
        """ "normal" or "in_thinking"."""
        return "in_thinking" if self._machine.depth > 0 else "normal"

    def get_thinking_length(self) -> int:
        """Characters of thinking so far, up to the limit."""
        return self._thinking_length

    def stats(self) -> dict[str, int]:
        """Counts of the whole stream; lengths in characters."""
        return {
            "thoughts": self._machine.thoughts,
            "orphan_closers": self._machine.orphans,
            "thinking_length": self._thinking_length,
            "thinking_dropped": self._thinking_dropped,
            "answer_length": self._answer_length,
        }


def _parts(text: str, orphan_close: str = "drop") -> list[tuple[str, int, str]]:
    """All that a machine says of a whole text."""
    parts: list[tuple[str, int, str]] = []
    machine = Machine(
        Markers(), lambda what, marker, part: parts.append((what, marker, part)), orphan_close=orphan_close
    )
    machine.read(text, True)
    return parts


def strip_thinking_tokens(text: str) -> str:
    """The text without its markers; what stands between them stays."""
    return "".join(part for what, _, part in _parts(as_text(text)) if what in ("answer", "thinking"))


def remove_thinking(text: str) -> str:
    """The text without markers and thoughts: the answer."""
    return "".join(part for what, _, part in _parts(as_text(text)) if what == "answer")


def contains_thinking_tokens(text: str) -> bool:
    """Whether strip_thinking_tokens would take anything away."""
    return any(marker >= 0 for _, marker, _ in _parts(as_text(text)))


def find_thinking_tokens(text: str) -> list[ThinkingToken]:
    """The markers that strip_thinking_tokens takes away, in order; pattern_idx says which, even ones open."""
    found, at = [], 0
    for _, marker, part in _parts(as_text(text)):
        if marker >= 0:
            found.append(ThinkingToken(at, at + len(part), marker))
        at += len(part)
    return found


def extract_thinking_content(text: str, *, orphan_close: str = "thinking") -> ThinkingContent:
    """Answer and thoughts, these joined by line feeds.

    orphan_close: what becomes of a closing marker without a thought: with "thinking" all text before the first one is
                  thinking, as of a model whose prompt has opened the thought; "drop" takes it away, "text" keeps it
    """
    text, orphan_close = as_text(text), as_text(orphan_close)
    if orphan_close not in ("thinking", "drop", "text"):
        raise ParitasError("invalid_argument", 'orphan_close must be "thinking", "drop" or "text"')
    pieces: list[tuple[str, list[str]]] = [("answer", [])]
    orphan_seen = False
    for what, _, part in _parts(text, "text" if orphan_close == "text" else "drop"):
        if what in ("answer", "thinking"):
            pieces[-1][1].append(part)
        elif what == "open":
            pieces.append(("thinking", []))
        elif what == "close":
            pieces.append(("answer", []))
        elif what == "orphan" and orphan_close == "thinking" and not orphan_seen:
            orphan_seen = True
            pieces = [("thinking", parts) for _, parts in pieces] + [("answer", [])]
    thoughts = ["".join(parts) for kind, parts in pieces if kind == "thinking"]
    answer = "".join("".join(parts) for kind, parts in pieces if kind == "answer")
    return ThinkingContent(answer, "\n".join(thought for thought in thoughts if thought != ""))
