"""Every vector against every other, as core/src/vectors/matrix.cpp computes it: pair by pair."""

from typing import Any

from paritas.reference.cosine import cosine_of, cosine_similarity, gap_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, as_array, matrix, read, require_numpy, vector
from paritas.reference.metric import Pair, parse_metric, same_dimension
from paritas.reference.normalize import checked_threads, normalized
from paritas.reference.quantize import QuantizedVectors, corpus_of, similarities


def _any_scores(queries: Rows, corpus: Any, normalize: bool, threads: int) -> Any:
    rows = corpus_of(corpus)
    if isinstance(rows, QuantizedVectors):
        return similarities(queries, rows, normalize, threads)
    return _scores(queries, rows, cosine_of if normalize else dot_of, threads)


def _scores(queries: Rows, corpus: Rows, score: Pair, threads: int) -> Any:
    same_dimension(queries, corpus)
    checked_threads(threads)
    return as_array([[score(query, row) for row in corpus.rows] for query in queries.rows], len(corpus.rows))


def similarity_matrix(queries: Any, corpus: Any, normalize: bool = True, *, threads: int = 0) -> Any:
    return _any_scores(matrix(queries), corpus, normalize, threads)


def cosine_similarity_batch(a: Any, b: Any, *, threads: int = 0) -> Any:
    if isinstance(b, QuantizedVectors):
        queries = read(a).matrix
        scores = _any_scores(queries, b, True, threads)
        return scores[0] if queries.rank == 1 else scores
    x, y = read(a).matrix, read(b).matrix
    if x.rank == y.rank == 1:
        return cosine_similarity(a, b)
    if y.rank == 1:
        x, y = y, x
    scores = _scores(x, y, cosine_of, threads)
    return scores[0] if x.rank == 1 else scores


def _one(query: Any) -> Rows:
    values = vector(query)
    return Rows([values], len(values), 1)


def batch_cosine_similarity(query: Any, corpus: Any, *, threads: int = 0) -> Any:
    return _any_scores(_one(query), corpus, True, threads)[0]


def batch_cosine_similarity_normalized(query: Any, normalized_corpus: Any, *, threads: int = 0) -> Any:
    values = vector(query)
    return _scores(Rows([normalized(values)], len(values), 1), matrix(normalized_corpus), dot_of, threads)[0]


def pairwise_distances(vectors: Any, metric: str = "cosine", *, threads: int = 0) -> Any:
    rows = matrix(vectors)
    score: dict[str, Pair] = {
        "cosine": gap_of,
        "dot": lambda a, b: 0.0 - dot_of(a, b),
        "euclidean": euclidean_of,
        "squared_euclidean": squared_of,
    }
    out = _scores(rows, rows, score[parse_metric(metric)], threads)
    require_numpy().fill_diagonal(out, 0.0)
    return out


cosine_similarity_matrix = similarity_matrix
