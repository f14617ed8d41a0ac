#include "paritas/ocr/formats.hpp"

#include <optional>
#include <unordered_map>

#include "bindings.hpp"
#include "formats.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// One name of a type, or one for each text.
class Types {
 public:
  void read(py::handle names) {
    if (PyUnicode_Check(names.ptr())) {
      Text name;
      name.read(names);
      types_.push_back(unwrap(format_type(name)));
      return;
    }
    Texts each;
    each.read(names);
    one_for_all_ = false;
    types_.reserve(each.size());
    const std::span<const std::string_view> views = each;
    for (std::size_t i = 0; i < views.size(); ++i) {
      auto type = format_type(views[i]);
      if (!type.ok()) raise({type.error().code, type.error().message, i});
      types_.push_back(type.value());
    }
  }
  [[nodiscard]] Result<std::vector<FormatResult>> validate(std::span<const std::string_view> texts,
                                                           const FormatOptions& options) const {
    return one_for_all_ ? validate_format_batch(texts, types_[0], options)
                        : validate_format_batch(texts, std::span(types_), options);
  }

 private:
  std::vector<FormatType> types_;
  bool one_for_all_ = true;
};

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Types> : paritas_caster<paritas::python::Types> {
  static constexpr auto name = const_name("str | collections.abc.Sequence[str]");
};

}  // namespace pybind11::detail

namespace paritas::python {

py::object lasting_word(std::string_view text) {
  static std::unordered_map<const char*, PyObject*> made;  // guarded by the GIL; nothing in between gives it away
  PyObject*& object = made[text.data()];
  if (object == nullptr) object = py::str(text.data(), text.size()).release().ptr();
  return py::reinterpret_borrow<py::object>(object);
}

py::object format_record(const FormatResult& result) {
  static const Record record("FormatResult", "paritas.results_ocr");
  py::tuple notes(result.notes.size());
  for (std::size_t i = 0; i < result.notes.size(); ++i) notes[i] = lasting_word(result.notes[i]);
  py::object suggestion = py::none();
  if (result.suggestion) suggestion = py::str(*result.suggestion);
  return record.make(result.valid, lasting_word(name(result.type)), result.normalized, lasting_word(result.reason),
                     py::object(std::move(notes)), result.checks_passed, result.checks, std::move(suggestion));
}

void bind_formats(py::module_& m) {
  m.def(
      "validate_format",
      [](const Text& text, const Text& type, const DayFirst& day_first) {
        const FormatType known = unwrap(format_type(type));
        return format_record(unlocked([&] { return validate_format(text, known, day_first); }));
      },
      py::arg("text"), py::arg("type"), py::kw_only(), py::arg("day_first") = py::none(),
      R"(Whether a text is a well-formed value, by its form and its check digits.

text:      read after NFKC, every decimal digit as ASCII, runs of White_Space as one space, trimmed
type:      date, amount, number, iban, mrz, email, phone, card, country or currency
day_first: whether 03/04/2024 is the third of April; None: such a date is ambiguous
Returns:   FormatResult(valid, type, normalized, reason, notes, checks_passed, checks, suggestion)
Errors:    invalid_argument for another type)");
  m.def(
      "validate_format_batch",
      [](const Texts& texts, const Types& types, const DayFirst& day_first) {
        return list_of(unwrap(unlocked([&] { return types.validate(texts, day_first); })), format_record);
      },
      py::arg("texts"), py::arg("types"), py::kw_only(), py::arg("day_first") = py::none(),
      R"(validate_format for many texts, on all cores when there are thousands.

types:   one for all, or one for each text
Returns: list of FormatResult
Errors:  length_mismatch for another number of types; invalid_argument with the index of an unknown one)");
}

}  // namespace paritas::python
