"""The checks of room ocr that look at texts, as core/src/selfcheck computes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from paritas.reference import selfcheck_pieces as pieces
from paritas.reference.field_confidence import field_confidence
from paritas.reference.formats import READERS, validate_format
from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_bytes, random_text, random_word
from paritas.reference.text_quality import text_quality, text_quality_report

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


SAMPLES = (
    ("date", "29.02.2024"),
    ("date", "5 de marzo de 2024"),
    ("amount", "1.234,56 €"),
    ("number", "-12,345.6"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("mrz", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    ("email", "anna.b@example.org"),
    ("phone", "+49 (30) 901820 ext. 7"),
    ("card", "4111-1111-1111-1111"),
    ("country", "Germany"),
    ("currency", "EUR"),
)
MISREAD = ("0", "O", "l", "8", "B", " ", ".", "é", "<", "\ufffd")
REGIMES = ("support", "exploration", "balance", None)
SCALES = ("auto", "unit", "percent")


def _confidence(random: Random) -> float:
    turn = random.below(16)
    if turn == 0:
        return -1.0
    if turn == 1:
        return math.nan
    return random.unit() if turn < 6 else 120.0 * random.unit()


def _field(random: Random) -> dict[str, Any]:
    text: str | None
    kind, text = "text", ""
    turn = random.below(8)
    if turn == 0:
        text = None
    elif turn < 4:
        text = random_text(random, 6)
    else:
        kind, text = SAMPLES[random.below(len(SAMPLES))]
        for _ in range(random.below(3)):
            at = random.below(len(text))
            text = text[:at] + MISREAD[random.below(len(MISREAD))] + text[at + 1 :]
    words = [random_word(random) for _ in range(random.below(4))]
    said = [{"text": word, "confidence": _confidence(random)} for word in words]
    return {"name": "field", "text": text, "type": kind, "words": said}


def check_field_confidence(random: Random, digest: Digest) -> None:
    fields = [_field(random) for _ in range(random.below(4))]
    regime = REGIMES[random.below(4)]
    base_confidence = random.unit()
    scale = SCALES[random.below(3)]
    day_first = random.below(2) == 0 if random.below(2) == 0 else None
    report = field_confidence(
        fields,
        regime=regime,
        base_confidence=base_confidence,
        scale=scale,
        day_first=day_first,
        review_below=(review_below := random.unit()),
    )
    for field in report.fields:
        digest.add(field.confidence)
        digest.add(field.evidence)
        if field.engine is not None:
            digest.add(field.engine)
        if field.quality is not None:
            digest.add(field.quality)
        if field.format is not None:
            digest.add(field.format.normalized)
            digest.add(field.format.checks_passed)
        for reason in field.reasons:
            digest.add(reason.code)
            digest.add(reason.factor)
            digest.add(reason.detail)
    said = [(number, field) for number, field in enumerate(report.fields) if field.reasons[0].code != "empty"]
    summary = report.summary
    digest.add(summary.extracted)
    digest.add(summary.mean)
    digest.add(summary.minimum)
    if said:  # the summary names fields, which are all called alike here
        digest.add(min(said, key=lambda item: item[1].confidence)[0])
    digest.add(summary.expected_errors)
    for number, field in said:
        if field.evidence < review_below:
            digest.add(number)
    digest.add(summary.multiplier)
    digest.add(summary.efficiency)


def check_formats(random: Random, digest: Digest) -> None:
    types = list(READERS)
    sample = random.below(len(pieces.FORMATS))
    text = pieces.FORMATS[sample]
    type = types[sample // (len(pieces.FORMATS) // len(types))]  # they stand in the order of the types
    if random.below(4) == 0:
        type = types[random.below(len(types))]
    if random.below(8) == 0:
        text = random_bytes(random, 3)
    for _ in range(random.below(4)):  # of bytes: an ill-formed text is one too
        at = random.below(len(text) + 1)
        cut = random.below(2)
        stroke = pieces.STROKES[random.below(len(pieces.STROKES))]
        text = text[:at] + (b"" if random.below(4) == 0 else stroke) + text[at + cut :]
    order = random.below(4)
    day_first = None if order >= 2 else order == 0
    result = validate_format(text.decode("utf-8", "replace"), type, day_first=day_first)
    digest.add(result.valid)
    digest.add(result.type)
    digest.add(result.normalized)
    digest.add(result.reason)
    for note in result.notes:
        digest.add(note)
    digest.add(result.checks_passed)
    digest.add(result.checks)
    digest.add(result.suggestion is not None)
    if result.suggestion is not None:
        digest.add(result.suggestion)


def check_text_quality(random: Random, digest: Digest) -> None:
    text = random_text(random, 24)
    if random.below(4) == 0:
        # Digits and capitals among letters: what misreads words.
        count = len(text)
        for _ in range(random.below(8)):
            at = random.below(count + 1)
            text = text[:at] + "0lXé~|´ж"[random.below(8)] + text[at:]
            count += 1
    digest.add(text_quality(text))
    report = text_quality_report(text, max_spans=random.below(6))
    digest.add(report.tokens)
    digest.add(report.garbage_tokens)
    for rule, tokens in report.rules.items():
        digest.add(rule)
        digest.add(tokens)
    for garbage in report.spans:
        digest.add(garbage.span)
        digest.add(garbage.quality)
        for rule in garbage.rules:
            digest.add(rule)
