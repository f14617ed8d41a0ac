"""`paritas verify`: claims with verdicts, evidence and reasons. web/src/cli_verify.ts writes the same bytes."""

import argparse
import os
import re
import sys
from typing import Any

import paritas
from paritas.cli_input import InputError, read_text
from paritas.cli_output import one_line
from paritas.results import Span
from paritas.results_verify import ClaimVerdict, Reason

COLORS = {"supported": "32", "contradicted": "31", "fabricated": "35", "unverifiable": "33"}
BOLD, DIM = "1", "2"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--response", metavar="FILE", required=True, help='the answer; "-" is standard input')
    parser.add_argument(
        "--source", metavar="FILE", required=True, action="append", help="what it should say; may be repeated"
    )
    parser.add_argument("--atomic", action="store_true", help="cut sentences into the claims that they join")
    parser.add_argument("--fail-under", metavar="SCORE", type=_score, help="exit code 1 for a score below, only then")
    parser.add_argument("--color", metavar="WHEN", choices=("auto", "always", "never"), default="auto")


def _score(text: str) -> float:
    score = float(text) if re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", text) else -1.0
    if not 0.0 <= score <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 to 1")
    return score


def verify(options: argparse.Namespace) -> tuple[Any, list[str], bool]:
    """What --json prints, the lines for people, and whether the answer passes."""
    if [options.response, *options.source].count("-") > 1:
        raise InputError("only one of --response and --source can be standard input")
    answer = read_text(options.response)
    texts = [read_text(name) for name in options.source]
    source = texts[0] if len(texts) == 1 else paritas.PreparedSource(texts, options.source)
    result = paritas.verify(answer, source, options.atomic)
    paint = _painter(options.color)
    verdict = "approved" if result.approved else "not approved"
    color = COLORS["supported" if result.approved else "contradicted"]
    lines = [f"{paint(verdict, BOLD, color)}: score {_percent(result.score)}, {result.confidence} confidence"]
    for claim in result.claims:
        lines += _claim_lines(claim, paint)
    for reason in result.reasons if not result.claims else []:
        lines.append(f"   {reason.message}")
    lines.append(
        f"{len(result.claims)} claims: {result.supported_count} supported, {result.contradicted_count} contradicted, "
        f"{result.fabricated_count} fabricated, {result.unverifiable_count} unverifiable"
    )
    passes = result.approved if options.fail_under is None else result.score >= options.fail_under
    return result.to_dict(), lines, passes


def _percent(share: float) -> str:
    return f"{int(share * 100.0 + 0.5)} %"


def _painter(when: str) -> Any:
    colored = when == "always" or (when == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))

    def paint(text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if colored else text

    return paint


def _claim_lines(claim: ClaimVerdict, paint: Any) -> list[str]:
    color = COLORS[claim.verdict]
    verdict = f"{paint(claim.verdict, color)} {_percent(claim.probability)}"
    lines = [f"{claim.claim_index + 1}. {verdict}  {_marked(claim, paint, color)}"]
    for reason in claim.reasons:
        lines.append(f"   {'!' if reason.decisive else '-'} {one_line(reason.message)}")
    for evidence in claim.evidence_spans[:1]:
        if evidence.score > 0.0:
            place = "source" if evidence.passage_id is None else one_line(str(evidence.passage_id))
            lines.append(paint(f"   {place}: {one_line(evidence.text)}", DIM))
    return lines


def _marked(claim: ClaimVerdict, paint: Any, color: str) -> str:
    """The claim, with the words that the reasons point at."""
    text = one_line(claim.claim)
    spans = sorted(span for reason in claim.reasons if (span := _inside(reason, claim)) is not None)
    marked, at = "", 0
    for start, end in spans:
        if start >= at:
            marked += text[at:start] + paint(text[start:end], BOLD, color)
            at = end
    return marked + text[at:]


def _inside(reason: Reason, claim: ClaimVerdict) -> Span | None:
    """Where in the claim a reason points, if not at all of it."""
    span = reason.claim_span
    if span is None or span == claim.span:
        return None
    return Span(span.start - claim.span.start, span.end - claim.span.start)
