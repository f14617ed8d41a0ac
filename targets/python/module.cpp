#include "bindings.hpp"

PYBIND11_MODULE(_native, m) {
  using namespace paritas::python;
  bind_trend(m);
}
