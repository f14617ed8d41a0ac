"""optimal_batch_size, as core/src/ocr/batch_size.cpp computes it."""

import math

from paritas.errors import ParitasError
from paritas.reference.convert import flag, integral, real
from paritas.reference.williams import williams_efficiency_multiplier


def optimal_batch_size(
    total_items: int,
    available_memory_mb: float,
    memory_per_item_mb: float = 5.0,
    *,
    strict_memory: bool = False,
) -> int:
    total_items = integral(total_items)
    available_memory_mb = real(available_memory_mb)
    memory_per_item_mb = real(memory_per_item_mb)
    strict_memory = flag(strict_memory)
    if not math.isfinite(available_memory_mb):
        raise ParitasError("invalid_argument", "available_memory_mb must be finite")
    if not 0.0 < memory_per_item_mb < math.inf:
        raise ParitasError("invalid_argument", "memory_per_item_mb must be a finite number above 0")
    items = available_memory_mb / memory_per_item_mb
    if math.isinf(items):
        return max(1, total_items) if items > 0.0 else 1
    naive = float(math.trunc(items))
    effective = naive if strict_memory else naive * math.sqrt(williams_efficiency_multiplier(total_items))
    if math.isinf(effective):
        return max(1, total_items) if effective > 0.0 else 1
    return max(1, min(math.trunc(effective), total_items))
