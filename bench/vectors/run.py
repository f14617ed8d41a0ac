"""Dense vectors of 384 float32 beside NumPy, NumKong, SimSIMD and FAISS, and beside what the machine can read.

One thread for all of them. `--jobs` prints the native times of the jobs of run.mjs as JSON, in microseconds.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # read when NumPy and FAISS are imported

import ctypes  # noqa: E402
import json  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import paritas  # noqa: E402

ROOT = Path(__file__).parents[2]
DIM, ROWS, K = 384, 100_000, 10


def in_turns(calls, number, rounds):
    """Microseconds of each call: medians, measured in turns so that a busy moment hits all of them."""
    times = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(number):
                call()
            times[name].append((time.perf_counter() - start) / number * 1e6)
    return {name: statistics.median(values) for name, values in times.items()}


def table(title, times):
    print(f"\n{title:<52}{'us':>12}{'paritas is':>12}")
    ours = next(iter(times.values()))
    for name, micros in times.items():
        print(f"  {name:<50}{micros:>12.2f}{micros / ours:>11.2f}x")
    return times


def unit_rows(count, seed):
    rows = np.random.default_rng(seed).standard_normal((count, DIM), np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def pairs(numkong, simsimd):
    a, b = unit_rows(2, 1)
    calls = {
        "paritas.cosine_similarity": lambda: paritas.cosine_similarity(a, b),
        "numkong.angular": lambda: numkong.angular(a, b),
        "simsimd.cosine": lambda: simsimd.cosine(a, b),
        "numpy, one dot and two norms": lambda: np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)),
    }
    table("cosine of a pair", in_turns(calls, 2_000, 15))
    calls = {
        "paritas.dot_product": lambda: paritas.dot_product(a, b),
        "numkong.dot": lambda: numkong.dot(a, b),
        "simsimd.dot": lambda: simsimd.dot(a, b),
        "numpy.dot": lambda: np.dot(a, b),
    }
    table("inner product of a pair", in_turns(calls, 2_000, 15))


def one_to_many(simsimd):
    query, rows = unit_rows(1, 2)[0], unit_rows(100, 3)

    def plain():
        return rows @ query / (np.linalg.norm(rows, axis=1) * np.linalg.norm(query))

    calls = {
        "paritas.batch_cosine_similarity": lambda: paritas.batch_cosine_similarity(query, rows, threads=1),
        "simsimd.cdist": lambda: simsimd.cdist(query[None], rows, "cosine"),
        "numpy, one product and the norms": plain,
    }
    assert np.allclose(calls["paritas.batch_cosine_similarity"](), plain(), atol=1e-5)
    table("cosines of one query with 100 rows", in_turns(calls, 500, 15))


def search(faiss):
    query, corpus = unit_rows(1, 4)[0], unit_rows(ROWS, 5)
    index = faiss.IndexFlatIP(DIM)
    index.add(corpus)
    library = ctypes.CDLL(str(ROOT / "build/release/bench/libbench_vectors.so"))
    library.bench_read.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
    library.bench_read.restype = ctypes.c_uint32
    words, at = corpus.size, corpus.ctypes.data
    assert library.bench_read(at, words, 0) == int(corpus.view(np.uint32).sum(dtype=np.uint64)) % 2**32

    def plain():
        scores = corpus @ query
        best = np.argpartition(-scores, K)[:K]
        return best[np.argsort(-scores[best])]

    calls = {
        "paritas.top_k_similar, cosine": lambda: paritas.top_k_similar(query, corpus, K, threads=1),
        "paritas.top_k_similar, dot": lambda: paritas.top_k_similar(query, corpus, K, "dot", threads=1),
        "paritas.top_k_similar_normalized": lambda: paritas.top_k_similar_normalized(query, corpus, K, threads=1),
        "faiss.IndexFlatIP": lambda: index.search(query[None], K),
        "numpy, product and argpartition": plain,
    }
    searches = list(calls)[:4]
    for ahead in (0, 512, 2_048, 8_192):
        calls[f"reading the corpus, asking {ahead} bytes ahead"] = lambda ahead=ahead: library.bench_read(
            at, words, ahead
        )
    assert [hit[0] for hit in calls["paritas.top_k_similar, dot"]()] == plain().tolist()
    times = table(f"top {K} of {ROWS:,} rows", in_turns(calls, 1, 31))
    read = min(micros for name, micros in times.items() if name.startswith("reading"))
    print(f"  read bandwidth, one thread, the best of these: {corpus.nbytes / read / 1e3:.1f} GB/s; goal: 85 % of it")
    for name in searches:
        print(f"  {name:<50}{read / times[name]:>12.1%} of it")


def matrices(simsimd):
    queries, corpus = unit_rows(1_000, 6), unit_rows(1_000, 7)

    def plain():
        lengths = np.linalg.norm(queries, axis=1)[:, None] * np.linalg.norm(corpus, axis=1)
        return queries @ corpus.T / lengths

    calls = {
        "paritas.similarity_matrix": lambda: paritas.similarity_matrix(queries, corpus, threads=1),
        "simsimd.cdist": lambda: simsimd.cdist(queries, corpus, "cosine"),
        "numpy, product and norms": plain,
        "numpy, product alone": lambda: queries @ corpus.T,
    }
    assert np.allclose(calls["paritas.similarity_matrix"](), plain(), atol=1e-5)
    times = table("similarity matrix, 1,000 x 1,000", in_turns(calls, 1, 11))
    ratio = times["paritas.similarity_matrix"] / times["numpy, product and norms"]
    print(f"  paritas takes {ratio:.2f} times as long as NumPy (goal: at most 2.2)")


def jobs():
    a, b = unit_rows(2, 1)
    query, rows, many = unit_rows(1, 2)[0], unit_rows(100, 3), unit_rows(10_000, 5)
    calls = {
        "pair": lambda: paritas.cosine_similarity(a, b),
        "rows": lambda: paritas.batch_cosine_similarity(query, rows, threads=1),
        "top": lambda: paritas.top_k_similar(query, many, K, threads=1),
        "matrix": lambda: paritas.similarity_matrix(rows, rows, threads=1),
    }
    return {name: in_turns({name: call}, 2_000 if name == "pair" else 20, 15)[name] for name, call in calls.items()}


def main():
    if sys.argv[1:] == ["--jobs"]:
        print(json.dumps(jobs()))
        return
    import faiss
    import numkong
    import simsimd

    faiss.omp_set_num_threads(1)
    print(f"float32, {DIM} dimensions, one thread")
    pairs(numkong, simsimd)
    one_to_many(simsimd)
    search(faiss)
    matrices(simsimd)


if __name__ == "__main__":
    main()
