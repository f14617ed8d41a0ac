#include "paritas/repair/simhash.hpp"

#include "arrays.hpp"
#include "bindings.hpp"
#include "integers.hpp"

namespace paritas::python {

/// 64 bits without a sign.
class Fingerprint {
 public:
  void read(py::handle number) {
    const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(number.ptr()));
    if (!index) {
      PyErr_Clear();
      raise_type("an int", number);
    }
    value_ = PyLong_AsUnsignedLongLong(index.ptr());
    if (PyErr_Occurred() == nullptr) return;
    PyErr_Clear();
    raise({ErrorCode::out_of_range, "a fingerprint must be from 0 to 2^64 - 1"});
  }
  operator std::uint64_t() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Fingerprint> : paritas_caster<paritas::python::Fingerprint> {
  static constexpr auto name = const_name("int");
};

}  // namespace pybind11::detail

namespace paritas::python {
namespace {

py::array_t<std::uint64_t> hashes(const SimHash& self, const Texts& texts, const Whole& threads) {
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  const auto many = static_cast<std::size_t>(static_cast<std::int64_t>(threads));
  NewArray<std::uint64_t> out{texts.size()};
  unlocked([&] { self.hashes(texts, out.view(), many); });
  return std::move(out).array();
}

}  // namespace

void bind_simhash(py::module_& m) {
  py::class_<SimHash>(m, "SimHash",
                      R"(Fingerprints of 64 bits that differ in few of them when texts share most shingles.

Bit i is set iff more shingles (each k words in a row, as those of MinHash, repeated ones too) have it set in their XXH3-64
than have not; 0 for a text without words.

k:      1 to 1000
Errors: invalid_argument for another k)")
      .def(py::init([](const Whole& k) { return unwrap(SimHash::create(k)); }), py::arg("k") = 3)
      .def(
          "hash", [](const SimHash& self, const Text& text) { return unlocked([&] { return self.hash(text); }); },
          py::arg("text"), "An int of 64 bits.")
      .def("hashes", &hashes, py::arg("texts"), py::arg("threads") = 0,
           "uint64 (len(texts),); threads: 0 for all cores, they change nothing.")
      .def_static(
          "hamming", [](const Fingerprint& a, const Fingerprint& b) { return simhash_hamming(a, b); }, py::arg("a"),
          py::arg("b"), "How many bits differ.");
  py::class_<SimHashIndex>(m, "SimHashIndex",
                           R"(Finds all fingerprints within a distance.

max_distance: 0 to 31 bits; made for small ones, from 8 on most fingerprints are looked at
Errors:       invalid_argument for another max_distance)")
      .def(py::init([](const Whole& max_distance) { return unwrap(SimHashIndex::create(max_distance)); }),
           py::arg("max_distance") = 3)
      .def_property_readonly("max_distance", &SimHashIndex::max_distance, "Bits.")
      .def("__len__", &SimHashIndex::size)
      .def(
          "__contains__", [](const SimHashIndex& self, const Whole& id) { return self.contains(id); }, py::arg("id"))
      .def(
          "insert", [](SimHashIndex& self, const Whole& id, const Fingerprint& hash) { unwrap(self.insert(id, hash)); },
          py::arg("id"), py::arg("hash"), "Errors: duplicate_key for an id that is there")
      .def(
          "query", [](const SimHashIndex& self, const Fingerprint& hash) { return self.query(hash); }, py::arg("hash"),
          "The ids within max_distance, ascending.")
      .def(
          "remove", [](SimHashIndex& self, const Whole& id) { unwrap(self.remove(id)); }, py::arg("id"),
          "Errors: not_found");
}

}  // namespace paritas::python
