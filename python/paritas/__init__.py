"""Judges, finds and repairs text, with the same bits on server and page."""

from typing import TYPE_CHECKING

from paritas._backend import api, backend
from paritas._version import __version__
from paritas.chunking import (
    chunk_by_chars,
    chunk_by_paragraphs,
    chunk_by_sentences,
    context_window,
    create_chunks,
    expand_to_parent,
    get_chunker,
)
from paritas.dedup_stream import adeduplicate_stream, deduplicate_stream
from paritas.errors import ParitasError
from paritas.hybrid import HybridIndex
from paritas.results import Fact, HybridResult, SpaceBoundBatch, SpaceBoundResult
from paritas.results_chunk import Chunk, ChunkDocument, ChunkInfo, SourceChunk
from paritas.results_classify import ClassificationResult, KeywordMatch, TaskType
from paritas.results_coherence import CoherenceScore
from paritas.results_dedup import DuplicateBlock, HashedBlock, Pair
from paritas.results_filter import CodeRegion, Segment, StreamingChunkResult, ThinkingContent, ThinkingToken
from paritas.results_loops import CircularPattern, CycleReport, PatternAnalysis, RepetitionReport
from paritas.results_match import Match, ToolName
from paritas.results_normalize import NormalizeOptions, OffsetMap, TextEdit
from paritas.results_ocr import (
    DocumentSummary,
    FieldConfidence,
    FieldReason,
    FieldReport,
    FormatResult,
    GarbageSpan,
    OcrField,
    OcrWord,
    TextQuality,
)
from paritas.results_registry import PatternDefinition, PatternHit, PatternReport, PatternSummary
from paritas.results_repair import Change, CoercedValue, JsonSpan, RepairResult
from paritas.results_secrets import SecretMatch, SecretPattern
from paritas.results_stream import EvidenceChunk, HaltEvidence, StreamSession, TokenEvent
from paritas.results_validate import Issue, PiiMatch, ResponseRules, ValidationResult
from paritas.results_verify import ClaimVerdict, Reason, SourceSpan, VerificationResult
from paritas.streaming import StreamingKernel
from paritas.streaming_async import AsyncStreamingKernel
from paritas.thinking import afilter_thinking, filter_thinking

if TYPE_CHECKING:  # the reference has the signatures of both backends
    from paritas.reference import (
        BM25,
        MATHALIVE_GRAVITY_P,
        TSP_LEVERAGE_MULTIPLIERS,
        AhoCorasick,
        Analyzer,
        Chunker,
        CodeChunker,
        CoherenceScorer,
        ContentHasher,
        CycleDetector,
        EmbeddingIndex,
        FactStore,
        FixedChunker,
        GroundTruthStore,
        HaltConfig,
        HaltMonitor,
        HierarchicalChunker,
        HNSWIndex,
        JsonStream,
        MarkdownChunker,
        MatchStream,
        MinHash,
        MinHashLSH,
        OutputDeduplicator,
        ParagraphChunker,
        PatternRegistry,
        PreparedSource,
        QuantizedVectors,
        RecursiveCharacterTextSplitter,
        RecursiveChunker,
        RepetitionDetector,
        SemanticChunker,
        SentenceChunker,
        SimHash,
        SimHashIndex,
        StreamingDeduplicator,
        StreamingFilter,
        TaskClassifier,
        TextNormalizer,
        ThinkingDetector,
        TokenChunker,
        VectorIndex,
        VectorOps,
        VerifiedScorer,
        WilliamsSpaceOptimizer,
        WilliamsSpaceOptimizerFFI,
        batch_coerce_string_types,
        batch_cosine_similarity,
        batch_cosine_similarity_normalized,
        batch_cosine_similarity_topk,
        batch_normalize_vectors,
        calculate_optimal_test_data_size,
        call_similarity,
        canonical_json,
        chunk_id,
        chunk_with_overlap,
        classify_task,
        classify_task_batch,
        code_regions,
        coerce_string_type,
        compute_batch_signatures,
        compute_signature,
        confidence_multiplier,
        confidence_multiplier_batch,
        contains_thinking_tokens,
        cosine_distance,
        cosine_similarity,
        cosine_similarity_batch,
        cosine_similarity_matrix,
        count_circular_patterns,
        count_lines,
        count_tokens,
        count_tokens_approx,
        count_tokens_batch,
        deduplicate,
        detect_circular_phrases,
        detect_doc_type,
        detect_leakage_patterns,
        detect_repetition,
        dot_product,
        entity_overlap,
        euclidean_distance,
        extract_cues,
        extract_entities,
        extract_json_objects,
        extract_numbers,
        extract_thinking_content,
        field_confidence,
        field_confidence_batch,
        find_all_keywords,
        find_circular_patterns,
        find_duplicate_blocks,
        find_line_boundaries,
        find_thinking_tokens,
        get_json_type,
        get_secret_types,
        hamming_distance,
        has_action_keywords,
        has_analysis_keywords,
        has_edit_keywords,
        has_generation_keywords,
        has_negation,
        has_search_keywords,
        has_secrets,
        inflect,
        is_garbage_content,
        is_valid_json,
        keep_indices,
        line_at_offset,
        list_secret_patterns,
        mask_pii,
        mask_pii_batch,
        mask_secrets,
        mask_secrets_batch,
        matches_filter,
        near_duplicate_groups,
        near_duplicates,
        negation_flip,
        norm,
        normalize,
        normalize_batch,
        normalize_batch_inplace,
        normalize_block,
        normalize_inplace,
        normalize_json_string,
        normalize_text,
        normalize_text_batch,
        normalize_text_mapped,
        normalize_text_mapped_batch,
        numerical_consistency,
        optimal_batch_size,
        pairwise_distances,
        quantize,
        remove_thinking,
        repair_json,
        repair_json_loads,
        repair_json_report,
        rolling_hash_blocks,
        rrf,
        sanitize_response,
        scan_pii,
        scan_pii_batch,
        scan_secrets,
        scan_secrets_batch,
        scan_secrets_summary,
        selfcheck,
        selfcheck_report,
        sentences,
        signals,
        signals_batch,
        signature_similarity,
        similarity_matrix,
        space_bound,
        space_bound_batch,
        split_claims,
        squared_euclidean,
        squared_euclidean_distance,
        stem,
        stem_english,
        strip_markup,
        strip_thinking_tokens,
        terms,
        tesseract_words,
        text_quality,
        text_quality_batch,
        text_quality_report,
        top_k_arrays,
        top_k_similar,
        top_k_similar_normalized,
        traceability,
        trend_drop,
        validate_format,
        validate_format_batch,
        validate_response,
        validate_response_batch,
        validate_tool_name,
        verify,
        verify_batch,
        weighted_fusion,
        williams_confidence_multiplier,
        williams_efficiency_multiplier,
        williams_optimal_batch_size,
        williams_space_bound,
        williams_space_saved_percent,
    )
else:
    Chunker = api.Chunker
    CodeChunker = api.CodeChunker
    HierarchicalChunker = api.HierarchicalChunker
    MarkdownChunker = api.MarkdownChunker
    SemanticChunker = api.SemanticChunker
    chunk_id = api.chunk_id
    chunk_with_overlap = api.chunk_with_overlap
    detect_doc_type = api.detect_doc_type
    find_line_boundaries = api.find_line_boundaries
    line_at_offset = api.line_at_offset
    FixedChunker = api.FixedChunker
    ParagraphChunker = api.ParagraphChunker
    RecursiveCharacterTextSplitter = api.RecursiveCharacterTextSplitter
    RecursiveChunker = api.RecursiveChunker
    SentenceChunker = api.SentenceChunker
    TokenChunker = api.TokenChunker
    count_tokens = api.count_tokens
    count_tokens_approx = api.count_tokens_approx
    count_tokens_batch = api.count_tokens_batch
    TaskClassifier = api.TaskClassifier
    classify_task = api.classify_task
    classify_task_batch = api.classify_task_batch
    find_all_keywords = api.find_all_keywords
    get_secret_types = api.get_secret_types
    has_action_keywords = api.has_action_keywords
    has_analysis_keywords = api.has_analysis_keywords
    has_edit_keywords = api.has_edit_keywords
    has_generation_keywords = api.has_generation_keywords
    has_negation = api.has_negation
    has_search_keywords = api.has_search_keywords
    has_secrets = api.has_secrets
    inflect = api.inflect
    JsonStream = api.JsonStream
    get_json_type = api.get_json_type
    is_valid_json = api.is_valid_json
    repair_json = api.repair_json
    repair_json_loads = api.repair_json_loads
    repair_json_report = api.repair_json_report
    CycleDetector = api.CycleDetector
    RepetitionDetector = api.RepetitionDetector
    TextNormalizer = api.TextNormalizer
    ThinkingDetector = api.ThinkingDetector
    count_circular_patterns = api.count_circular_patterns
    count_lines = api.count_lines
    detect_circular_phrases = api.detect_circular_phrases
    detect_repetition = api.detect_repetition
    find_circular_patterns = api.find_circular_patterns
    BM25 = api.BM25
    near_duplicates = api.near_duplicates
    near_duplicate_groups = api.near_duplicate_groups
    keep_indices = api.keep_indices
    SimHashIndex = api.SimHashIndex
    SimHash = api.SimHash
    MinHashLSH = api.MinHashLSH
    MinHash = api.MinHash
    rolling_hash_blocks = api.rolling_hash_blocks
    normalize_block = api.normalize_block
    find_duplicate_blocks = api.find_duplicate_blocks
    deduplicate = api.deduplicate
    StreamingDeduplicator = api.StreamingDeduplicator
    OutputDeduplicator = api.OutputDeduplicator
    ContentHasher = api.ContentHasher
    AhoCorasick = api.AhoCorasick
    Analyzer = api.Analyzer
    CoherenceScorer = api.CoherenceScorer
    EmbeddingIndex = api.EmbeddingIndex
    FactStore = api.FactStore
    GroundTruthStore = api.GroundTruthStore
    MatchStream = api.MatchStream
    PatternRegistry = api.PatternRegistry
    PreparedSource = api.PreparedSource
    StreamingFilter = api.StreamingFilter
    contains_thinking_tokens = api.contains_thinking_tokens
    extract_thinking_content = api.extract_thinking_content
    find_thinking_tokens = api.find_thinking_tokens
    list_secret_patterns = api.list_secret_patterns
    mask_secrets = api.mask_secrets
    mask_secrets_batch = api.mask_secrets_batch
    remove_thinking = api.remove_thinking
    scan_secrets = api.scan_secrets
    scan_secrets_batch = api.scan_secrets_batch
    scan_secrets_summary = api.scan_secrets_summary
    strip_thinking_tokens = api.strip_thinking_tokens
    QuantizedVectors = api.QuantizedVectors
    VerifiedScorer = api.VerifiedScorer
    HNSWIndex = api.HNSWIndex
    HaltConfig = api.HaltConfig
    HaltMonitor = api.HaltMonitor
    MATHALIVE_GRAVITY_P = api.MATHALIVE_GRAVITY_P
    TSP_LEVERAGE_MULTIPLIERS = api.TSP_LEVERAGE_MULTIPLIERS
    VectorIndex = api.VectorIndex
    VectorOps = api.VectorOps
    WilliamsSpaceOptimizer = api.WilliamsSpaceOptimizer
    WilliamsSpaceOptimizerFFI = api.WilliamsSpaceOptimizerFFI
    batch_coerce_string_types = api.batch_coerce_string_types
    batch_cosine_similarity = api.batch_cosine_similarity
    batch_cosine_similarity_normalized = api.batch_cosine_similarity_normalized
    batch_cosine_similarity_topk = api.batch_cosine_similarity_topk
    batch_normalize_vectors = api.batch_normalize_vectors
    calculate_optimal_test_data_size = api.calculate_optimal_test_data_size
    code_regions = api.code_regions
    coerce_string_type = api.coerce_string_type
    call_similarity = api.call_similarity
    canonical_json = api.canonical_json
    compute_batch_signatures = api.compute_batch_signatures
    compute_signature = api.compute_signature
    confidence_multiplier = api.confidence_multiplier
    confidence_multiplier_batch = api.confidence_multiplier_batch
    entity_overlap = api.entity_overlap
    extract_cues = api.extract_cues
    extract_entities = api.extract_entities
    extract_json_objects = api.extract_json_objects
    extract_numbers = api.extract_numbers
    field_confidence = api.field_confidence
    field_confidence_batch = api.field_confidence_batch
    hamming_distance = api.hamming_distance
    is_garbage_content = api.is_garbage_content
    mask_pii = api.mask_pii
    mask_pii_batch = api.mask_pii_batch
    matches_filter = api.matches_filter
    negation_flip = api.negation_flip
    numerical_consistency = api.numerical_consistency
    cosine_distance = api.cosine_distance
    cosine_similarity = api.cosine_similarity
    cosine_similarity_batch = api.cosine_similarity_batch
    cosine_similarity_matrix = api.cosine_similarity_matrix
    detect_leakage_patterns = api.detect_leakage_patterns
    dot_product = api.dot_product
    euclidean_distance = api.euclidean_distance
    norm = api.norm
    normalize = api.normalize
    normalize_batch = api.normalize_batch
    normalize_batch_inplace = api.normalize_batch_inplace
    normalize_inplace = api.normalize_inplace
    normalize_json_string = api.normalize_json_string
    normalize_text = api.normalize_text
    normalize_text_batch = api.normalize_text_batch
    normalize_text_mapped = api.normalize_text_mapped
    normalize_text_mapped_batch = api.normalize_text_mapped_batch
    optimal_batch_size = api.optimal_batch_size
    pairwise_distances = api.pairwise_distances
    quantize = api.quantize
    rrf = api.rrf
    sanitize_response = api.sanitize_response
    scan_pii = api.scan_pii
    scan_pii_batch = api.scan_pii_batch
    selfcheck = api.selfcheck
    selfcheck_report = api.selfcheck_report
    sentences = api.sentences
    signals = api.signals
    signature_similarity = api.signature_similarity
    signals_batch = api.signals_batch
    similarity_matrix = api.similarity_matrix
    space_bound = api.space_bound
    space_bound_batch = api.space_bound_batch
    split_claims = api.split_claims
    squared_euclidean = api.squared_euclidean
    squared_euclidean_distance = api.squared_euclidean_distance
    stem = api.stem
    stem_english = api.stem_english
    strip_markup = api.strip_markup
    terms = api.terms
    tesseract_words = api.tesseract_words
    text_quality = api.text_quality
    text_quality_batch = api.text_quality_batch
    text_quality_report = api.text_quality_report
    traceability = api.traceability
    top_k_arrays = api.top_k_arrays
    top_k_similar = api.top_k_similar
    top_k_similar_normalized = api.top_k_similar_normalized
    trend_drop = api.trend_drop
    validate_format = api.validate_format
    validate_format_batch = api.validate_format_batch
    validate_response = api.validate_response
    validate_response_batch = api.validate_response_batch
    validate_tool_name = api.validate_tool_name
    verify = api.verify
    verify_batch = api.verify_batch
    weighted_fusion = api.weighted_fusion
    williams_confidence_multiplier = api.williams_confidence_multiplier
    williams_efficiency_multiplier = api.williams_efficiency_multiplier
    williams_optimal_batch_size = api.williams_optimal_batch_size
    williams_space_bound = api.williams_space_bound
    williams_space_saved_percent = api.williams_space_saved_percent

__all__ = [
    "BM25",
    "MATHALIVE_GRAVITY_P",
    "TSP_LEVERAGE_MULTIPLIERS",
    "AhoCorasick",
    "Analyzer",
    "AsyncStreamingKernel",
    "Change",
    "Chunk",
    "ChunkDocument",
    "ChunkInfo",
    "Chunker",
    "CircularPattern",
    "ClaimVerdict",
    "ClassificationResult",
    "CodeChunker",
    "CodeRegion",
    "CoercedValue",
    "CoherenceScore",
    "CoherenceScorer",
    "ContentHasher",
    "CycleDetector",
    "CycleReport",
    "DocumentSummary",
    "DuplicateBlock",
    "EmbeddingIndex",
    "EvidenceChunk",
    "Fact",
    "FactStore",
    "FieldConfidence",
    "FieldReason",
    "FieldReport",
    "FixedChunker",
    "FormatResult",
    "GarbageSpan",
    "GroundTruthStore",
    "HNSWIndex",
    "HaltConfig",
    "HaltEvidence",
    "HaltMonitor",
    "HashedBlock",
    "HierarchicalChunker",
    "HybridIndex",
    "HybridResult",
    "Issue",
    "JsonSpan",
    "JsonStream",
    "KeywordMatch",
    "MarkdownChunker",
    "Match",
    "MatchStream",
    "MinHash",
    "MinHashLSH",
    "NormalizeOptions",
    "OcrField",
    "OcrWord",
    "OffsetMap",
    "OutputDeduplicator",
    "Pair",
    "ParagraphChunker",
    "ParitasError",
    "PatternAnalysis",
    "PatternDefinition",
    "PatternHit",
    "PatternRegistry",
    "PatternReport",
    "PatternSummary",
    "PiiMatch",
    "PreparedSource",
    "QuantizedVectors",
    "Reason",
    "RecursiveCharacterTextSplitter",
    "RecursiveChunker",
    "RepairResult",
    "RepetitionDetector",
    "RepetitionReport",
    "ResponseRules",
    "SecretMatch",
    "SecretPattern",
    "Segment",
    "SemanticChunker",
    "SentenceChunker",
    "SimHash",
    "SimHashIndex",
    "SourceChunk",
    "SourceSpan",
    "SpaceBoundBatch",
    "SpaceBoundResult",
    "StreamSession",
    "StreamingChunkResult",
    "StreamingDeduplicator",
    "StreamingFilter",
    "StreamingKernel",
    "TaskClassifier",
    "TaskType",
    "TextEdit",
    "TextNormalizer",
    "TextQuality",
    "ThinkingContent",
    "ThinkingDetector",
    "ThinkingToken",
    "TokenChunker",
    "TokenEvent",
    "ToolName",
    "ValidationResult",
    "VectorIndex",
    "VectorOps",
    "VerificationResult",
    "VerifiedScorer",
    "WilliamsSpaceOptimizer",
    "WilliamsSpaceOptimizerFFI",
    "__version__",
    "adeduplicate_stream",
    "afilter_thinking",
    "backend",
    "batch_coerce_string_types",
    "batch_cosine_similarity",
    "batch_cosine_similarity_normalized",
    "batch_cosine_similarity_topk",
    "batch_normalize_vectors",
    "calculate_optimal_test_data_size",
    "call_similarity",
    "canonical_json",
    "chunk_by_chars",
    "chunk_by_paragraphs",
    "chunk_by_sentences",
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
    "context_window",
    "cosine_distance",
    "cosine_similarity",
    "cosine_similarity_batch",
    "cosine_similarity_matrix",
    "count_circular_patterns",
    "count_lines",
    "count_tokens",
    "count_tokens_approx",
    "count_tokens_batch",
    "create_chunks",
    "deduplicate",
    "deduplicate_stream",
    "detect_circular_phrases",
    "detect_doc_type",
    "detect_leakage_patterns",
    "detect_repetition",
    "dot_product",
    "entity_overlap",
    "euclidean_distance",
    "expand_to_parent",
    "extract_cues",
    "extract_entities",
    "extract_json_objects",
    "extract_numbers",
    "extract_thinking_content",
    "field_confidence",
    "field_confidence_batch",
    "filter_thinking",
    "find_all_keywords",
    "find_circular_patterns",
    "find_duplicate_blocks",
    "find_line_boundaries",
    "find_thinking_tokens",
    "get_chunker",
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
