"""BM25 from Python beside its peers. Alone: run.py cranfield, scifact, million, published, indexing, changes, ...

Collections come from PARITAS_DATA (default ../shared/data); the rest is drawn from a seed and kept in .cache, as are
the peers' indexes of a million documents. BENCH_DOCUMENTS asks for fewer. Raw figures: .cache/bench/bm25_<job>.json.
"""

import sys

import published
import quality
import sizes
import speed

JOBS = {
    "cranfield": speed.cranfield,
    "scifact": speed.scifact,
    "million": speed.million,
    "published": published.published,
    "indexing": sizes.indexing,
    "changes": sizes.changes,
    "memory": sizes.memory,
    "opening": sizes.opening,
    "wasm": speed.wasm,
    "quality": quality.quality,
}

if __name__ == "__main__":
    for job in sys.argv[1:] or JOBS:
        if job not in JOBS:
            sys.exit(f"run.py: {job} is no job; there are {', '.join(JOBS)}")
        JOBS[job]()
