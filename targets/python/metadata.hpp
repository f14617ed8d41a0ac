#pragma once
#include <string>
#include <string_view>

#include "convert.hpp"
#include "paritas/retrieve/metadata.hpp"

namespace paritas::python {

/// The bytes of a flat dict; raises where it is none.
std::string metadata_bytes(py::handle metadata);

/// The dict again.
py::dict metadata_dict(std::string_view bytes);

}  // namespace paritas::python
