"""Random vectors for the functions of room vectors, drawn as core/src/selfcheck/{dot,matrix,topk}.cpp draw them."""

import math
from typing import TYPE_CHECKING

from paritas.errors import ParitasError
from paritas.reference.cosine import cosine_of, gap_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, float32
from paritas.reference.hnsw import HNSWIndex
from paritas.reference.normalize import norm_of, normalized
from paritas.reference.quantize import quantized, search_quantized
from paritas.reference.random import Random
from paritas.reference.topk import SCORES, best
from paritas.reference.xxh3 import xxh3_64

if TYPE_CHECKING:
    from paritas.reference.selfcheck import Digest

METRICS = ["cosine", "dot", "euclidean", "squared_euclidean"]


def random_floats(random: Random, count: int) -> list[float]:
    scale = {0: float32(1e-30), 1: float32(1e25)}.get(random.below(16), 1.0)
    out = []
    for _ in range(count):
        turn = random.below(256)
        value = float32(random.unit() * 2.0 - 1.0)
        if turn == 0:
            out.append(math.nan)
        elif turn == 1:
            out.append(-math.inf)
        elif turn == 2:
            out.append(float32(1e-45))
        elif turn == 3:
            out.append(-0.0)
        else:
            out.append(0.5 if turn < 16 else float32(value * scale))
    return out


def random_rows(random: Random, rows: int, dim: int) -> list[list[float]]:
    flat = random_floats(random, rows * dim)
    return [flat[i * dim : (i + 1) * dim] for i in range(rows)]


def check_dot(random: Random, digest: "Digest") -> None:
    count = random.below(100)
    a, b = random_floats(random, count), random_floats(random, count)
    for score in (dot_of, cosine_of, gap_of, squared_of, euclidean_of):
        digest.add_float32(score(a, b))
    digest.add_float32(norm_of(a))
    for value in normalized(a):
        digest.add_float32(value)


def check_matrix(random: Random, digest: "Digest") -> None:
    dim = random.below(40) + 1
    height, width = random.below(6), random.below(10)
    queries, corpus = random_rows(random, height, dim), random_rows(random, width, dim)
    score = cosine_of if random.below(2) == 0 else dot_of
    for query in queries:
        for row in corpus:
            digest.add_float32(score(query, row))
    metric = METRICS[random.below(4)]
    for i, x in enumerate(corpus):
        for j, y in enumerate(corpus):
            distance = gap_of(x, y) if metric == "cosine" else 0.0 - SCORES[metric](x, y)
            digest.add_float32(0.0 if i == j else distance)


def check_topk(random: Random, digest: "Digest") -> None:
    dim = random.below(40) + 1
    count = random.below(20)
    query = random_floats(random, dim)
    corpus = Rows(random_rows(random, count, dim), dim, 2)
    k = random.below(8)
    score = SCORES[METRICS[random.below(4)]]
    threshold = random.unit() - 0.5 if random.below(2) == 0 else None
    every = list(range(count))
    hits = best(query, corpus, every, k, score, threshold)
    units = Rows([normalized(row) for row in corpus.rows], dim, 2)
    hits += best(normalized(query), units, every, 3, dot_of, -1.0)
    for row, value in hits:
        digest.add(row)
        digest.add_float32(value)


def check_quantize(random: Random, digest: "Digest") -> None:
    dim = random.below(70) + 1
    count = random.below(6)
    dtype = ["float16", "int8", "binary"][random.below(3)]
    hostile = random.below(4) == 0
    query, flat = random_floats(random, dim), random_floats(random, count * dim)
    if not hostile:
        query, flat = ([value if math.isfinite(value) else 0.25 for value in values] for values in (query, flat))
    corpus = Rows([flat[i * dim : (i + 1) * dim] for i in range(count)], dim, 2)
    k = random.below(5)
    metric = "cosine" if dtype == "binary" else METRICS[random.below(4)]
    again = random.below(2) == 0
    try:
        made = quantized(corpus, dtype)
        digest.add(xxh3_64(made.to_bytes()))
        for value in (value for row in made._values() for value in row):
            digest.add_float32(value)
        every = list(range(count))
        rescore = corpus if again else None
        for row, score in search_quantized(Rows([query], dim, 1), made, k, metric, None, every, 0, rescore, 2)[0]:
            digest.add(row)
            digest.add_float32(score)
    except ParitasError as error:
        digest.add_error(error)


def check_hnsw(random: Random, digest: "Digest") -> None:
    dim = random.below(3) + 1
    m = random.below(3) + 2
    ef_construction = random.below(4) + 1
    metric = METRICS[random.below(4)]
    seed = random.below(4)
    index = HNSWIndex(dim, m=m, ef_construction=ef_construction, metric=metric, seed=seed, exact_below=0)
    rows = random_rows(random, random.below(8), dim)
    try:
        index.add_batch(rows)
        digest.add(True)
    except ParitasError:
        digest.add(False)
    digest.add(index.delete(random.below(8)))
    query = random_floats(random, dim)
    k = random.below(4)
    try:
        hits = index.search(query, k, ef=2)
    except ParitasError:
        digest.add(False)
    else:
        digest.add(True)
        for id, distance in hits:
            digest.add(id)
            digest.add_float32(distance)
    if random.below(2) == 0:
        digest.add(xxh3_64(index.to_bytes()))
