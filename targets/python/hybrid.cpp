#include "paritas/retrieve/hybrid.hpp"

#include "bindings.hpp"
#include "ids.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

Hybrid create(const Real& rrf_k, const Real& sparse_weight, const Real& dense_weight, Whole fetch_multiplier,
              const Text& fusion, const Text& norm) {
  HybridOptions options;
  options.rrf_k = rrf_k;
  options.sparse_weight = sparse_weight;
  options.dense_weight = dense_weight;
  options.fetch_multiplier = fetch_multiplier;
  options.fusion = std::string(fusion.view());
  options.norm = std::string(norm.view());
  return unwrap(Hybrid::create(options));
}

/// What a part has answered: (id, score) pairs, or None.
std::vector<Hit> hits_from(py::handle pairs) {
  std::vector<Hit> out;
  if (pairs.is_none()) return out;
  for (const py::handle pair : py::reinterpret_borrow<py::sequence>(pairs)) {
    const auto [id, score] = py::cast<std::pair<py::object, double>>(pair);
    out.push_back({id_from(id), score});
  }
  return out;
}

py::object rank_to(const std::optional<std::uint64_t>& rank) { return rank ? py::object(py::int_(*rank)) : py::none(); }
py::object score_to(const std::optional<double>& score) { return score ? py::object(py::float_(*score)) : py::none(); }

py::object join(const Hybrid& self, const py::object& sparse, const py::object& dense, Whole n_results) {
  static const Record record("HybridResult");
  const std::vector<Hit> words = hits_from(sparse), vectors = hits_from(dense);
  std::optional<std::span<const Hit>> one, two;
  if (!sparse.is_none()) one = words;
  if (!dense.is_none()) two = vectors;
  return list_of(unwrap(self.join(one, two, n_results)), [](const HybridHit& hit) {
    return record.make(id_to(hit.id), hit.score, score_to(hit.sparse_score), rank_to(hit.sparse_rank),
                       score_to(hit.dense_score), rank_to(hit.dense_rank));
  });
}

py::bytes to_bytes(const Hybrid& self, const py::object& bm25, const py::object& vectors) {
  const Buffer words(bm25), rows(vectors);
  return unlocked([&] { return self.to_bytes(words.view(), rows.view()); });
}

py::tuple from_bytes(const py::object& data) {
  const Buffer bytes(data);
  const HybridFile file = unwrap(unlocked([&] { return open_hybrid(bytes.view()); }));
  const auto part = [&](std::string_view view) {
    const auto start = static_cast<std::size_t>(view.data() - bytes.view().data());
    return py::make_tuple(start, start + view.size());
  };
  return py::make_tuple(file.hybrid, part(file.bm25), part(file.vectors));
}

}  // namespace

void bind_hybrid(py::module_& m) {
  const HybridOptions defaults;
  py::class_<Hybrid>(m, "Hybrid", R"(How an index of words and one of vectors answer together: what HybridIndex runs on.

Errors: invalid_argument for options without meaning)")
      .def(py::init(&create), py::arg("rrf_k") = defaults.rrf_k, py::arg("sparse_weight") = defaults.sparse_weight,
           py::arg("dense_weight") = defaults.dense_weight, py::arg("fetch_multiplier") = defaults.fetch_multiplier,
           py::arg("fusion") = defaults.fusion, py::arg("norm") = defaults.norm)
      .def(
          "fetch", [](const Hybrid& self, Whole n_results, bool both) { return unwrap(self.fetch(n_results, both)); },
          py::arg("n_results"), py::arg("both"), "How many results to ask a part for.")
      .def("join", &join, py::arg("sparse"), py::arg("dense"), py::arg("n_results"),
           "The best HybridResults of what the parts gave, (id, score) pairs, or None for a part that was not asked.")
      .def("to_bytes", &to_bytes, py::arg("bm25"), py::arg("vectors"), "One file of the files of both parts.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The Hybrid, and where the files of both parts start and end. Errors: corrupt_data.");
}

}  // namespace paritas::python
