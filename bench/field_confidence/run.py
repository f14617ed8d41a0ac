"""field_confidence of a form of 20 fields and 120 words, from Python: microseconds of one call.

    .venv/bin/python bench/field_confidence/run.py [--json]

Goal: at most 80. Beside it: mappings, many forms on one core, the reference. Medians of processor time, so that what
else the machine does is not counted.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import paritas
from paritas import OcrField, OcrWord, reference

GOAL = 80.0
VALUES = (
    ("amount", "1.234,56 €"),
    ("date", "29.02.2024"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("text", "Anna Maria Eriksson"),
    ("email", "anna.eriksson@example.org"),
    ("phone", "+49 30 901820"),
    ("text", "Hauptstraße 37, 10115 Berlin"),
    ("number", "1,204.50"),
    ("card", "4111 1111 1111 1111"),
    ("country", "Germany"),
)


def form() -> list[OcrField]:
    """Twenty fields with six words each."""
    fields = []
    for number in range(20):
        kind, text = VALUES[number % len(VALUES)]
        words = (text.split() * 6)[:6]
        said = [OcrWord(word, 80.0 + (7 * number + at) % 20) for at, word in enumerate(words)]
        fields.append(OcrField(f"field {number}", text, kind, said))
    return fields


def microseconds(call: Callable[[], Any], calls: int, rounds: int = 15) -> float:
    """Of processor time, the median of the rounds."""
    call()
    taken = []
    for _ in range(rounds):
        start = time.process_time_ns()
        for _ in range(calls):
            call()
        taken.append((time.process_time_ns() - start) / calls / 1000)
    return sorted(taken)[rounds // 2]


def main() -> int:
    records = form()
    mappings = [
        {**field._asdict(), "words": [word._asdict() for word in field.words]}
        for field in records  # type: ignore[union-attr]
    ]
    many = [records] * 200
    rows = {
        "one form, records": microseconds(lambda: paritas.field_confidence(records), 200),
        "one form, mappings": microseconds(lambda: paritas.field_confidence(mappings), 200),
        "a form of 200, one thread": microseconds(lambda: paritas.field_confidence_batch(many, threads=1), 1) / 200,
        "one form, reference": microseconds(lambda: reference.field_confidence(records), 3, 5),
    }
    if "--json" in sys.argv:
        print(json.dumps(rows))
    else:
        for name, value in rows.items():
            print(f"{name:30} {value:10.1f} us")
    return 0 if rows["one form, records"] <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
