#pragma once
#include "convert.hpp"
#include "paritas/retrieve/analyzer.hpp"

namespace paritas::python {

/// An Analyzer from keyword arguments; a name that it does not know raises ParitasTypeError.
Analyzer make_analyzer(const py::kwargs& options);

}  // namespace paritas::python
