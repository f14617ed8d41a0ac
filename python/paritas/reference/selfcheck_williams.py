"""Random counts for the Williams numbers and batch sizes, drawn as core/src/selfcheck draws them."""

from typing import TYPE_CHECKING

from paritas.errors import ParitasError
from paritas.reference import williams
from paritas.reference.batch_size import optimal_batch_size
from paritas.reference.random import Random

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

REGIMES = ("balance", "exploration", "support", "other")


def _draw_count(random: Random) -> int:
    """Mostly small counts, for which the numbers change their order; every size and sign too."""
    turn = random.below(4)
    if turn == 0:
        bits = random.next()
        return bits - 2**64 if bits >= 2**63 else bits
    if turn == 1:
        return random.next() >> 11 >> random.below(50)
    return random.below(1200) - 3


def check_batch_size(random: Random, digest: "Digest") -> None:
    total = _draw_count(random)
    available = -random.unit() if random.below(16) == 0 else 2000.0 * random.unit()
    per_item = 0.0 if random.below(16) == 0 else 10.0 * random.unit()
    strict = random.below(2) == 1
    try:
        digest.add(optimal_batch_size(total, available, per_item, strict_memory=strict))
    except ParitasError as error:
        digest.add_error(error)


def check_williams(random: Random, digest: "Digest") -> None:
    counts = [0] * random.below(20)
    for i in range(len(counts)):
        counts[i] = _draw_count(random)
    regime = REGIMES[random.below(4)]
    optimizer = williams.WilliamsSpaceOptimizer(history_limit=8)
    for count in counts:
        result = williams.space_bound(count)
        digest.add(result.space_bound)
        digest.add(result.efficiency)
        digest.add(result.space_reduction_percent)
        digest.add(williams.williams_optimal_batch_size(count))
        digest.add(williams.williams_confidence_multiplier(count, 0.85))
        digest.add(optimizer.calculate_confidence_multiplier(count, 0.85, regime))
    for value in optimizer.space_efficiency_history:
        digest.add(value)
    for number in optimizer.get_optimization_stats().values():
        digest.add(number)
