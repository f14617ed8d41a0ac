#pragma once
#include <pybind11/pybind11.h>

#include <span>

#include "paritas/vectors/topk.hpp"

namespace paritas::python {

/// [(index, score)]
pybind11::list hit_list(std::span<const Neighbour> hits);

}  // namespace paritas::python
