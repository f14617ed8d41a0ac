#include "paritas/match/tool_name.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object tool_name_of(const Text& name) {
  static const Record record("ToolName", "paritas.results_match");
  const std::string_view fault = tool_name_fault(name);
  return record.make(fault.empty(),
                     fault.empty() ? py::object(py::none()) : py::object(py::str(fault.data(), fault.size())));
}

}  // namespace

void bind_tool_name(py::module_& m) {
  m.def("validate_tool_name", &tool_name_of, py::arg("name"),
        R"(Whether a model may call a tool by this name.

name:    1 to 64 of ASCII letters, digits, "_", "-" and ".", the first a letter or "_"; "github.search" is one
Returns: ToolName(ok, reason); reason is None, or the first that holds of "empty", "too_long" (code points),
         "starts_with_digit", "invalid_characters")");
}

}  // namespace paritas::python
