"""Makes valid JSON of what was meant to be JSON."""

from typing import Any

from paritas._json_value import loads
from paritas.errors import ParitasError
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.json_frame import mended
from paritas.reference.json_machine import Options
from paritas.reference.json_scan import as_str, skip_space, valid
from paritas.results_repair import Change, RepairResult


def repair_options(
    *,
    partial: Any = False,
    coerce: Any = False,
    multiple: Any = "array",
    non_finite: Any = "null",
    max_depth: Any = 1000,
    max_changes: Any = 1000,
) -> Options:
    partial, coerce = flag(partial), flag(coerce)
    multiple, non_finite = as_text(multiple), as_text(non_finite)
    max_depth, max_changes = whole(max_depth), whole(max_changes)
    if multiple not in ("array", "first"):
        raise ParitasError("invalid_argument", 'multiple must be "array" or "first"')
    if non_finite not in ("null", "string"):
        raise ParitasError("invalid_argument", 'non_finite must be "null" or "string"')
    if max_depth < 1:
        raise ParitasError("invalid_argument", "max_depth must be at least 1")
    if max_changes < 0:
        raise ParitasError("invalid_argument", "max_changes must be at least 0")
    return Options(partial, coerce, multiple, non_finite, max_depth, max_changes)


def report(text: str, options: Options) -> tuple[RepairResult, str]:
    """The result, and the pointer to the value that the text is cut in."""
    if valid(text) and not options.coerce:
        if not options.partial or text[skip_space(text, 0)] not in "-0123456789" or text[-1] in " \t\n\r":
            return RepairResult(text, True, False, [], 0, False, False), ""
    surrogates = [at for at, ch in enumerate(text) if "\ud800" <= ch <= "\udfff"]
    if not surrogates:
        return mended(text, options)
    result, pointer = mended(as_text(text), options)
    changes = [Change("escape", at, at + 1) for at in surrogates] + result.changes
    changes.sort(key=lambda change: change.start)
    return (
        result._replace(
            changes=changes[: options.max_changes], change_count=result.change_count + len(surrogates), changed=True
        ),
        pointer,
    )


def repair_json_report(
    input: str,
    *,
    partial: bool = False,
    coerce: bool = False,
    multiple: str = "array",
    non_finite: str = "null",
    max_depth: int = 1000,
    max_changes: int = 1000,
) -> RepairResult:
    """Valid JSON for any text, and what was changed to get it. Valid JSON comes back as it is."""
    options = repair_options(
        partial=partial,
        coerce=coerce,
        multiple=multiple,
        non_finite=non_finite,
        max_depth=max_depth,
        max_changes=max_changes,
    )
    return report(as_str(input), options)[0]


def repair_json(
    input: str,
    *,
    partial: bool = False,
    coerce: bool = False,
    multiple: str = "array",
    non_finite: str = "null",
    max_depth: int = 1000,
) -> str:
    """The text of repair_json_report."""
    options = repair_options(
        partial=partial, coerce=coerce, multiple=multiple, non_finite=non_finite, max_depth=max_depth, max_changes=0
    )
    return report(as_str(input), options)[0].text


def repair_json_loads(
    input: str,
    *,
    partial: bool = False,
    coerce: bool = False,
    multiple: str = "array",
    non_finite: str = "null",
    max_depth: int = 1000,
) -> Any:
    """The value of repair_json, as json.loads gives it."""
    return loads(
        repair_json(
            input, partial=partial, coerce=coerce, multiple=multiple, non_finite=non_finite, max_depth=max_depth
        )
    )
