"""`paritas repair`: broken JSON mended, or the JSON values of a text."""

from __future__ import annotations

import argparse
from typing import Any

import paritas
from paritas.cli_input import InputError, read_text, well_formed
from paritas.cli_output import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="*", help='"-", or none at all, is standard input')
    parser.add_argument(
        "--report", action="store_true", dest="json", help="the same as --json: what was changed, where"
    )
    parser.add_argument("--extract", action="store_true", help="the objects and arrays in a text, one to a line")
    parser.add_argument("--partial", action="store_true", help="the text is still arriving: only what is certain")
    parser.add_argument(
        "--coerce", action="store_true", help="strings that say a number, a literal or a container become it"
    )
    parser.add_argument("--in-place", action="store_true", help="write each file that changes instead of printing it")


def repair(options: argparse.Namespace) -> tuple[Any, list[str], bool]:
    """What --json prints, the lines for people, whether each file had a value."""
    if options.extract and (options.partial or options.coerce or options.in_place):
        raise InputError("--extract takes no --partial, --coerce and --in-place")
    files = options.files or ["-"]
    if options.in_place and "-" in files:
        raise InputError("--in-place needs files, not standard input")
    texts = [(name, read_text(name)) for name in files]
    if options.extract:
        return _extracted(texts)
    items: list[dict[str, Any]] = []
    lines: list[str] = []
    for name, text in texts:
        found = paritas.repair_json_report(text, partial=options.partial, coerce=options.coerce)
        changes = [change._asdict() for change in found.changes]
        items.append({"path": well_formed(name), **found._asdict(), "changes": changes})
        if not options.in_place:
            lines.append(found.text.removesuffix("\n"))
        elif found.changed and found.ok:
            _write(name, found.text)
            lines.append(f"{one_line(well_formed(name))}: {found.change_count} changes")
    if options.in_place:
        lines.append(f"{len(lines)} of {len(items)} files changed")
    return {"files": items}, lines, all(item["ok"] for item in items)


def _extracted(texts: list[tuple[str, str]]) -> tuple[Any, list[str], bool]:
    items, lines = [], []
    for name, text in texts:
        found = paritas.extract_json_objects(text)
        items.append({"path": well_formed(name), "values": [value._asdict() for value in found]})
        # Raw line ends stand between tokens alone.
        lines += [value.json.replace("\r", " ").replace("\n", " ") for value in found]
    return {"files": items}, lines, all(item["values"] for item in items)


def _write(name: str, text: str) -> None:
    try:
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError:
        raise InputError(f"cannot write {well_formed(name)}") from None
