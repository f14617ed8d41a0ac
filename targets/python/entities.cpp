#include "paritas/verify/entities.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object entities_of(const Text& text) {
  static const Record record("Entity");
  const std::vector<Entity> found = unlocked([&] { return extract_entities(text); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const Entity& entity) {
    return record.make(span_record(entity.span, offsets), py::object(py::cast(entity.keys)), entity.strong);
  });
}

}  // namespace

void bind_entities(py::module_& m) {
  m.def("extract_entities", &entities_of, py::arg("text"),
        R"(The names of a text in order, found by their capitals.

Returns: list of Entity(span, keys, strong); a weak one is no more than a capital at the start of a sentence)");
}

}  // namespace paritas::python
