"""What room ocr returns: the same classes natively and in the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from paritas.results import Span


class FormatResult(NamedTuple):
    """What a text is as a value of one type."""

    valid: bool
    type: str
    normalized: str
    """ISO date, plain decimal, compact IBAN and card, `+` digits `;ext=`, alpha-2, upper-case code or symbol of a
    currency, e-mail with a lower-case domain, kind of MRZ; "" where the text is invalid or a date is ambiguous."""
    reason: str
    """"iban_valid", "iban_checksum"."""
    notes: tuple[str, ...]
    """"two_digit_year"."""
    checks_passed: int
    """Sums that were right."""
    checks: int
    """Sums that the format has; 0 where the text has not the form that has any."""
    suggestion: str | None
    """What would be valid in place of an invalid text, by the letters and digits that are misread most."""


class GarbageSpan(NamedTuple):
    """A token that looks like noise."""

    span: Span
    quality: float  # of the token alone, 0 to below 0.5
    rules: tuple[str, ...]  # what lowered it, in the order of the rules


class TextQuality(NamedTuple):
    """How much a text looks like writing, and what does not."""

    quality: float  # 0 to 1
    tokens: int
    garbage_tokens: int  # those with a quality below 0.5
    rules: dict[str, int]  # the rules that lowered a token, in their order, and how many tokens each
    spans: list[GarbageSpan]  # the worst first, equal ones in text order


class OcrWord(NamedTuple):
    """A word as an engine read it."""

    text: str
    confidence: float  # 0 to 1, or 0 to 100; negative or NaN: the engine does not say


class OcrField(NamedTuple):
    """A field as it was extracted."""

    name: str
    text: str | None  # None and blank texts count as missing
    type: str | None = None  # what it should be: "text", "date", "amount"; None for "text"
    words: Sequence[OcrWord | Mapping[str, Any]] = ()  # those that its text was taken from


class FieldReason(NamedTuple):
    """A step of the evidence."""

    code: str
    factor: float  # of the odds; the product of a field's factors is evidence / (1 - evidence)
    detail: str  # a sentence for people


class FieldConfidence(NamedTuple):
    """How far one field can be trusted, and why."""

    name: str
    confidence: float  # evidence * multiplier, 0 to 1
    evidence: float  # the chance that the field was read correctly, as far as this can be seen; 0 to 1
    engine: float | None  # what the engine says of its words, 0 to 1; None where it says nothing
    format: FormatResult | None  # None for type "text" and for a missing text
    quality: float | None  # text_quality, for type "text"
    multiplier: float  # the Williams multiplier of the document
    reasons: list[FieldReason]  # in the order of the steps


class DocumentSummary(NamedTuple):
    """All fields of a document together; mean, minimum and expected_errors are of those that have a text."""

    fields: int
    extracted: int  # those with a text
    missing: int
    mean: float  # of the confidence
    minimum: float
    weakest: str | None  # the name of the field with the least confidence, the first of equal ones
    expected_errors: float  # the sum of 1 - evidence
    review: list[str]  # names of fields with a text and less evidence than review_below, in order
    multiplier: float
    regime: str | None
    efficiency: float  # of the Williams bound of the fields with a text


class FieldReport(NamedTuple):
    """What field_confidence says of a document."""

    fields: list[FieldConfidence]
    summary: DocumentSummary
