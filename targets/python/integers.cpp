#include "integers.hpp"

#include <cmath>

namespace paritas::python {
namespace {

constexpr const char* kWhole = "a whole number";
constexpr const char* kManyWhole = "an array or a sequence of whole numbers";

[[noreturn]] void raise_too_large(std::size_t offset) {
  raise({ErrorCode::out_of_range, "a whole number must fit into 64 bits", offset});
}

}  // namespace

void Integral::read_float(double number, std::size_t offset) {
  if (!(std::trunc(number) == number) || std::isinf(number)) {
    raise({ErrorCode::invalid_argument, "a number without a fraction is needed", offset});
  }
  if (!(number >= -0x1p63 && number < 0x1p63)) raise_too_large(offset);
  value_ = static_cast<std::int64_t>(number);
}

void Integral::read(py::handle number, std::size_t offset) {
  if (PyFloat_Check(number.ptr())) return read_float(PyFloat_AS_DOUBLE(number.ptr()), offset);
  py::object index;
  if (!PyLong_Check(number.ptr())) {
    index = py::reinterpret_steal<py::object>(PyNumber_Index(number.ptr()));
    if (!index) {
      PyErr_Clear();
      const PyNumberMethods* methods = Py_TYPE(number.ptr())->tp_as_number;
      if (methods == nullptr || methods->nb_float == nullptr) raise_type(kWhole, number);
      Real real;  // NumPy's float32, say
      real.read(number);
      return read_float(real, offset);
    }
    number = index;
  }
  int overflow = 0;
  value_ = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  if (overflow != 0) raise_too_large(offset);
}

Integrals::~Integrals() {
  if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
}

bool Integrals::lend(py::handle items) {
  if (PyObject_CheckBuffer(items.ptr()) == 0) return false;
  if (PyObject_GetBuffer(items.ptr(), &buffer_, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) != 0) {
    PyErr_Clear();
    return false;
  }
  const std::string_view format = buffer_.format;
  if (buffer_.itemsize != 8 || (format != "l" && format != "q")) {
    PyBuffer_Release(&buffer_);
    return false;
  }
  view_ = {static_cast<const std::int64_t*>(buffer_.buf), static_cast<std::size_t>(buffer_.len) / 8};
  shape_.assign(buffer_.shape, buffer_.shape + buffer_.ndim);
  return true;
}

void Integrals::copy(py::handle items) {
  if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr())) raise_type(kManyWhole, items);
  const auto list = py::reinterpret_steal<py::object>(PySequence_Fast(items.ptr(), ""));
  if (!list) {
    PyErr_Clear();
    raise_type(kManyWhole, items);
  }
  // The size is asked each time: an __index__ of the caller's may shorten the list meanwhile.
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list.ptr()); ++i) {
    const auto item = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(list.ptr(), i));
    Integral number;
    number.read(item, owned_.size());
    owned_.push_back(number);
  }
}

void Integrals::read(py::handle items) {
  if (lend(items)) return;
  if (py::hasattr(items, "__array__") && py::hasattr(items, "tolist")) {  // an array of another type or layout
    const py::module_ numpy = py::module_::import("numpy");
    const py::object array = numpy.attr("asarray")(items);
    shape_ = array.attr("shape").cast<std::vector<py::ssize_t>>();
    const std::vector<py::ssize_t> shape = shape_;
    if (numpy.attr("can_cast")(array.attr("dtype"), "int64").cast<bool>()) {
      converted_ = numpy.attr("ascontiguousarray")(array, "int64");
      if (lend(converted_)) {
        shape_ = shape;
        return;
      }
    }
    copy(array.attr("ravel")().attr("tolist")());
  } else {
    copy(items);
    shape_ = {static_cast<py::ssize_t>(owned_.size())};
  }
  view_ = owned_;
}

py::array_t<double> Integrals::like() const {
  try {
    return py::array_t<double>(shape_);
  } catch (py::error_already_set& error) {
    if (!error.matches(PyExc_ImportError)) throw;
  }
  raise({ErrorCode::unsupported, "this function returns arrays: install NumPy"});
}

void Real::read(py::handle number) {
  value_ = PyFloat_AsDouble(number.ptr());
  if (value_ != -1.0 || PyErr_Occurred() == nullptr) return;
  const bool too_large = PyErr_ExceptionMatches(PyExc_OverflowError) != 0;
  PyErr_Clear();
  if (too_large) raise({ErrorCode::out_of_range, "a number must fit into a double"});
  raise_type("a number", number);
}

void Flag::read(py::handle flag) {
  if (flag.ptr() != Py_True && flag.ptr() != Py_False) raise_type("True or False", flag);
  value_ = flag.ptr() == Py_True;
}

}  // namespace paritas::python
