#pragma once
#include "convert.hpp"
#include "paritas/stream/halt.hpp"

namespace paritas::python {

/// What a number is: a float, an int, or what says so by __float__ or __index__; none for True and all else.
std::optional<double> number_of(py::handle value);

/// A HaltConfig with values for some fields laid over it. Errors: invalid_argument, a TypeError for a wrong type
HaltConfig with_fields(const HaltConfig& config, const py::dict& fields);

/// HaltConfig; halt.cpp binds the monitor after it.
void bind_halt_config(py::module_& m);

}  // namespace paritas::python
