#include "paritas/vectors/topk.hpp"

#include <limits>

#include "arrays.hpp"
#include "bindings.hpp"
#include "floats.hpp"
#include "hits.hpp"
#include "paritas/vectors/narrow.hpp"
#include "quantize.hpp"

namespace paritas::python {
namespace {

using Hits = std::vector<std::vector<Neighbour>>;

// A mask of bools, or whole numbers.
RowFilter filter_of(py::handle ids, std::size_t rows) {
  const py::object plain = py::hasattr(ids, "tolist") ? ids.attr("tolist")() : py::reinterpret_borrow<py::object>(ids);
  if (!PyList_Check(plain.ptr()) && !PyTuple_Check(plain.ptr())) raise_type("an array of row numbers or a mask", ids);
  const auto list = py::reinterpret_steal<py::object>(PySequence_List(plain.ptr()));
  const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list.ptr()));
  const auto item = [&](std::size_t i) { return PyList_GET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i)); };
  if (count > 0 && PyBool_Check(item(0))) {
    std::vector<std::uint8_t> mask(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (!PyBool_Check(item(i))) raise_type("a bool", item(i));
      mask[i] = item(i) == Py_True ? 1 : 0;
    }
    return unwrap(RowFilter::of_mask(mask, rows));
  }
  std::vector<std::int64_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (PyBool_Check(item(i))) raise_type("an int", item(i));
    Whole number;
    number.read(item(i));
    numbers[i] = number;
  }
  return unwrap(RowFilter::of_ids(numbers, rows));
}

Hits search(const Matrix& queries, const Corpus& corpus, TopKOptions options, py::handle threshold, py::handle ids,
            py::handle rescore, std::int64_t oversample) {
  FloatMatrix exact;
  if (!rescore.is_none()) exact.read(rescore);
  if (corpus.quantized() == nullptr && !rescore.is_none()) raise(rescore_needs_quantized());
  if (!threshold.is_none()) options.threshold = real_number(threshold.ptr());
  std::optional<RowFilter> filter;
  if (!ids.is_none()) filter = filter_of(ids, corpus.rows());
  const RowFilter* allowed = filter ? &*filter : nullptr;
  const Matrix again = exact;
  return unwrap(unlocked([&] {
    return corpus.quantized() == nullptr ? top_k(queries, corpus.matrix(), options, allowed)
                                         : top_k(queries, *corpus.quantized(), options, allowed,
                                                 rescore.is_none() ? nullptr : &again, oversample);
  }));
}

Hits search(const Matrix& queries, const FloatMatrix& corpus, const TopKOptions& options) {
  const Matrix rows = corpus;
  return unwrap(unlocked([&] { return top_k(queries, rows, options); }));
}

py::object lists(const Hits& hits, bool one) {
  if (one) return hit_list(hits[0]);
  py::list out;
  for (const auto& each : hits) out.append(hit_list(each));
  return out;
}

py::object similar(const Floats& query, const Corpus& corpus, const Whole& k, const Text& metric,
                   const py::object& threshold, const py::object& filter_ids, const Whole& threads,
                   const py::object& rescore, const Whole& oversample) {
  TopKOptions options;
  options.k = k;
  options.metric = unwrap(parse_metric(metric));
  options.threads = threads;
  return lists(search(query, corpus, options, threshold, filter_ids, rescore, oversample), query.is_vector());
}

py::object similar_normalized(const Floats& query, const FloatMatrix& corpus, const Whole& k, const Whole& threads) {
  TopKOptions options;
  options.k = k;
  options.threads = threads;
  options.normalized = true;
  return lists(search(query, corpus, options), query.is_vector());
}

py::object cosine_topk(const Floats& query, const Corpus& corpus, const Whole& k, const Whole& threads) {
  TopKOptions options;
  options.k = k;
  options.threads = threads;
  return lists(search(query, corpus, options, py::none(), py::none(), py::none(), kOversample), query.is_vector());
}

py::tuple arrays(const Floats& queries, const Corpus& corpus, const Whole& k, const Text& metric,
                 const py::object& threshold, const py::object& filter_ids, const Whole& threads,
                 const py::object& rescore, const Whole& oversample) {
  TopKOptions options;
  options.k = k;
  options.metric = unwrap(parse_metric(metric));
  options.threads = threads;
  const Hits hits = search(queries, corpus, options, threshold, filter_ids, rescore, oversample);
  const auto width = static_cast<std::size_t>(options.k);
  NewArray<std::int64_t> rows{hits.size(), width};
  NewArray<float> scores{hits.size(), width};
  for (std::size_t i = 0; i < hits.size(); ++i) {
    for (std::size_t j = 0; j < width; ++j) {
      const bool hit = j < hits[i].size();
      rows.view()[i * width + j] = hit ? hits[i][j].index : -1;
      scores.view()[i * width + j] = hit ? hits[i][j].score : std::numeric_limits<float>::quiet_NaN();
    }
  }
  return py::make_tuple(std::move(rows).array(), std::move(scores).array());
}

}  // namespace

py::list hit_list(std::span<const Neighbour> hits) {
  py::list out(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    out[i] = py::make_tuple(hits[i].index, widen(hits[i].score));
  }
  return out;
}

void bind_topk(py::module_& m) {
  const TopKOptions defaults;
  m.def("top_k_similar", &similar, py::arg("query"), py::arg("corpus"), py::arg("k") = defaults.k,
        py::arg("metric") = "cosine", py::kw_only(), py::arg("threshold") = py::none(),
        py::arg("filter_ids") = py::none(), py::arg("threads") = defaults.threads, py::arg("rescore") = py::none(),
        py::arg("oversample") = kOversample,
        R"(The k best rows of the corpus: score descending, ties to the lower index, NaN last.

query:      a vector, or a matrix of queries
corpus:     (n, d); contiguous float32 is read in place; or QuantizedVectors, and the query is quantised as they are
metric:     "cosine" and "dot" score as they are, "euclidean" and "squared_euclidean" as -distance
threshold:  keeps scores >= it; None keeps all
filter_ids: row numbers, or a bool for each row: only these are looked at
threads:    0 means all cores; never changes a result
rescore:    the (n, d) vectors that were quantised: the best k * oversample rows are ranked anew by exact scores, to
            which the threshold then applies
Returns:    [(index, score)], or a list of lists for a matrix of queries; fewer than k where no more rows pass
Errors:     invalid_argument for k below 0, another metric or a threshold of NaN, and for rescore of what is not
            quantised; length_mismatch; out_of_range; not_finite for a query of int8 vectors)");
  m.def("top_k_arrays", &arrays, py::arg("queries"), py::arg("corpus"), py::arg("k") = defaults.k,
        py::arg("metric") = "cosine", py::kw_only(), py::arg("threshold") = py::none(),
        py::arg("filter_ids") = py::none(), py::arg("threads") = defaults.threads, py::arg("rescore") = py::none(),
        py::arg("oversample") = kOversample,
        R"(top_k_similar without a Python object for each hit.

Returns: row numbers, int64 (q, k), and scores, float32 (q, k), padded with -1 and NaN; a single vector is one query
Errors:  as top_k_similar; unsupported without NumPy)");
  m.def("batch_cosine_similarity_topk", &cosine_topk, py::arg("query"), py::arg("corpus"), py::arg("k") = defaults.k,
        py::kw_only(), py::arg("threads") = defaults.threads, "top_k_similar with cosines, by its published name.");
  m.def("top_k_similar_normalized", &similar_normalized, py::arg("query"), py::arg("normalized_corpus"),
        py::arg("k") = defaults.k, py::kw_only(), py::arg("threads") = defaults.threads,
        "top_k_similar by dot(normalize(query), row) over a corpus that is trusted to be normalised.");
}

}  // namespace paritas::python
