#pragma once
#include "convert.hpp"
#include "paritas/match/pii.hpp"

namespace paritas::python {

/// Names of kinds of personal data.
class Kinds {
 public:
  void read(py::handle names) {
    Texts each;
    each.read(names);
    kinds_ = unwrap(PiiKinds::of(each));
  }
  operator PiiKinds() const { return kinds_; }

 private:
  PiiKinds kinds_;
};

/// The kinds that are looked for where nothing is said.
inline py::tuple names_of(PiiKinds kinds) {
  const std::vector<std::string_view> names = kinds.names();
  py::tuple out(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) out[i] = py::str(names[i].data(), names[i].size());
  return out;
}

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Kinds> : paritas_caster<paritas::python::Kinds> {
  static constexpr auto name = const_name("collections.abc.Sequence[str]");
};

}  // namespace pybind11::detail
