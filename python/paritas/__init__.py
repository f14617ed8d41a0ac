"""Judges, finds and repairs text, with the same bits on server and page."""

from typing import TYPE_CHECKING

from paritas._backend import api, backend
from paritas._version import __version__
from paritas.errors import ParitasError
from paritas.results import SpaceBoundBatch, SpaceBoundResult

if TYPE_CHECKING:  # the reference has the signatures of both backends
    from paritas.reference import (
        BM25,
        MATHALIVE_GRAVITY_P,
        TSP_LEVERAGE_MULTIPLIERS,
        Analyzer,
        WilliamsSpaceOptimizer,
        WilliamsSpaceOptimizerFFI,
        calculate_optimal_test_data_size,
        confidence_multiplier,
        confidence_multiplier_batch,
        entity_overlap,
        extract_cues,
        extract_entities,
        extract_numbers,
        negation_flip,
        numerical_consistency,
        optimal_batch_size,
        selfcheck,
        selfcheck_report,
        sentences,
        signals,
        space_bound,
        space_bound_batch,
        stem,
        terms,
        traceability,
        trend_drop,
        williams_confidence_multiplier,
        williams_efficiency_multiplier,
        williams_optimal_batch_size,
        williams_space_bound,
        williams_space_saved_percent,
    )
else:
    BM25 = api.BM25
    Analyzer = api.Analyzer
    MATHALIVE_GRAVITY_P = api.MATHALIVE_GRAVITY_P
    TSP_LEVERAGE_MULTIPLIERS = api.TSP_LEVERAGE_MULTIPLIERS
    WilliamsSpaceOptimizer = api.WilliamsSpaceOptimizer
    WilliamsSpaceOptimizerFFI = api.WilliamsSpaceOptimizerFFI
    calculate_optimal_test_data_size = api.calculate_optimal_test_data_size
    confidence_multiplier = api.confidence_multiplier
    confidence_multiplier_batch = api.confidence_multiplier_batch
    entity_overlap = api.entity_overlap
    extract_cues = api.extract_cues
    extract_entities = api.extract_entities
    extract_numbers = api.extract_numbers
    negation_flip = api.negation_flip
    numerical_consistency = api.numerical_consistency
    optimal_batch_size = api.optimal_batch_size
    selfcheck = api.selfcheck
    selfcheck_report = api.selfcheck_report
    sentences = api.sentences
    signals = api.signals
    space_bound = api.space_bound
    space_bound_batch = api.space_bound_batch
    stem = api.stem
    terms = api.terms
    traceability = api.traceability
    trend_drop = api.trend_drop
    williams_confidence_multiplier = api.williams_confidence_multiplier
    williams_efficiency_multiplier = api.williams_efficiency_multiplier
    williams_optimal_batch_size = api.williams_optimal_batch_size
    williams_space_bound = api.williams_space_bound
    williams_space_saved_percent = api.williams_space_saved_percent

__all__ = [
    "BM25",
    "MATHALIVE_GRAVITY_P",
    "TSP_LEVERAGE_MULTIPLIERS",
    "Analyzer",
    "ParitasError",
    "SpaceBoundBatch",
    "SpaceBoundResult",
    "WilliamsSpaceOptimizer",
    "WilliamsSpaceOptimizerFFI",
    "__version__",
    "backend",
    "calculate_optimal_test_data_size",
    "confidence_multiplier",
    "confidence_multiplier_batch",
    "entity_overlap",
    "extract_cues",
    "extract_entities",
    "extract_numbers",
    "negation_flip",
    "numerical_consistency",
    "optimal_batch_size",
    "selfcheck",
    "selfcheck_report",
    "sentences",
    "signals",
    "space_bound",
    "space_bound_batch",
    "stem",
    "terms",
    "traceability",
    "trend_drop",
    "williams_confidence_multiplier",
    "williams_efficiency_multiplier",
    "williams_optimal_batch_size",
    "williams_space_bound",
    "williams_space_saved_percent",
]
