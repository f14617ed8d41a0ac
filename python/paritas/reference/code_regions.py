"""Fences and inline code of Markdown, where markers and patterns are text."""

from paritas.reference.convert import flag
from paritas.reference.convert import text as as_text
from paritas.results_filter import CodeRegion


class FenceTracker:
    """Whether a text, read piece by piece, stands inside a fence. Keeps a few numbers, no text."""

    def __init__(self) -> None:
        self.fence = ""  # the run that has opened the fence the text stands in; empty outside
        # Where in its line the text stands: in the "indent", in the "run" behind it, in the "info" of an opening line,
        # in the "tail" of a closing one, at its "return", or anywhere else: "plain".
        self.place = "indent"
        self.spaces = 0
        self.run = ""

    @property
    def open(self) -> bool:
        return self.fence != ""

    def feed(self, piece: str) -> None:
        for ch in piece:
            if ch == "\n":
                self._end_line()
            elif self.place != "plain":
                self.place = self._next(ch)

    def _end_line(self) -> None:
        if self.fence != "" and self.place in ("run", "tail", "return") and len(self.run) >= len(self.fence):
            self.fence = ""
        elif self.fence == "" and (self.place == "info" or (self.place == "run" and len(self.run) >= 3)):
            self.fence = self.run
        self.place, self.spaces, self.run = "indent", 0, ""

    def _next(self, ch: str) -> str:
        if self.place == "indent":
            if ch == " ":
                self.spaces += 1
                return "indent" if self.spaces <= 3 else "plain"
            if ch not in (self.fence[:1] or "`~"):
                return "plain"
            self.run = ch
            return "run"
        if self.place == "run" and ch == self.run[0]:
            self.run += ch
            return "run"
        if self.fence == "":
            return "plain" if len(self.run) < 3 or ch == self.run[0] == "`" else "info"
        if ch in " \t" and self.place != "return":
            return "tail"
        return "return" if ch == "\r" and self.place != "return" else "plain"


def code_regions(text: str, inline: bool = True) -> list[CodeRegion]:
    """The fences of a Markdown text and, unless `inline` is False, its inline code, in order.

    A fence is a line of up to 3 spaces and 3 or more ` or ~; it closes at a line of at least as many of them, or at the
    end of the text. Its region has both lines, without the last line end. Inline code closes at the next run of as many
    backticks before a blank line or a fence; without one it is text.
    """
    text, inline = as_text(text), flag(inline)
    regions: list[CodeRegion] = []
    tracker = FenceTracker()
    prose = 0  # where the prose begins that may have inline code
    opened, info = 0, ""
    start = 0
    while start < len(text):
        line_end = text.find("\n", start)
        following = len(text) if line_end < 0 else line_end + 1
        end = len(text) if line_end < 0 else line_end
        if line_end > start and text[line_end - 1] == "\r":
            end -= 1
        was_open = tracker.open
        tracker.feed(text[start:end] + "\n")
        if not was_open and tracker.open:
            if inline:
                regions += _inline(text, prose, start)
            opened, info = start, text[start:end].lstrip(" ")[len(tracker.fence) :].strip(" \t")
        elif was_open and not tracker.open:
            regions.append(CodeRegion("fence", opened, end, info, True))
            prose = following
        elif not tracker.open and text[start:end].strip(" \t") == "":
            if inline:
                regions += _inline(text, prose, start)
            prose = following
        start = following
    if tracker.open:
        regions.append(CodeRegion("fence", opened, len(text), info, False))
    elif inline:
        regions += _inline(text, prose, len(text))
    return regions


def _inline(text: str, start: int, end: int) -> list[CodeRegion]:
    """The inline code of text[start:end], which has no blank line and no fence."""
    runs = []
    at = text.find("`", start, end)
    while at >= 0:
        stop = at
        while stop < end and text[stop] == "`":
            stop += 1
        runs.append((at, stop))
        at = text.find("`", stop, end)
    closers = {}  # for each run the next one of its length
    seen: dict[int, int] = {}
    for i in range(len(runs) - 1, -1, -1):
        length = runs[i][1] - runs[i][0]
        closers[i] = seen.get(length, -1)
        seen[length] = i
    regions = []
    i = 0
    while i < len(runs):
        closer = closers[i]
        if closer >= 0:
            regions.append(CodeRegion("inline", runs[i][0], runs[closer][1], "", True))
            i = closer
        i += 1
    return regions
