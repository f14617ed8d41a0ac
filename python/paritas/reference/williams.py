"""The Williams numbers, as core/src/ocr/williams.cpp computes them."""

import math
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from paritas.errors import ParitasError
from paritas.reference.convert import flag, integral, integrals, real, text, whole
from paritas.reference.maths import log2
from paritas.results import SpaceBoundBatch, SpaceBoundResult

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

TSP_LEVERAGE_MULTIPLIERS = {"support": 32.1, "exploration": 26.8, "balance": 11.5}
MATHALIVE_GRAVITY_P = 3.86e-48  # published, not used


def _numbers(count: int) -> tuple[float, float, float]:
    """S, E and R."""
    t = float(count)
    if t < 2.0:
        return 1.0, 1.0, 0.0
    bound = math.sqrt(t) * log2(t)
    return bound, t / bound, ((t - bound) / t) * 100.0


def _multiplier(count: int, regime: str) -> float:
    n = float(count)
    if n < 2.0:
        return 1.0
    k = TSP_LEVERAGE_MULTIPLIERS.get(regime, 1.0) / 1000.0
    factor = 1.0 + k
    if n < 10.0:
        factor = 1.0 + k * (n / 10.0)
    if n > 500.0:
        factor = 1.0 + k * (log2(500.0) / log2(n))
    return max(0.85, min(1.0, _base(count) * factor))


def _base(count: int) -> float:
    if count < 2:
        return 1.0
    return 0.85 + 0.15 * min(1.0, _numbers(count)[1] / 30.0)


def space_bound(t: int) -> SpaceBoundResult:
    t = integral(t)
    bound, efficiency, reduction = _numbers(t)
    return SpaceBoundResult(bound, efficiency, t, reduction)


def space_bound_batch(t: "Sequence[int] | npt.NDArray[np.int64]", *, bounds_only: bool = False) -> SpaceBoundBatch:
    counts, shape = integrals(t)
    bounds_only = flag(bounds_only)
    rows = [_numbers(count) for count in counts]
    bound = _array([row[0] for row in rows], shape)
    if bounds_only:
        return SpaceBoundBatch(bound, None, None)
    return SpaceBoundBatch(bound, _array([row[1] for row in rows], shape), _array([row[2] for row in rows], shape))


def confidence_multiplier(n: int, regime: str = "balance") -> float:
    return _multiplier(integral(n), text(regime))


def confidence_multiplier_batch(
    n: "Sequence[int] | npt.NDArray[np.int64]", regime: str = "balance"
) -> "npt.NDArray[np.float64]":
    counts, shape = integrals(n)
    regime = text(regime)
    return _array([_multiplier(count, regime) for count in counts], shape)


def calculate_optimal_test_data_size(target_coverage: int, memory_constraint_mb: float = 100) -> int:
    real(memory_constraint_mb)
    return williams_optimal_batch_size(target_coverage)


def williams_space_bound(t: int) -> float:
    return _numbers(integral(t))[0]


def williams_optimal_batch_size(t: int) -> int:
    return math.trunc(williams_space_bound(t))


def williams_efficiency_multiplier(t: int) -> float:
    return _numbers(integral(t))[1]


def williams_space_saved_percent(t: int) -> float:
    return _numbers(integral(t))[2]


def williams_confidence_multiplier(n: int, base: float) -> float:
    n = integral(n)
    real(base)
    return _base(n)


class WilliamsSpaceOptimizer:
    def __init__(self, *, history_limit: int = 100_000) -> None:
        history_limit = whole(history_limit)
        if history_limit < 0:
            raise ParitasError("invalid_argument", "history_limit must be at least 0")
        self._history: deque[float] = deque(maxlen=history_limit)
        self.reset_stats()

    def calculate_space_bound(self, time_complexity: int) -> SpaceBoundResult:
        result = space_bound(time_complexity)
        self._record(result.time_complexity)
        return result

    def optimize_batch_size(
        self,
        total_items: int,
        available_memory_mb: float,
        memory_per_item_mb: float = 5.0,
        *,
        strict_memory: bool = False,
    ) -> int:
        from paritas.reference.batch_size import optimal_batch_size  # which needs this module

        size = optimal_batch_size(total_items, available_memory_mb, memory_per_item_mb, strict_memory=strict_memory)
        self._record(integral(total_items))
        return size

    def calculate_confidence_multiplier(
        self, num_fields_extracted: int, base_confidence: float = 0.85, regime: str = "balance"
    ) -> float:
        n = integral(num_fields_extracted)
        real(base_confidence)
        result = confidence_multiplier(n, regime)
        self._record(n)
        return result

    def get_optimization_stats(self) -> dict[str, Any]:
        count = self._count
        return {
            "average_efficiency": round(self._sum / count, 2) if count else 1.0,
            "max_efficiency": round(self._maximum, 2),
            "operation_count": count,
            "total_space_saved": round(self._saved, 2),
        }

    def reset_stats(self) -> None:
        self._history.clear()
        self._maximum = 1.0
        self._sum = 0.0
        self._saved = 0.0
        self._count = 0

    @property
    def space_efficiency_history(self) -> list[float]:
        return list(self._history)

    @property
    def max_efficiency_achieved(self) -> float:
        return self._maximum

    def _record(self, count: int) -> None:
        if count < 2:
            return
        efficiency = _numbers(count)[1]
        self._history.append(efficiency)
        self._maximum = max(self._maximum, efficiency)
        self._sum += efficiency
        self._saved += efficiency - 1.0
        self._count += 1


WilliamsSpaceOptimizerFFI = WilliamsSpaceOptimizer


def _array(values: list[float], shape: tuple[int, ...]) -> "npt.NDArray[np.float64]":
    try:
        import numpy as np
    except ImportError:
        raise ParitasError("unsupported", "this function returns arrays: install NumPy") from None
    return np.array(values, dtype=np.float64).reshape(shape)
