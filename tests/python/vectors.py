"""The shared cases: tests/vectors/<stem>.json. Refuses what could make a test pass without testing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paritas import ParitasError

# For tests/meta, which compares what every runner saw: the stem of each loaded case, by the case's identity.
LOADED: dict[int, tuple[str, str]] = {}
FOLDER = Path(__file__).parent.parent / "vectors"
_keep: list[Any] = []  # an identity means something only while its object lives
UNITS = {"utf8", "codepoint", "utf16"}


def _decode(item: dict[str, Any]) -> Any:
    """{"float": "NaN"} stands for what JSON cannot say; a span has three units, and Python's is the code point."""
    if item.keys() == {"float"}:
        return float(item["float"])
    if item.keys() == {"integer"}:  # beyond 2^53, where JavaScript needs a BigInt
        return int(item["integer"])
    return item["codepoint"] if item.keys() == UNITS else item


def load_vectors(stem: str) -> list[dict[str, Any]]:
    document = json.loads((FOLDER / f"{stem}.json").read_text("utf-8"), object_hook=_decode)
    assert document.keys() == {"feature", "cases"}, f"{stem}: {sorted(document)}"
    cases = document["cases"]
    for case in cases:
        assert case.keys() == {"id", "why", "given", "expect"}, f"{stem}: {case}"
    assert len({case["id"] for case in cases}) == len(cases) > 0, f"{stem}: an id twice, or no case"
    LOADED.update((id(case), (stem, case["id"])) for case in cases)
    _keep.append(cases)
    return cases


def plain(value: Any) -> Any:
    """A result as JSON would say it: spans as [start, end], records as dicts, arrays and tuples as lists."""
    if hasattr(value, "_asdict"):
        fields = value._asdict()
        return list(value) if fields.keys() == {"start", "end"} else {key: plain(item) for key, item in fields.items()}
    if hasattr(value, "to_dict"):
        return {key: plain(item) for key, item in value.to_dict().items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def outcome(call: Callable[[], Any]) -> dict[str, Any]:
    """{"value": ...} or {"error": {"code", "offset"}}; compare the reprs, which tell 0.0 from -0.0."""
    try:
        return {"value": plain(call())}
    except ParitasError as error:
        return {"error": {"code": error.code, "offset": error.offset}}
