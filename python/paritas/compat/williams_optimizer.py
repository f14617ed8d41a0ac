"""The published module `williams_optimizer`: the same names and values."""

from paritas import (
    MATHALIVE_GRAVITY_P,
    TSP_LEVERAGE_MULTIPLIERS,
    WilliamsSpaceOptimizer,
    calculate_optimal_test_data_size,
)
from paritas.results import SpaceBoundResult

__all__ = [
    "MATHALIVE_GRAVITY_P",
    "TSP_LEVERAGE_MULTIPLIERS",
    "SpaceBoundResult",
    "WilliamsSpaceOptimizer",
    "calculate_optimal_test_data_size",
]
