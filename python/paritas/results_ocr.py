"""What room ocr returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import NamedTuple


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
