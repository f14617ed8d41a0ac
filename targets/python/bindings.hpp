#pragma once
// What every binding includes. It names none of them, or each new one would compile all the others anew: the list is in
// module.cpp.
#include <pybind11/pybind11.h>
