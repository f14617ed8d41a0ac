"""What personal data and answers are judged to be: the same classes natively and in the reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class PiiMatch(NamedTuple):
    """Personal data in a text; the text itself is text[start:end]."""

    kind: str
    """"email", "credit_card", "iban", "ssn", "phone" or "ip"."""
    start: int
    end: int
    normalized: str
    """E-mail with a lower-case domain, digits of a card, compact IBAN, "AAA-GG-SSSS", "+" and digits, RFC 5952."""
    detail: str
    """Scheme of a card, country of an IBAN, "international" or "north_american", kind of address ("public", "private",
    "loopback", "link_local", "documentation"); "" for the others."""


class ResponseRules(NamedTuple):
    """What validate_response looks for."""

    leakage: bool = True
    garbage: bool = True
    refusal: bool = True
    secrets: bool = True
    pii: Sequence[str] = ("email", "credit_card", "iban", "ssn", "phone", "ip")
    min_length: int = 1
    """In code points, as max_length."""
    max_length: int = 0
    """0 for none."""
    required: Sequence[str] = ()
    forbidden: Sequence[str] = ()
    respect_code: bool = True
    """Fences and inline code are exempt from leakage, refusal and garbage, never from secrets and personal data."""
    fail_severity: str = "medium"
    """"low", "medium", "high" or "critical": an issue as severe fails the answer."""
    allow: Sequence[str] = ()
    """Names of rules to leave out."""


class Issue(NamedTuple):
    """What is wrong with an answer, and where."""

    kind: str
    """"length", "leakage", "refusal", "garbage", "secrets" or "pii"."""
    rule: str
    severity: str
    """"low", "medium", "high" or "critical"."""
    start: int
    end: int
    message: str


class ValidationResult:
    """What validate_response says of an answer.

    ok:        no issue is as severe as fail_severity
    issues:    by start, then the order of kinds, then the longer one
    counts:    how many issues each kind has
    sanitized: the text with leaked syntax cut, secrets and personal data masked, the rest byte for byte; computed when
               it is first asked for
    """

    __slots__ = ("_sanitize", "_sanitized", "counts", "issues", "ok")
    _sanitized: str | None

    def __init__(self, ok: bool, issues: list[Issue], counts: dict[str, int], sanitize: Callable[[], str]) -> None:
        self.ok, self.issues, self.counts = ok, issues, counts
        self._sanitize, self._sanitized = sanitize, None

    @property
    def sanitized(self) -> str:
        if self._sanitized is None:
            self._sanitized = self._sanitize()
        return self._sanitized

    def to_dict(self) -> dict[str, Any]:
        """All of it, the sanitized text too."""
        issues = [issue._asdict() for issue in self.issues]
        return {"ok": self.ok, "issues": issues, "counts": dict(self.counts), "sanitized": self.sanitized}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ValidationResult):
            return NotImplemented
        return (self.ok, self.issues, self.sanitized) == (other.ok, other.issues, other.sanitized)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.ok, self.issues, self.counts, self.sanitized)

    def __repr__(self) -> str:
        return f"ValidationResult(ok={self.ok}, issues={self.issues!r})"


def _restored(ok: bool, issues: list[Issue], counts: dict[str, int], sanitized: str) -> ValidationResult:
    """What a pickle holds."""
    return ValidationResult(ok, issues, counts, lambda: sanitized)
