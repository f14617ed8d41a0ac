#include "paritas/ocr/williams.hpp"

#include <pybind11/typing.h>

#include <string>

#include "bindings.hpp"
#include "integers.hpp"

namespace paritas::python {
namespace {

PyTypeObject* space_bound_result_type() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> storage;
  const py::object& type = storage
                               .call_once_and_store_result([]() -> py::object {
                                 return py::module_::import("paritas.results").attr("SpaceBoundResult");
                               })
                               .get_stored();
  return reinterpret_cast<PyTypeObject*>(type.ptr());
}

/// Filled in place: the constructor of a NamedTuple takes twice as long as the rest of the call.
py::object record(const SpaceBoundResult& result) {
  PyTypeObject* type = space_bound_result_type();
  auto out = py::reinterpret_steal<py::object>(type->tp_alloc(type, 4));
  if (!out) throw py::error_already_set();
  PyTuple_SET_ITEM(out.ptr(), 0, PyFloat_FromDouble(result.space_bound));
  PyTuple_SET_ITEM(out.ptr(), 1, PyFloat_FromDouble(result.efficiency));
  PyTuple_SET_ITEM(out.ptr(), 2, PyLong_FromLongLong(result.time_complexity));
  PyTuple_SET_ITEM(out.ptr(), 3, PyFloat_FromDouble(result.space_reduction_percent));
  return out;
}

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::SpaceBoundResult> {
  PYBIND11_TYPE_CASTER(paritas::SpaceBoundResult, const_name("paritas.results.SpaceBoundResult"));
  static handle cast(const paritas::SpaceBoundResult& result, return_value_policy, handle) {
    return paritas::python::record(result).release();
  }
};

}  // namespace pybind11::detail

namespace paritas::python {

namespace {

py::object space_bounds(const Integrals& t, Flag bounds_only) {
  py::array_t<double> bound = t.like();
  const py::object batch = py::module_::import("paritas.results").attr("SpaceBoundBatch");
  if (bounds_only) {
    unlocked([&, out = span_of(bound)] { space_bound_batch(t, out, {}, {}); });
    return batch(bound, py::none(), py::none());
  }
  py::array_t<double> efficiency = t.like();
  py::array_t<double> reduction = t.like();
  unlocked([&, out = span_of(bound), second = span_of(efficiency), third = span_of(reduction)] {
    space_bound_batch(t, out, second, third);
  });
  return batch(bound, efficiency, reduction);
}

py::array_t<double> multipliers(const Integrals& n, const Text& regime) {
  py::array_t<double> out = n.like();
  unlocked([&, to = span_of(out)] { confidence_multiplier_batch(n, regime, to); });
  return out;
}

py::typing::Dict<py::str, py::object> stats(const WilliamsSpaceOptimizer& self) {
  const OptimizationStats all = self.get_optimization_stats();
  py::typing::Dict<py::str, py::object> out;
  out["average_efficiency"] = all.average_efficiency;
  out["max_efficiency"] = all.max_efficiency;
  out["operation_count"] = all.operation_count;
  out["total_space_saved"] = all.total_space_saved;
  return out;
}

void bind_published(py::module_& m) {
  m.def(
      "williams_space_bound", [](Integral t) { return williams_space_bound(t); }, py::arg("t"),
      "S = sqrt(t) * log2(t); 1.0 for t up to 1.");
  m.def(
      "williams_optimal_batch_size", [](Integral t) { return williams_optimal_batch_size(t); }, py::arg("t"),
      "S cut to a whole number; 1 for t up to 1.");
  m.def(
      "williams_efficiency_multiplier", [](Integral t) { return williams_efficiency_multiplier(t); }, py::arg("t"),
      "E = t / S; 1.0 for t up to 1.");
  m.def(
      "williams_space_saved_percent", [](Integral t) { return williams_space_saved_percent(t); }, py::arg("t"),
      "R = ((t - S) / t) * 100; 0.0 for t up to 1. Nothing is saved by computing it.");
  m.def(
      "williams_confidence_multiplier", [](Integral n, Real base) { return williams_confidence_multiplier(n, base); },
      py::arg("n"), py::arg("base"),
      "0.85 + 0.15 * min(1, E(n) / 30); 1.0 for n up to 1. The base is ignored, as published.");
}

/// WilliamsSpaceOptimizer.calculate_space_bound without pybind11's dispatcher, which takes as long as all the rest: this is
/// the method that published back ends call for every page.
PyObject* calculate_space_bound(PyObject* self, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
  try {
    if (count + (names == nullptr ? 0 : PyTuple_GET_SIZE(names)) != 1 ||
        (names != nullptr && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, 0), "time_complexity") != 0)) {
      PyErr_SetString(PyExc_TypeError, "calculate_space_bound() takes one argument, time_complexity");
      return nullptr;
    }
    const auto* instance = reinterpret_cast<py::detail::instance*>(self);
    void* known = instance->simple_layout ? instance->simple_value_holder[0] : nullptr;
    auto& optimizer = known != nullptr ? *static_cast<WilliamsSpaceOptimizer*>(known)
                                       : py::handle(self).cast<WilliamsSpaceOptimizer&>();
    Integral t;
    t.read(arguments[0]);
    return record(optimizer.calculate_space_bound(t)).release().ptr();
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  }
  return nullptr;
}

void bind_optimizer(py::module_& m) {
  const BatchSizeOptions defaults;
  using Optimizer = WilliamsSpaceOptimizer;
  py::class_<Optimizer>(m, "WilliamsSpaceOptimizer",
                        R"(Computes the Williams numbers and remembers the efficiencies.

history_limit: how many of the last efficiencies are kept, 8 bytes each; the statistics cover all of them
Errors:        invalid_argument for a negative limit)")
      .def(py::init([](Whole history_limit) { return unwrap(Optimizer::create(history_limit)); }), py::kw_only(),
           py::arg("history_limit") = kDefaultHistoryLimit)
      .def(
          "optimize_batch_size",
          [](Optimizer& self, Integral total_items, Real available_memory_mb, Real memory_per_item_mb,
             Flag strict_memory) {
            return unwrap(
                self.optimize_batch_size(total_items, available_memory_mb,
                                         {.memory_per_item_mb = memory_per_item_mb, .strict_memory = strict_memory}));
          },
          py::arg("total_items"), py::arg("available_memory_mb"),
          py::arg("memory_per_item_mb") = defaults.memory_per_item_mb, py::kw_only(),
          py::arg("strict_memory") = defaults.strict_memory,
          "optimal_batch_size, with its errors; records E for two items or more.")
      .def(
          "calculate_confidence_multiplier",
          [](Optimizer& self, Integral n, Real base_confidence, const Text& regime) {
            return self.calculate_confidence_multiplier(n, base_confidence, regime);
          },
          py::arg("num_fields_extracted"), py::arg("base_confidence") = kDefaultBaseConfidence,
          py::arg("regime") = std::string(kDefaultRegime),
          "confidence_multiplier; records E for two fields or more. base_confidence is ignored, as published.")
      .def("get_optimization_stats", &stats,
           "average_efficiency, max_efficiency, operation_count and total_space_saved (the sum of E - 1), rounded to "
           "two "
           "decimals; 1.0, 1.0, 0 and 0.0 when nothing was recorded.")
      .def("reset_stats", &Optimizer::reset_stats, "Forgets everything that was recorded.")
      .def_property_readonly("space_efficiency_history", &Optimizer::space_efficiency_history,
                             "The last history_limit efficiencies, oldest first: a copy.")
      .def_property_readonly("max_efficiency_achieved", &Optimizer::max_efficiency_achieved,
                             "The largest efficiency so far; 1.0 at first.");
  static PyMethodDef fast = {
      "calculate_space_bound", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&calculate_space_bound)),
      METH_FASTCALL | METH_KEYWORDS,
      "calculate_space_bound(self: paritas._native.WilliamsSpaceOptimizer, time_complexity: int) -> "
      "paritas.results.SpaceBoundResult\n\nS, E and R of a count; records E for counts from 2 on."};
  const py::object type = m.attr("WilliamsSpaceOptimizer");
  type.attr("calculate_space_bound") =
      py::reinterpret_steal<py::object>(PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(type.ptr()), &fast));
  m.attr("WilliamsSpaceOptimizerFFI") = m.attr("WilliamsSpaceOptimizer");
}

}  // namespace

void bind_williams(py::module_& m) {
  m.def(
      "space_bound", [](Integral t) { return space_bound(t); }, py::arg("t"),
      "S = sqrt(t) * log2(t), E = t / S and R = ((t - S) / t) * 100 of a count; 1.0, 1.0 and 0.0 for counts up to 1.");
  m.def("space_bound_batch", &space_bounds, py::arg("t"), py::kw_only(), py::arg("bounds_only") = false,
        R"(space_bound for many counts, item for item the same bits. Needs NumPy.

t:           an int64 array of any shape, read in place, or another array or sequence of whole numbers
bounds_only: S alone; the other two are None
Returns:     float64 arrays of the shape of t
Errors:      as for one count, with the index of the item)");
  m.def(
      "confidence_multiplier", [](Integral n, const Text& regime) { return confidence_multiplier(n, regime); },
      py::arg("n"), py::arg("regime") = std::string(kDefaultRegime),
      R"(The published factor for n extracted fields, from 0.85 to 1: below 1 for 2 to 226,000 fields, so it lowers a score.

regime:  "support", "exploration" or "balance"; any other name has the leverage 1
Returns: exactly 1.0 for n up to 1)");
  m.def("confidence_multiplier_batch", &multipliers, py::arg("n"), py::arg("regime") = std::string(kDefaultRegime),
        "confidence_multiplier for many counts: a float64 array of the shape of n. Needs NumPy.");
  m.def(
      "calculate_optimal_test_data_size",
      [](Integral target_coverage, Real memory_constraint_mb) {
        return calculate_optimal_test_data_size(target_coverage, memory_constraint_mb);
      },
      py::arg("target_coverage"), py::arg("memory_constraint_mb") = 100,
      "S cut to a whole number; 1 for a target up to 1. The memory is ignored, as published.");
  bind_published(m);
  bind_optimizer(m);
  py::dict leverages;
  leverages["support"] = kSupportLeverage;
  leverages["exploration"] = kExplorationLeverage;
  leverages["balance"] = kBalanceLeverage;
  m.attr("TSP_LEVERAGE_MULTIPLIERS") = leverages;
  m.attr("MATHALIVE_GRAVITY_P") = kMathaliveGravityP;
}

}  // namespace paritas::python
