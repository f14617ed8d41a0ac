#include "paritas/repair/minhash.hpp"

#include "arrays.hpp"
#include "bindings.hpp"
#include "integers.hpp"
#include "places.hpp"

namespace paritas::python {
namespace {

std::size_t threads_of(const Whole& threads) {
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  return static_cast<std::size_t>(threads);
}

py::array_t<std::uint32_t> signature(const MinHash& self, const Text& text) {
  NewArray<std::uint32_t> out{self.num_perm()};
  unlocked([&] { self.signature(text, out.view()); });
  return std::move(out).array();
}

py::array_t<std::uint32_t> signatures(const MinHash& self, const Texts& texts, const Whole& threads) {
  const std::size_t many = threads_of(threads);
  NewArray<std::uint32_t> out{texts.size(), self.num_perm()};
  unlocked([&] { self.signatures(texts, out.view(), many); });
  return std::move(out).array();
}

py::array_t<std::uint32_t> digest(const MinHash& self) {
  NewArray<std::uint32_t> out{self.num_perm()};
  std::copy(self.digest().begin(), self.digest().end(), out.view().begin());
  return std::move(out).array();
}

}  // namespace

void bind_minhash(py::module_& m) {
  const MinHashOptions defaults;
  py::class_<MinHash>(m, "MinHash",
                      R"(Signatures of texts whose places agree as often as their sets of shingles overlap.

A shingle is each k words (runs of letters and digits, simple lower case) in a row, or each k characters of
normalize_block's form; of a shorter text all of it. Place i of a signature is the minimum over the XXH3-64 x of all
shingles of the high 32 bits of (a_i * x + b_i) mod 2^64, for a_i (odd) and b_i that SplitMix64 draws from the seed in
turn; 0xFFFFFFFF where there is no shingle. An estimate of s has a standard deviation of sqrt(s * (1 - s) / num_perm).

num_perm: places, 1 to 65536
seed:     of the permutations; signatures of different seeds cannot be compared
k:        words or characters in a shingle, 1 to 1000
shingle:  "word" or "char"
Errors:   invalid_argument for an option out of its range)")
      .def(py::init([](const Whole& num_perm, const Whole& seed, const Whole& k, const Text& shingle) {
             const ShingleKind kind = unwrap(shingle_kind(shingle));
             return unwrap(MinHash::create({num_perm, seed, k, kind}));
           }),
           py::arg("num_perm") = defaults.num_perm, py::arg("seed") = defaults.seed, py::arg("k") = defaults.k,
           py::arg("shingle") = "word")
      .def_property_readonly("num_perm", &MinHash::num_perm, "Places of a signature.")
      .def("signature", &signature, py::arg("text"), "uint32 (num_perm,); it does not change the sketch.")
      .def("signatures", &signatures, py::arg("texts"), py::arg("threads") = 0,
           "uint32 (len(texts), num_perm); threads: 0 for all cores, they change nothing.")
      .def(
          "update", [](MinHash& self, const Text& text) { self.update(text); }, py::arg("text"),
          "Adds the shingles of a text to the sketch.")
      .def(
          "merge",
          [](MinHash& self, const py::object& other) {
            if (!py::isinstance<MinHash>(other)) raise_type("a MinHash", other);
            unwrap(self.merge(other.cast<const MinHash&>()));
          },
          py::arg("other"),
          R"(Adds all that another sketch has seen.

Errors: invalid_argument for a sketch of another num_perm, seed, k or shingle)")
      .def("digest", &digest, "The signature of all that was added, uint32 (num_perm,).")
      .def_static(
          "jaccard", [](const Places& a, const Places& b) { return unwrap(minhash_jaccard(a, b)); }, py::arg("a"),
          py::arg("b"),
          R"(Equal places over all of two signatures: 1.0 for two of empty texts, 0.0 where one text is empty.

Errors: length_mismatch)");
}

}  // namespace paritas::python
