"""Findings of `paritas scan` as SARIF 2.1.0, the form that code hosts and editors read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import paritas

if TYPE_CHECKING:
    from paritas.cli_scan import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0"}  # as GitHub reads security-severity


def log(found: list[Finding], unreadable: list[str]) -> dict[str, Any]:
    """One run. Never the secret itself: only what mask_secrets leaves of it."""
    patterns = {pattern.name: pattern for pattern in paritas.list_secret_patterns()}
    names = sorted({finding.match.secret_type for finding in found})
    severities = {finding.match.secret_type: finding.match.severity for finding in found}
    rules = [
        {
            "id": name,
            "shortDescription": {"text": patterns[name].description if name in patterns else name},
            "defaultConfiguration": {"level": LEVELS[severities[name]]},
            "properties": {"tags": ["security"], "security-severity": SCORES[severities[name]]},
        }
        for name in names
    ]
    notes = [{"level": "error", "message": {"text": f"cannot read {path}"}} for path in unreadable]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "paritas", "version": paritas.__version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
                "results": [_result(finding, names.index(finding.match.secret_type)) for finding in found],
            }
        ],
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    match = finding.match
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    return {
        "ruleId": match.secret_type,
        "ruleIndex": rule,
        "level": LEVELS[match.severity],
        "message": {"text": f"{match.secret_type}: {match.masked_text}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(finding.path)}, "region": region}}],
        "partialFingerprints": {"paritasSecret/v1": finding.fingerprint},
        "properties": {"severity": match.severity, "confidence": match.confidence, "checksum": match.checksum},
    }


def uri(path: str) -> str:
    """A path as a reference: relative ones stay so."""
    if path == "-":
        return "stdin"
    text = quote(path.replace(os.sep, "/"), safe="/-_.!~*'()")
    return ("file://" + text) if text.startswith("/") else "./" + text if ":" in path.split("/")[0] else text
