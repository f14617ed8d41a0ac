#include "paritas/ocr/formats.hpp"

#include <optional>
#include <unordered_map>

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// True, False or None.
class DayFirst {
 public:
  void read(py::handle value) {
    if (!value.is_none() && !PyBool_Check(value.ptr())) raise_type("True, False or None", value);
    if (!value.is_none()) options_.day_first = value.ptr() == Py_True;
  }
  operator const FormatOptions&() const { return options_; }

 private:
  FormatOptions options_;
};

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

/// A str of a word that lives for ever, made once.
py::object word(std::string_view text) {
  static std::unordered_map<const char*, PyObject*> made;  // guarded by the GIL; nothing in between gives it away
  PyObject*& object = made[text.data()];
  if (object == nullptr) object = py::str(text.data(), text.size()).release().ptr();
  return py::reinterpret_borrow<py::object>(object);
}

py::object record_of(const FormatResult& result) {
  static const Record record("FormatResult", "paritas.results_ocr");
  py::tuple notes(result.notes.size());
  for (std::size_t i = 0; i < result.notes.size(); ++i) notes[i] = word(result.notes[i]);
  py::object suggestion = py::none();
  if (result.suggestion) suggestion = py::str(*result.suggestion);
  return record.make(result.valid, word(name(result.type)), result.normalized, word(result.reason),
                     py::object(std::move(notes)), result.checks_passed, result.checks, std::move(suggestion));
}

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::DayFirst> : paritas_caster<paritas::python::DayFirst> {
  static constexpr auto name = const_name("bool | None");
};
template <>
struct type_caster<paritas::python::Types> : paritas_caster<paritas::python::Types> {
  static constexpr auto name = const_name("str | collections.abc.Sequence[str]");
};

}  // namespace pybind11::detail

namespace paritas::python {

void bind_formats(py::module_& m) {
  m.def(
      "validate_format",
      [](const Text& text, const Text& type, const DayFirst& day_first) {
        const FormatType known = unwrap(format_type(type));
        return record_of(unlocked([&] { return validate_format(text, known, day_first); }));
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
        return list_of(unwrap(unlocked([&] { return types.validate(texts, day_first); })), record_of);
      },
      py::arg("texts"), py::arg("types"), py::kw_only(), py::arg("day_first") = py::none(),
      R"(validate_format for many texts, on all cores when there are thousands.

types:   one for all, or one for each text
Returns: list of FormatResult
Errors:  length_mismatch for another number of types; invalid_argument with the index of an unknown one)");
}

}  // namespace paritas::python
