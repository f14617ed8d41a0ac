#include "paritas/verify/claims.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object claims_of(const Text& text, const Flag& atomic) {
  static const Record record("Claim");
  const std::vector<Claim> found = unlocked([&] { return split_claims(text, atomic); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Claim& claim) {
    const std::string_view words = text.view().substr(claim.span.start, claim.span.end - claim.span.start);
    return record.make(words, span_record(claim.span, offsets), std::size_t{claim.sentence_index}, claim.is_atomic);
  });
}

}  // namespace

void bind_claims(py::module_& m) {
  m.def("split_claims", &claims_of, py::arg("text"), py::arg("atomic") = false,
        R"(The sentences of a text with at least one word, number or character, in order; nothing else is dropped.

atomic:  cuts sentences further, after ";" and before conjunctions, where both sides have at least three terms that
         are neither marks nor conjunctions; the parts keep every character
Returns: list of Claim(text, span, sentence_index, is_atomic))");
}

}  // namespace paritas::python
