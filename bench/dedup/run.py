"""Signatures and near-duplicates beside rensa and datasketch, and how fast blocks are compared; processor time of one
thread, the median of some runs that take turns. The error is that of the estimate against the true Jaccard likeness."""

import random
import statistics
import sys
import textwrap
import time

import paritas
from datasketch import MinHash as DatasketchMinHash
from datasketch import MinHashLSH as DatasketchLSH
from rensa import CMinHash, RMinHash, RMinHashLSH

PERM = 128


def timed(calls, runs=5):
    """Median seconds of each call; they take turns, so that a busy machine slows all alike."""
    times = {name: [] for name in calls}
    for _ in range(runs):
        for name, call in calls.items():
            start = time.process_time()
            call()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(all_times) for name, all_times in times.items()}


def corpus(count, words, rng):
    """Texts of a Zipf-like vocabulary, some of them near copies of an earlier one."""
    vocabulary = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(20_000)]
    weights = [1 / (i + 10) for i in range(len(vocabulary))]
    texts = []
    for i in range(count):
        if i and rng.random() < 0.2:
            copy = texts[rng.randrange(len(texts))].split(" ")
            for _ in range(rng.randint(0, 3)):
                copy[rng.randrange(len(copy))] = rng.choice(vocabulary)
            texts.append(" ".join(copy))
        else:
            texts.append(" ".join(rng.choices(vocabulary, weights, k=words)))
    return texts


def shingles(text, k):
    words = text.split(" ")
    return [" ".join(words[i : i + k]) for i in range(max(1, len(words) - k + 1))]


def rensa_signature(kind, items):
    made = kind(num_perm=PERM, seed=42)
    made.update(items)
    return made


def datasketch_signature(items):
    made = DatasketchMinHash(num_perm=PERM)
    made.update_batch([item.encode() for item in items])
    return made


def show(title, times):
    ours = times["paritas"]
    print(title)
    for name, seconds in times.items():
        print(f"  {name:24} {seconds * 1000:9.1f} ms  {seconds / ours:7.2f} x")


def signatures(rng):
    texts = corpus(400, 1000, rng)
    cut = [shingles(text, 5) for text in texts]
    sketch = paritas.MinHash(num_perm=PERM, k=5)
    show(
        "signatures of 400 texts of 1,000 words, 128 permutations, 5-word shingles",
        timed(
            {
                "paritas": lambda: sketch.signatures(texts, threads=1),
                "rensa R, cut before": lambda: RMinHash.digest_matrix_from_token_sets(cut, PERM, 42),
                "rensa C, cut before": lambda: [rensa_signature(CMinHash, items).digest() for items in cut],
                "rensa R, from text": lambda: RMinHash.digest_matrix_from_token_sets(
                    [shingles(text, 5) for text in texts], PERM, 42
                ),
                "rensa C, from text": lambda: [rensa_signature(CMinHash, shingles(t, 5)).digest() for t in texts],
            }
        ),
    )
    few, few_cut = texts[:40], cut[:40]
    show(
        "the same of 40 texts",
        timed(
            {
                "paritas": lambda: sketch.signatures(few, threads=1),
                "datasketch, cut before": lambda: [datasketch_signature(items).hashvalues for items in few_cut],
            },
            3,
        ),
    )


def errors(rng):
    kinds = {name: [] for name in ("paritas", "rensa R", "rensa C", "datasketch")}
    sketch = paritas.MinHash(num_perm=PERM, k=1)
    for _ in range(400):
        size, shared = 200, rng.randint(0, 200)
        names = rng.sample(range(10**9), 2 * size - shared)
        one, other = [f"w{n}" for n in names[:size]], [f"w{n}" for n in names[size - shared :]]
        truth = shared / (2 * size - shared)
        ours = sketch.jaccard(sketch.signature(" ".join(one)), sketch.signature(" ".join(other)))
        kinds["paritas"].append(abs(ours - truth))
        for name, kind in (("rensa R", RMinHash), ("rensa C", CMinHash)):
            pair = rensa_signature(kind, one), rensa_signature(kind, other)
            kinds[name].append(abs(pair[0].jaccard(pair[1]) - truth))
        pair = datasketch_signature(one), datasketch_signature(other)
        kinds["datasketch"].append(abs(pair[0].jaccard(pair[1]) - truth))
    print("mean error of the estimate, 400 pairs of 200 words")
    for name, found in kinds.items():
        print(f"  {name:24} {statistics.mean(found):.4f}")


def rensa_dedup(texts, threshold, bands):
    """Its fastest way: all at once, and whoever has a duplicate is flagged."""
    matrix = RMinHash.digest_matrix_from_token_sets([shingles(text, 3) for text in texts], PERM, 42)
    flags = RMinHashLSH(threshold, PERM, bands).query_duplicate_flags_matrix_one_shot(matrix)
    return [i for i, flag in enumerate(flags) if not flag]


def datasketch_dedup(texts, threshold):
    index, kept = DatasketchLSH(threshold=threshold, num_perm=PERM), []
    for i, text in enumerate(texts):
        sketch = datasketch_signature(shingles(text, 3))
        if not index.query(sketch):
            kept.append(i)
        index.insert(i, sketch)
    return kept


def corpora(rng):
    texts = corpus(100_000, 25, rng)
    ours, alone = len(paritas.keep_indices(texts)), sum(len(g) == 1 for g in paritas.near_duplicate_groups(texts))
    theirs = len(rensa_dedup(texts, 0.8, 16))
    print(f"of 100,000 paritas keeps {ours}, {alone} are like no other; rensa leaves {theirs} without a flag")
    show(
        "near-duplicates of 100,000 texts of 25 words, end to end",
        timed(
            {
                "paritas": lambda: paritas.keep_indices(texts, threads=1),
                "rensa R": lambda: rensa_dedup(texts, 0.8, 16),
            },
            3,
        ),
    )
    few = texts[:5_000]
    show(
        "the same of 5,000",
        timed(
            {
                "paritas": lambda: paritas.keep_indices(few, threads=1),
                "datasketch": lambda: datasketch_dedup(few, 0.8),
            },
            3,
        ),
    )


def blocks(rng):
    words = corpus(2_000, 60, rng)
    lines = [textwrap.fill(text, 90) for text in words]
    text = "\n\n".join(f"{line} {i} {j}" for j in range(80) for i, line in enumerate(lines))
    took = timed({"paritas": lambda: paritas.deduplicate(text)})["paritas"]
    assert paritas.deduplicate(text) is text
    print(f"deduplicate, {len(text) / 1e6:.0f} MB of prose without duplicates: {len(text) / took / 1e9:.2f} GB/s")


def main() -> int:
    rng = random.Random(7)
    signatures(rng)
    errors(rng)
    blocks(rng)
    corpora(rng)
    return 0


if __name__ == "__main__":
    sys.exit(main())
