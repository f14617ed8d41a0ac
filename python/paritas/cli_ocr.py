"""`paritas ocr`: the numbers and the evidence of a form, or the words of a page; as web/src/cli_ocr.ts writes them."""

import argparse
from typing import Any

import paritas
from paritas.cli_input import FormField, InputError, form_fields, read_argument, read_text
from paritas.cli_options import number, whole
from paritas.cli_output import number_text, one_line
from paritas.results_ocr import FieldConfidence, FieldReport

Result = tuple[dict[str, Any], list[str], bool]  # what --json prints, the lines for people, whether all is well


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form", metavar="FORM", nargs="?", help='JSON array of fields, or the TSV of Tesseract; "-" is standard input'
    )
    parser.add_argument("--fields", metavar="N", type=whole, help="a number of fields instead of a form")
    parser.add_argument("--regime", metavar="NAME", help="support, exploration or balance")
    parser.add_argument("--memory", metavar="MB", type=number, help="memory for a batch: adds its size")
    parser.add_argument("--item-memory", metavar="MB", type=number, help="memory that one item needs")
    parser.add_argument("--day-first", action="store_true", help="03/04/2024 is the third of April")
    parser.add_argument("--review-below", metavar="X", type=number, help="least evidence of a field to trust")


def ocr(options: argparse.Namespace) -> Result:
    if (options.form is None) == (options.fields is None):
        raise InputError("either a form or --fields is needed")
    fields: list[FormField] = []
    if options.form is not None:
        text = read_text(options.form)
        if options.form.endswith(".tsv") or text.startswith("level\t"):
            return _page(text)
        fields = form_fields(text, options.form)
    return _form(fields, options)


# ---- a form


def _form(fields: list[FormField], options: argparse.Namespace) -> Result:
    count = len(fields) if options.fields is None else options.fields
    bound = paritas.space_bound(count)
    regime = None if options.regime is None else read_argument(options.regime)
    multiplier = paritas.confidence_multiplier(count, *([] if regime is None else [regime]))
    result: dict[str, Any] = {
        "fields": count,
        **({} if regime is None else {"regime": regime}),
        "multiplier": multiplier,
        "space_bound": bound.space_bound,
        "efficiency": bound.efficiency,
        "space_reduction_percent": bound.space_reduction_percent,
    }
    lines = [
        f"{count} fields: confidence multiplier {number_text(multiplier)}",
        f"space bound {number_text(bound.space_bound)}, efficiency {number_text(bound.efficiency)}, "
        f"space saved {number_text(bound.space_reduction_percent)} %",
    ]
    if options.memory is not None:
        per_item = [] if options.item_memory is None else [options.item_memory]
        result["batch_size"] = paritas.optimal_batch_size(count, options.memory, *per_item)
        lines.append(f"batch size {result['batch_size']} in {number_text(options.memory)} MB")
    if fields:
        result["scored"] = [
            {
                "field": field.name,
                "confidence": field.confidence,
                "scored": None if field.confidence is None else field.confidence * multiplier,
            }
            for field in fields
        ]
    if any(field.judged for field in fields):
        report = _report(fields, regime, options)
        result["report"] = _plain(report)
        return result, lines + _report_lines(report), not report.summary.review
    for item in result.get("scored", []):
        if item["scored"] is not None:
            read, scored = number_text(item["confidence"]), number_text(item["scored"])
            lines.append(f"{one_line(item['field'])}: {read} -> {scored}")
    return result, lines, True


def _report(fields: list[FormField], regime: str | None, options: argparse.Namespace) -> FieldReport:
    named: dict[str, Any] = {} if regime is None else {"regime": regime}
    if options.day_first:
        named["day_first"] = True
    if options.review_below is not None:
        named["review_below"] = options.review_below
    with_words = any(field.words is not None for field in fields)
    return paritas.field_confidence([field.as_ocr_field(with_words) for field in fields], **named)


def _report_lines(report: FieldReport) -> list[str]:
    review = set(report.summary.review)
    lines = []
    for field in report.fields:
        lines += _field_lines(field, field.name in review)
    summary = report.summary
    lines.append(
        f"{summary.extracted} of {summary.fields} fields read, mean confidence {number_text(summary.mean)}, "
        f"expected errors {number_text(summary.expected_errors)}"
    )
    if summary.review:
        lines.append(f"to review: {', '.join(one_line(name) for name in summary.review)}")
    return lines


def _field_lines(field: FieldConfidence, review: bool) -> list[str]:
    if field.reasons[0].code == "empty":
        return [f"  {one_line(field.name)}: missing"]
    evidence, confidence = number_text(field.evidence), number_text(field.confidence)
    lines = [f"{'!' if review else ' '} {one_line(field.name)}: evidence {evidence}, confidence {confidence}"]
    lines += [f"    {reason.code}: {one_line(reason.detail)}" for reason in field.reasons]
    return lines


def _plain(value: Any) -> Any:
    """Records as dicts, tuples as lists."""
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


# ---- a page


def _page(tsv: str) -> Result:
    words = paritas.tesseract_words(tsv)
    text = " ".join(word.text for word in words)
    report = paritas.text_quality_report(text)
    spans: list[dict[str, Any]] = [
        {
            "text": text[item.span.start : item.span.end],
            "start": item.span.start,
            "end": item.span.end,
            "quality": item.quality,
            "rules": list(item.rules),
        }
        for item in report.spans
    ]
    result = {
        "words": len(words),
        "quality": report.quality,
        "tokens": report.tokens,
        "garbage_tokens": report.garbage_tokens,
        "rules": report.rules,
        "spans": spans,
    }
    lines = [
        f"{len(words)} words, text quality {number_text(report.quality)}",
        f"{report.garbage_tokens} of {report.tokens} tokens look like noise",
    ]
    for span in spans:
        lines.append(f'  "{one_line(span["text"])}" {number_text(span["quality"])}: {", ".join(span["rules"])}')
    return result, lines, True
