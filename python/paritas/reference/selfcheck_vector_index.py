"""Random histories of a VectorIndex, drawn as core/src/selfcheck/vector_index.cpp draws them."""

import math
from typing import TYPE_CHECKING

from paritas.errors import ParitasError
from paritas.reference.random import Random
from paritas.reference.selfcheck_vectors import random_floats
from paritas.reference.vector_index import VectorIndex
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest


def check_vector_index(random: Random, digest: "Digest") -> None:
    dim = random.below(24) + 1
    dtype = ["float32", "float16", "int8", "binary"][random.below(4)]
    metric = ["cosine", "dot", "l2", "euclidean"][random.below(4)]
    keep_full = random.below(2) == 0
    index = VectorIndex(dim, "cosine" if dtype == "binary" else metric, dtype, keep_full=keep_full)
    for _ in range(random.below(12)):
        doc_id = random.below(8)
        if random.below(4) == 0:
            digest.add(index.remove(doc_id))
            continue
        try:
            digest.add(index.add(doc_id, random_floats(random, dim)))
        except ParitasError as error:
            digest.add_error(error)
    query = [value if math.isfinite(value) else 0.25 for value in random_floats(random, dim)]
    try:
        for name, score in index.query(query, random.below(6), rescore=2 if keep_full else 0):
            digest.add(name)
            digest.add(score)
        digest.add(xxh3_64(index.to_bytes()))
    except ParitasError as error:
        digest.add_error(error)
