#include "paritas/ocr/field_confidence.hpp"

#include <deque>

#include "bindings.hpp"
#include "formats.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// A class that lives as long as the process.
PyTypeObject* type_of(const char* name, const char* module) {
  return reinterpret_cast<PyTypeObject*>(py::object(py::module_::import(module).attr(name)).release().ptr());
}

bool is_mapping(PyObject* value) {
  static PyTypeObject* const mapping = type_of("Mapping", "collections.abc");
  if (PyList_CheckExact(value) || PyTuple_CheckExact(value)) return false;
  if (PyDict_Check(value)) return true;
  const int found = PyObject_IsInstance(value, reinterpret_cast<PyObject*>(mapping));
  if (found < 0) throw py::error_already_set();
  return found == 1;
}

/// The items of any iterable but a str, bytes or a mapping, as a tuple of our own.
py::object items_of(py::handle values, const char* needed) {
  PyObject* const object = values.ptr();
  const bool known = PyList_CheckExact(object) || PyTuple_CheckExact(object);
  if (!known &&
      (PyUnicode_Check(object) || PyBytes_Check(object) || is_mapping(object) || !py::hasattr(values, "__iter__"))) {
    raise_type(needed, values);
  }
  auto items = py::reinterpret_steal<py::object>(PySequence_Tuple(object));
  if (!items) throw py::error_already_set();
  return items;
}

/// What a record or a mapping has under some names, in their order; None where a mapping has none.
class Reader {
 public:
  Reader(const char* record, const char* needed, std::span<const char* const> names)
      : type_(type_of(record, "paritas.results_ocr")), needed_(needed) {
    for (const char* name : names) names_.push_back(py::str(name).release().ptr());
  }
  template <class Take>
  void read(py::handle value, Take take) const {
    PyObject* const object = value.ptr();
    if (PyType_IsSubtype(Py_TYPE(object), type_) &&
        PyTuple_GET_SIZE(object) == static_cast<Py_ssize_t>(names_.size())) {  // tuple.__new__ makes shorter ones
      for (std::size_t i = 0; i < names_.size(); ++i) {
        take(i, py::reinterpret_borrow<py::object>(PyTuple_GET_ITEM(object, static_cast<Py_ssize_t>(i))));
      }
    } else if (PyDict_CheckExact(object)) {
      for (std::size_t i = 0; i < names_.size(); ++i) {
        PyObject* const found = PyDict_GetItemWithError(object, names_[i]);
        if (found == nullptr && PyErr_Occurred() != nullptr) throw py::error_already_set();
        take(i, py::reinterpret_borrow<py::object>(found == nullptr ? Py_None : found));
      }
    } else if (is_mapping(object)) {
      std::vector<py::object> found;
      for (PyObject* const name : names_) found.push_back(value.attr("get")(py::handle(name)));
      for (std::size_t i = 0; i < names_.size(); ++i) take(i, found[i]);
    } else {
      raise_type(needed_, value);
    }
  }

 private:
  PyTypeObject* type_;
  const char* needed_;
  std::vector<PyObject*> names_;  // kept for the life of the process
};

/// Where the value stands that is being read, as an error tells it: "document 1, field 0, word 2, confidence".
struct Place {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t document = kNone, field = kNone, word = kNone;
  const char* key = nullptr;

  [[nodiscard]] std::string said() const {
    std::string out;
    const auto add = [&](const std::string& part) { out.append(out.empty() ? "" : ", ").append(part); };
    if (document != kNone) add("document " + std::to_string(document));
    if (field != kNone) add("field " + std::to_string(field));
    if (word != kNone) add("word " + std::to_string(word));
    if (key != nullptr) add(key);
    return out;
  }
  /// Raises an error of ours again, with the place before its sentence, and any other as it is.
  [[noreturn]] void raise_again(const py::error_already_set& error) const {
    const std::string place = said();
    if (place.empty() || !error.matches(py::module_::import("paritas.errors").attr("ParitasError"))) throw error;
    const py::object& value = error.value();
    const std::string message = place + ": " + py::str(value).cast<std::string>();
    PyErr_SetObject(error.type().ptr(), error.type()(value.attr("code"), message, value.attr("offset")).ptr());
    throw py::error_already_set();
  }
};

/// The fields of some documents. Their texts and names stay alive, whatever the caller does to the lists meanwhile.
class Documents {
 public:
  /// One more document; with its number where there are many.
  void add(py::handle values, std::size_t document = Place::kNone) {
    Place place{.document = document};
    try {
      read_fields(values, place);
    } catch (const py::error_already_set& error) {
      place.raise_again(error);
    }
    ends_.push_back(fields_.size());
  }

  /// Only when all is read: the words have moved meanwhile.
  void finish() {
    std::size_t at = 0;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      fields_[i].words = std::span(words_).subspan(at, counts_[i]);
      at += counts_[i];
    }
    at = 0;
    for (const std::size_t end : ends_) {
      documents_.push_back(std::span(fields_).subspan(at, end - at));
      at = end;
    }
  }
  [[nodiscard]] std::span<const std::span<const OcrField>> all() const { return documents_; }

  /// The name of a field of one document, as it is given back.
  [[nodiscard]] py::object name(std::size_t document, std::size_t field) const {
    const std::size_t at = (document == 0 ? 0 : ends_[document - 1]) + field;
    if (PyUnicode_IS_ASCII(names_[at].ptr())) return names_[at];
    return py::str(fields_[at].name.data(), fields_[at].name.size());
  }

 private:
  std::string_view lend(py::object text) {
    texts_.emplace_back();
    texts_.back().read(text);
    keep_.push_back(std::move(text));
    return texts_.back();
  }
  void read_fields(py::handle values, Place& place) {
    static constexpr const char* kKeys[] = {"name", "text", "type", "words"};
    static const Reader reader("OcrField", "a mapping or an OcrField", kKeys);
    const py::object items = items_of(values, "a sequence of fields");
    for (const py::handle item : py::reinterpret_borrow<py::tuple>(items)) {
      place = {.document = place.document, .field = place.field + 1};  // none and one is 0
      OcrField field;
      const std::size_t first = words_.size();
      reader.read(item, [&](std::size_t key, py::object value) {
        place.key = kKeys[key];
        if (key == 0) {
          names_.push_back(value);
          field.name = lend(std::move(value));
        } else if (value.is_none()) {
          return;  // no text, the usual type, no words
        } else if (key == 1) {
          field.text = lend(std::move(value));
        } else if (key == 2) {
          field.type = lend(std::move(value));
        } else {
          read_words(value, place);
        }
      });
      fields_.push_back(field);
      counts_.push_back(words_.size() - first);
    }
  }
  void read_words(py::handle values, Place& place) {
    static constexpr const char* kKeys[] = {"text", "confidence"};
    static const Reader reader("OcrWord", "a mapping or an OcrWord", kKeys);
    const py::object items = items_of(values, "a sequence of words");
    for (const py::handle item : py::reinterpret_borrow<py::tuple>(items)) {
      ++place.word;
      place.key = nullptr;
      OcrWord word;
      reader.read(item, [&](std::size_t key, py::object value) {
        place.key = kKeys[key];
        if (key == 0) {
          word.text = lend(std::move(value));
        } else {
          Real confidence;
          confidence.read(value);
          word.confidence = confidence;
        }
      });
      words_.push_back(word);
    }
  }

  std::deque<Text> texts_;
  std::vector<py::object> keep_, names_;
  std::vector<OcrWord> words_;
  std::vector<OcrField> fields_;
  std::vector<std::size_t> counts_, ends_;  // words of each field; fields up to each document
  std::vector<std::span<const OcrField>> documents_;
};

/// The fields of one document.
class Fields : public Documents {
 public:
  void read(py::handle values) {
    add(values);
    finish();
  }
};

/// Those of many.
class ManyFields : public Documents {
 public:
  void read(py::handle values) {
    const py::object items = items_of(values, "a sequence of documents");
    std::size_t document = 0;
    for (const py::handle item : py::reinterpret_borrow<py::tuple>(items)) add(item, document++);
    finish();
  }
};

/// A str or None.
class OptionalText {
 public:
  void read(py::handle value) {
    if (value.is_none()) return;
    text_.read(value);
    there_ = true;
  }
  [[nodiscard]] std::optional<std::string_view> view() const {
    return there_ ? std::optional<std::string_view>(text_.view()) : std::nullopt;
  }
  [[nodiscard]] py::object object() const {
    return there_ ? py::object(py::str(text_.view().data(), text_.view().size())) : py::none();
  }

 private:
  Text text_;
  bool there_ = false;
};

template <class T>
py::object optional_number(const std::optional<T>& value) {
  return value ? py::object(py::float_(*value)) : py::none();
}

py::object record_of(const FieldReport& report, std::size_t document, const Documents& documents,
                     const py::object& regime) {
  static const char* const module = "paritas.results_ocr";
  static const Record whole("FieldReport", module), one("FieldConfidence", module), reason("FieldReason", module),
      summary("DocumentSummary", module);
  const auto name = [&](std::size_t field) { return documents.name(document, field); };
  std::size_t at = 0;
  const py::object fields = list_of(report.fields, [&](const FieldConfidence& field) {
    return one.make(name(at++), field.confidence, field.evidence, optional_number(field.engine),
                    field.format ? format_record(*field.format) : py::object(py::none()),
                    optional_number(field.quality), field.multiplier,
                    list_of(field.reasons, [&](const FieldReason& step) {
                      return reason.make(lasting_word(step.code), step.factor, step.detail);
                    }));
  });
  const DocumentSummary& of = report.summary;
  return whole.make(fields, summary.make(of.fields, of.extracted, of.missing, of.mean, of.minimum,
                                         of.weakest ? name(*of.weakest) : py::object(py::none()), of.expected_errors,
                                         list_of(of.review, name), of.multiplier, py::object(regime), of.efficiency));
}

FieldOptions options_of(const OptionalText& regime, double base_confidence, std::string_view scale,
                        const FormatOptions& format, double review_below) {
  return {regime.view(), base_confidence, scale, format.day_first, review_below};
}

py::object one_document(const Fields& fields, const OptionalText& regime, const Real& base_confidence,
                        const Text& scale, const DayFirst& day_first, const Real& review_below) {
  const FieldOptions options = options_of(regime, base_confidence, scale, day_first, review_below);
  const FieldReport report = unwrap(unlocked([&] { return field_confidence(fields.all()[0], options); }));
  return record_of(report, 0, fields, regime.object());
}

py::object many_documents(const ManyFields& documents, const OptionalText& regime, const Real& base_confidence,
                          const Text& scale, const DayFirst& day_first, const Real& review_below, Whole threads) {
  const FieldOptions options = options_of(regime, base_confidence, scale, day_first, review_below);
  const std::vector<FieldReport> reports =
      unwrap(unlocked([&] { return field_confidence_batch(documents.all(), options, threads); }));
  std::size_t at = 0;
  const py::object name = regime.object();
  return list_of(reports, [&](const FieldReport& report) { return record_of(report, at++, documents, name); });
}

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Fields> : paritas_caster<paritas::python::Fields> {
  static constexpr auto name = const_name("collections.abc.Sequence[typing.Any]");
};
template <>
struct type_caster<paritas::python::ManyFields> : paritas_caster<paritas::python::ManyFields> {
  static constexpr auto name = const_name("collections.abc.Sequence[collections.abc.Sequence[typing.Any]]");
};
template <>
struct type_caster<paritas::python::OptionalText> : paritas_caster<paritas::python::OptionalText> {
  static constexpr auto name = const_name("str | None");
};

}  // namespace pybind11::detail

namespace paritas::python {

void bind_field_confidence(py::module_& m) {
  const FieldOptions defaults;
  const std::string regime(*defaults.regime), scale(defaults.scale);
  m.def("field_confidence", &one_document, py::arg("fields"), py::kw_only(), py::arg("regime") = regime,
        py::arg("base_confidence") = defaults.base_confidence, py::arg("scale") = scale,
        py::arg("day_first") = py::none(), py::arg("review_below") = defaults.review_below,
        R"(How far the fields of one document can be trusted, and why.

From the confidence of their words, their formats and check digits, and signs of noise. It sees what was read, never the
image: a wrong digit in an amount that is still an amount goes unseen.

fields:          OcrField or mappings with name, text, type and words; words: OcrWord or mappings with text and confidence
regime:          of the Williams multiplier; None for 1, which leaves the evidence as it is
base_confidence: what is assumed of a field whose words have no confidence, 0 to 1
scale:           of the words' confidence: "unit", "percent", or "auto" for percent if any of them is above 1
day_first:       whether 03/04/2024 is the third of April; None: such a date is ambiguous
review_below:    fields with less evidence are named in the summary, 0 to 1
Returns:         FieldReport(fields, summary)
Errors:          invalid_argument, for an unknown type with the number of the field)");
  m.def(
      "field_confidence_batch", &many_documents, py::arg("documents"), py::kw_only(), py::arg("regime") = regime,
      py::arg("base_confidence") = defaults.base_confidence, py::arg("scale") = scale,
      py::arg("day_first") = py::none(), py::arg("review_below") = defaults.review_below, py::arg("threads") = 0,
      R"(field_confidence of each document. The scale "auto" looks at the words of one document: none depends on another.

threads: 0 for all cores; never changes a result
Returns: list of FieldReport
Errors:  invalid_argument, for an unknown type with the number of the document)");
}

}  // namespace paritas::python
