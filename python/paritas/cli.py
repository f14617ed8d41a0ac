"""The command `paritas`. `npx paritas` (web/src/cli.ts) has the same subcommands and writes the same bytes."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

import paritas
from paritas import cli_chunk, cli_dedup, cli_index, cli_ocr, cli_repair, cli_scan, cli_verify
from paritas.cli_input import InputError, read_argument, read_documents, read_text, well_formed
from paritas.cli_options import Parser, whole
from paritas.cli_output import json_text, number_text, one_line
from paritas.results import Signals, Span

OK, FINDINGS, UNUSABLE = 0, 1, 2
Output = tuple[Any, list[str], int]  # what --json prints, the lines for people, the exit code


def _piece(text: str, span: Span | None, offset: int = 0) -> dict[str, Any] | None:
    """A part of a text with its code points; `offset` is where `text` starts in the file."""
    if span is None:
        return None
    return {"text": text[span.start : span.end], "start": offset + span.start, "end": offset + span.end}


def _judged(answer: str, sentence: Span, source: str) -> tuple[dict[str, Any], Signals]:
    claim = answer[sentence.start : sentence.end]
    found = paritas.signals(claim, source)
    numbers = [
        {
            "claim": _piece(claim, match.claim_span, sentence.start),
            "source": _piece(source, match.source_span),
            "status": match.status,
        }
        for match in found.numbers
    ]
    polarity = [
        {
            "claim": _piece(claim, match.claim_span, sentence.start),
            "source": _piece(source, match.source_span),
            "kind": match.kind,
        }
        for match in found.polarity
    ]
    finding = found.numerical_consistency is False or found.negation_flip or len(found.novel_entities) > 0
    return {
        "text": claim,
        "start": sentence.start,
        "end": sentence.end,
        "source": _piece(source, found.best_source),
        "finding": finding,
        "entity_overlap": found.entity_overlap,
        "numerical_consistency": found.numerical_consistency,
        "negation_flip": found.negation_flip,
        "traceability": found.traceability,
        "novel_entities": [_piece(claim, span, sentence.start) for span in found.novel_entities],
        "numbers": numbers,
        "polarity": polarity,
        "missing": [_piece(claim, span, sentence.start) for span in found.missing],
    }, found


def _quoted(piece: dict[str, Any]) -> str:
    return '"' + one_line(piece["text"]) + '"'


def _sentence_lines(at: int, item: dict[str, Any]) -> list[str]:
    source = "nothing alike" if item["source"] is None else one_line(item["source"]["text"])
    numbers = {True: "consistent", False: "inconsistent", None: "none to compare"}[item["numerical_consistency"]]
    lines = [
        f"{at}. {one_line(item['text'])}",
        f"   source: {source}",
        f"   entity overlap {number_text(item['entity_overlap'])}, numbers {numbers}, "
        f"negation {'flipped' if item['negation_flip'] else 'same'}, "
        f"traceability {number_text(item['traceability'])}",
    ]
    for match in item["numbers"]:
        if match["status"] == "differ":
            lines.append(f"   ! number {_quoted(match['claim'])}: the source says {_quoted(match['source'])}")
        elif match["status"] == "missing":
            lines.append(f"   ! number {_quoted(match['claim'])} is not in the source")
    for match in item["polarity"]:
        lines.append(f"   ! {match['kind']} {_quoted(match['claim'])} against {_quoted(match['source'])}")
    for piece in item["novel_entities"]:
        lines.append(f"   ! name {_quoted(piece)} is not in the source")
    if item["missing"]:
        lines.append(f"   not in the source: {', '.join(_quoted(piece) for piece in item['missing'])}")
    return lines


def signals(options: argparse.Namespace) -> Output:
    if options.response == options.source == "-":
        raise InputError("only one of --response and --source can be standard input")
    answer, source = read_text(options.response), read_text(options.source)
    items = [_judged(answer, sentence, source)[0] for sentence in paritas.sentences(answer)]
    findings = sum(item["finding"] for item in items)
    lines = [line for at, item in enumerate(items, start=1) for line in _sentence_lines(at, item)]
    lines.append(f"{len(items)} sentences, {findings} with findings")
    return {"sentences": items, "findings": findings}, lines, FINDINGS if findings else OK


def verify(options: argparse.Namespace) -> Output:
    result, lines, passes = cli_verify.verify(options)
    return result, lines, OK if passes else FINDINGS


def search(options: argparse.Namespace) -> Output:
    documents = read_documents(options.documents)
    index = paritas.BM25()
    index.add_documents([document.id for document in documents], [document.text for document in documents])
    hits = index.query(read_argument(options.query), *([] if options.k is None else [options.k]))
    texts = {document.id: document.text for document in documents}
    items = [{"id": key, "score": score, "text": texts[key]} for key, score in hits]
    lines = [
        f"{at}. {number_text(score)}  {one_line(str(key))}  {one_line(texts[key], 100)}"
        for at, (key, score) in enumerate(hits, start=1)
    ]
    lines.append(f"{len(items)} of {index.count()} documents")
    return {"hits": items, "documents": index.count()}, lines, OK if items else FINDINGS


def ocr(options: argparse.Namespace) -> Output:
    result, lines, fine = cli_ocr.ocr(options)
    return result, lines, OK if fine else FINDINGS


def scan(options: argparse.Namespace) -> Output:
    return cli_scan.scan(options)


def repair(options: argparse.Namespace) -> Output:
    result, lines, fine = cli_repair.repair(options)
    return result, lines, OK if fine else FINDINGS


def dedup(options: argparse.Namespace) -> Output:
    return cli_dedup.dedup(options)


def chunk(options: argparse.Namespace) -> Output:
    return cli_chunk.chunk(options)


def selfcheck(options: argparse.Namespace) -> Output:
    cases = [] if options.cases is None else [options.cases]
    report = paritas.selfcheck_report(*cases)
    features = [feature._asdict() for feature in report.features]
    counted = sum(feature.cases for feature in report.features)
    agrees = options.expect is None or options.expect == report.digest
    return (
        {"digest": report.digest, "cases": counted, "features": features},
        [report.digest],
        OK if agrees else FINDINGS,
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="paritas", description=paritas.__doc__, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=paritas.__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    def command(run: Callable[[argparse.Namespace], Output], help: str) -> argparse.ArgumentParser:
        child = commands.add_parser(run.__name__, help=help, description=help, allow_abbrev=False)
        child.add_argument("--json", action="store_true", help="one line of JSON instead of lines for people")
        child.set_defaults(run=run)
        return child

    judge = command(verify, "each claim of an answer with verdict, evidence and reasons; exit code 1 unless approved")
    cli_verify.add_arguments(judge)
    check = command(signals, "each sentence of an answer beside its best source sentence; exit code 1 for findings")
    check.add_argument("--response", metavar="FILE", required=True, help='the answer; "-" is standard input')
    check.add_argument("--source", metavar="FILE", required=True, help='what it should say; "-" is standard input')
    find = command(search, "the best documents for a query, by BM25; exit code 1 for no hit")
    find.add_argument("--documents", metavar="PATH", required=True, help="a .jsonl file, a file of lines, or a folder")
    find.add_argument("-k", metavar="N", type=whole, help="how many at most")
    find.add_argument("query", metavar="QUERY")
    kept = commands.add_parser("index", help="index files: build, add, search, info", allow_abbrev=False)
    cli_index.add_actions(kept)
    form = command(
        ocr, "the Williams numbers and the evidence of a form, or the words of a page; exit code 1 for fields to review"
    )
    cli_ocr.add_arguments(form)
    secrets = command(scan, "the secrets of files and folders, masked; exit code 1 for findings")
    cli_scan.add_arguments(secrets)
    mended = command(repair, "broken JSON mended, or the values in a text; exit code 1 where there is none")
    cli_repair.add_arguments(mended)
    twice = command(dedup, "blocks that files repeat, and documents that are equal or nearly so; exit code 1 for any")
    cli_dedup.add_arguments(twice)
    pieces = command(chunk, "files and folders cut into chunks, a line of JSON for each; exit code 1 for no chunk")
    cli_chunk.add_arguments(pieces)
    digest = command(selfcheck, "the digest of all features; the same on every machine")
    digest.add_argument("--cases", metavar="N", type=whole, help="how many inputs")
    digest.add_argument("--expect", metavar="DIGEST", help="exit code 1 for another digest")
    return parser


def _write(text: str) -> None:
    """UTF-8 whatever the locale says. A reader that has closed the pipe has seen enough."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: list[str] | None = None) -> int:
    """0 fine, 1 findings (verify, signals, scan, ocr, selfcheck --expect), no hits or no value, 2 unusable."""
    try:
        options = _parser().parse_args(arguments)
        result, lines, code = options.run(options)
    except (InputError, paritas.ParitasError) as error:
        sys.stderr.buffer.write(f"paritas: {one_line(well_formed(str(error)))}\n".encode())
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
    as_json = options.json or getattr(options, "sarif", False)
    _write((json_text(result) if as_json else "\n".join(lines)) + "\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
