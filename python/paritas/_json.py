"""Options and metadata as JSON, for both backends."""

import json
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError


def json_fields(text: Any) -> dict[str, Any]:
    """The members of a JSON object."""
    if not isinstance(text, str | bytes):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(text).__name__}")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise ParitasError("invalid_argument", "a HaltConfig needs a JSON object; this text is no JSON") from None
    if not isinstance(fields, dict):
        raise ParitasError("invalid_argument", "a HaltConfig needs a JSON object, with any of its fields")
    return fields


def compact(value: Any) -> str:
    """Any JSON value in few bytes, as JSON.stringify of JavaScript writes it; a lone surrogate is escaped."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except TypeError as error:
        raise ParitasTypeError("invalid_argument", f"metadata must be a JSON value: {error}") from None
    except (ValueError, RecursionError):
        raise ParitasError("invalid_argument", "metadata must be a JSON value, finite and without circles") from None
    if any("\ud800" <= ch <= "\udfff" for ch in text):
        return json.dumps(value, separators=(",", ":"))
    return text


def parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ParitasError("corrupt_data", "the metadata of this index is damaged") from None
