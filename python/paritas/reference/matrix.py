"""Every vector against every other, as core/src/vectors/matrix.cpp computes it: pair by pair."""

from collections.abc import Callable
from typing import Any

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.cosine import cosine_of, cosine_similarity, gap_of
from paritas.reference.distance import euclidean_of, squared_of
from paritas.reference.dot import dot_of
from paritas.reference.floats import Rows, as_array, matrix, read, require_numpy, vector
from paritas.reference.normalize import checked_threads, normalized

METRICS = {
    "cosine": "cosine",
    "Cosine": "cosine",
    "dot": "dot",
    "DotProduct": "dot",
    "euclidean": "euclidean",
    "Euclidean": "euclidean",
    "squared_euclidean": "squared_euclidean",
    "SquaredEuclidean": "squared_euclidean",
}
Pair = Callable[[Any, Any], float]


def parse_metric(metric: Any) -> str:
    if not isinstance(metric, str):
        raise ParitasTypeError("invalid_argument", f"a str is needed, not {type(metric).__name__}")
    if metric not in METRICS:
        raise ParitasError("invalid_argument", "metric must be cosine, dot, euclidean or squared_euclidean")
    return METRICS[metric]


def same_dimension(a: Rows, b: Rows) -> None:
    if a.rows and b.rows and a.dim != b.dim:
        raise ParitasError("length_mismatch", f"Vector length mismatch: {a.dim} vs {b.dim} in row 0")


def _scores(queries: Rows, corpus: Rows, score: Pair, threads: int) -> Any:
    same_dimension(queries, corpus)
    checked_threads(threads)
    return as_array([[score(query, row) for row in corpus.rows] for query in queries.rows], len(corpus.rows))


def similarity_matrix(queries: Any, corpus: Any, normalize: bool = True, *, threads: int = 0) -> Any:
    return _scores(matrix(queries), matrix(corpus), cosine_of if normalize else dot_of, threads)


def cosine_similarity_batch(a: Any, b: Any, *, threads: int = 0) -> Any:
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
    return _scores(_one(query), matrix(corpus), cosine_of, threads)[0]


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
