#include "paritas/match/response.hpp"

#include <memory>

#include "bindings.hpp"
#include "formats.hpp"
#include "integers.hpp"
#include "pii.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object result_type(const char* name) { return py::module_::import("paritas.results_validate").attr(name); }

template <class Reader>
Reader& field(Reader& reader, py::handle rules, const char* name) {
  reader.read(rules.attr(name));
  return reader;
}

/// ResponseRules or None, ready to judge.
class Validator {
 public:
  void read(py::handle rules) {
    ResponseRules out;
    if (rules.is_none()) {
      validator_ = unwrap(ResponseValidator::build(out));
      return;
    }
    if (!py::isinstance(rules, result_type("ResponseRules"))) raise_type("ResponseRules or None", rules);
    Flag flag;
    out.leakage = field(flag, rules, "leakage");
    out.garbage = field(flag, rules, "garbage");
    out.refusal = field(flag, rules, "refusal");
    out.secrets = field(flag, rules, "secrets");
    Texts kinds, required, forbidden, allow;
    field(kinds, rules, "pii");
    Whole length;
    out.min_length = field(length, rules, "min_length");
    out.max_length = field(length, rules, "max_length");
    const auto views = [](std::span<const std::string_view> texts) {
      return std::vector<std::string_view>(texts.begin(), texts.end());
    };
    out.required = views(field(required, rules, "required"));
    out.forbidden = views(field(forbidden, rules, "forbidden"));
    out.respect_code = field(flag, rules, "respect_code");
    Text severity;
    field(severity, rules, "fail_severity");
    out.allow = views(field(allow, rules, "allow"));
    out.pii = unwrap(PiiKinds::of(kinds));
    out.fail_severity = unwrap(fail_severity_of(severity));
    validator_ = unwrap(ResponseValidator::build(out));
  }
  [[nodiscard]] const ResponseValidator& get() const { return *validator_; }

 private:
  std::optional<ResponseValidator> validator_;
};

py::object text_of(std::string_view text) {
  return py::reinterpret_steal<py::object>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}

py::object result_of(const ValidationResult& result, py::handle given, std::string_view text,
                     const ResponseValidator& validator) {
  static const Record record("Issue", "paritas.results_validate");
  static const py::handle type = result_type("ValidationResult").release();
  const OffsetMap offsets(result.issues.empty() ? std::string_view() : text);
  py::object issues = list_of(result.issues, [&](const Issue& issue) {
    return record.make(lasting_word(name(issue.kind)), lasting_word(issue.rule), lasting_word(name(issue.severity)),
                       offsets.codepoint(issue.span.start), offsets.codepoint(issue.span.end), issue.message);
  });
  py::dict counts;
  for (std::size_t kind = 0; kind < kIssueKinds; ++kind) {
    counts[lasting_word(name(static_cast<IssueKind>(kind)))] = result.counts[kind];
  }
  const py::cpp_function sanitize([text = py::reinterpret_borrow<py::object>(given), validator] {
    Text utf8;
    utf8.read(text);
    return text_of(unlocked([&] { return validator.sanitized(utf8); }));
  });
  return type(result.ok, std::move(issues), std::move(counts), sanitize);
}

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Validator> : paritas_caster<paritas::python::Validator> {
  static constexpr auto name = const_name("paritas.results_validate.ResponseRules | None");
};

}  // namespace pybind11::detail

namespace paritas::python {

void bind_response(py::module_& m) {
  m.def(
      "validate_response",
      [](const py::object& given, const Validator& rules) {
        Text text;
        text.read(given);
        const ValidationResult result = unlocked([&] { return rules.get().validate(text); });
        return result_of(result, given, text, rules.get());
      },
      py::arg("text"), py::arg("rules") = py::none(),
      R"(Whether an answer of a language model may be shown, and what is wrong with it.

rules:   ResponseRules, what to look for; None: everything, personal data of all kinds
Returns: ValidationResult(ok, issues, counts, sanitized)
Errors:  invalid_argument for a rule without meaning; pattern_empty for an empty text in required or forbidden)");
  m.def(
      "validate_response_batch",
      [](const py::object& given, const Validator& rules, const Whole& threads) {
        Texts texts;
        const py::object items = given;
        texts.read(items);
        const std::span<const std::string_view> views = texts;
        const auto results = unwrap(unlocked([&] { return validate_response_batch(texts, rules.get(), threads); }));
        py::list out(results.size());
        for (std::size_t i = 0; i < results.size(); ++i) {
          out[i] = result_of(results[i], text_of(views[i]), views[i], rules.get());
        }
        return out;
      },
      py::arg("texts"), py::arg("rules") = py::none(), py::kw_only(), py::arg("threads") = 0,
      R"(validate_response for many texts.

threads: 0 for all cores
Errors:  as validate_response; invalid_argument for threads below 0)");
  m.def(
      "sanitize_response", [](const Text& text) { return text_of(unlocked([&] { return sanitize_response(text); })); },
      py::arg("text"),
      R"(What may be shown of an answer: validate_response(text).sanitized without more than two empty lines in a row and
without white space around it.)");
  m.def(
      "is_garbage_content", [](const Text& text) { return unlocked([&] { return is_garbage_content(text); }); },
      py::arg("text"), "Whether an answer has a fault of length, leaked syntax or garbage that is high.");
  m.def(
      "detect_leakage_patterns",
      [](const Text& text) {
        const auto found = unlocked([&] { return detect_leakage_patterns(text); });
        const OffsetMap offsets(text);
        return list_of(found, [&](const LeakagePattern& leak) {
          return py::make_tuple(offsets.codepoint(leak.span.start), offsets.codepoint(leak.span.end),
                                lasting_word(leak.rule));
        });
      },
      py::arg("text"), "Start, end and rule of what validate_response reports as leakage.");
  m.def(
      "strip_markup", [](const Text& text) { return text_of(unlocked([&] { return strip_markup(text); })); },
      py::arg("text"),
      R"(The text without its tags: "<" and a letter, "/", "!" or "?" up to the next ">" with no "<" between.)");
}

}  // namespace paritas::python
