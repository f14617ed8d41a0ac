#include "floats.hpp"

#include <cmath>
#include <cstring>

#include "paritas/vectors/narrow.hpp"

namespace paritas::python {
namespace {

constexpr const char* kNumber = "a real number";

// What the items of a buffer are: 'f', 'i', 'u' or 'b' as NumPy calls them, their bytes, and whether to turn them round.
struct Items {
  char kind = 0;
  std::size_t size = 0;
  bool swap = false;
};

Items items_of(const Py_buffer& buffer) {
  const char* format = buffer.format == nullptr ? "B" : buffer.format;
  Items out;
  out.size = static_cast<std::size_t>(buffer.itemsize);
  if (*format == '>' || *format == '!') out.swap = out.size > 1;
  if (std::strchr("@=<>!", *format) != nullptr && *format != 0) ++format;
  if (format[0] == 0 || format[1] != 0) return out;
  if (std::strchr("efd", *format) != nullptr) out.kind = 'f';
  if (std::strchr("bhilqn", *format) != nullptr) out.kind = 'i';
  if (std::strchr("BHILQN", *format) != nullptr) out.kind = 'u';
  if (*format == '?') out.kind = 'b';
  return out;
}

template <class T>
T load(const char* at, bool swap) {
  char bytes[sizeof(T)];
  for (std::size_t i = 0; i < sizeof(T); ++i) bytes[i] = at[swap ? sizeof(T) - 1 - i : i];
  T out;
  std::memcpy(&out, bytes, sizeof(T));
  return out;
}

// By whole numbers, so that flush-to-zero has no say.
float of_half(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t{half & 0x8000U} << 16;
  std::uint32_t exponent = half >> 10 & 31U, fraction = half & 1023U;
  std::uint32_t bits = sign;
  if (exponent == 31) {
    bits |= 0x7f80'0000U | fraction << 13;
  } else if (exponent != 0) {
    bits |= (exponent + 112) << 23 | fraction << 13;
  } else if (fraction != 0) {
    exponent = 113;
    while ((fraction & 1024U) == 0) fraction <<= 1, --exponent;
    bits |= exponent << 23 | (fraction & 1023U) << 13;
  }
  return __builtin_bit_cast(float, bits);
}

float item_of(const char* at, const Items& items) {
  if (items.kind == 'b') return *at != 0 ? 1.0F : 0.0F;
  if (items.kind == 'f')
    return items.size == 2 ? of_half(load<std::uint16_t>(at, items.swap)) : load<float>(at, items.swap);
  const bool is_signed = items.kind == 'i';
  switch (items.size) {
    case 1:
      return is_signed ? static_cast<float>(load<std::int8_t>(at, false))
                       : static_cast<float>(load<std::uint8_t>(at, false));
    case 2:
      return is_signed ? static_cast<float>(load<std::int16_t>(at, items.swap))
                       : static_cast<float>(load<std::uint16_t>(at, items.swap));
    case 4:
      return is_signed ? static_cast<float>(load<std::int32_t>(at, items.swap))
                       : static_cast<float>(load<std::uint32_t>(at, items.swap));
    default:
      return is_signed ? static_cast<float>(load<std::int64_t>(at, items.swap))
                       : static_cast<float>(load<std::uint64_t>(at, items.swap));
  }
}

bool known(const Items& items) {
  return items.kind == 'b' || (items.kind == 'f' && (items.size == 2 || items.size == 4 || items.size == 8)) ||
         ((items.kind == 'i' || items.kind == 'u') && items.size <= 8);
}

[[noreturn]] void fail_type(const std::string& message) {
  const py::object type = py::module_::import("paritas.errors").attr("ParitasTypeError");
  PyErr_SetObject(type.ptr(), type("invalid_argument", message, 0).ptr());
  throw py::error_already_set();
}

bool is_text(PyObject* item) { return PyUnicode_Check(item) || PyBytes_Check(item); }
bool is_nested(PyObject* item) {
  return !is_text(item) && !PyNumber_Check(item)
             ? PySequence_Check(item) != 0
             : PyObject_CheckBuffer(item) && !is_text(item) && py::hasattr(item, "ndim") &&
                   py::cast<int>(py::handle(item).attr("ndim")) > 0;
}

}  // namespace

double real_number(PyObject* item) {
  if (PyFloat_Check(item)) return PyFloat_AS_DOUBLE(item);
  if (is_text(item) || PyComplex_Check(item) || std::strncmp(Py_TYPE(item)->tp_name, "numpy.complex", 13) == 0) {
    raise_type(kNumber, item);
  }
  if (!PyIndex_Check(item)) {
    const double value = PyFloat_AsDouble(item);
    if (value == -1.0 && PyErr_Occurred() != nullptr) {
      PyErr_Clear();
      raise_type(kNumber, item);
    }
    return value;
  }
  const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(item));
  if (!whole) {
    PyErr_Clear();
    raise_type(kNumber, item);
  }
  double value = PyLong_AsDouble(whole.ptr());
  if (value == -1.0 && PyErr_Occurred() != nullptr) {  // beyond float64, so beyond float32
    PyErr_Clear();
    return 1.7e308;
  }
  if (std::fabs(value) < 0x1p53) return value;
  // Rounded to odd: an even neighbour might lie on the border of two float32 that the number is not on.
  const auto nearest = py::reinterpret_steal<py::object>(PyLong_FromDouble(value));
  const int above = PyObject_RichCompareBool(whole.ptr(), nearest.ptr(), Py_GT);
  const int below = PyObject_RichCompareBool(whole.ptr(), nearest.ptr(), Py_LT);
  if ((above == 1 || below == 1) && (__builtin_bit_cast(std::uint64_t, value) & 1U) == 0) {
    value = std::nextafter(value, above == 1 ? HUGE_VAL : -HUGE_VAL);
  }
  return value;
}

Floats::~Floats() {
  if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
}

void Floats::read(py::handle items) {
  if (items.is_none() || is_text(items.ptr()) || PyDict_Check(items.ptr())) {
    raise_type("a vector or a matrix of numbers", items);
  }
  if (PyObject_CheckBuffer(items.ptr()) && read_buffer(items)) return;
  if (py::hasattr(items, "__array__")) {
    const py::object array = py::module_::import("numpy").attr("asarray")(items);
    if (PyObject_CheckBuffer(array.ptr()) && read_buffer(array)) return;
  }
  read_sequence(items);
}

bool Floats::read_buffer(py::handle items) {
  if (PyObject_GetBuffer(items.ptr(), &buffer_, PyBUF_RECORDS_RO) != 0) {
    PyErr_Clear();
    buffer_ = {};
    if (py::hasattr(items, "dtype")) {
      fail_type("numbers are needed, not items of dtype " + py::cast<std::string>(py::str(items.attr("dtype"))));
    }
    return false;
  }
  const Items kind = items_of(buffer_);
  if (!known(kind)) {
    const std::string what = py::hasattr(items, "dtype")
                                 ? "dtype " + py::cast<std::string>(py::str(items.attr("dtype")))
                                 : "format " + std::string(buffer_.format);
    fail_type("numbers are needed, not items of " + what);
  }
  if (buffer_.ndim != 1 && buffer_.ndim != 2) {
    raise(
        {ErrorCode::invalid_argument, "a vector has 1 dimension and a matrix 2, not " + std::to_string(buffer_.ndim)});
  }
  rank_ = buffer_.ndim;
  rows_ = rank_ == 2 ? static_cast<std::size_t>(buffer_.shape[0]) : 1;
  dim_ = static_cast<std::size_t>(buffer_.shape[rank_ - 1]);
  const bool plain = kind.kind == 'f' && kind.size == 4 && !kind.swap;
  if (plain && PyBuffer_IsContiguous(&buffer_, 'C') != 0 &&
      reinterpret_cast<std::uintptr_t>(buffer_.buf) % alignof(float) == 0) {
    data_ = static_cast<const float*>(buffer_.buf);
    return true;
  }
  owned_.resize(rows_ * dim_);
  data_ = owned_.data();
  const char* from = static_cast<const char*>(buffer_.buf);
  const Py_ssize_t down = rank_ == 2 ? buffer_.strides[0] : 0, across = buffer_.strides[rank_ - 1];
  std::vector<double> line(kind.kind == 'f' && kind.size == 8 ? rows_ * dim_ : 0);
  for (std::size_t i = 0; i < rows_; ++i) {
    for (std::size_t j = 0; j < dim_; ++j) {
      const char* at = from + static_cast<Py_ssize_t>(i) * down + static_cast<Py_ssize_t>(j) * across;
      if (line.empty()) {
        owned_[i * dim_ + j] = item_of(at, kind);
      } else {
        line[i * dim_ + j] = load<double>(at, kind.swap);
      }
    }
  }
  if (!line.empty()) unwrap(rank_ == 1 ? narrow(line, owned_.data()) : narrow_rows(line, dim_, owned_.data()));
  PyBuffer_Release(&buffer_);
  buffer_ = {};
  return true;
}

void Floats::read_sequence(py::handle items) {
  // A list of our own: a number's __float__ may change the caller's meanwhile.
  const auto list =
      py::reinterpret_steal<py::object>(PySequence_Check(items.ptr()) != 0 ? PySequence_List(items.ptr()) : nullptr);
  if (!list) {
    PyErr_Clear();
    raise_type("a vector or a matrix of numbers", items);
  }
  const auto count = static_cast<std::size_t>(PyList_GET_SIZE(list.ptr()));
  empty_list_ = count == 0;
  if (count > 0 && is_nested(PyList_GET_ITEM(list.ptr(), 0))) return read_rows(list);
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = real_number(PyList_GET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i)));
  }
  owned_.resize(count);
  unwrap(narrow(values, owned_.data()));
  rows_ = 1;
  dim_ = count;
  data_ = owned_.data();
}

void Floats::read_rows(py::handle list) {
  rank_ = 2;
  rows_ = static_cast<std::size_t>(PyList_GET_SIZE(list.ptr()));
  for (std::size_t i = 0; i < rows_; ++i) {
    PyObject* item = PyList_GET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i));
    if (!is_nested(item)) raise({ErrorCode::invalid_argument, "row " + std::to_string(i) + " must be a vector", i});
    Floats row;
    try {
      row.read(item);
    } catch (py::error_already_set& error) {  // the sentence of a row says which row
      if (!error.matches(py::module_::import("paritas.errors").attr("ParitasError"))) throw;
      const py::object value = error.value();
      const py::object type = py::type::of(value);
      const std::string glue = py::cast<std::string>(value.attr("code")) == "out_of_range" ? ", " : ": ";
      const std::string message = "row " + std::to_string(i) + glue + py::cast<std::string>(py::str(value));
      PyErr_SetObject(type.ptr(), type(value.attr("code"), message, i).ptr());
      throw py::error_already_set();
    }
    if (row.rank() != 1) raise({ErrorCode::invalid_argument, "row " + std::to_string(i) + " must be a vector", i});
    if (i == 0) {
      dim_ = row.dim_;
      owned_.reserve(rows_ * dim_);
    }
    if (row.dim_ != dim_) raise(ragged(i, row.dim_, dim_));
    owned_.insert(owned_.end(), row.data_, row.data_ + row.dim_);
  }
  data_ = owned_.data();
}

bool Floats::writable_in_place() const { return buffer_.obj != nullptr && buffer_.readonly == 0; }

void FloatVector::read(py::handle items) {
  Floats::read(items);
  if (rank_ != 1) raise({ErrorCode::invalid_argument, "a vector of 1 dimension is needed, not a matrix"});
}

void FloatMatrix::read(py::handle items) {
  Floats::read(items);
  if (empty_list_) {
    rows_ = 0;
    rank_ = 2;
  }
  if (rank_ != 2) raise({ErrorCode::invalid_argument, "a matrix of 2 dimensions is needed, not a vector"});
}

}  // namespace paritas::python
