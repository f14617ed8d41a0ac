#include "paritas/repair/minhash_lsh.hpp"

#include <algorithm>

#include "arrays.hpp"
#include "bindings.hpp"
#include "integers.hpp"
#include "places.hpp"

namespace paritas::python {
namespace {

MinHashLsh make(const Real& threshold, const Whole& num_perm, const py::object& bands, const py::object& rows) {
  const auto number = [](const py::object& value) -> std::optional<std::int64_t> {
    if (value.is_none()) return std::nullopt;
    Whole whole;
    whole.read(value);
    return whole;
  };
  return unwrap(MinHashLsh::create({threshold, num_perm, number(bands), number(rows)}));
}

py::array_t<std::uint64_t> band_keys(const MinHashLsh& self, const Places& signature) {
  const auto keys = unwrap(self.band_keys(signature));
  NewArray<std::uint64_t> out{keys.size()};
  std::copy(keys.begin(), keys.end(), out.view().begin());
  return std::move(out).array();
}

py::bytes to_bytes(const MinHashLsh& self) {
  return unlocked([&] { return self.to_bytes(); });
}

MinHashLsh from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return MinHashLsh::from_bytes(bytes.view()); }));
}

}  // namespace

void bind_minhash_lsh(py::module_& m) {
  const MinHashLshOptions defaults;
  py::class_<MinHashLsh>(m, "MinHashLSH",
                         R"(Finds MinHash signatures that agree in all rows of at least one band.

Texts of likeness s share a band with the chance 1 - (1 - s**rows)**bands. The key of band j is XXH3-64 with seed j of its
rows as little-endian uint32.

threshold: 0 to 1: the likeness from which texts shall be found; chooses the rows of a band
num_perm:  places of the signatures
bands:     how many; by default as many as there is room for
rows:      of each band
Errors:    invalid_argument for an option out of its range, or bands * rows above num_perm)")
      .def(py::init(&make), py::arg("threshold") = defaults.threshold, py::arg("num_perm") = defaults.num_perm,
           py::arg("bands") = py::none(), py::arg("rows") = py::none())
      .def_property_readonly(
          "bands", [](const MinHashLsh& self) { return self.shape().bands; }, "How many bands there are.")
      .def_property_readonly(
          "rows", [](const MinHashLsh& self) { return self.shape().rows; }, "Places of a signature in each.")
      .def_property_readonly(
          "num_perm", [](const MinHashLsh& self) { return self.shape().places; }, "Places of a signature.")
      .def("__len__", &MinHashLsh::size)
      .def(
          "__contains__", [](const MinHashLsh& self, const Whole& id) { return self.contains(id); }, py::arg("id"))
      .def(
          "insert",
          [](MinHashLsh& self, const Whole& id, const Places& signature) { unwrap(self.insert(id, signature)); },
          py::arg("id"), py::arg("signature"),
          "Errors: duplicate_key for an id that is there, length_mismatch for another number of places")
      .def(
          "query", [](const MinHashLsh& self, const Places& signature) { return unwrap(self.query(signature)); },
          py::arg("signature"), "The ids that share a band, ascending. Errors: length_mismatch")
      .def(
          "remove", [](MinHashLsh& self, const Whole& id) { unwrap(self.remove(id)); }, py::arg("id"),
          "Errors: not_found")
      .def("band_keys", &band_keys, py::arg("signature"),
           "The key of each band, uint64 (bands,), for joins elsewhere. Errors: length_mismatch")
      .def("to_bytes", &to_bytes, "The same bytes for the same contents, on every target.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The index of to_bytes. Errors: corrupt_data for any other bytes")
      .def(py::pickle([](const MinHashLsh& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
}

}  // namespace paritas::python
