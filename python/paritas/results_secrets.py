"""What the search for secrets returns: the same classes natively and in the reference."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple


class SecretPattern(NamedTuple):
    """A rule of scan_secrets."""

    name: str
    severity: Literal["critical", "high", "medium", "low"]
    provider: str  # "generic" where it is nobody's in particular
    kind: Literal["provider", "hash", "pem", "jwt", "url", "header", "assignment"]
    shape: str  # the forms it takes, joined by " | "; "" where it is found in code
    description: str


class SecretMatch(NamedTuple):
    """A secret in a text. Its repr and to_dict() show it masked; matched_text holds it."""

    secret_type: str  # the name of its rule
    severity: Literal["critical", "high", "medium", "low"]
    confidence: Literal["low", "medium", "high"]
    start: int
    end: int
    line_number: int  # from 1
    checksum: Literal["valid", "invalid", "none"]
    placeholder: bool
    matched_text: str  # the secret itself
    masked_text: str  # as mask_secrets would leave it

    def __repr__(self) -> str:
        return (
            f"SecretMatch(secret_type={self.secret_type!r}, severity={self.severity!r}, confidence={self.confidence!r},"
            f" start={self.start}, end={self.end}, line_number={self.line_number}, checksum={self.checksum!r},"
            f" placeholder={self.placeholder}, masked_text={self.masked_text!r})"
        )

    def to_dict(self, show: bool = False) -> dict[str, Any]:
        """The fields by name, matched_text only when it is asked for."""
        fields = self._asdict()
        if not show:
            del fields["matched_text"]
        return fields
