"""What a PatternRegistry does with dicts, JSON and replacements, for both backends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from paritas._json import compact
from paritas.errors import ParitasError, ParitasTypeError
from paritas.results_registry import PatternDefinition, PatternHit

DEFAULTS: dict[str, Any] = {
    "kind": "literal", "category": "", "severity": "medium", "keywords": (), "case_insensitive": False,
    "whole_words": False, "group": 0, "description": "", "enabled": True,
}  # fmt: skip


def fields_of(given: Any) -> dict[str, Any]:
    """All fields of a definition, from a dict of some of them."""
    if not isinstance(given, Mapping):
        raise ParitasTypeError("invalid_argument", f"a dict is needed, not {type(given).__name__}")
    for key in given:
        if key not in PatternDefinition._fields:
            known = ", ".join(PatternDefinition._fields)
            raise ParitasTypeError("invalid_argument", f"unknown field {key}; known: {known}")
    for key in ("name", "pattern"):
        if key not in given:
            raise ParitasTypeError("invalid_argument", f"a pattern needs the field {key}")
    return {**DEFAULTS, **given}


def definitions_to_json(definitions: Iterable[PatternDefinition]) -> str:
    return compact({"patterns": [given._asdict() for given in definitions]})


def definitions_from_json(text: Any) -> list[dict[str, Any]]:
    """The dicts of a JSON object {"patterns": [..]}."""
    if not isinstance(text, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(text).__name__}")
    try:
        document = json.loads(text)
        good = document.keys() == {"patterns"} and isinstance(document["patterns"], list)
    except (ValueError, RecursionError, AttributeError):
        good = False
    if not good:
        raise ParitasError("corrupt_data", 'patterns are a JSON object {"patterns": [...]}, as to_json() writes it')
    patterns: list[dict[str, Any]] = document["patterns"]
    return patterns


def replaced(text: str, hits: Iterable[PatternHit], replacement: str | Callable[[PatternHit], str]) -> str:
    """The text with each hit replaced; what lies between stays as it is, lone surrogates too."""
    if not isinstance(replacement, str) and not callable(replacement):
        needed = "a str or a function that makes one of a hit"
        raise ParitasTypeError("invalid_argument", f"{needed} is needed, not {type(replacement).__name__}")
    parts, at = [], 0
    for hit in hits:
        new = replacement if isinstance(replacement, str) else replacement(hit)
        if not isinstance(new, str):
            raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(new).__name__}")
        parts += [text[at : hit.start], new]
        at = hit.end
    return "".join([*parts, text[at:]])
