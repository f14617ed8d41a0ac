#pragma once
#include <string_view>

#include "integers.hpp"
#include "paritas/repair/json_repair.hpp"

namespace paritas::python {

/// RepairResult of paritas.results_repair. input: the str whose text it was, given back where it is the result
py::object repair_record(const RepairResult& result, std::string_view text, const py::object& input);

}  // namespace paritas::python
