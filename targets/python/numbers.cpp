#include "paritas/verify/numbers.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object numbers_of(const Text& text) {
  static const Record record("Number");
  const std::vector<Number> found = unlocked([&] { return extract_numbers(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Number& number) {
    return record.make(number.kind, number.value, number.unit, number.dimension, number.per, number.op, number.soft,
                       py::object(py::cast(number.nouns)), int{number.year}, int{number.month}, int{number.day},
                       number.ambiguous, span_record(number.span, offsets));
  });
}

}  // namespace

void bind_numbers(py::module_& m) {
  m.def("extract_numbers", &numbers_of, py::arg("text"),
        R"(The numbers of a text in order: quantities, ordinals, dates, decades and times, in digits or words.

Returns: list of Number(kind, value, unit, dimension, per, op, soft, nouns, year, month, day, ambiguous, span))");
}

}  // namespace paritas::python
