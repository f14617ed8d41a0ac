"""`paritas chunk`: files and folders cut into chunks, as lines of JSON or as text."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import paritas
from paritas.chunking import code_chunker_of
from paritas.cli_files import File, Rules, find_files, is_file
from paritas.cli_input import InputError
from paritas.cli_options import whole
from paritas.cli_output import json_text, one_line
from paritas.cli_scan import file_size

if TYPE_CHECKING:
    from paritas.results_chunk import Chunk

STRATEGIES = ("auto", "recursive", "character", "sentence", "paragraph", "token", "markdown", "code", "hierarchical")
LENGTHS = ("chars", "bytes", "utf16", "words", "graphemes", "tokens")
HEAD = 8192  # bytes that are looked at for a NUL


class Text(NamedTuple):
    path: str
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help='files and folders; "-" is standard input')
    parser.add_argument(
        "--strategy", metavar="NAME", default="auto", help=f"{', '.join(STRATEGIES)}: auto goes by the name of the file"
    )
    parser.add_argument("--size", metavar="N", type=whole, help="at most so long; 1344 without it")
    parser.add_argument("--overlap", metavar="N", type=whole, help="so much of the last chunk again; 0 without it")
    parser.add_argument("--length", metavar="UNIT", default="chars", help=", ".join(LENGTHS))
    parser.add_argument("--plain", action="store_true", help="the texts of the chunks, not lines of JSON")
    parser.add_argument("--exclude", metavar="PATTERN", action="append", default=[], help="a pattern of .gitignore")
    parser.add_argument("--no-gitignore", action="store_true", help="read what .gitignore files leave out")
    parser.add_argument("--max-size", metavar="BYTES", default="10M", help="skip larger files; K, M, G: 10M")


def chunk(options: argparse.Namespace) -> tuple[Any, list[str], int]:
    """What --json prints, the lines, the exit code."""
    if options.strategy not in STRATEGIES:
        raise InputError(f"--strategy must be {', '.join(STRATEGIES[:-1])} or {STRATEGIES[-1]}")
    if options.length not in LENGTHS:
        raise InputError(f"--length must be {', '.join(LENGTHS[:-1])} or {LENGTHS[-1]}")
    largest = file_size(options.max_size)
    size = 1344 if options.size is None else options.size
    overlap = 0 if options.overlap is None else options.overlap
    paritas.FixedChunker(size, overlap)  # refuses sizes without meaning, also where there is no file
    files = find_files(options.paths, Rules(not options.no_gitignore, options.exclude))
    unreadable: list[str] = []
    records: list[dict[str, Any]] = []
    lines: list[str] = []
    count = 0
    for item in _texts(files, largest, unreadable):
        count += 1
        for piece in _chunker(item.path, options.strategy, size, overlap, options.length).chunk(item.text):
            if options.plain:
                place = f"{one_line(item.path)}:{piece.start_line}-{piece.end_line}"
                lines += [f"== {place}  {piece.kind}  {piece.length}", piece.text, ""]
            else:
                lines.append(json_text(_record(item.path, piece)))
            if options.json:
                records.append(_record(item.path, piece))
    for path in unreadable:
        sys.stderr.buffer.write(f"paritas: cannot read {one_line(path)}\n".encode())
    return {"chunks": records, "files": count}, lines or [""], 2 if unreadable else 0 if lines else 1


def _chunker(path: str, strategy: str, size: int, overlap: int, length: str) -> Any:
    if strategy == "auto":
        strategy = {"markdown": "markdown", "code": "code"}.get(paritas.detect_doc_type(path), "sentence")
    if strategy == "recursive":
        return paritas.RecursiveChunker(size, overlap, length=length)
    if strategy == "hierarchical":
        return paritas.HierarchicalChunker(
            [size, size // 4] if size >= 4 else [size], [overlap, 0] if size >= 4 else [overlap], length=length
        )
    if strategy == "code":
        return code_chunker_of(path, chunk_size=size, overlap=overlap, length=length)
    return paritas.get_chunker(strategy, chunk_size=size, overlap=overlap, length=length)


def _texts(files: list[File], largest: int, unreadable: list[str]) -> Iterator[Text]:
    for file in files:
        path = file.shown.decode("utf-8", "replace")
        if not file.given and not is_file(file.path):
            continue
        try:
            if file.shown == b"-":
                data = sys.stdin.buffer.read(largest + 1)
            else:
                with open(file.path, "rb") as source:
                    data = source.read(largest + 1) if os.fstat(source.fileno()).st_size <= largest else b"\0"
        except OSError:
            unreadable.append(path)
            continue
        if len(data) <= largest and b"\0" not in data[:HEAD]:
            yield Text(path, data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _record(path: str, piece: Chunk) -> dict[str, Any]:
    return {
        "id": paritas.chunk_id(path, piece.index, piece.text),
        "path": path,
        "index": piece.index,
        "start": piece.start,
        "end": piece.end,
        "start_line": piece.start_line,
        "end_line": piece.end_line,
        "length": piece.length,
        "kind": piece.kind,
        "split": piece.split,
        "headings": piece.headings,
        "level": piece.level,
        "parent": piece.parent,
        "children": piece.children,
        "overlap_prev": piece.overlap_prev,
        "text": piece.text,
    }
