#include "paritas/vectors/matrix.hpp"

#include "arrays.hpp"
#include "bindings.hpp"
#include "floats.hpp"
#include "paritas/vectors/cosine.hpp"
#include "paritas/vectors/narrow.hpp"
#include "quantize.hpp"

namespace paritas::python {
namespace {

py::array_t<float> matrix_of(const Matrix& queries, const Matrix& corpus, bool normalize, const Whole& threads) {
  NewArray<float> out{queries.rows, corpus.rows};
  unwrap(unlocked([&] { return similarity_matrix(queries, corpus, normalize, threads, out.view()); }));
  return std::move(out).array();
}

py::array_t<float> line_of(const Matrix& query, const Matrix& corpus, const Whole& threads) {
  NewArray<float> out{corpus.rows};
  unwrap(unlocked([&] { return similarity_matrix(query, corpus, true, threads, out.view()); }));
  return std::move(out).array();
}

// NumPy's array of one line, or of many.
py::array_t<float> quantized_of(const Matrix& queries, const QuantizedVectors& corpus, bool one, bool normalize,
                                const Whole& threads) {
  NewArray<float> out = one ? NewArray<float>{corpus.count()} : NewArray<float>{queries.rows, corpus.count()};
  unwrap(unlocked([&] { return similarity_matrix(queries, corpus, normalize, threads, out.view()); }));
  return std::move(out).array();
}

py::array_t<float> similarities(const FloatMatrix& queries, const Corpus& corpus, bool normalize,
                                const Whole& threads) {
  if (corpus.quantized() != nullptr) return quantized_of(queries, *corpus.quantized(), false, normalize, threads);
  return matrix_of(queries, corpus.matrix(), normalize, threads);
}

// An empty list has no rank: it is the matrix without rows.
Matrix rows_of(const Floats& items) {
  Matrix out = items;
  if (items.is_empty_list()) out.rows = 0;
  return out;
}

py::object by_rank(const Floats& a, const py::object& items, const Whole& threads) {
  if (py::isinstance<QuantizedVectors>(items)) {
    const bool one = a.is_vector() && !a.is_empty_list();
    return quantized_of(rows_of(a), items.cast<const QuantizedVectors&>(), one, true, threads);
  }
  Floats b;
  b.read(items);
  const bool vector_a = a.is_vector() && !a.is_empty_list(), vector_b = b.is_vector() && !b.is_empty_list();
  if (vector_a && vector_b) {
    return py::float_(widen(unwrap(cosine_similarity(a, b))));
  }
  if (vector_a) return line_of(a, rows_of(b), threads);
  if (vector_b) return line_of(b, rows_of(a), threads);
  return matrix_of(rows_of(a), rows_of(b), true, threads);
}

py::array_t<float> row(const FloatVector& query, const Corpus& corpus, const Whole& threads) {
  if (corpus.quantized() != nullptr) return quantized_of(query, *corpus.quantized(), true, true, threads);
  return line_of(query, corpus.matrix(), threads);
}

py::array_t<float> row_normalized(const FloatVector& query, const FloatMatrix& corpus, const Whole& threads) {
  const Matrix rows = corpus;
  NewArray<float> out{rows.rows};
  unwrap(unlocked([&] { return batch_cosine_similarity_normalized(query, rows, threads, out.view()); }));
  return std::move(out).array();
}

py::array_t<float> pairwise(const FloatMatrix& vectors, const Text& metric, const Whole& threads) {
  const Matrix rows = vectors;
  const Metric kind = unwrap(parse_metric(metric));
  NewArray<float> out{rows.rows, rows.rows};
  unwrap(unlocked([&] { return pairwise_distances(rows, kind, threads, out.view()); }));
  return std::move(out).array();
}

}  // namespace

void bind_matrix(py::module_& m) {
  m.def("similarity_matrix", &similarities, py::arg("queries"), py::arg("corpus"), py::arg("normalize") = true,
        py::kw_only(), py::arg("threads") = 0,
        R"(Every query against every row of the corpus, with the bits of the scalar functions.

queries:   (q, d); lists of rows, arrays or buffers; contiguous float32 is read in place
corpus:    (n, d), or QuantizedVectors
normalize: True gives cosines, False dot products
threads:   0 means all cores; never changes a bit
Returns:   float32 (q, n)
Errors:    length_mismatch for rows of two lengths; invalid_argument for ragged rows; out_of_range, naming row and column)");
  m.def("cosine_similarity_batch", &by_rank, py::arg("a"), py::arg("b"), py::kw_only(), py::arg("threads") = 0,
        R"(Cosines by rank: a vector with a matrix (n, d) gives (n,), two matrices (q, n), two vectors one float.

An empty list is a matrix without rows: it gives (0,), (q, 0) or (0, n). Errors as similarity_matrix.)");
  m.def("batch_cosine_similarity", &row, py::arg("query"), py::arg("corpus"), py::kw_only(), py::arg("threads") = 0,
        "The cosine of one query with every row of the corpus, float32 (n,). Errors as similarity_matrix.");
  m.def("batch_cosine_similarity_normalized", &row_normalized, py::arg("query"), py::arg("normalized_corpus"),
        py::kw_only(), py::arg("threads") = 0,
        "dot(normalize(query), row) for every row of a corpus that is trusted to be normalised, float32 (n,).");
  m.def("pairwise_distances", &pairwise, py::arg("vectors"), py::arg("metric") = "cosine", py::kw_only(),
        py::arg("threads") = 0,
        R"(Every row against every other: float32 (n, n), symmetric, with a diagonal of exactly 0.

metric: "cosine" (1 - cosine), "euclidean", "squared_euclidean" or "dot" (-dot)
Errors: invalid_argument for another metric, otherwise as similarity_matrix)");
  m.attr("cosine_similarity_matrix") = m.attr("similarity_matrix");
}

}  // namespace paritas::python
