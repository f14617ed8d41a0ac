#include "bindings.hpp"

namespace paritas::python {
namespace {

struct VectorOps {};

}  // namespace

void bind_vector_ops(pybind11::module_& m) {
  auto type =
      pybind11::class_<VectorOps>(m, "VectorOps", "Every function on vectors, by its first name, as a static method.");
  const pybind11::object make_static = pybind11::module_::import("builtins").attr("staticmethod");
  for (const char* name : {"batch_cosine_similarity",
                           "batch_cosine_similarity_normalized",
                           "batch_cosine_similarity_topk",
                           "cosine_distance",
                           "cosine_similarity",
                           "cosine_similarity_batch",
                           "dot_product",
                           "euclidean_distance",
                           "hamming_distance",
                           "norm",
                           "normalize",
                           "normalize_batch",
                           "normalize_batch_inplace",
                           "normalize_inplace",
                           "pairwise_distances",
                           "quantize",
                           "similarity_matrix",
                           "squared_euclidean",
                           "top_k_arrays",
                           "top_k_similar",
                           "top_k_similar_normalized"}) {
    type.attr(name) = make_static(m.attr(name));
  }
}

}  // namespace paritas::python
