"""selfcheck and selfcheck_report, as core/src/selfcheck/selfcheck.cpp computes them."""

import math
import struct
from collections.abc import Callable

from paritas.errors import ParitasError
from paritas.reference.convert import whole
from paritas.reference.random import Random
from paritas.reference.selfcheck_chunk import check_line_count
from paritas.reference.selfcheck_chunkers import check_packed_chunkers, check_recursive, check_sizer
from paritas.reference.selfcheck_classify import check_classify
from paritas.reference.selfcheck_filter import check_filter
from paritas.reference.selfcheck_fusion import check_fusion
from paritas.reference.selfcheck_halt import check_halt
from paritas.reference.selfcheck_json import check_json_repair
from paritas.reference.selfcheck_loops import check_cycles, check_repetition, check_signature, check_thinking_detector
from paritas.reference.selfcheck_match import check_aho_corasick, check_secrets, check_tool_name
from paritas.reference.selfcheck_maths import check_maths
from paritas.reference.selfcheck_ocr import check_field_confidence, check_formats, check_text_quality
from paritas.reference.selfcheck_registry import check_registry
from paritas.reference.selfcheck_repair import (
    check_coerce,
    check_dedup,
    check_json_extract,
    check_minhash,
    check_normalize_block,
    check_normalize_text,
    check_simhash,
)
from paritas.reference.selfcheck_retrieve import (
    check_analyzer,
    check_bm25,
    check_fold,
    check_stem_english,
    check_stem_light,
)
from paritas.reference.selfcheck_structured import check_code, check_hierarchical, check_markdown, check_semantic
from paritas.reference.selfcheck_thinking import check_thinking_filter
from paritas.reference.selfcheck_validate import check_pii, check_response
from paritas.reference.selfcheck_vector_index import check_vector_index
from paritas.reference.selfcheck_vectors import check_dot, check_hnsw, check_matrix, check_quantize, check_topk
from paritas.reference.selfcheck_verifier import check_verifier
from paritas.reference.selfcheck_verify import check_claims, check_coherence, check_facts, check_signals, check_terms
from paritas.reference.selfcheck_williams import check_batch_size, check_williams
from paritas.reference.trend import trend_drop
from paritas.reference.xxh3 import xxh3_64
from paritas.results import FeatureDigest, SelfcheckReport, Span

MAX_CASES = 1_000_000_000


class Digest:
    """Collects the bytes of one case's results, little-endian, in the order of adding."""

    def __init__(self) -> None:
        self.bytes = b""

    def add(self, value: bool | int | float | str | Span) -> None:
        """A bool is one byte, an int and a float 8, a str the number of its UTF-8 bytes and they, a span two ints."""
        if isinstance(value, bool):
            self.bytes += struct.pack("<B", value)
        elif isinstance(value, int):
            self.bytes += struct.pack("<Q", value)
        elif isinstance(value, float):
            self.bytes += struct.pack("<d", value)
        elif isinstance(value, str):
            text = value.encode()
            self.bytes += struct.pack("<Q", len(text)) + text
        else:
            self.bytes += struct.pack("<QQ", value.start, value.end)

    def add_float32(self, value: float) -> None:
        """4 bytes."""
        self.bytes += struct.pack("<f", value)

    def add_error(self, error: ParitasError) -> None:
        self.add(error.code)
        self.add(error.offset)


def check_trend(random: Random, digest: Digest) -> None:
    values = []
    count = random.below(12)
    for _ in range(count):
        turn = random.below(64)
        if turn == 0:
            values.append(math.nan)
        elif turn == 1:
            values.append(-math.inf)
        elif turn == 2:
            values.append(1.7e308 * random.unit())
        elif turn == 3:
            values.append(5e-324)
        elif turn == 4:
            values.append(-0.0)
        else:
            values.append(random.unit())
    digest.add(trend_drop(values))


# The list of core/src/selfcheck/features.hpp, in its order.
FEATURES: dict[str, Callable[[Random, Digest], None]] = {
    "aho_corasick": check_aho_corasick,
    "analyzer": check_analyzer,
    "batch_size": check_batch_size,
    "bm25": check_bm25,
    "claims": check_claims,
    "classify": check_classify,
    "code": check_code,
    "coerce": check_coerce,
    "coherence": check_coherence,
    "cycles": check_cycles,
    "dedup": check_dedup,
    "dot": check_dot,
    "facts": check_facts,
    "field_confidence": check_field_confidence,
    "filter": check_filter,
    "fold": check_fold,
    "formats": check_formats,
    "fusion": check_fusion,
    "halt": check_halt,
    "hierarchical": check_hierarchical,
    "hnsw": check_hnsw,
    "json_extract": check_json_extract,
    "json_repair": check_json_repair,
    "line_count": check_line_count,
    "markdown": check_markdown,
    "maths": check_maths,
    "matrix": check_matrix,
    "minhash": check_minhash,
    "normalize_block": check_normalize_block,
    "normalize_text": check_normalize_text,
    "packed_chunkers": check_packed_chunkers,
    "pii": check_pii,
    "quantize": check_quantize,
    "recursive": check_recursive,
    "registry": check_registry,
    "repetition": check_repetition,
    "response": check_response,
    "secrets": check_secrets,
    "semantic": check_semantic,
    "signals": check_signals,
    "signature": check_signature,
    "simhash": check_simhash,
    "sizer": check_sizer,
    "stem_english": check_stem_english,
    "stem_light": check_stem_light,
    "terms": check_terms,
    "text_quality": check_text_quality,
    "thinking_detector": check_thinking_detector,
    "thinking_filter": check_thinking_filter,
    "tool_name": check_tool_name,
    "topk": check_topk,
    "trend": check_trend,
    "vector_index": check_vector_index,
    "verifier": check_verifier,
    "williams": check_williams,
}


def selfcheck_report(cases: int = 10_000) -> SelfcheckReport:
    cases = whole(cases)
    if cases < 0:
        raise ParitasError("invalid_argument", "cases must be at least 0")
    if cases > MAX_CASES:
        raise ParitasError("limit_exceeded", "cases must be at most 1000000000")
    stems = list(FEATURES)
    every = 0
    each = dict.fromkeys(stems, 0)
    counts = dict.fromkeys(stems, 0)
    for i in range(cases):
        stem = stems[i % len(stems)]
        digest = Digest()
        FEATURES[stem](Random(i), digest)
        every = xxh3_64(digest.bytes, every)
        each[stem] = xxh3_64(digest.bytes, each[stem])
        counts[stem] += 1
    return SelfcheckReport(f"{every:016x}", [FeatureDigest(stem, counts[stem], f"{each[stem]:016x}") for stem in stems])


def selfcheck(cases: int = 10_000) -> str:
    return selfcheck_report(cases).digest
