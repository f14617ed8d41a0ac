"""Recall@10 against queries per second of HNSW indexes, one thread, one run: Paritas, hnswlib, usearch, faiss.

python bench/hnsw/run.py [vectors] [dimension]   # 100000 384; writes bench/hnsw/curves.json, which plot.py draws
"""

import itertools
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import faiss
import hnswlib
import numpy
import paritas
import usearch.index

M, EF_CONSTRUCTION, K, QUERIES, ROUNDS = 16, 200, 10, 1000, 7
EFS = (10, 12, 15, 17, 20, 25, 30, 40, 50, 75, 100)
WANTED = 0.95


def clustered(count: int, dimension: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Unit vectors of 1,000 Gaussian clusters, and queries of the same."""
    draws = numpy.random.default_rng(1)
    centres = draws.standard_normal((1000, dimension), dtype="float32")

    def some(size: int) -> numpy.ndarray:
        rows = centres[draws.integers(0, 1000, size)] + 0.7 * draws.standard_normal((size, dimension), dtype="float32")
        return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)

    return some(count), some(QUERIES)


class Paritas:
    name = "paritas"

    def __init__(self, rows):
        self.index = paritas.HNSWIndex(rows.shape[1], len(rows), M, EF_CONSTRUCTION)
        self.index.add_batch(rows, threads=1)

    def search(self, queries, ef):
        return self.index.search_arrays(queries, K, threads=1, ef=ef)[0]


class Hnswlib:
    name = "hnswlib"

    def __init__(self, rows):
        self.index = hnswlib.Index("cosine", rows.shape[1])
        self.index.init_index(len(rows), M=M, ef_construction=EF_CONSTRUCTION, random_seed=1)
        self.index.set_num_threads(1)
        self.index.add_items(rows, num_threads=1)

    def search(self, queries, ef):
        self.index.set_ef(ef)
        return self.index.knn_query(queries, K, num_threads=1)[0]


class Usearch:
    name = "usearch"

    def __init__(self, rows):
        self.index = usearch.index.Index(
            ndim=rows.shape[1], metric="cos", dtype="f32", connectivity=M, expansion_add=EF_CONSTRUCTION
        )
        self.index.add(numpy.arange(len(rows)), rows, threads=1)

    def search(self, queries, ef):
        self.index.expansion_search = ef
        return self.index.search(queries, K, threads=1).keys


class Faiss:
    name = "faiss"

    def __init__(self, rows):
        faiss.omp_set_num_threads(1)
        self.index = faiss.IndexHNSWFlat(rows.shape[1], M, faiss.METRIC_INNER_PRODUCT)
        self.index.hnsw.efConstruction = EF_CONSTRUCTION
        self.index.add(rows)

    def search(self, queries, ef):
        self.index.hnsw.efSearch = ef
        return self.index.search(queries, K)[1]


def at_recall(curve: list[dict], wanted: float) -> float:
    """Queries per second at a recall, between the two points of the curve around it (in a straight line)."""
    points = sorted((point["recall"], point["qps"]) for point in curve)
    for (low, slow), (high, fast) in itertools.pairwise(points):
        if low <= wanted <= high:
            return slow + (fast - slow) * (wanted - low) / max(high - low, 1e-9)
    return points[0][1] if points[0][0] >= wanted else 0.0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 384
    rows, queries = clustered(count, dimension)
    wanted = numpy.argpartition(-(queries @ rows.T), K, axis=1)[:, :K]
    indexes, builds = [], {}
    for maker in (Paritas, Hnswlib, Usearch, Faiss):
        start = time.perf_counter()
        indexes.append(maker(rows))
        builds[maker.name] = time.perf_counter() - start
        print(f"{maker.name}: built in {builds[maker.name]:.1f} s", flush=True)
    found = {(index.name, ef): index.search(queries, ef) for index in indexes for ef in EFS}  # warms up
    times = {key: [] for key in found}
    for _ in range(ROUNDS):  # all in turn, so that a busy moment hits none of them alone
        for ef in EFS:
            for index in indexes:
                start = time.perf_counter()
                index.search(queries, ef)
                times[index.name, ef].append(time.perf_counter() - start)
    curves = {index.name: [] for index in indexes}
    for (name, ef), ids in found.items():
        recall = sum(len(set(map(int, a)) & set(map(int, b))) for a, b in zip(ids, wanted, strict=True)) / wanted.size
        curves[name].append({"ef": ef, "recall": recall, "qps": QUERIES / statistics.median(times[name, ef])})
    print(f"\n{count:,} x {dimension} of 1,000 clusters, m {M}, ef_construction {EF_CONSTRUCTION}, one thread")
    print("ef    " + "".join(f"{index.name:>20}" for index in indexes))
    for i, ef in enumerate(EFS):
        cells = [f"{curves[x.name][i]['recall']:.4f} {curves[x.name][i]['qps']:10,.0f}/s" for x in indexes]
        print(f"{ef:<6}" + "".join(f"{cell:>20}" for cell in cells))
    speeds = {name: at_recall(curve, WANTED) for name, curve in curves.items()}
    best = max(speed for name, speed in speeds.items() if name != "paritas")
    fastest = min(seconds for name, seconds in builds.items() if name != "paritas")
    print(f"\nqueries/s at recall {WANTED}: " + ", ".join(f"{name} {speed:,.0f}" for name, speed in speeds.items()))
    print(f"paritas / best of the others: {speeds['paritas'] / best:.2f}")
    print(f"build time, paritas / fastest of the others: {builds['paritas'] / fastest:.2f}")
    stats = indexes[0].index.stats()
    beside = stats["vector_bytes"] + stats["link_bytes"] + stats["id_bytes"] - count * dimension * 4
    print(f"memory beside the vectors: {beside / count:.0f} bytes for each")
    out = Path(__file__).with_name(f"curves_{dimension}.json")
    out.write_text(
        json.dumps(
            {"vectors": count, "dimension": dimension, "m": M, "ef_construction": EF_CONSTRUCTION, "build": builds}
            | {"curves": curves},
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
