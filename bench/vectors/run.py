"""Dense vectors of 384 values beside NumPy, NumKong, SimSIMD, FAISS and usearch, and beside what the machine can read.

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


def read_times(corpus):
    """What reading the bytes of an array once takes, by loops that ask for more or less ahead."""
    library = ctypes.CDLL(str(ROOT / "build/release/bench/libbench_vectors.so"))
    library.bench_read.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
    library.bench_read.restype = ctypes.c_uint32
    words, at = corpus.nbytes // 4, corpus.ctypes.data
    return {
        f"reading the corpus, asking {ahead} bytes ahead": lambda ahead=ahead: library.bench_read(at, words, ahead)
        for ahead in (0, 512, 2_048, 8_192)
    }


def flat(faiss, usearch):
    """VectorIndex: one query over all rows, in each dtype and metric; bytes and the share of the reading speed."""
    query, corpus = unit_rows(1, 4)[0], unit_rows(ROWS, 5)
    indexes = {"float32, " + metric: (metric, "float32") for metric in ("cosine", "dot", "l2")}
    indexes |= {dtype + ", cosine": ("cosine", dtype) for dtype in ("float16", "int8", "binary")}
    calls, shares = {}, {"float32": 1.0, "float16": 0.5, "int8": 0.25, "binary": 1 / 32}
    for name, (metric, dtype) in indexes.items():
        index = paritas.VectorIndex(DIM, metric, dtype)
        index.add_batch(range(ROWS), corpus)
        calls["VectorIndex, " + name] = lambda index=index: index.query_batch(query[None], K, threads=1)
    mine = list(calls)
    quantizer = faiss.ScalarQuantizer
    peers = {
        "faiss.IndexFlatIP": faiss.IndexFlatIP(DIM),
        "faiss.IndexScalarQuantizer, fp16": faiss.IndexScalarQuantizer(
            DIM, quantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        ),
        "faiss.IndexScalarQuantizer, 8 bits": faiss.IndexScalarQuantizer(
            DIM, quantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        ),
    }
    for name, peer in peers.items():
        peer.train(corpus)
        peer.add(corpus)
        calls[name] = lambda peer=peer: peer.search(query[None], K)
    bits, bit_query = np.packbits(corpus > 0, axis=1), np.packbits(query > 0)
    binary = faiss.IndexBinaryFlat(DIM)
    binary.add(bits)
    calls["faiss.IndexBinaryFlat"] = lambda: binary.search(bit_query[None], K)
    calls["usearch, exact"] = lambda: usearch.search(corpus, query, K, usearch.MetricKind.Cos, exact=True, threads=1)
    calls |= read_times(corpus)
    times = table(f"top {K} of {ROWS:,} rows, an index", in_turns(calls, 1, 21))
    read = min(micros for name, micros in times.items() if name.startswith("reading"))
    print(f"  read bandwidth, one thread, the best of these: {corpus.nbytes / read / 1e3:.1f} GB/s")
    for name in mine:
        share = shares[indexes[name.removeprefix("VectorIndex, ")][1]]
        print(f"  {name:<50}{read * share / times[name]:>12.1%} of it")
    ours = times["VectorIndex, float32, cosine"]
    print(f"  int8 takes {times['VectorIndex, int8, cosine'] / ours:.2f} of float32 (goal: 0.33), ", end="")
    print(f"binary {times['VectorIndex, binary, cosine'] / ours:.3f} (goal: 0.08)")


def quality():
    """Recall of the ten nearest by exact cosine among 100,000 vectors around 1,000 centres, seeded."""
    random = np.random.default_rng(1)
    centres = random.standard_normal((1_000, DIM), np.float32)
    corpus = centres[random.integers(0, 1_000, ROWS)] + 0.7 * random.standard_normal((ROWS, DIM), np.float32)
    queries = centres[random.integers(0, 1_000, 200)] + 0.7 * random.standard_normal((200, DIM), np.float32)
    exact = paritas.top_k_arrays(queries, corpus, K)[0]
    print(f"\n{'recall@10 of small types, clustered vectors':<52}")
    for dtype in ("float16", "int8", "binary"):
        vectors = paritas.quantize(corpus, dtype)
        for oversample in (0, 4, 16):
            more = {"rescore": corpus, "oversample": oversample} if oversample else {}
            found = paritas.top_k_arrays(queries, vectors, K, **more)[0]
            hits = sum(len(set(a) & set(b)) for a, b in zip(exact.tolist(), found.tolist(), strict=True))
            how = f"rescored, oversample {oversample}" if oversample else "as it is"
            print(f"  {dtype + ', ' + how:<50}{hits / exact.size:>12.4f}")


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
    import usearch.index

    faiss.omp_set_num_threads(1)
    print(f"float32, {DIM} dimensions, one thread")
    pairs(numkong, simsimd)
    one_to_many(simsimd)
    search(faiss)
    flat(faiss, usearch.index)
    quality()
    matrices(simsimd)


if __name__ == "__main__":
    main()
