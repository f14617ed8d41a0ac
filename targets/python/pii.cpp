#include "pii.hpp"

#include "bindings.hpp"
#include "formats.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object matches_of(std::string_view text, const std::vector<PiiMatch>& found) {
  static const Record record("PiiMatch", "paritas.results_validate");
  if (found.empty()) return py::list();
  const OffsetMap offsets(text);
  return list_of(found, [&](const PiiMatch& match) {
    return record.make(lasting_word(name(match.kind)), offsets.codepoint(match.span.start),
                       offsets.codepoint(match.span.end), match.normalized, match.detail);
  });
}

}  // namespace

void bind_pii(py::module_& m) {
  const PiiMask defaults;
  const py::tuple kinds = names_of(defaults.kinds);
  m.def(
      "scan_pii",
      [](const Text& text, const Kinds& kinds) {
        return matches_of(text, unlocked([&] { return scan_pii(text, kinds); }));
      },
      py::arg("text"), py::arg("kinds") = kinds,
      R"(Personal data in a text, in its order; no two overlap.

kinds:   which to look for, of email, credit_card, iban, ssn, phone and ip; where they overlap, the one with more proof
         stays, in the order iban, credit_card, email, ip, ssn, phone
Returns: list of PiiMatch(kind, start, end, normalized, detail)
Errors:  invalid_argument with the index of an unknown kind)");
  m.def(
      "scan_pii_batch",
      [](const Texts& texts, const Kinds& kinds, const Whole& threads) {
        const auto found = unwrap(unlocked([&] { return scan_pii_batch(texts, kinds, threads); }));
        const std::span<const std::string_view> each = texts;
        py::list out(found.size());
        for (std::size_t i = 0; i < found.size(); ++i) out[i] = matches_of(each[i], found[i]);
        return out;
      },
      py::arg("texts"), py::arg("kinds") = kinds, py::kw_only(), py::arg("threads") = 0,
      R"(scan_pii for many texts.

threads: 0 for all cores
Returns: a list for each text
Errors:  as scan_pii; invalid_argument for threads below 0)");
  m.def(
      "mask_pii",
      [](const Text& text, const Text& mask_char, const Whole& visible_chars, const Kinds& kinds) {
        return unwrap(unlocked([&] { return mask_pii(text, {mask_char, visible_chars, kinds}); }));
      },
      py::arg("text"), py::arg("mask_char") = std::string(defaults.mask_char),
      py::arg("visible_chars") = defaults.visible_chars, py::arg("kinds") = kinds,
      R"(The text with its personal data masked, one mask_char for each code point.

visible_chars: how many code points stay at each end of a finding, but at most an eighth of it; 0 to 64
Errors:        as scan_pii; invalid_argument for other visible_chars, and for a mask_char that is not one code point
               or breaks a line)");
  m.def(
      "mask_pii_batch",
      [](const Texts& texts, const Text& mask_char, const Whole& visible_chars, const Kinds& kinds,
         const Whole& threads) {
        return unwrap(unlocked([&] { return mask_pii_batch(texts, {mask_char, visible_chars, kinds}, threads); }));
      },
      py::arg("texts"), py::arg("mask_char") = std::string(defaults.mask_char),
      py::arg("visible_chars") = defaults.visible_chars, py::arg("kinds") = kinds, py::kw_only(),
      py::arg("threads") = 0,
      R"(mask_pii for many texts.

threads: 0 for all cores
Errors:  as mask_pii; invalid_argument for threads below 0)");
}

}  // namespace paritas::python
