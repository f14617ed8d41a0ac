"""field_confidence: how far the fields of a scanned document can be trusted, from words, formats and signs of noise."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import real, whole
from paritas.reference.convert import text as as_text
from paritas.reference.field_details import bad_detail, engine_detail, format_detail, quality_detail
from paritas.reference.formats import READERS, checked_format, day_first_of
from paritas.reference.text_characters import is_bad, is_space
from paritas.reference.text_quality import text_quality
from paritas.reference.williams import TSP_LEVERAGE_MULTIPLIERS, confidence_multiplier, space_bound
from paritas.results_ocr import (
    DocumentSummary,
    FieldConfidence,
    FieldReason,
    FieldReport,
    FormatResult,
    OcrField,
    OcrWord,
)

TYPES = ("text", *READERS)
# Factors of the odds for a text that is a value of its type, and for one that is not.
FACTORS = {
    "date": (4.0, 0.1),
    "amount": (2.0, 0.1),
    "number": (2.0, 0.1),
    "iban": (97.0, 0.02),
    "email": (3.0, 0.05),
    "phone": (2.0, 0.1),
    "card": (10.0, 0.02),
    "country": (5.0, 0.05),
    "currency": (5.0, 0.05),
}
MRZ_VALID, MRZ_INVALID = (1.0, 10.0, 100.0, 1000.0), 0.02  # by the check digits that agree, three at most
SCALES = ("auto", "unit", "percent")
REGIMES = tuple(TSP_LEVERAGE_MULTIPLIERS)
T = TypeVar("T")


class Word(NamedTuple):
    weight: int
    confidence: float


class Field(NamedTuple):
    name: str
    text: str | None
    type: str
    words: list[Word]


class Options(NamedTuple):
    regime: str | None
    base_confidence: float
    scale: str
    day_first: bool | None
    review_below: float


def field_confidence(
    fields: Sequence[OcrField | Mapping[str, Any]],
    *,
    regime: str | None = "balance",
    base_confidence: float = 0.85,
    scale: str = "auto",
    day_first: bool | None = None,
    review_below: float = 0.8,
) -> FieldReport:
    """How far the fields of one document can be trusted, and why.

    fields:          OcrField or mappings with name, text, type and words; words: OcrWord or mappings with text and
                     confidence
    regime:          of the Williams multiplier; None for 1, which leaves the evidence as it is
    base_confidence: what is assumed of a field whose words have no confidence
    scale:           of the words' confidence: "unit", "percent", or "auto" for percent if any of them is above 1
    day_first:       whether 03/04/2024 is the third of April; None: such a date is ambiguous
    review_below:    fields with less evidence are named in the summary
    Errors:          invalid_argument, with the number of the field
    """
    read = _fields(fields)
    options = _options(regime, base_confidence, scale, day_first, review_below)
    return _report(read, options, None)


def field_confidence_batch(
    documents: Sequence[Sequence[OcrField | Mapping[str, Any]]],
    *,
    regime: str | None = "balance",
    base_confidence: float = 0.85,
    scale: str = "auto",
    day_first: bool | None = None,
    review_below: float = 0.8,
    threads: int = 0,
) -> list[FieldReport]:
    """field_confidence of each document; "auto" looks at the words of one document."""
    read = [_fields(document, f"document {at}, ") for at, document in enumerate(_items(documents, "documents"))]
    options = _options(regime, base_confidence, scale, day_first, review_below, threads)
    if threads < 0:
        raise ParitasError("invalid_argument", "threads must be at least 0")
    return [_report(fields, options, number) for number, fields in enumerate(read)]


# ---- arguments


def _items(values: Any, what: str) -> list[Any]:
    if isinstance(values, str | bytes | Mapping) or not hasattr(values, "__iter__"):
        raise ParitasTypeError("invalid_argument", f"a sequence of {what} is needed, not {type(values).__name__}")
    return list(values)


def _at(place: str, read: Callable[..., T], *given: Any) -> T:
    """What `read` makes of a value; an error says first where the value stands."""
    try:
        return read(*given)
    except ParitasError as error:
        raise type(error)(error.code, f"{place}: {error}", error.offset) from None


def _values(value: Any, record: type[OcrField] | type[OcrWord]) -> tuple[Any, ...]:
    """What a record or a mapping has under the names of a record; None where a mapping has none."""
    if isinstance(value, record) and len(value) == len(record._fields):
        return tuple(value)
    if isinstance(value, Mapping):
        return tuple(value.get(name) for name in record._fields)
    message = f"a mapping or an {record.__name__} is needed, not {type(value).__name__}"
    raise ParitasTypeError("invalid_argument", message)


def _fields(values: Any, document: str = "") -> list[Field]:
    items = _at(document[:-2], _items, values, "fields") if document else _items(values, "fields")
    return [_field_of(value, f"{document}field {at}") for at, value in enumerate(items)]


def _field_of(value: Any, place: str) -> Field:
    name, text, kind, words = _at(place, _values, value, OcrField)
    return Field(
        _at(f"{place}, name", as_text, name),
        None if text is None else _at(f"{place}, text", as_text, text),
        "text" if kind is None else _at(f"{place}, type", as_text, kind),
        [] if words is None else _words(words, place),
    )


def _words(values: Any, place: str) -> list[Word]:
    words = []
    for at, value in enumerate(_at(f"{place}, words", _items, values, "words")):
        text, confidence = _at(f"{place}, word {at}", _values, value, OcrWord)
        letters = _at(f"{place}, word {at}, text", as_text, text)
        words.append(Word(max(1, len(letters)), _at(f"{place}, word {at}, confidence", real, confidence)))
    return words


def _options(
    regime: Any, base_confidence: Any, scale: Any, day_first: Any, review_below: Any, threads: Any = 0
) -> Options:
    options = Options(
        None if regime is None else as_text(regime),
        real(base_confidence) + 0.0,  # never -0.0
        as_text(scale),
        day_first_of(day_first),
        real(review_below),
    )
    whole(threads)
    if options.regime is not None and options.regime not in REGIMES:
        raise ParitasError("invalid_argument", f"regime must be one of {', '.join(REGIMES)}, or none")
    if options.scale not in SCALES:
        raise ParitasError("invalid_argument", f"scale must be one of {', '.join(SCALES)}")
    if not 0.0 <= options.base_confidence <= 1.0:
        raise ParitasError("invalid_argument", "base_confidence must be from 0 to 1")
    if not 0.0 <= options.review_below <= 1.0:
        raise ParitasError("invalid_argument", "review_below must be from 0 to 1")
    return options


# ---- the evidence


def _report(fields: list[Field], options: Options, document: int | None) -> FieldReport:
    for number, field in enumerate(fields):
        if field.type not in TYPES:
            message = f'the type of field "{field.name}" must be one of {", ".join(TYPES)}'
            raise ParitasError("invalid_argument", message, number if document is None else document)
    extracted = sum(not _blank(field.text) for field in fields)
    multiplier = 1.0 if options.regime is None else confidence_multiplier(extracted, options.regime)
    percent = options.scale == "percent"
    if options.scale == "auto":
        percent = any(word.confidence > 1.0 for field in fields for word in field.words)
    found = [_field(field, options, percent, multiplier) for field in fields]

    said = [field for field in found if field.reasons[0].code != "empty"]
    total = errors = 0.0
    weakest: FieldConfidence | None = None
    for one in said:  # in order
        total += one.confidence
        errors += 1.0 - one.evidence
        if weakest is None or one.confidence < weakest.confidence:
            weakest = one
    summary = DocumentSummary(
        len(fields),
        extracted,
        len(fields) - extracted,
        total / float(extracted) if extracted else 0.0,
        weakest.confidence if weakest else 0.0,
        weakest.name if weakest else None,
        errors,
        [one.name for one in said if one.evidence < options.review_below],
        multiplier,
        options.regime,
        space_bound(extracted).efficiency,
    )
    return FieldReport(found, summary)


def _blank(text: str | None) -> bool:
    return text is None or all(is_space(ch) for ch in text)


def _field(field: Field, options: Options, percent: bool, multiplier: float) -> FieldConfidence:
    text = field.text
    if text is None or _blank(text):
        reason = FieldReason("empty", 0.0, "The field has no text.")
        return FieldConfidence(field.name, 0.0, 0.0, None, None, None, multiplier, [reason])
    reasons = []
    odds = 1.0

    def weigh(code: str, factor: float, detail: str) -> None:
        nonlocal odds
        odds *= factor
        reasons.append(FieldReason(code, factor, detail))

    engine, said = _engine(field, percent)
    p = min(0.99, max(0.01, options.base_confidence if engine is None else engine))
    weigh("no_engine" if engine is None else "engine", p / (1.0 - p), engine_detail(said, options.base_confidence))

    seen = [ch for ch in text if not is_space(ch)]
    bad = sum(is_bad(ch) for ch in seen)
    if bad > 0:
        weigh("bad_char", max(0.02, 1.0 - 2.0 * float(bad) / float(len(seen))), bad_detail(bad, len(seen)))
    quality = result = None
    if field.type == "text":
        quality = text_quality(text)
        weigh("shape", _shape(quality), quality_detail(quality))
        if len(seen) == 1:
            weigh("too_short", 0.5, "A single character proves little.")
    else:
        result = checked_format(text, field.type, options.day_first)
        weigh(result.reason, _format_factor(result), format_detail(result))
    evidence = odds / (1.0 + odds)
    return FieldConfidence(field.name, evidence * multiplier, evidence, engine, result, quality, multiplier, reasons)


def _engine(field: Field, percent: bool) -> tuple[float | None, tuple[int, float, float]]:
    """What the engine says, and of how many words with which mean and lowest confidence."""
    total = weight = 0.0
    low = math.inf
    count = 0
    for word in field.words:  # in order
        if not word.confidence >= 0.0:
            continue
        confidence = min(1.0, word.confidence / (100.0 if percent else 1.0)) + 0.0  # never -0.0
        total += float(word.weight) * confidence
        weight += float(word.weight)
        low = min(low, confidence)
        count += 1
    if count == 0:
        return None, (0, 0.0, 0.0)
    mean = total / weight
    # One bad word spoils an IBAN, not a paragraph.
    return mean - (mean - low) * (0.2 if field.type == "text" else 0.5), (count, mean, low)


def _shape(quality: float) -> float:
    if quality >= 0.8:
        return 1.0 + (quality - 0.8) * 5.0
    return max(0.05, (quality / 0.8) * (quality / 0.8))


def _format_factor(result: FormatResult) -> float:
    if result.type == "mrz":
        return MRZ_VALID[min(3, result.checks_passed)] if result.valid else MRZ_INVALID
    return FACTORS[result.type][0 if result.valid else 1]
