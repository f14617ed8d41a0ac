#pragma once
#include "convert.hpp"
#include "paritas/retrieve/analyzer.hpp"

namespace paritas::python {

/// An Analyzer from keyword arguments; a name that it does not know raises ParitasTypeError.
Analyzer make_analyzer(const py::kwargs& options);

/// Spans of a text as Python counts them.
py::list code_points(const std::vector<Span>& found, const Text& text);

}  // namespace paritas::python
