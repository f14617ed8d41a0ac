#include "paritas/repair/content_hasher.hpp"

#include "bindings.hpp"
#include "canonical.hpp"
#include "integers.hpp"

namespace paritas::python {
namespace {

ContentHasher preset(const ContentHasherOptions& options) { return unwrap(ContentHasher::create(options)); }

std::string hash_of(const ContentHasher& self, const py::object& data, bool fits, const char* needed) {
  if (!fits) raise_type(needed, data);
  return self.hash_canonical(Canonical(py::none()).of(data));
}

}  // namespace

void bind_content_hasher(py::module_& m) {
  const ContentHasherOptions defaults;
  py::class_<ContentHasher>(m, "ContentHasher",
                            R"(Hashes of contents that are equal in a chosen way: the first digits of XXH3-128.

normalize_whitespace: white space around a text says nothing, and runs of it are one space
case_insensitive:     by simple lower case
hash_length:          hexadecimal digits, 8 to 32
remove_punctuation:   what Unicode calls punctuation goes; symbols such as $ and + stay
Errors:               invalid_argument for another hash_length)")
      .def(py::init([](const Flag& normalize_whitespace, const Flag& case_insensitive, const Whole& hash_length,
                       const Flag& remove_punctuation) {
             return preset({normalize_whitespace, case_insensitive, hash_length, remove_punctuation});
           }),
           py::arg("normalize_whitespace") = defaults.normalize_whitespace,
           py::arg("case_insensitive") = defaults.case_insensitive, py::arg("hash_length") = defaults.hash_length,
           py::arg("remove_punctuation") = defaults.remove_punctuation)
      .def_static(
          "text_fuzzy", [] { return preset(ContentHasher::text_fuzzy()); },
          "For texts that say the same to a reader: white space, case and punctuation say nothing.")
      .def_static(
          "query_semantic", [] { return preset(ContentHasher::query_semantic()); },
          "For questions: the same as text_fuzzy().")
      .def_static(
          "text_strict", [] { return preset(ContentHasher::text_strict()); }, "White space alone says nothing.")
      .def_static(
          "exact_match", [] { return preset(ContentHasher::exact_match()); }, "Everything counts.")
      .def(
          "normalize", [](const ContentHasher& self, const Text& content) { return self.normalize(content); },
          py::arg("content"), "The text that is hashed.")
      .def(
          "hash", [](const ContentHasher& self, const Text& content) { return self.hash(content); }, py::arg("content"),
          "Lower-case hexadecimal digits.")
      .def(
          "hash_block",
          [](const ContentHasher& self, const Text& block, const Whole& min_length) {
            return unwrap(self.hash_block(block, min_length));
          },
          py::arg("block"), py::arg("min_length") = 0,
          R"(The hash, or None for a normalised text of fewer than min_length characters.

Errors: invalid_argument for min_length below 0)")
      .def(
          "hash_dict",
          [](const ContentHasher& self, const py::object& data) {
            return hash_of(self, data, PyDict_Check(data.ptr()) != 0, "a dict");
          },
          py::arg("data"), "Of canonical_json(data), to which the options do nothing. Errors: those of canonical_json")
      .def(
          "hash_list",
          [](const ContentHasher& self, const py::object& items) {
            return hash_of(self, items, PyList_Check(items.ptr()) != 0 || PyTuple_Check(items.ptr()) != 0, "a list");
          },
          py::arg("items"), "Of canonical_json(items), a list or tuple. Errors: those of canonical_json");
}

}  // namespace paritas::python
