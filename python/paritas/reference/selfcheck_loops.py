"""The checks of loops in streams, as core/src/selfcheck draws them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.canonical_json import canonical_json
from paritas.reference.cycles import CycleDetector
from paritas.reference.random import Random
from paritas.reference.repetition import RepetitionDetector, detect_repetition
from paritas.reference.selfcheck_texts import random_bytes, random_text
from paritas.reference.signature import jaccard, leaves
from paritas.reference.thinking_detector import ThinkingDetector, find_circular_patterns
from paritas.reference.xxh3 import xxh3_128
from paritas.results import Span
from paritas.results_loops import RepetitionReport

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def random_number(random: Random) -> float:
    turn = random.below(8)
    if turn == 0:
        return float(struct.unpack("<d", struct.pack("<Q", random.next()))[0])
    if turn == 1:
        return random.unit()
    return float(random.below(1_000_000)) / 1000.0


def random_value(random: Random, depth: int) -> Any:
    turn = random.below(6 if depth == 3 else 10)
    if turn == 0:
        return None
    if turn == 1:
        return random.below(2) == 1
    if turn == 2:
        bits = random.below(64)
        return struct.unpack("<q", struct.pack("<Q", random.next() >> bits))[0]
    if turn == 3:
        return random_number(random)
    if turn < 6:
        return random_text(random, 3)
    if turn < 8:
        return [random_value(random, depth + 1) for _ in range(random.below(4))]
    out = {}
    for count in range(random.below(5), 0, -1):
        key = random_text(random, 1) + str(count)
        out[key] = random_value(random, depth + 1)
    return out


def check_signature(random: Random, digest: Digest) -> None:
    values = [random_value(random, 0), random_value(random, 0)]
    texts = []
    for value in values:
        try:
            texts.append(canonical_json(value))
        except ParitasError as error:
            digest.add_error(error)
            return
        digest.add(texts[-1])
        digest.add(f"{xxh3_128(texts[-1].encode()):032x}")
    digest.add(jaccard(leaves(texts[0]), leaves(texts[1])))


def add_report(digest: Digest, report: RepetitionReport) -> None:
    digest.add(report.kind)
    for number in (report.position, report.period, report.covered, report.start, report.repeats):
        digest.add(number)
    digest.add(report.unit)
    digest.add(report.novelty)


def check_repetition(random: Random, digest: Digest) -> None:
    window = 32 + random.below(200)
    max_period = 1 + random.below(16)
    min_repeats = 2 + random.below(3)
    min_covered = 2 + random.below(80)
    novelty_window = 16 + random.below(64)
    data = random_bytes(random, 6)
    unit = random_bytes(random, 2)
    data += unit * random.below(24)
    data += random_bytes(random, 2)
    random.below(40)  # how the core cuts the stream
    text = data.decode("utf-8", "replace")
    detector = RepetitionDetector(max_period, min_repeats, min_covered, window, novelty_window=novelty_window)
    detector.feed(text)
    add_report(digest, detector.finish())
    add_report(digest, detect_repetition(text))


def check_cycles(random: Random, digest: Digest) -> None:
    names = ("read", "write", "sök")
    max_period = 1 + random.below(4)
    repeats = 2 + random.below(2)
    same_repeats = 2 + random.below(3)
    similarity = 1.0 if random.below(2) == 0 else 0.5
    detector = CycleDetector(max_period, repeats, same_repeats, 16, similarity)
    variety = 1 + random.below(3)
    for _ in range(random.below(20)):
        name = names[random.below(variety)]
        path = random.below(variety)
        report = detector.record(name, {"path": path, "limit": random.below(2)})
        digest.add(report.period)
        digest.add(report.repeats)
        digest.add(report.guidance)


OPENINGS = (
    *("Let me read ", "I’ll\tcheck ", "Now let me see", ""),
    *("I should look at the file. ", "First, "),
)


def check_thinking_detector(random: Random, digest: Digest) -> None:
    window_size = 1 + random.below(4)
    stalling_threshold = 1 + random.below(3)
    detector = ThinkingDetector(3, 0.25, window_size, stalling_threshold)
    content = ""
    for _ in range(random.below(6)):
        if random.below(3) > 0:
            opening = OPENINGS[random.below(6)]
            content = opening + random_text(random, 6)
        found = detector.analyze(content)
        digest.add(found.loop_type)
        digest.add(found.similarity_score)
        digest.add(found.guidance)
        digest.add(found.category)
        for pattern in find_circular_patterns(content):
            digest.add(Span(pattern.start, pattern.end))
    stats = detector.get_stats()
    digest.add(stats["loops_detected"])
    digest.add(stats["consecutive_stalls"])
    digest.add(stats["unique_patterns"])
