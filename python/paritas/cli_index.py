"""`paritas index`: builds a BM25 index file, adds to it, searches it, tells what it is; as web/src/cli_index.ts."""

import argparse
import errno
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import paritas
from paritas._files import write_whole
from paritas.cli_input import InputError, parse_json, read_argument, read_text
from paritas.cli_options import Parser, number, whole
from paritas.cli_output import number_text, one_line
from paritas.cli_records import FORMATS, Fields, Input, Record, as_javascript
from paritas.results import Explanation, Span

Output = tuple[Any, list[str], int]  # what --json prints, the lines for people, the exit code
BATCH = 2_048  # documents that go to the index at once
SHOWN = 100  # code points of a text in a line for people
STATS = ("documents", "removed", "terms", "postings", "total_length", "avg_doc_length")


def add_actions(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION", parser_class=Parser)

    def action(run: Callable[[argparse.Namespace], Output], help: str) -> argparse.ArgumentParser:
        child = actions.add_parser(run.__name__, help=help, description=help, allow_abbrev=False)
        child.add_argument("index", metavar="INDEX", help="the file of the index")
        child.add_argument("--json", action="store_true", help="one line of JSON instead of lines for people")
        child.set_defaults(run=run)
        return child

    new = action(build, "makes an index of documents")
    _add_reading(new)
    new.add_argument("--no-text", action="store_true", help="keep no texts: a smaller file, which shows and marks none")
    new.add_argument("--variant", metavar="NAME", help="lucene, okapi, robertson, atire, bm25l or bm25+")
    for name in ("--k1", "--b", "--delta"):
        new.add_argument(name, metavar="X", type=number)
    new.add_argument("--stemmer", metavar="NAME", help="light, english or none")
    new.add_argument("--stopwords", metavar="WORDS", help="english, or a file with one word a line")
    new.add_argument("--cjk", metavar="HOW", help="scripts without spaces: bigram, unigram or run")
    new.add_argument("--keep-accents", action="store_true", help="do not fold accents")
    _add_reading(action(add, "adds documents to an index, replacing those of the same id"))
    find = action(search, "the best documents for a query; exit code 1 for no hit")
    find.add_argument("query", metavar="QUERY")
    find.add_argument("-k", metavar="N", type=whole, help="how many at most")
    find.add_argument("--filter", metavar="JSON", help='what metadata must be, as {"year": {"$gte": 2020}}')
    find.add_argument("--min-score", metavar="X", type=number, help="only higher scores are hits")
    find.add_argument("--explain", action="store_true", help="what each term adds to a score")
    find.add_argument("--highlight", action="store_true", help="where the terms of the query stand in the texts")
    action(info, "what an index holds")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="INPUT", nargs="+", help='files or folders; "-" is standard input')
    parser.add_argument("--format", choices=FORMATS, metavar="NAME", help=f"{', '.join(FORMATS)}; else by the names")
    parser.add_argument("--id", metavar="FIELD", help="the field of the id, else id or _id")
    parser.add_argument("--text", metavar="FIELD", action="append", help="a field of the text, else text; repeatable")
    parser.add_argument(
        "--metadata", metavar="FIELD", action="append", help="a field to keep and filter by; repeatable"
    )
    parser.add_argument("--number", metavar="FIELD", action="append", help="the same, read as a number; repeatable")
    parser.add_argument("--on-duplicate", metavar="HOW", help="replace, keep or error")


class Progress:
    """A line on standard error that is written over, if a person can see it."""

    def __init__(self, size: int | None) -> None:
        self.size, self.documents, self.next = size, 0, 0.0
        self.seen = sys.stderr.isatty()

    def show(self, documents: int, read: int) -> None:
        self.documents += documents
        if self.seen and time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.1
            share = "" if not self.size else f" [{'#' * (24 * read // self.size):<24}] {100 * read // self.size} %"
            sys.stderr.write(f"\r\x1b[Kparitas:{share} {self.documents} documents")
            sys.stderr.flush()

    def clear(self) -> None:
        if self.seen:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _given(**options: Any) -> dict[str, Any]:
    """The options that were given: the others have their defaults in the core."""
    return {name: value for name, value in options.items() if value is not None}


def _fill(index: paritas.BM25, options: argparse.Namespace) -> Output:
    texts, metadata, numbers = (
        [read_argument(field) for field in fields or []] for fields in (options.text, options.metadata, options.number)
    )
    fields = Fields(None if options.id is None else read_argument(options.id), texts, metadata, numbers)
    if options.input.count("-") > 1:
        raise InputError("standard input can be read only once")
    inputs = [Input(name, options.format, fields) for name in options.input]
    sizes = [item.size for item in inputs]
    progress = Progress(None if None in sizes else sum(size for size in sizes if size is not None))
    how = _given(on_duplicate=options.on_duplicate)
    before, changed = index.count(), 0

    def flush(records: list[Record]) -> int:
        if not records:
            return 0
        ids, bodies, known = zip(*records, strict=True)
        done = index.add_documents(list(ids), list(bodies), list(known), **how)
        progress.show(len(records), sum(item.read for item in inputs))
        records.clear()
        return done

    try:
        waiting: list[Record] = []
        for item in inputs:
            for record in item:
                waiting.append(record)
                if len(waiting) == BATCH:
                    changed += flush(waiting)
        changed += flush(waiting)
        data = index.to_bytes()
    finally:
        progress.clear()
    _write(options.index, data)
    added = index.count() - before
    shown = read_argument(options.index)
    result = {"added": added, "replaced": changed - added, "documents": index.count(), "bytes": len(data)}
    line = (
        f"{added} added, {changed - added} replaced; {index.count()} documents, {len(data)} bytes in {one_line(shown)}"
    )
    return result, [line], 0


def _write(path: str, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise InputError(f"cannot write {path}{': the disk is full' if full else ''}") from None


def _check_place(path: str, magic: bytes) -> None:
    """That a file to be written is none of the user's documents: who forgets INDEX would lose the first of them."""
    try:
        with open(path, "rb") as file:
            start = file.read(len(magic))
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise InputError(f"cannot write {path}: there is no such folder") from None
        return
    except OSError:
        raise InputError(f"cannot write {path}") from None
    if start not in (b"", magic):
        raise InputError(f"{path} is there and is no index: name another file for the index, or remove it")


def _load(path: str) -> paritas.BM25:
    try:
        return paritas.BM25.load(path)
    except OSError:
        raise InputError(f"cannot read {path}") from None


def build(options: argparse.Namespace) -> Output:
    words: Any = options.stopwords
    if words not in (None, "english"):
        words = [word for line in read_text(words).split("\n") if (word := line.strip(" \t\r"))]
    index = paritas.BM25(
        store_text=not options.no_text,
        **_given(
            k1=options.k1,
            b=options.b,
            delta=options.delta,
            variant=options.variant,
            stemmer=options.stemmer,
            stopwords=words,
            cjk=options.cjk,
            fold_accents=False if options.keep_accents else None,
        ),
    )
    _check_place(options.index, index.to_bytes()[:4])
    return _fill(index, options)


def add(options: argparse.Namespace) -> Output:
    return _fill(_load(options.index), options)


def _filter(text: str | None) -> Any:
    if text is None:
        return None
    value = parse_json(read_argument(text), "--filter")
    if not isinstance(value, dict):
        raise InputError("--filter is no JSON object")
    return as_javascript(value)


def search(options: argparse.Namespace) -> Output:
    index = _load(options.index)
    query = read_argument(options.query)
    chosen = _given(n_results=options.k, min_score=options.min_score, filter=_filter(options.filter))
    hits = index.query(query, **chosen)
    items, lines = [], []
    for at, (key, score) in enumerate(hits, start=1):
        document = index.get(key)
        assert document is not None
        item: dict[str, Any] = {"id": key, "score": score, "text": document.text, "metadata": document.metadata}
        body = "" if document.text is None else f"  {one_line(document.text, SHOWN)}"
        if options.highlight and document.text is not None:
            spans = index.highlight(query, document.text)
            item["spans"] = [span._asdict() for span in spans]
            body = f"  {_marked(document.text, spans)}"
        lines.append(f"{at}. {number_text(score)}  {one_line(str(key))}{body}")
        if options.explain:
            explanation = index.explain(query, key)
            item["explanation"] = explanation._asdict() | {"terms": [term._asdict() for term in explanation.terms]}
            lines += _explained(explanation)
        items.append(item)
    lines.append(f"{len(items)} of {index.count()} documents")
    return {"hits": items, "documents": index.count()}, lines, 0 if items else 1


def _marked(text: str, spans: list[Span]) -> str:
    """A piece of the text that begins at or a little before its first mark."""
    start = max(0, spans[0].start - 20) if spans and spans[0].end > SHOWN else 0
    end = min(len(text), start + SHOWN)
    out, at = "\u2026" if start > 0 else "", start
    for span in spans:
        if span.end <= end:
            out += f"{one_line(text[at : span.start])}[{one_line(text[span.start : span.end])}]"
            at = span.end
    return out + one_line(text[at:end]) + ("\u2026" if end < len(text) else "")


def _explained(explanation: Explanation) -> list[str]:
    return [
        f"   {one_line(term.term)}: {term.weight} x {number_text(term.idf)} x {number_text(term.tf_part)} = "
        f"{number_text(term.contribution)} ({term.tf} times here, in {term.df} documents)"
        for term in explanation.terms
    ]


def info(options: argparse.Namespace) -> Output:
    index = _load(options.index)
    stats = index.stats()
    size = os.path.getsize(options.index)
    # What the memory of the index measures depends on the machine; these do not.
    result = {"bytes": size, **{name: getattr(stats, name) for name in STATS}}
    lines = [
        f"BM25 index of {stats.documents} documents, {size} bytes",
        f"{stats.terms} terms, {stats.postings} postings, {number_text(stats.avg_doc_length)} terms a document",
    ]
    return result, lines, 0
