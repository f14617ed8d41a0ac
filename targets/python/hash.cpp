#include "paritas/base/hash.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {
namespace {

std::string_view lend(const py::bytes& data) { return {PyBytes_AS_STRING(data.ptr()), py::len(data)}; }

}  // namespace

// For the tests and the self check; `paritas` itself shows neither.
void bind_hash(py::module_& m) {
  m.def(
      "xxh3_64", [](const py::bytes& data, std::uint64_t seed) { return xxh3_64(lend(data), seed); }, py::arg("data"),
      py::arg("seed") = 0, "XXH3 of some bytes in 64 bits; another seed is another hash function.");
  m.def(
      "xxh3_128",
      [](const py::bytes& data, std::uint64_t seed) {
        const Hash128 hash = xxh3_128(lend(data), seed);
        return (py::int_(hash.high) << py::int_(64)) | py::int_(hash.low);
      },
      py::arg("data"), py::arg("seed") = 0, "XXH3 of some bytes in 128 bits: the high half is `value >> 64`.");
}

}  // namespace paritas::python
