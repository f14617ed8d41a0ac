"""The checks of room ocr that look at texts, as core/src/selfcheck computes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paritas.reference.random import Random
from paritas.reference.selfcheck_texts import random_text
from paritas.reference.text_quality import text_quality, text_quality_report

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


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
