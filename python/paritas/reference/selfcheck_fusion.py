"""The check of fusion, as core/src/selfcheck/fusion.cpp draws it."""

from typing import TYPE_CHECKING

from paritas.reference.bm25 import DocId
from paritas.reference.fusion import rrf, weighted_fusion
from paritas.reference.random import Random

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_fusion(random: Random, digest: "Digest") -> None:
    lists: list[list[tuple[DocId, float]]] = [[] for _ in range(1 + random.below(3))]
    weights = []
    for hits in lists:
        for _ in range(random.below(6)):
            number = random.below(7)
            doc_id = str(number) if random.below(2) == 0 else number
            hits.append((doc_id, 0.5 if random.below(4) == 0 else 4.0 * random.unit() - 1.0))
        weights.append(0.0 if random.below(8) == 0 else random.unit())
    k = 60.0 if random.below(4) == 0 else 0.5 + 9.0 * random.unit()
    norm = ("minmax", "max", "none")[random.below(3)]
    most = random.below(5) if random.below(2) == 0 else None
    by_rank = random.below(2) == 0
    fused = rrf(lists, k, weights, most) if by_rank else weighted_fusion(lists, weights, norm, most)
    for doc_id, score in fused:
        digest.add(doc_id)
        digest.add(score)
