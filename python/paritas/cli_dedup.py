"""`paritas dedup`: blocks that files repeat, and documents that are equal or nearly so."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import Any, NamedTuple

import paritas
from paritas.cli_files import Rules, find_files
from paritas.cli_input import InputError, parse_json, well_formed
from paritas.cli_options import number, whole
from paritas.cli_output import number_text, one_line
from paritas.cli_scan import Text, file_size, read_texts


class Document(NamedTuple):
    id: str
    text: str
    line: str  # what --output writes of it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help='files and folders; "-" is standard input')
    parser.add_argument("--near", action="store_true", help="documents that are nearly the same")
    parser.add_argument("--threshold", metavar="X", type=number, help="with --near: the least likeness, 0 to 1")
    parser.add_argument("--method", metavar="NAME", help="with --near: minhash or simhash")
    parser.add_argument("-k", metavar="N", type=whole, help="with --near: words in a shingle")
    parser.add_argument("--field", metavar="NAME", default="text", help="where a record of .jsonl has its text")
    parser.add_argument("--min-block-length", metavar="N", type=whole, help="shorter blocks are not compared")
    parser.add_argument("--output", metavar="FILE", help="write what stays; exit code 0")
    parser.add_argument("--exclude", metavar="PATTERN", action="append", default=[], help="a pattern of .gitignore")
    parser.add_argument("--no-gitignore", action="store_true", help="read what .gitignore files leave out")
    parser.add_argument("--max-size", metavar="BYTES", default="100M", help="skip larger files; K, M, G: 100M")


def dedup(options: argparse.Namespace) -> tuple[Any, list[str], int]:
    """What --json prints, the lines for people, the exit code."""
    largest = file_size(options.max_size)
    near = {key: getattr(options, key) for key in ("threshold", "method", "k") if getattr(options, key) is not None}
    if near and not options.near:
        raise InputError("--threshold, --method and -k need --near")
    skipped: Counter[str] = Counter({"binary": 0, "too_large": 0, "no_file": 0, "unreadable": 0})
    unreadable: list[str] = []
    files = find_files(options.paths, Rules(not options.no_gitignore, options.exclude))
    texts = list(read_texts(files, largest, skipped, unreadable))
    records = [item.path.endswith((".jsonl", ".ndjson")) for item in texts]
    if options.near or (records and all(records)):
        result, lines, found = _documents(texts, options, near)
    else:
        if any(records):
            raise InputError("without --near .jsonl files and others are looked at apart")
        result, lines, found = _blocks(texts, options)
    result["skipped"] = dict(skipped)
    for path in unreadable:
        sys.stderr.buffer.write(f"paritas: cannot read {one_line(path)}\n".encode())
    return result, lines, 2 if unreadable else 0 if options.output is not None else int(found)


def _blocks(texts: list[Text], options: argparse.Namespace) -> tuple[dict[str, Any], list[str], bool]:
    least = {} if options.min_block_length is None else {"min_block_length": options.min_block_length}
    if options.output is not None:
        if len(texts) != 1:
            raise InputError(f"--output needs one file, not {len(texts)}")
        _write(options.output, paritas.deduplicate(texts[0].text, **least))
    found, lines, total, touched = list[dict[str, Any]](), list[str](), 0, 0
    for item in texts:
        places = _lines(item.text, [block.block for block in paritas.rolling_hash_blocks(item.text, **least)])
        total += len(places)
        duplicates = paritas.find_duplicate_blocks(item.text, **least)
        touched += len(duplicates) > 0
        for block in duplicates:
            text = item.text[block.start : block.end]
            line, first = places[block.block_index], places[block.first_index]
            found.append({"path": item.path, "line": line, "first_line": first, "hash": block.hash, "text": text})
            lines.append(f"{one_line(item.path)}:{line}  repeats line {first}  {one_line(text, 80)}")
    lines.append(f"{len(found)} duplicates of {total} blocks, in {touched} of {len(texts)} files")
    return {"duplicates": found, "blocks": total, "files": len(texts)}, lines, bool(found)


def _lines(text: str, blocks: list[str]) -> list[int]:
    """The line, from 1, on which each block starts."""
    out, at, line = [], 0, 1
    for block in blocks:
        start = text.index(block, at)
        line += text.count("\n", at, start)
        out.append(line)
        line += block.count("\n")
        at = start + len(block)
    return out


def _documents(
    texts: list[Text], options: argparse.Namespace, near: dict[str, Any]
) -> tuple[dict[str, Any], list[str], bool]:
    documents = [document for item in texts for document in _parsed(item, options.field)]
    contents = [document.text for document in documents]
    if options.near:
        groups = paritas.near_duplicate_groups(contents, **near)
    else:
        equal: dict[str, list[int]] = {}
        for at, content in enumerate(contents):
            equal.setdefault(paritas.normalize_block(content), []).append(at)
        groups = list(equal.values())
    first = {member: group[0] for group in groups for member in group}
    kept = [group[0] for group in groups]
    if options.output is not None:
        _write(options.output, "".join(documents[at].line + "\n" for at in kept))
    found = [(at, first[at]) for at in range(len(documents)) if first[at] != at]
    likeness = _likeness(contents, found, near) if options.near else [1.0] * len(found)
    result = {
        "duplicates": [
            {"id": documents[at].id, "first": documents[other].id, "similarity": similarity}
            for (at, other), similarity in zip(found, likeness, strict=True)
        ],
        "documents": len(documents),
        "kept": len(kept),
    }
    lines = [
        f"{one_line(documents[at].id)}  {number_text(similarity)}  like {one_line(documents[other].id)}"
        for (at, other), similarity in zip(found, likeness, strict=True)
    ]
    lines.append(f"{len(found)} duplicates of {len(documents)} documents, {len(kept)} stay")
    return result, lines, bool(found)


def _likeness(contents: list[str], found: list[tuple[int, int]], near: dict[str, Any]) -> list[float]:
    """What each duplicate has with the first of its group, which others may connect it to."""
    k = {"k": near["k"]} if "k" in near else {}
    out = []
    for at, other in found:
        pair = paritas.near_duplicates([contents[other], contents[at]], 0.0, near.get("method", "minhash"), **k)
        out.append(pair[0].similarity if pair else 0.0)
    return out


def _parsed(item: Text, field: str) -> list[Document]:
    """The records of a .jsonl file; of another one all its text."""
    if not item.path.endswith((".jsonl", ".ndjson")):
        return [Document(item.path, item.text, item.path)]
    out = []
    for at, line in enumerate(item.text.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip(" \t"):
            continue
        where = f"{item.path}:{at}"
        record = parse_json(line, where)
        text = record.get(field) if isinstance(record, dict) else None
        if not isinstance(text, str):
            raise InputError(f'{where} needs "{field}", a text')
        out.append(Document(where, well_formed(text), line))
    return out


def _write(name: str, text: str) -> None:
    try:
        with open(name, "wb") as file:
            file.write(text.encode())
    except OSError:
        raise InputError(f"cannot write {well_formed(name)}") from None
