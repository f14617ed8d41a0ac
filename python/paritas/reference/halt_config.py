"""HaltConfig: every option of the halt monitor and what it may be, as core/src/stream/halt_config.cpp checks it."""

from __future__ import annotations

import math
import operator
from typing import Any, NamedTuple

from paritas._json import json_fields
from paritas.errors import ParitasError, ParitasTypeError

MOST = 2**31 - 1


class Field(NamedTuple):
    name: str
    kind: str
    default: Any
    low: float = 0.0
    high: float = math.inf
    choices: tuple[str, ...] = ()


FIELDS = {
    field.name: field
    for field in (
        Field("hard_limit", "real", 0.5, 0.0, 1.0),
        Field("soft_limit", "real", 0.6, 0.0, 1.0),  # from hard_limit on
        Field("window_size", "whole", 10, 1, 4096),
        Field("window_threshold", "real", 0.55, 0.0, 1.0),
        Field("trend_window", "whole", 5, 2, 1024),
        Field("trend_threshold", "above", 0.15),
        Field("trend_z", "real", 4.5),
        Field("halt_mode", "choice", "hard", choices=("hard", "soft")),
        Field("soft_tail_max", "whole", 50, 0, 10_000),
        Field("score_every_n", "whole", 1, 1, MOST),
        Field("adaptive", "flag", False),
        Field("max_cadence", "whole", 8, 1, MOST),
        Field("on_invalid", "choice", "halt", choices=("halt", "hold", "abstain")),
        Field("max_invalid", "whole", 3, 0, 1000),
        Field("token_timeout", "real", 0.0),
        Field("total_timeout", "real", 0.0),
        Field("release", "choice", "token", choices=("token", "sentence")),
        Field("latch", "flag", False),
        Field("keep_history", "flag", True),
        Field("debug", "flag", False),
    )
}
ALIASES = {"streaming_debug": "debug"}


def rule(field: Field, hard_limit: float) -> str:
    """What the field must be: a part of a sentence."""
    if field.kind == "flag":
        return "true or false"
    if field.kind == "choice":
        *first, last = (f'"{choice}"' for choice in field.choices)
        return f"{', '.join(first)} or {last}"
    if field.kind == "whole":
        return f"a whole number from {field.low} to {field.high}"
    if field.kind == "above":
        return "a number above 0"
    if field.high == math.inf:
        return "a number of at least 0"
    low = f"hard_limit ({hard_limit!r})" if field.name == "soft_limit" else repr(field.low)
    return f"a number from {low} to {field.high!r}"


def refused(field: Field, hard_limit: float, shown: str) -> str:
    return f"{field.name} must be {rule(field, hard_limit)}, not {shown}"


def number(value: Any) -> float | None:
    """The number that a value is; None if it is none. True is none."""
    if isinstance(value, bool) or not (hasattr(value, "__float__") or hasattr(value, "__index__")):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if operator.index(value) > 0 else -math.inf
    except Exception:
        return None


def read(field: Field, value: Any, hard_limit: float) -> Any:
    """The value in the field's own type. Ranges are checked later, when all fields are known."""
    wrong_type = ParitasTypeError("invalid_argument", refused(field, hard_limit, ascii(value)))
    if field.kind == "flag":
        if value is not True and value is not False:
            raise wrong_type
        return value
    if field.kind == "choice":
        if not isinstance(value, str):
            raise wrong_type
        if value not in field.choices:
            raise ParitasError("invalid_argument", refused(field, hard_limit, ascii(value)))
        return value
    amount = number(value)
    if amount is None:
        raise wrong_type
    return amount


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """All values in their types and ranges, or the error of the first that is not."""
    for name, field in FIELDS.items():
        if field.kind not in ("real", "above", "whole"):
            continue
        value = float(values[name])
        low = values["hard_limit"] if name == "soft_limit" else field.low
        good = low <= value <= field.high and math.isfinite(value)
        if field.kind == "above":
            good = value > 0.0 and math.isfinite(value)
        if field.kind == "whole":
            good = good and value.is_integer()
        if not good:
            shown = (
                str(int(value)) if field.kind == "whole" and value.is_integer() and abs(value) <= 2**53 else repr(value)
            )
            raise ParitasError("invalid_argument", refused(field, values["hard_limit"], shown))
        values[name] = int(value) if field.kind == "whole" else value + 0.0  # never -0.0
    return values


class HaltConfig:
    """What a halt monitor keeps to; every field is checked once, here."""

    hard_limit: float
    soft_limit: float
    window_size: int
    window_threshold: float
    trend_window: int
    trend_threshold: float
    trend_z: float
    halt_mode: str
    soft_tail_max: int
    score_every_n: int
    adaptive: bool
    max_cadence: int
    on_invalid: str
    max_invalid: int
    token_timeout: float
    total_timeout: float
    release: str
    latch: bool
    keep_history: bool
    debug: bool

    def __init__(self, **fields: Any) -> None:
        self._set({name: field.default for name, field in FIELDS.items()}, fields)

    def _set(self, values: dict[str, Any], fields: dict[str, Any]) -> None:
        for key, value in fields.items():
            name = ALIASES.get(key, key)
            if name not in FIELDS:
                known = ", ".join(FIELDS)
                raise ParitasTypeError("invalid_argument", f"unknown field {key} = {value!a}; known: {known}")
            values[name] = read(FIELDS[name], value, values["hard_limit"])
        self.__dict__.update(checked(values))

    @staticmethod
    def from_json(text: str) -> HaltConfig:
        """The configuration of a JSON object with any of the fields."""
        return HaltConfig(**json_fields(text))

    def replace(self, **fields: Any) -> HaltConfig:
        """The same with other values for some fields."""
        made = HaltConfig.__new__(HaltConfig)
        made._set(self.to_dict(), fields)
        return made

    def to_dict(self) -> dict[str, Any]:
        """All fields in their order."""
        return {name: getattr(self, name) for name in FIELDS}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"HaltConfig cannot be changed; replace({name}=...) makes another")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HaltConfig) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(tuple(self.to_dict().values()))

    def __repr__(self) -> str:
        return f"HaltConfig({', '.join(f'{name}={value!r}' for name, value in self.to_dict().items())})"
