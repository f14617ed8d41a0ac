"""Paritas in plain Python: the specification to read, and what runs where no native module fits."""

from paritas.reference.analysis import extract_cues, extract_entities, extract_numbers
from paritas.reference.analyzer import Analyzer
from paritas.reference.batch_size import optimal_batch_size
from paritas.reference.bm25 import BM25
from paritas.reference.selfcheck import selfcheck, selfcheck_report
from paritas.reference.sentences import sentences
from paritas.reference.signals import (
    entity_overlap,
    negation_flip,
    numerical_consistency,
    signals,
    traceability,
)
from paritas.reference.stem_light import stem
from paritas.reference.terms import terms
from paritas.reference.trend import trend_drop
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
    "Analyzer",
    "WilliamsSpaceOptimizer",
    "WilliamsSpaceOptimizerFFI",
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
