#include "paritas/ocr/formats.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

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
  static std::unordered_map<const char*, py::handle> made;  // guarded by the GIL; nothing in between gives it away
  static std::pair<const char*, py::handle> last;           // a batch says the same most of the time
  if (last.first != text.data()) {
    py::handle& object = made[text.data()];
    if (!object) object = py::str(text.data(), text.size()).release();
    last = {text.data(), object};
  }
  return py::reinterpret_borrow<py::object>(last.second);
}

namespace {

py::object type_word(FormatType type) {
  static py::handle made[256];
  py::handle& object = made[static_cast<std::uint8_t>(type)];
  if (!object) object = lasting_word(name(type)).release();
  return py::reinterpret_borrow<py::object>(object);
}

/// Most are ASCII, which is copied as it is.
py::object str_of(const std::string& text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  if (!ascii || text.empty()) return py::str(text);
  PyObject* made = PyUnicode_New(static_cast<Py_ssize_t>(text.size()), 127);
  if (made == nullptr) throw py::error_already_set();
  std::memcpy(PyUnicode_1BYTE_DATA(made), text.data(), text.size());
  return py::reinterpret_steal<py::object>(made);
}

}  // namespace

py::object format_record(const FormatResult& result) {
  static const Record record("FormatResult", "paritas.results_ocr");
  py::tuple notes(result.notes.size());
  for (std::size_t i = 0; i < result.notes.size(); ++i) notes[i] = lasting_word(result.notes[i]);
  py::object suggestion = py::none();
  if (result.suggestion) suggestion = str_of(*result.suggestion);
  py::object made =
      record.make(result.valid, type_word(result.type), str_of(result.normalized), lasting_word(result.reason),
                  py::object(std::move(notes)), result.checks_passed, result.checks, std::move(suggestion));
  PyObject_GC_UnTrack(made.ptr());  // nothing in it can lead back to it, and a collector that looks costs as much as it
  return made;
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
