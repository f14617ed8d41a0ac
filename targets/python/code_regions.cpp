#include "paritas/text/code_regions.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object code_regions_of(const Text& text, const Flag& with_inline) {
  static const Record record("CodeRegion", "paritas.results_filter");
  const std::vector<CodeRegion> found = unlocked([&] { return code_regions(text, with_inline); });
  const OffsetMap offsets(text);
  return list_of(found, [&](const CodeRegion& region) {
    const Span span = offsets.codepoints(region.span);
    return record.make(name(region.kind), span.start, span.end, region.info.of(text), region.closed);
  });
}

}  // namespace

void bind_code_regions(py::module_& m) {
  m.def("code_regions", &code_regions_of, py::arg("text"), py::arg("inline") = true,
        R"(The fences of a Markdown text and, unless `inline` is False, its inline code, in order.

A fence is a line of up to 3 spaces and 3 or more ` or ~; it closes at a line of at least as many of them, or at the end of
the text. Its region has both lines, without the last line end. Inline code closes at the next run of as many backticks
before a blank line or a fence; without one it is text.)");
}

}  // namespace paritas::python
