"""How the command reads files: UTF-8 whatever the locale says, each ill-formed piece as U+FFFD."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

from paritas.results_ocr import OcrField, OcrWord


class InputError(Exception):
    """An input that the command cannot use; the message is one sentence for the user."""


class Document(NamedTuple):
    id: str | int
    text: str


def well_formed(text: str) -> str:
    """Lone surrogates, which only escapes in JSON and odd arguments can bring, as U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def read_argument(text: str) -> str:
    """An argument as UTF-8, whatever the locale made of its bytes."""
    return os.fsencode(text).decode("utf-8", "replace")


def read_text(name: str) -> str:
    """A file, or standard input for "-"; a byte order mark is dropped."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError:
        raise InputError(f"cannot read {name}") from None
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _no_constant(_text: str) -> Any:
    raise ValueError("no JSON")


def parse_json(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise InputError(f"{where} is not JSON") from None


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines that say something, with their numbers."""
    lines = enumerate((line.removesuffix("\r") for line in text.split("\n")), start=1)
    return [(number, line) for number, line in lines if line.strip(" \t")]


def _record(line: str, where: str) -> Document:
    record = parse_json(line, where)
    if not isinstance(record, dict):
        raise InputError(f"{where} is no JSON object")
    key, text = record.get("id", record.get("_id")), record.get("text")
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    if isinstance(key, str):
        key = well_formed(key)
    elif isinstance(key, bool) or not isinstance(key, int) or abs(key) >= 2**53:
        key = None
    if key is None or not isinstance(text, str):
        raise InputError(f'{where} needs "id", a text or a whole number, and "text", a text')
    return Document(key, well_formed(text))


def read_documents(name: str) -> list[Document]:
    """What PATH holds.

    a .jsonl file: each object with "id" and "text"
    another file:  each line that says something, its number as id
    a folder:      the lines of all its .txt files, FILE:NUMBER as ids
    """
    if name != "-" and os.path.isdir(name):
        files = sorted((entry for entry in os.listdir(name) if entry.endswith(".txt")), key=os.fsencode)
        if not files:
            raise InputError(f"{name} has no .txt file")
        return [
            Document(f"{read_argument(file)}:{number}", line)
            for file in files
            for number, line in _lines(read_text(os.path.join(name, file)))
        ]
    lines = _lines(read_text(name))
    if name.endswith((".jsonl", ".ndjson")):
        return [_record(line, f"{name}:{number}") for number, line in lines]
    return [Document(number, line) for number, line in lines]


class FormField(NamedTuple):
    """A field of an OCR form."""

    name: str
    confidence: float | None
    text: str | None
    type: str | None
    words: list[OcrWord] | None
    judged: bool  # whether the form says more of it than its name and confidence

    def as_ocr_field(self, with_words: bool) -> OcrField:
        """In a form without any words the confidence of a field is that of one word. Where some have words it is left
        out: it may be of another scale."""
        words = self.words or []
        if not with_words and self.confidence is not None:
            words = [OcrWord(self.text or "", self.confidence)]
        return OcrField(self.name, self.text, self.type, words)


def _real(value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def form_fields(text: str, name: str) -> list[FormField]:
    """A JSON array of fields; only the name must be there.

    {"name": "total", "text": "9.90", "type": "amount", "confidence": 93, "words": [{"text": "9.90", "confidence": 93}]}
    """
    form = parse_json(text, name)
    if not isinstance(form, list):
        raise InputError(f"{name} is no JSON array of fields")
    fields = []
    for at, field in enumerate(form, start=1):
        if not isinstance(field, dict) or not isinstance(field.get("name"), str):
            raise InputError(f'field {at} of {name} needs "name", a text')
        confidence = field.get("confidence")
        if confidence is not None and not _is_number(confidence):
            raise InputError(f'field {at} of {name} has a "confidence" that is no number')
        for key in ("text", "type"):
            if not isinstance(field.get(key), str | None):
                raise InputError(f'field {at} of {name} has a "{key}" that is no text')
        words = field.get("words")
        if words is not None and not (isinstance(words, list) and all(map(_is_word, words))):
            raise InputError(
                f'field {at} of {name} has "words" that are no array of objects with "text" and "confidence"'
            )
        fields.append(
            FormField(
                well_formed(field["name"]),
                None if confidence is None else _real(confidence),
                field.get("text"),
                field.get("type"),
                None if words is None else [OcrWord(word["text"], _real(word["confidence"])) for word in words],
                any(field.get(key) is not None for key in ("text", "type", "words")),
            )
        )
    return fields


def _is_word(word: Any) -> bool:
    return isinstance(word, dict) and isinstance(word.get("text"), str) and _is_number(word.get("confidence"))
