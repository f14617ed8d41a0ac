"""The check of registries, as core/src/selfcheck/registry.cpp draws it."""

from typing import TYPE_CHECKING

from paritas.reference.random import Random
from paritas.reference.registry import SEVERITIES, PatternRegistry
from paritas.reference.selfcheck_texts import random_text

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

PIECES = (
    *("key", "a", "b", "|", "(", ")", "(?:", "[a-c]", "[^\\d", "]", ".", "\\w"),
    *("*", "+?", "{2}", "^a", "{1,30}", "$", "(?i)", "\\b", "é", "\\x4B", "(?=", "-"),
)
LITERALS = ("a", "the", "he", "THE", "t", "é", " ", "1", "0 ", "of", "\n", "\ufffd")
OVERLAPS = ("all", "longest", "priority")


def _one_of(random: Random, items: tuple[str, ...]) -> str:
    return items[random.below(len(items))]


def _check_pattern(random: Random, digest: "Digest") -> None:
    report = PatternRegistry.validate("".join(_one_of(random, PIECES) for _ in range(random.below(9))))
    if report.error is not None:
        code, _, message = report.error.partition(": ")
        digest.add(code)
        digest.add(message)
        digest.add(report.offset)
        return
    digest.add(report.min_length)
    digest.add(2**64 - 1 if report.max_length is None else report.max_length)
    for literal in report.literals:
        digest.add(literal)
    digest.add(report.prefiltered)


def check_registry(random: Random, digest: "Digest") -> None:
    _check_pattern(random, digest)
    registry = PatternRegistry()
    for name in ("x", "y", "z"):
        pattern, severity = _one_of(random, LITERALS), _one_of(random, SEVERITIES)
        case_insensitive, whole_words = random.below(4) == 0, random.below(4) == 0
        keywords = [_one_of(random, LITERALS)] if random.below(8) == 0 else []
        registry.add(
            name,
            pattern,
            severity=severity,
            keywords=keywords,
            case_insensitive=case_insensitive,
            whole_words=whole_words,
        )
    overlap = _one_of(random, OVERLAPS)
    for hit in registry.scan(random_text(random, 12), overlap=overlap):
        digest.add(hit.name)
        digest.add(hit.start)
        digest.add(hit.end)
        digest.add(hit.line)
