"""Paritas in plain Python: the specification to read, and what runs where no native module fits."""

from paritas.reference.analyzer import Analyzer
from paritas.reference.batch_size import optimal_batch_size
from paritas.reference.bm25 import BM25
from paritas.reference.selfcheck import selfcheck, selfcheck_report
from paritas.reference.stem_light import stem
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
    "optimal_batch_size",
    "selfcheck",
    "selfcheck_report",
    "space_bound",
    "space_bound_batch",
    "stem",
    "trend_drop",
    "williams_confidence_multiplier",
    "williams_efficiency_multiplier",
    "williams_optimal_batch_size",
    "williams_space_bound",
    "williams_space_saved_percent",
]
