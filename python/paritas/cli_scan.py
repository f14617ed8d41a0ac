"""`paritas scan`: the secrets of files and folders, as lines, JSON or SARIF."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import paritas
from paritas import cli_sarif
from paritas.cli_files import File, Rules, find_files, is_file
from paritas.cli_input import InputError, parse_json, read_text, well_formed
from paritas.cli_options import whole
from paritas.cli_output import one_line

if TYPE_CHECKING:
    from paritas.results_secrets import SecretMatch

SEVERITIES = ("low", "medium", "high", "critical")
HEAD = 8192  # bytes that are looked at for a NUL
BATCH = 32 * 1024 * 1024  # bytes of files that are held and scanned at once
_ALLOW = re.compile(r"paritas:allow(-next)?(?:\(([^()\n]*)\))?(?![-\w])")
_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


class Finding(NamedTuple):
    path: str
    line: int
    column: int  # code points, from 1
    end_line: int
    end_column: int
    match: SecretMatch
    fingerprint: str


class Text(NamedTuple):
    path: str
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help='files and folders; "-" is standard input')
    parser.add_argument("--sarif", action="store_true", help="SARIF 2.1.0 instead of lines for people")
    parser.add_argument("--show", action="store_true", help="the secrets themselves, not masked")
    parser.add_argument("--min-confidence", metavar="LEVEL", help="low, medium or high: leave out what is less sure")
    parser.add_argument(
        "--fail-on", metavar="SEVERITY", default="low", help="exit code 1 from low, medium, high, critical"
    )
    parser.add_argument("--exclude", metavar="PATTERN", action="append", default=[], help="a pattern of .gitignore")
    parser.add_argument("--no-gitignore", action="store_true", help="read what .gitignore files leave out")
    parser.add_argument("--max-size", metavar="BYTES", default="10M", help="skip larger files; K, M, G: 10M")
    parser.add_argument("--baseline", metavar="FILE", help="leave out the findings of a file of --write-baseline")
    parser.add_argument("--write-baseline", metavar="FILE", help="write the findings as known ones; exit code 0")
    parser.add_argument("--threads", metavar="N", type=whole, default=0, help="0 for all cores")


def scan(options: argparse.Namespace) -> tuple[Any, list[str], int]:
    """What --json or --sarif prints, the lines for people, the exit code."""
    if options.fail_on not in SEVERITIES:
        raise InputError("--fail-on must be low, medium, high or critical")
    if options.sarif and options.json:
        raise InputError("--json and --sarif cannot both be")
    largest = file_size(options.max_size)
    known = _baseline(options.baseline)
    files = find_files(options.paths, Rules(not options.no_gitignore, options.exclude))
    skipped = Counter({"binary": 0, "too_large": 0, "no_file": 0, "unreadable": 0})
    searched, allowed, unreadable = 0, 0, list[str]()
    found: list[Finding] = []
    for batch in _batches(read_texts(files, largest, skipped, unreadable)):
        searched += len(batch)
        for item, matches in zip(batch, _search(batch, options), strict=True):
            allows = _allowed(item.text) if matches else {}
            kept = [finding for finding in _findings(item, matches) if not _is_allowed(allows, finding)]
            allowed += len(matches) - len(kept)
            found += kept
    if options.write_baseline is not None:
        _write_baseline(options.write_baseline, found)
    fresh = [finding for finding in found if finding.fingerprint not in known]
    counts = {
        "files": searched,
        "skipped": dict(skipped),
        "allowed": allowed,
        "in_baseline": len(found) - len(fresh),
    }
    for path in unreadable:
        sys.stderr.buffer.write(f"paritas: cannot read {one_line(path)}\n".encode())
    code = int(any(SEVERITIES.index(item.match.severity) >= SEVERITIES.index(options.fail_on) for item in fresh))
    code = 2 if unreadable else 0 if options.write_baseline is not None else code
    if options.sarif:
        return cli_sarif.log(fresh, unreadable), [], code
    result = {"findings": [_record(finding, options.show) for finding in fresh], **counts}
    return result, [*(_line(finding, options.show) for finding in fresh), _summary(fresh, counts)], code


def file_size(text: str) -> int:
    parts = re.fullmatch(r"([0-9]{1,12})([KMG]?)", text)
    if parts is None:
        raise InputError(f"--max-size must be a number of bytes, with K, M or G behind it or not, not {text}")
    return int(parts[1]) * _UNITS[parts[2]]


def read_texts(files: list[File], largest: int, skipped: Counter[str], unreadable: list[str]) -> Iterator[Text]:
    for file in files:
        path = file.shown.decode("utf-8", "replace")
        if not file.given and not is_file(file.path):
            skipped["no_file"] += 1
            continue
        try:
            if file.shown == b"-":
                data = sys.stdin.buffer.read(largest + 1)
            else:
                with open(file.path, "rb") as source:
                    data = source.read(largest + 1) if os.fstat(source.fileno()).st_size <= largest else b""
                    if not data and os.fstat(source.fileno()).st_size > largest:
                        skipped["too_large"] += 1
                        continue
        except OSError:
            skipped["unreadable"] += 1
            unreadable.append(path)
            continue
        if len(data) > largest:
            skipped["too_large"] += 1
        elif b"\0" in data[:HEAD]:
            skipped["binary"] += 1
        else:
            yield Text(path, data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Enough at once for all cores, and no more in memory."""
    batch: list[Text] = []
    size = 0
    for item in texts:
        batch.append(item)
        size += len(item.text)
        if size >= BATCH or len(batch) >= 4096:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _search(batch: list[Text], options: argparse.Namespace) -> list[list[SecretMatch]]:
    least = {} if options.min_confidence is None else {"min_confidence": options.min_confidence}
    return paritas.scan_secrets_batch([item.text for item in batch], threads=options.threads, **least)


def _findings(item: Text, matches: list[SecretMatch]) -> Iterator[Finding]:
    """With their places; linear, also for a file of one long line."""
    if not matches:
        return
    starts = [0, *(at.end() for at in re.finditer("\n", item.text))]
    seen: Counter[tuple[str, str, str]] = Counter()
    for match in matches:
        end_line = match.line_number + match.matched_text.count("\n")
        check = hashlib.sha256(match.matched_text.encode()).hexdigest()[:4]
        key = (match.secret_type, match.masked_text, check)
        seen[key] += 1
        yield Finding(
            item.path,
            match.line_number,
            match.start - starts[match.line_number - 1] + 1,
            end_line,
            match.end - starts[end_line - 1] + 1,
            match,
            _fingerprint(item.path, *key, seen[key]),
        )


def _fingerprint(path: str, rule: str, masked: str, check: str, number: int) -> str:
    """The same when the line moves. It holds 16 bits of the secret: a new one shows, and no guess is confirmed."""
    said = "\0".join(["paritas-scan-1", rule, path, masked, check, str(number)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


Allowed = dict[tuple[int, bool], set[str]]  # of a line, for itself or the next: rules, "" for all


def _allowed(text: str) -> Allowed:
    """What comments of a text allow: paritas:allow on the line, paritas:allow-next on the one before it."""
    out: Allowed = {}
    line, at = 1, 0
    for said in _ALLOW.finditer(text) if "paritas:allow" in text else ():
        line, at = line + text.count("\n", at, said.start()), said.start()
        rules = out.setdefault((line, said[1] is not None), set())
        rules.update([""] if said[2] is None else (rule.strip(" \t") or "," for rule in said[2].split(",")))
    return out


def _is_allowed(allowed: Allowed, finding: Finding) -> bool:
    lines = [(line, False) for line in range(finding.line, finding.end_line + 1)] if allowed else []
    rules = [allowed[line] for line in [*lines, (finding.line - 1, True)] if line in allowed]
    return any("" in names or finding.match.secret_type in names for names in rules)


def _shown(finding: Finding, show: bool) -> str:
    return finding.match.matched_text if show else finding.match.masked_text


def _record(finding: Finding, show: bool) -> dict[str, Any]:
    match = finding.match
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "rule": match.secret_type,
        "severity": match.severity,
        "confidence": match.confidence,
        "checksum": match.checksum,
        "masked": match.masked_text,
        **({"secret": match.matched_text} if show else {}),
        "fingerprint": finding.fingerprint,
    }


def _line(finding: Finding, show: bool) -> str:
    match = finding.match
    place = f"{one_line(finding.path)}:{finding.line}:{finding.column}"
    text = one_line(_shown(finding, show), 0 if show else 80)
    return f"{place}  {match.secret_type}  {match.severity}  {match.confidence}  {text}"


def _summary(found: list[Finding], counts: dict[str, Any]) -> str:
    files = len({finding.path for finding in found})
    line = f"{len(found)} findings in {files} files; {counts['files']} files read"
    said = [f"{number} {name.replace('_', ' ')}" for name, number in counts["skipped"].items() if number]
    if said:
        line += f", skipped: {', '.join(said)}"
    for name in ("allowed", "in_baseline"):
        if counts[name]:
            line += f"; {counts[name]} {name.replace('_', ' ')}"
    return line


def _baseline(name: str | None) -> frozenset[str]:
    if name is None:
        return frozenset()
    value = parse_json(read_text(name), name)
    known = value.get("fingerprints") if isinstance(value, dict) else None
    if not isinstance(known, list) or not all(isinstance(item, str) for item in known):
        raise InputError(f'{name} is no baseline: it needs "fingerprints", a list of texts')
    return frozenset(known)


def _write_baseline(name: str, found: list[Finding]) -> None:
    fingerprints = sorted({finding.fingerprint for finding in found})
    text = json.dumps({"version": 1, "fingerprints": fingerprints}, indent=2) + "\n"
    try:
        with open(name, "w", encoding="ascii", newline="\n") as file:
            file.write(text)
    except OSError:
        raise InputError(f"cannot write {well_formed(name)}") from None
