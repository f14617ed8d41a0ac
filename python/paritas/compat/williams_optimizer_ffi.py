"""The published module `williams_optimizer_ffi`: the same names and values."""

from paritas import (
    MATHALIVE_GRAVITY_P,
    TSP_LEVERAGE_MULTIPLIERS,
    WilliamsSpaceOptimizerFFI,
    calculate_optimal_test_data_size,
    williams_confidence_multiplier,
    williams_efficiency_multiplier,
    williams_optimal_batch_size,
    williams_space_bound,
    williams_space_saved_percent,
)
from paritas.results import SpaceBoundResult

__all__ = [
    "MATHALIVE_GRAVITY_P",
    "TSP_LEVERAGE_MULTIPLIERS",
    "SpaceBoundResult",
    "WilliamsSpaceOptimizerFFI",
    "calculate_optimal_test_data_size",
    "williams_confidence_multiplier",
    "williams_efficiency_multiplier",
    "williams_optimal_batch_size",
    "williams_space_bound",
    "williams_space_saved_percent",
]
