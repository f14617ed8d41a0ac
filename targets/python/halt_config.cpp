#include <cmath>
#include <limits>

#include "halt.hpp"
#include "integers.hpp"

namespace paritas::python {
namespace {

using Kind = HaltField::Kind;

std::string shown(py::handle value) {
  const auto text = py::reinterpret_steal<py::object>(PyObject_ASCII(value.ptr()));
  if (!text) throw py::error_already_set();
  return text.cast<std::string>();
}

[[noreturn]] void raise_wrong_type(const std::string& message) {
  const py::object type = py::module_::import("paritas.errors").attr("ParitasTypeError");
  PyErr_SetObject(type.ptr(), type("invalid_argument", message).ptr());
  throw py::error_already_set();
}

/// The place of a choice, or -1.
double place_of(std::string_view choices, std::string_view wanted) {
  for (double place = 0.0; !choices.empty(); ++place) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == wanted) return place;
    choices.remove_prefix(bar == std::string_view::npos ? choices.size() : bar + 1);
  }
  return -1.0;
}

py::object to_python(std::size_t i, double value) {
  const HaltField& field = halt_fields()[i];
  switch (field.kind) {
    case Kind::whole:
      return py::int_(static_cast<std::int64_t>(value));
    case Kind::flag:
      return py::bool_(value != 0.0);
    case Kind::choice: {
      std::string_view choices = field.choices;
      for (; value > 0.0; --value) choices.remove_prefix(choices.find('|') + 1);
      choices = choices.substr(0, choices.find('|'));
      return py::str(choices.data(), choices.size());
    }
    default:
      return py::float_(value);
  }
}

double read(std::size_t i, py::handle value, double hard_limit) {
  const HaltField& field = halt_fields()[i];
  const auto refusal = [&] { return halt_refusal(i, hard_limit, shown(value)); };
  if (field.kind == Kind::flag) {
    if (!PyBool_Check(value.ptr())) raise_wrong_type(refusal());
    return value.ptr() == Py_True ? 1.0 : 0.0;
  }
  if (field.kind == Kind::choice) {
    if (!PyUnicode_Check(value.ptr())) raise_wrong_type(refusal());
    Text text;
    text.read(value);
    const double place = place_of(field.choices, text.view());
    if (place < 0.0) raise({ErrorCode::invalid_argument, refusal()});
    return place;
  }
  const auto number = number_of(value);
  if (!number) raise_wrong_type(refusal());
  return *number;
}

py::dict to_dict(const HaltConfig& config) {
  const HaltNumbers numbers = halt_numbers(config);
  py::dict out;
  for (std::size_t i = 0; i < kHaltFields; ++i) {
    const std::string_view key = halt_fields()[i].name;
    out[py::str(key.data(), key.size())] = to_python(i, numbers[i]);
  }
  return out;
}

std::string repr(const HaltConfig& config) {
  std::string out = "HaltConfig(";
  for (const auto& [key, value] : to_dict(config)) {
    if (out.back() != '(') out += ", ";
    out += key.cast<std::string>() + "=" + py::repr(value).cast<std::string>();
  }
  return out + ")";
}

}  // namespace

std::optional<double> number_of(py::handle value) {
  if (PyFloat_CheckExact(value.ptr())) return PyFloat_AS_DOUBLE(value.ptr());
  if (PyBool_Check(value.ptr())) return std::nullopt;
  const double number = PyFloat_AsDouble(value.ptr());
  if (number != -1.0 || PyErr_Occurred() == nullptr) return number;
  const bool too_large = PyErr_ExceptionMatches(PyExc_OverflowError) != 0;
  PyErr_Clear();
  if (!too_large) return std::nullopt;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const bool positive = PyObject_RichCompareBool(value.ptr(), py::int_(0).ptr(), Py_GT) == 1;
  PyErr_Clear();
  return positive ? kInfinity : -kInfinity;
}

HaltConfig with_fields(const HaltConfig& config, const py::dict& fields) {
  HaltNumbers numbers = halt_numbers(config);
  for (const auto& [key, value] : fields) {
    Text name;
    name.read(key);
    const std::string_view wanted = name.view() == "streaming_debug" ? "debug" : name.view();
    std::size_t i = 0;
    while (i < kHaltFields && halt_fields()[i].name != wanted) ++i;
    if (i == kHaltFields) {
      std::string message = "unknown field " + std::string(name.view()) + " = " + shown(value) + "; known: ";
      for (const HaltField& field : halt_fields()) {
        if (&field != &halt_fields()[0]) message += ", ";
        message += field.name;
      }
      raise_wrong_type(message);
    }
    numbers[i] = read(i, value, numbers[0]);
  }
  return unwrap(halt_config(numbers));
}

void bind_halt_config(py::module_& m) {
  py::class_<HaltConfig> config(m, "HaltConfig", "What a halt monitor keeps to; every field is checked once, here.");
  config.def(py::init([](const py::kwargs& fields) { return with_fields({}, fields); }))
      .def_static(
          "from_json",
          [](const py::object& text) {
            return with_fields({}, py::module_::import("paritas._json").attr("json_fields")(text));
          },
          py::arg("text"), "The configuration of a JSON object with any of the fields.")
      .def(
          "replace", [](const HaltConfig& self, const py::kwargs& fields) { return with_fields(self, fields); },
          "The same with other values for some fields.")
      .def("to_dict", &to_dict, "All fields in their order.")
      .def("__eq__",
           [](const HaltConfig& self, const py::object& other) {
             return py::isinstance<HaltConfig>(other) &&
                    halt_numbers(self) == halt_numbers(other.cast<const HaltConfig&>());
           })
      .def("__hash__", [](const HaltConfig& self) { return py::hash(py::tuple(to_dict(self).attr("values")())); })
      .def("__repr__", &repr);
  for (std::size_t i = 0; i < kHaltFields; ++i) {
    const std::string key(halt_fields()[i].name);
    config.def_property_readonly(key.c_str(),
                                 [i](const HaltConfig& self) { return to_python(i, halt_numbers(self)[i]); });
  }
}

}  // namespace paritas::python
