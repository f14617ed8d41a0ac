"""Paritas in plain Python: the specification to read, and what runs where no native module fits."""

from paritas.reference.aho_corasick import AhoCorasick
from paritas.reference.analysis import extract_cues, extract_entities, extract_numbers
from paritas.reference.analyzer import Analyzer
from paritas.reference.batch_size import optimal_batch_size
from paritas.reference.bm25 import BM25
from paritas.reference.canonical_json import canonical_json
from paritas.reference.chunk import Chunker
from paritas.reference.claims import split_claims
from paritas.reference.classify import (
    TaskClassifier,
    classify_task,
    classify_task_batch,
    find_all_keywords,
    has_action_keywords,
    has_analysis_keywords,
    has_edit_keywords,
    has_generation_keywords,
    has_negation,
    has_search_keywords,
)
from paritas.reference.classify_words import inflect
from paritas.reference.code import CodeChunker
from paritas.reference.code_languages import detect_doc_type
from paritas.reference.code_regions import code_regions
from paritas.reference.coerce import batch_coerce_string_types, coerce_string_type
from paritas.reference.coherence import CoherenceScorer
from paritas.reference.content_hasher import ContentHasher
from paritas.reference.cosine import cosine_distance, cosine_similarity
from paritas.reference.cycles import CycleDetector
from paritas.reference.dedup import (
    OutputDeduplicator,
    StreamingDeduplicator,
    deduplicate,
    find_duplicate_blocks,
    rolling_hash_blocks,
)
from paritas.reference.distance import euclidean_distance, squared_euclidean, squared_euclidean_distance
from paritas.reference.dot import dot_product
from paritas.reference.embedding_index import EmbeddingIndex
from paritas.reference.facts import FactStore, GroundTruthStore
from paritas.reference.field_confidence import field_confidence, field_confidence_batch
from paritas.reference.filter import matches_filter
from paritas.reference.formats import validate_format, validate_format_batch
from paritas.reference.fusion import rrf, weighted_fusion
from paritas.reference.halt_config import HaltConfig
from paritas.reference.hierarchical import HierarchicalChunker
from paritas.reference.hnsw import HNSWIndex
from paritas.reference.hybrid import Hybrid
from paritas.reference.json_extract import extract_json_objects, normalize_json_string
from paritas.reference.json_repair import repair_json, repair_json_loads, repair_json_report
from paritas.reference.json_scan import get_json_type, is_valid_json
from paritas.reference.json_stream import JsonStream
from paritas.reference.line_chunks import chunk_id, chunk_with_overlap, find_line_boundaries, line_at_offset
from paritas.reference.line_count import count_lines
from paritas.reference.markdown import MarkdownChunker
from paritas.reference.match_stream import MatchStream
from paritas.reference.matrix import (
    batch_cosine_similarity,
    batch_cosine_similarity_normalized,
    cosine_similarity_batch,
    cosine_similarity_matrix,
    pairwise_distances,
    similarity_matrix,
)
from paritas.reference.minhash import MinHash, MinHashLSH
from paritas.reference.near_duplicates import keep_indices, near_duplicate_groups, near_duplicates
from paritas.reference.normalize import (
    batch_normalize_vectors,
    norm,
    normalize,
    normalize_batch,
    normalize_batch_inplace,
    normalize_inplace,
)
from paritas.reference.normalize_block import normalize_block
from paritas.reference.normalize_text import (
    TextNormalizer,
    normalize_text,
    normalize_text_batch,
    normalize_text_mapped,
    normalize_text_mapped_batch,
)
from paritas.reference.packed_chunkers import FixedChunker, ParagraphChunker, SentenceChunker, TokenChunker
from paritas.reference.pii import mask_pii, mask_pii_batch, scan_pii, scan_pii_batch
from paritas.reference.prepared_source import PreparedSource
from paritas.reference.quantize import QuantizedVectors, hamming_distance, quantize
from paritas.reference.recursive import RecursiveCharacterTextSplitter, RecursiveChunker
from paritas.reference.registry import PatternRegistry
from paritas.reference.repetition import RepetitionDetector, detect_repetition
from paritas.reference.response import (
    detect_leakage_patterns,
    is_garbage_content,
    sanitize_response,
    strip_markup,
    validate_response,
    validate_response_batch,
)
from paritas.reference.secrets import (
    get_secret_types,
    has_secrets,
    list_secret_patterns,
    mask_secrets,
    mask_secrets_batch,
    scan_secrets,
    scan_secrets_batch,
    scan_secrets_summary,
)
from paritas.reference.selfcheck import selfcheck, selfcheck_report
from paritas.reference.semantic import SemanticChunker
from paritas.reference.sentences import sentences
from paritas.reference.session import HaltMonitor
from paritas.reference.signals import (
    entity_overlap,
    negation_flip,
    numerical_consistency,
    signals,
    signals_batch,
    traceability,
)
from paritas.reference.signature import (
    call_similarity,
    compute_batch_signatures,
    compute_signature,
    signature_similarity,
)
from paritas.reference.simhash import SimHash, SimHashIndex
from paritas.reference.sizer import count_tokens, count_tokens_approx, count_tokens_batch
from paritas.reference.stem_english import stem_english
from paritas.reference.stem_light import stem
from paritas.reference.terms import terms
from paritas.reference.tesseract_words import tesseract_words
from paritas.reference.text_quality import text_quality, text_quality_batch, text_quality_report
from paritas.reference.thinking_detector import (
    ThinkingDetector,
    count_circular_patterns,
    detect_circular_phrases,
    find_circular_patterns,
)
from paritas.reference.thinking_filter import (
    StreamingFilter,
    contains_thinking_tokens,
    extract_thinking_content,
    find_thinking_tokens,
    remove_thinking,
    strip_thinking_tokens,
)
from paritas.reference.tool_name import validate_tool_name
from paritas.reference.topk import batch_cosine_similarity_topk, top_k_arrays, top_k_similar, top_k_similar_normalized
from paritas.reference.trend import trend_drop
from paritas.reference.vector_index import VectorIndex
from paritas.reference.vector_ops import VectorOps
from paritas.reference.verifier import VerifiedScorer, verify, verify_batch
from paritas.reference.williams import (
    MATHALIVE_GRAVITY_P,
    TSP_LEVERAGE_MULTIPLIERS,
    WilliamsSpaceOptimizer,
    WilliamsSpaceOptimizerFFI,
    calculate_optimal_test_data_size,
    confidence_multiplier,
    confidence_multiplier_batch,
    space_bound,
    space_bound_batch,
    williams_confidence_multiplier,
    williams_efficiency_multiplier,
    williams_optimal_batch_size,
    williams_space_bound,
    williams_space_saved_percent,
)

__all__ = [
    "BM25",
    "MATHALIVE_GRAVITY_P",
    "TSP_LEVERAGE_MULTIPLIERS",
    "AhoCorasick",
    "Analyzer",
    "Chunker",
    "CodeChunker",
    "CoherenceScorer",
    "ContentHasher",
    "CycleDetector",
    "EmbeddingIndex",
    "FactStore",
    "FixedChunker",
    "GroundTruthStore",
    "HNSWIndex",
    "HaltConfig",
    "HaltMonitor",
    "HierarchicalChunker",
    "Hybrid",
    "JsonStream",
    "MarkdownChunker",
    "MatchStream",
    "MinHash",
    "MinHashLSH",
    "OutputDeduplicator",
    "ParagraphChunker",
    "PatternRegistry",
    "PreparedSource",
    "QuantizedVectors",
    "RecursiveCharacterTextSplitter",
    "RecursiveChunker",
    "RepetitionDetector",
    "SemanticChunker",
    "SentenceChunker",
    "SimHash",
    "SimHashIndex",
    "StreamingDeduplicator",
    "StreamingFilter",
    "TaskClassifier",
    "TextNormalizer",
    "ThinkingDetector",
    "TokenChunker",
    "VectorIndex",
    "VectorOps",
    "VerifiedScorer",
    "WilliamsSpaceOptimizer",
    "WilliamsSpaceOptimizerFFI",
    "batch_coerce_string_types",
    "batch_cosine_similarity",
    "batch_cosine_similarity_normalized",
    "batch_cosine_similarity_topk",
    "batch_normalize_vectors",
    "calculate_optimal_test_data_size",
    "call_similarity",
    "canonical_json",
    "chunk_id",
    "chunk_with_overlap",
    "classify_task",
    "classify_task_batch",
    "code_regions",
    "coerce_string_type",
    "compute_batch_signatures",
    "compute_signature",
    "confidence_multiplier",
    "confidence_multiplier_batch",
    "contains_thinking_tokens",
    "cosine_distance",
    "cosine_similarity",
    "cosine_similarity_batch",
    "cosine_similarity_matrix",
    "count_circular_patterns",
    "count_lines",
    "count_tokens",
    "count_tokens_approx",
    "count_tokens_batch",
    "deduplicate",
    "detect_circular_phrases",
    "detect_doc_type",
    "detect_leakage_patterns",
    "detect_repetition",
    "dot_product",
    "entity_overlap",
    "euclidean_distance",
    "extract_cues",
    "extract_entities",
    "extract_json_objects",
    "extract_numbers",
    "extract_thinking_content",
    "field_confidence",
    "field_confidence_batch",
    "find_all_keywords",
    "find_circular_patterns",
    "find_duplicate_blocks",
    "find_line_boundaries",
    "find_thinking_tokens",
    "get_json_type",
    "get_secret_types",
    "hamming_distance",
    "has_action_keywords",
    "has_analysis_keywords",
    "has_edit_keywords",
    "has_generation_keywords",
    "has_negation",
    "has_search_keywords",
    "has_secrets",
    "inflect",
    "is_garbage_content",
    "is_valid_json",
    "keep_indices",
    "line_at_offset",
    "list_secret_patterns",
    "mask_pii",
    "mask_pii_batch",
    "mask_secrets",
    "mask_secrets_batch",
    "matches_filter",
    "near_duplicate_groups",
    "near_duplicates",
    "negation_flip",
    "norm",
    "normalize",
    "normalize_batch",
    "normalize_batch_inplace",
    "normalize_block",
    "normalize_inplace",
    "normalize_json_string",
    "normalize_text",
    "normalize_text_batch",
    "normalize_text_mapped",
    "normalize_text_mapped_batch",
    "numerical_consistency",
    "optimal_batch_size",
    "pairwise_distances",
    "quantize",
    "remove_thinking",
    "repair_json",
    "repair_json_loads",
    "repair_json_report",
    "rolling_hash_blocks",
    "rrf",
    "sanitize_response",
    "scan_pii",
    "scan_pii_batch",
    "scan_secrets",
    "scan_secrets_batch",
    "scan_secrets_summary",
    "selfcheck",
    "selfcheck_report",
    "sentences",
    "signals",
    "signals_batch",
    "signature_similarity",
    "similarity_matrix",
    "space_bound",
    "space_bound_batch",
    "split_claims",
    "squared_euclidean",
    "squared_euclidean_distance",
    "stem",
    "stem_english",
    "strip_markup",
    "strip_thinking_tokens",
    "terms",
    "tesseract_words",
    "text_quality",
    "text_quality_batch",
    "text_quality_report",
    "top_k_arrays",
    "top_k_similar",
    "top_k_similar_normalized",
    "traceability",
    "trend_drop",
    "validate_format",
    "validate_format_batch",
    "validate_response",
    "validate_response_batch",
    "validate_tool_name",
    "verify",
    "verify_batch",
    "weighted_fusion",
    "williams_confidence_multiplier",
    "williams_efficiency_multiplier",
    "williams_optimal_batch_size",
    "williams_space_bound",
    "williams_space_saved_percent",
]
