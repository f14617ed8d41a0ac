"""A JSON text that is still arriving: the best value so far."""

from typing import Any

from paritas.errors import ParitasError
from paritas.reference.json_repair import repair_options, report
from paritas.reference.json_scan import as_str
from paritas.results_repair import RepairResult


class JsonStream:
    """A JSON text that is still arriving, however it is cut."""

    def __init__(self, *, coerce: bool = False, non_finite: str = "null", max_depth: int = 1000) -> None:
        self._options = repair_options(coerce=coerce, non_finite=non_finite, max_depth=max_depth)
        self._so_far = repair_options(partial=True, coerce=coerce, non_finite=non_finite, max_depth=max_depth)
        self._text = ""
        self._finished = False

    def feed(self, delta: str) -> None:
        """Takes the next piece of the text; an empty one adds nothing."""
        delta = as_str(delta)
        self._refuse_finished()
        self._text += delta

    def snapshot(self) -> str:
        """repair_json of the text so far, with partial=True; after finish() the text of its result."""
        return self._report().text

    @property
    def complete(self) -> bool:
        """Whether a value was found and has ended."""
        result = self._report()
        return result.ok and not result.truncated

    def path(self) -> str:
        """The JSON pointer of the value that is being written; "" for the outermost one, or none."""
        return "" if self._finished else report(self._text, self._so_far)[1]

    def finish(self) -> RepairResult:
        """Ends the stream; repair_json_report of the whole text."""
        self._refuse_finished()
        self._finished = True
        return self._report()

    def reset(self) -> None:
        """Makes it equal to a new one."""
        self._text = ""
        self._finished = False

    def _report(self) -> RepairResult:
        return report(self._text, self._options if self._finished else self._so_far)[0]

    def _refuse_finished(self) -> Any:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")
