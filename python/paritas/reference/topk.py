"""The k best rows, as core/src/vectors/topk.cpp finds them: every score, sorted."""

import math
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.convert import whole
from paritas.reference.cosine import cosine_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, matrix, read, real_number, require_numpy
from paritas.reference.metric import Pair, parse_metric, same_dimension
from paritas.reference.normalize import checked_threads, normalized
from paritas.reference.quantize import QuantizedVectors, corpus_of, search_quantized

Hits = list[tuple[int, float]]
SCORES: dict[str, Pair] = {
    "cosine": cosine_of,
    "dot": dot_of,
    "euclidean": lambda a, b: 0.0 - euclidean_of(a, b),
    "squared_euclidean": lambda a, b: 0.0 - squared_of(a, b),
}


def allowed_rows(filter_ids: Any, count: int) -> list[int]:
    """Row numbers in ascending order, once each."""
    ids = filter_ids.tolist() if hasattr(filter_ids, "tolist") else filter_ids
    if not isinstance(ids, list | tuple):
        raise ParitasTypeError(
            "invalid_argument", f"an array of row numbers or a mask is needed, not {type(filter_ids).__name__}"
        )
    if ids and isinstance(ids[0], bool):
        for item in ids:
            if not isinstance(item, bool):
                raise ParitasTypeError("invalid_argument", f"a bool is needed, not {type(item).__name__}")
        if len(ids) != count:
            raise ParitasError("length_mismatch", f"a mask of {count} items is needed, not of {len(ids)}")
        return [row for row, passes in enumerate(ids) if passes]
    for item in ids:
        if isinstance(item, bool):
            raise ParitasTypeError("invalid_argument", "an int is needed, not bool")
    numbers = [whole(item) for item in ids]
    for i, number in enumerate(numbers):
        if not 0 <= number < count:
            raise ParitasError(
                "out_of_range", "filter_ids must be rows of the corpus, 0 or more and below their number", i
            )
    return sorted(set(numbers))


def best(query: list[float], corpus: Rows, rows: list[int], k: int, score: Pair, threshold: float | None) -> Hits:
    scored = [(row, score(query, corpus.rows[row])) for row in rows]
    kept = [(row, value) for row, value in scored if threshold is None or value >= threshold]
    kept.sort(key=lambda hit: (math.isnan(hit[1]), 0.0 if math.isnan(hit[1]) else -hit[1], hit[0]))
    return kept[:k]


def search(
    queries: Rows, corpus: Rows, k: Any, score: Pair, threshold: Any, filter_ids: Any, threads: Any
) -> list[Hits]:
    k, threads = whole(k), whole(threads)
    least = None if threshold is None else real_number(threshold)
    rows = list(range(len(corpus.rows))) if filter_ids is None else allowed_rows(filter_ids, len(corpus.rows))
    if k < 0:
        raise ParitasError("invalid_argument", "k must be at least 0")
    if least is not None and math.isnan(least):
        raise ParitasError("invalid_argument", "threshold must not be NaN")
    same_dimension(queries, corpus)
    checked_threads(threads)
    return [best(query, corpus, rows, k, score, least) for query in queries.rows]


def any_search(
    queries: Rows,
    corpus: Any,
    k: Any,
    metric: Any,
    threshold: Any,
    ids: Any,
    threads: Any,
    rescore: Any,
    oversample: Any,
) -> list[Hits]:
    """A search of a matrix or of QuantizedVectors."""
    kind = parse_metric(metric)
    if not isinstance(corpus, QuantizedVectors):
        if rescore is not None:
            raise ParitasError("invalid_argument", "rescore needs a corpus that quantize() made")
        return search(queries, corpus, k, SCORES[kind], threshold, ids, threads)
    rows = list(range(len(corpus))) if ids is None else allowed_rows(ids, len(corpus))
    return search_quantized(queries, corpus, k, kind, threshold, rows, threads, rescore, oversample)


def top_k_similar(
    query: Any,
    corpus: Any,
    k: int = 10,
    metric: str = "cosine",
    *,
    threshold: float | None = None,
    filter_ids: Any = None,
    threads: int = 0,
    rescore: Any = None,
    oversample: int = 4,
) -> Any:
    queries, rows = read(query), corpus_of(corpus)
    exact = None if rescore is None else matrix(rescore)
    k, threads, oversample = whole(k), whole(threads), whole(oversample)
    hits = any_search(queries, rows, k, metric, threshold, filter_ids, threads, exact, oversample)
    return hits[0] if queries.rank == 1 else hits


def top_k_arrays(
    queries: Any,
    corpus: Any,
    k: int = 10,
    metric: str = "cosine",
    *,
    threshold: float | None = None,
    filter_ids: Any = None,
    threads: int = 0,
    rescore: Any = None,
    oversample: int = 4,
) -> Any:
    rows, exact = corpus_of(corpus), None if rescore is None else matrix(rescore)
    k, threads, oversample = whole(k), whole(threads), whole(oversample)
    found = any_search(read(queries), rows, k, metric, threshold, filter_ids, threads, exact, oversample)
    numpy = require_numpy()
    indices = numpy.full((len(found), k), -1, "int64")
    scores = numpy.full((len(found), k), math.nan, "float32")
    for i, hits in enumerate(found):
        for j, (index, score) in enumerate(hits):
            indices[i, j], scores[i, j] = index, score
    return indices, scores


def batch_cosine_similarity_topk(query: Any, corpus: Any, k: int = 10, *, threads: int = 0) -> Any:
    return top_k_similar(query, corpus, k, threads=threads)


def top_k_similar_normalized(query: Any, normalized_corpus: Any, k: int = 10, *, threads: int = 0) -> Any:
    queries, rows = read(query), matrix(normalized_corpus)
    units = queries._replace(rows=[normalized(row) for row in queries.rows])
    hits = search(units, rows, k, dot_of, None, None, threads)
    return hits[0] if queries.rank == 1 else hits
