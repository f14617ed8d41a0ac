"""How `paritas index` reads documents: JSONL, CSV, TSV, files and folders of text, as web/src/cli_records.ts."""

import csv
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from paritas.cli_input import InputError, parse_json, read_argument, well_formed
from paritas.cli_options import NUMBER
from paritas.results import Metadata

FORMATS = ("jsonl", "csv", "tsv", "text", "lines")
SAFE = 2**53


class Fields(NamedTuple):
    """Which fields of a record are its id, its text (joined by spaces) and its metadata, the latter as they are or read
    as numbers."""

    id: str | None
    texts: list[str]
    metadata: list[str]
    numbers: list[str]


class Record(NamedTuple):
    id: str | int
    text: str
    metadata: Metadata | None


class Input:
    """Documents of one argument, one after the other, and how many of its bytes have been read."""

    def __init__(self, name: str, form: str | None, fields: Fields) -> None:
        self.name, self.fields = name, fields
        self.folder = name != "-" and os.path.isdir(name)
        self.form = form or ("text" if self.folder else _form(name))
        self.files = _files(name) if self.folder else [name]
        if self.folder and self.form not in ("text", "lines"):
            raise InputError(f"{name} is a folder: only text and lines can be read from one")
        self.read = 0
        self.size: int | None = None
        if name != "-":
            try:
                self.size = sum(
                    os.path.getsize(os.path.join(name, file) if self.folder else file) for file in self.files
                )
            except OSError:
                raise InputError(f"cannot read {name}") from None

    def __iter__(self) -> Iterator[Record]:
        for file in self.files:
            path = os.path.join(self.name, file) if self.folder else file
            shown = read_argument(file.replace(os.sep, "/") if self.folder else os.path.basename(file))
            if self.form == "text":
                data = b"".join(self._pieces(path))
                text = data.decode("utf-8", "replace").removeprefix("\ufeff")
                yield Record(shown, text, None)
            elif self.form == "lines":
                for number, line in self._lines(path):
                    yield Record(f"{shown}:{number}" if self.folder else number, line, None)
            elif self.form == "jsonl":
                for number, line in self._lines(path):
                    yield self._object(line, f"{self.name}:{number}")
            else:
                yield from self._table(path)

    def _pieces(self, path: str) -> Iterator[bytes]:
        try:
            with sys.stdin.buffer if path == "-" else open(path, "rb") as file:
                yield from self._counted(file)
        except OSError:
            raise InputError(f"cannot read {path}") from None

    def _counted(self, file: IO[bytes]) -> Iterator[bytes]:
        for line in file:  # cut at \n
            self.read += len(line)
            yield line

    def _text_lines(self, path: str) -> Iterator[str]:
        for number, line in enumerate(self._pieces(path)):
            text = line.decode("utf-8", "replace")
            yield text if number > 0 else text.removeprefix("\ufeff")

    def _lines(self, path: str) -> Iterator[tuple[int, str]]:
        """Lines that say something, with their numbers."""
        for number, line in enumerate(self._text_lines(path), start=1):
            line = line.removesuffix("\n").removesuffix("\r")
            if line.strip(" \t"):
                yield number, line

    def _object(self, line: str, where: str) -> Record:
        record = parse_json(line, where)
        if not isinstance(record, dict):
            raise InputError(f"{where} is no JSON object")
        name = self.fields.id
        if name is None:
            name = "id" if "id" in record or "_id" not in record else "_id"
        return self._record(record.get(name), record, name, where)

    def _table(self, path: str) -> Iterator[Record]:
        """Rows under a header, by RFC 4180; a row may stop early, empty cells are left out of metadata."""
        header: list[str] | None = None
        for row, line in csv_rows(self._text_lines(path), "\t" if self.form == "tsv" else ","):
            where = f"{self.name}:{line}"
            if row is None:
                raise InputError(f'{where} has a field whose quotes do not end as "..." with "" for each one in it')
            if header is None:
                header = row
                name = self._columns(header)
                continue
            if len(row) > len(header):
                raise InputError(f"{where} has {len(row)} cells under {len(header)} columns")
            cells = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True))
            yield self._record(cells[name] or None, cells, name, where)

    def _columns(self, header: list[str]) -> str:
        name = self.fields.id
        if name is None:
            name = "id" if "id" in header or "_id" not in header else "_id"
        wanted = [("--id", name), *(("--text", text) for text in self.fields.texts or ["text"])]
        wanted += [("--metadata", text) for text in self.fields.metadata]
        wanted += [("--number", text) for text in self.fields.numbers]
        for option, column in wanted:
            if header.count(column) != 1:
                there = "no" if column not in header else "more than one"
                raise InputError(f'{self.name} has {there} column "{column}": name another one with {option}')
        return name

    def _record(self, key: Any, record: dict[str, Any], name: str, where: str) -> Record:
        if isinstance(key, float) and key.is_integer():
            key = int(key)
        if isinstance(key, str):
            key = well_formed(key)
        elif isinstance(key, bool) or not isinstance(key, int) or abs(key) >= SAFE:
            raise InputError(f'{where} needs "{name}", a text or a whole number')
        named = self.fields.texts or ["text"]
        found = [record.get(field) for field in named]
        texts = [text for text in found if isinstance(text, str)]
        if len(texts) == 0 or any(not isinstance(text, str | None) for text in found):
            quoted = [f'"{field}"' for field in named]
            raise InputError(f"{where} needs {' or '.join(quoted)}, a text")
        metadata: dict[str, Any] = {}
        for field in self.fields.metadata:
            value = record.get(field)
            if field in record and (value != "" or self.form == "jsonl"):
                metadata[field] = _value(value, field, where)
        for field in self.fields.numbers:
            value = record.get(field)
            if value is not None and value != "":
                metadata[field] = _number(value, field, where)
        return Record(key, well_formed(" ".join(texts)), dict(sorted(metadata.items(), key=_place)) or None)


def csv_rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[list[str] | None, int]]:
    """Rows, and how many lines have been read; None for one whose quotes are wrong, which is the last."""
    # Here a line ends at \n, \r or both, as in csv, which counts them; a quoted field may hold them.
    pieces = (piece for line in lines for piece in io.StringIO(line, newline=""))
    rows = csv.reader(pieces, delimiter=delimiter, strict=True)
    csv.field_size_limit(2**31 - 1)
    try:
        for row in rows:
            if row:
                yield row, rows.line_num
    except csv.Error:
        yield None, rows.line_num


def _place(entry: tuple[str, Any]) -> tuple[int, int]:
    """JavaScript keeps keys that look like places of an array before all others: the file is to be the same."""
    number = int(entry[0]) if re.fullmatch("0|[1-9][0-9]{0,9}", entry[0]) else 2**32
    return (0, number) if number < 2**32 - 1 else (1, 0)


def _form(name: str) -> str:
    if name == "-" or name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    return "csv" if name.endswith(".csv") else "tsv" if name.endswith(".tsv") else "text"


def _files(folder: str) -> list[str]:
    """All .txt and .md files of a folder and its folders, by the bytes of their paths; follows no link to one."""

    def fail(_error: OSError) -> None:
        raise InputError(f"cannot read {folder}")

    found = []
    for at, _folders, files in os.walk(folder, onerror=fail):
        found += [os.path.relpath(os.path.join(at, file), folder) for file in files if file.endswith((".txt", ".md"))]
    if not found:
        raise InputError(f"{folder} has no .txt or .md file")
    return sorted(found, key=os.fsencode)


def _plain(value: int | float) -> int | float:
    """As JavaScript has it: a whole number below 2^53 is an int, any other number a float."""
    try:
        real = float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return int(value) if abs(real) < SAFE and real.is_integer() else real


def as_javascript(value: Any) -> Any:
    """A value of JSON with its numbers as JavaScript has them."""
    if isinstance(value, dict):
        return {key: as_javascript(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_javascript(item) for item in value]
    return value if isinstance(value, bool) or not isinstance(value, int | float) else _plain(value)


def _scalar(value: Any, field: str, where: str) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _plain(value)
    if isinstance(value, str):
        return well_formed(value)
    raise InputError(f'{where} has "{field}", which must be a text, number, truth value or null, or a list of these')


def _value(value: Any, field: str, where: str) -> Any:
    return [_scalar(item, field, where) for item in value] if isinstance(value, list) else _scalar(value, field, where)


def _number(value: Any, field: str, where: str) -> int | float:
    if isinstance(value, str) and re.fullmatch(NUMBER, value):
        return _plain(float(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f'{where} has "{field}", which must be a number')
    return _plain(value)
