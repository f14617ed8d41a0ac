"""What room ocr returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import NamedTuple

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
