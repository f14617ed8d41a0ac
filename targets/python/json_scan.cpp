#include "paritas/repair/json_scan.hpp"

#include "bindings.hpp"
#include "json_text.hpp"

namespace paritas::python {

void bind_json_scan(py::module_& m) {
  m.def(
      "is_valid_json",
      [](const JsonText& text) {
        return text.view().size() < 4096 ? is_valid_json(text) : unlocked([&] { return is_valid_json(text); });
      },
      py::arg("s"),
      R"(Whether a text is one JSON value (RFC 8259), of any depth, with nothing but white space around it.

A lone surrogate makes a text invalid; its escape does not.)");
  m.def(
      "get_json_type",
      [](const JsonText& text) -> py::object {
        const auto type = unlocked([&] { return json_type(text); });
        if (!type) return py::none();
        const std::string_view word = name(*type);
        return py::str(word.data(), word.size());
      },
      py::arg("s"), R"("object", "array", "string", "number", "boolean" or "null"; None for what is not valid JSON.)");
}

}  // namespace paritas::python
