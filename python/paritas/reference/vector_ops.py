"""VectorOps: every function on vectors, as a static method."""

from paritas.reference import cosine, distance, dot, matrix, topk
from paritas.reference.normalize import (
    norm,
    normalize,
    normalize_batch,
    normalize_batch_inplace,
    normalize_inplace,
)
from paritas.reference.quantize import hamming_distance, quantize


class VectorOps:
    """Every function on vectors, by its first name, as a static method."""

    batch_cosine_similarity = staticmethod(matrix.batch_cosine_similarity)
    batch_cosine_similarity_normalized = staticmethod(matrix.batch_cosine_similarity_normalized)
    batch_cosine_similarity_topk = staticmethod(topk.batch_cosine_similarity_topk)
    cosine_distance = staticmethod(cosine.cosine_distance)
    cosine_similarity = staticmethod(cosine.cosine_similarity)
    cosine_similarity_batch = staticmethod(matrix.cosine_similarity_batch)
    dot_product = staticmethod(dot.dot_product)
    euclidean_distance = staticmethod(distance.euclidean_distance)
    hamming_distance = staticmethod(hamming_distance)
    norm = staticmethod(norm)
    normalize = staticmethod(normalize)
    normalize_batch = staticmethod(normalize_batch)
    normalize_batch_inplace = staticmethod(normalize_batch_inplace)
    normalize_inplace = staticmethod(normalize_inplace)
    pairwise_distances = staticmethod(matrix.pairwise_distances)
    quantize = staticmethod(quantize)
    similarity_matrix = staticmethod(matrix.similarity_matrix)
    squared_euclidean = staticmethod(distance.squared_euclidean)
    top_k_arrays = staticmethod(topk.top_k_arrays)
    top_k_similar = staticmethod(topk.top_k_similar)
    top_k_similar_normalized = staticmethod(topk.top_k_similar_normalized)
