#include "paritas/vectors/embedding_index.hpp"

#include <cstring>

#include "arrays.hpp"
#include "bindings.hpp"
#include "floats.hpp"
#include "paritas/vectors/narrow.hpp"

namespace paritas::python {
namespace {

// The core counts rows; what they are called is the caller's.
class LabelledIndex {
 public:
  void add(const FloatMatrix& vectors, const py::object& labels) {
    const py::list names =
        labels.is_none()
            ? py::list(
                  py::module_::import("builtins").attr("range")(index_.size(), index_.size() + Matrix(vectors).rows))
            : py::list(labels);
    const std::size_t count = names.size();
    unwrap(index_.add(vectors, count));  // with the GIL: rows and labels of two threads must not cross
    for (const py::handle label : names) labels_.append(label);
  }
  [[nodiscard]] py::list query(const FloatVector& query, const Whole& k, const py::object& threshold) const {
    const double least = real_number(threshold.ptr());
    const auto hits = unwrap(unlocked([&] { return index_.query(query, k, least); }));
    py::list out;
    for (const Neighbour& hit : hits) {
      out.append(py::make_tuple(labels_[static_cast<std::size_t>(hit.index)], widen(hit.score)));
    }
    return out;
  }
  [[nodiscard]] py::array_t<float> similarities(const FloatVector& query) const {
    const auto scores = unwrap(unlocked([&] { return index_.similarities(query); }));
    NewArray<float> out{scores.size()};
    if (!scores.empty()) std::memcpy(out.view().data(), scores.data(), scores.size() * sizeof(float));
    return std::move(out).array();
  }
  [[nodiscard]] std::size_t size() const { return index_.size(); }
  [[nodiscard]] std::size_t dim() const { return index_.dim(); }

 private:
  EmbeddingIndex index_;
  py::list labels_;
};

}  // namespace

void bind_embedding_index(py::module_& m) {
  py::class_<LabelledIndex>(m, "EmbeddingIndex",
                            R"(A flat, exact index of labelled vectors, normalised when they come in.

A score is the dot product of unit vectors, so its last bits may differ from cosine_similarity.)")
      .def(py::init([](const py::object& vectors, const py::object& labels) {
             auto index = std::make_unique<LabelledIndex>();
             if (vectors.is_none() && labels.is_none()) return index;
             FloatMatrix rows;
             rows.read(vectors.is_none() ? py::list() : vectors);
             index->add(rows, labels);
             return index;
           }),
           py::arg("vectors") = py::none(), py::arg("labels") = py::none(),
           "vectors: (n, d); labels: n of any type, by default the numbers of the rows.")
      .def("add", &LabelledIndex::add, py::arg("vectors"), py::arg("labels"),
           R"(Adds rows and their labels; the first ones decide the dimension.

Errors: length_mismatch for another number of labels than vectors, "Vector dimension 3 != index dimension 4"; the index
        is unchanged after an error)")
      .def("query", &LabelledIndex::query, py::arg("query"), py::arg("k") = 10, py::arg("threshold") = 0.0,
           "The best (label, score) with a score of at least threshold: score descending, then order of adding.")
      .def("similarities", &LabelledIndex::similarities, py::arg("query"),
           "The score of every vector in order of adding, float32 (n,).")
      .def("__len__", &LabelledIndex::size)
      .def_property_readonly("dim", &LabelledIndex::dim, "Values in a vector; 0 before the first add.");
}

}  // namespace paritas::python
