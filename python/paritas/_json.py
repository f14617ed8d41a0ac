"""Options that come as JSON, for both backends."""

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
