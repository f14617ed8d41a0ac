#include "paritas/retrieve/fusion.hpp"

#include "bindings.hpp"
#include "ids.hpp"
#include "integers.hpp"

namespace paritas::python {
namespace {

py::tuple items_of(py::handle values) {
  constexpr const char* kNeeded = "a list of lists of results";
  if (PyUnicode_Check(values.ptr()) || PyBytes_Check(values.ptr())) raise_type(kNeeded, values);
  const auto source = PyDict_Check(values.ptr()) ? py::reinterpret_steal<py::object>(PyDict_Items(values.ptr()))
                                                 : py::reinterpret_borrow<py::object>(values);
  auto items = py::reinterpret_steal<py::tuple>(PySequence_Tuple(source.ptr()));
  if (!items) {
    PyErr_Clear();
    raise_type(kNeeded, values);
  }
  return items;
}

/// An id alone, where no score is needed, or an (id, score) pair.
Hit hit_from(py::handle item, bool scored) {
  if ((PyTuple_Check(item.ptr()) || PyList_Check(item.ptr())) && PySequence_Size(item.ptr()) == 2) {
    const auto pair = py::reinterpret_steal<py::tuple>(PySequence_Tuple(item.ptr()));
    Real score;
    DocId id = id_from(PyTuple_GET_ITEM(pair.ptr(), 0));
    score.read(PyTuple_GET_ITEM(pair.ptr(), 1));
    return {std::move(id), score};
  }
  if (scored) raise_type("an (id, score) pair", item);
  return {id_from(item), 0.0};
}

std::vector<std::vector<Hit>> lists_from(py::handle lists, bool scored) {
  std::vector<std::vector<Hit>> out;
  for (const py::handle list : items_of(lists)) {
    std::vector<Hit>& hits = out.emplace_back();
    for (const py::handle item : items_of(list)) hits.push_back(hit_from(item, scored));
  }
  return out;
}

class Weights {
 public:
  explicit Weights(py::handle weights) : given_(!weights.is_none()) {
    if (given_) values_.read(weights);
  }
  [[nodiscard]] std::optional<std::span<const double>> view() const {
    if (!given_) return std::nullopt;
    return values_;
  }

 private:
  bool given_;
  Doubles values_;
};

void limit(FusionOptions& options, py::handle n_results) {
  if (n_results.is_none()) return;
  Whole most;
  most.read(n_results);
  options.n_results = most;
}

py::list list_of(const std::vector<Hit>& hits) {
  py::list out(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) out[i] = py::make_tuple(id_to(hits[i].id), hits[i].score);
  return out;
}

py::list fuse_ranks(const py::object& lists, const Real& k, const py::object& weights, const py::object& n_results) {
  const auto entries = lists_from(lists, false);
  const Weights each(weights);
  FusionOptions options;
  options.k = k;
  limit(options, n_results);
  return list_of(unwrap(unlocked([&] { return rrf(entries, each.view(), options); })));
}

py::list fuse_scores(const py::object& lists, const py::object& weights, const Text& norm,
                     const py::object& n_results) {
  const auto entries = lists_from(lists, true);
  const Weights each(weights);
  FusionOptions options;
  options.norm = std::string(norm.view());
  limit(options, n_results);
  return list_of(unwrap(unlocked([&] { return weighted_fusion(entries, each.view(), options); })));
}

}  // namespace

void bind_fusion(py::module_& m) {
  const FusionOptions defaults;
  m.def("rrf", &fuse_ranks, py::arg("lists"), py::arg("k") = defaults.k, py::arg("weights") = py::none(),
        py::arg("n_results") = py::none(),
        R"(Joins lists of results by rank alone (reciprocal rank fusion), so that scores need not be of one kind.

lists:     each best first, of ids or of (id, score) pairs, whose scores do not count; an id counts at its first rank
k:         how little the first ranks stand out, above 0
weights:   None for 1 each, or one for each list, at least 0
n_results: None for all
Returns:   (id, score) pairs: the sum over the lists, in their order, of weight / (k + rank), ranks from 1; best first,
           then the id that comes first when list after list is read
Errors:    invalid_argument, length_mismatch for weights of another number, out_of_range where a sum is no float any more
Source:    Cormack, Clarke and Buettcher 2009)");
  m.def("weighted_fusion", &fuse_scores, py::arg("lists"), py::arg("weights") = py::none(),
        py::arg("norm") = defaults.norm, py::arg("n_results") = py::none(),
        R"(Joins lists of results by their scores, brought to one scale: the sum over the lists of weight * value.

lists: each of (id, score) pairs, or a dict of them; an id that is missing has 0 there, a repeated one its first score
norm:  "minmax": 0 for the lowest and 1 for the highest of each list, 1 for all where they are equal; "max": 1 for the
       highest, 0 for all where it is not above 0; "none": as they are
Weights, n_results, order and errors as rrf, and invalid_argument, with the index of the list, for a score that is not
finite.)");
}

}  // namespace paritas::python
