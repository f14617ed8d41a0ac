#pragma once
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::python {

namespace py = pybind11;

/// Raises paritas.ParitasError(code, message, offset).
[[noreturn]] void raise(const Error& error);

/// Raises paritas.errors.ParitasTypeError, a TypeError with the code invalid_argument: "a str is needed, not int".
[[noreturn]] void raise_type(const char* needed, py::handle got, std::size_t offset = 0);

/// The value, or the error as a Python exception.
template <class T>
T unwrap(Result<T> result) {
  if (!result.ok()) raise(result.error());
  return std::move(result).value();
}

/// Runs a call without the GIL. The core guards its handles; arguments must not be Python objects.
template <class Call>
auto unlocked(Call call) {
  const py::gil_scoped_release free;
  return call();
}

/// UTF-8 of a str; each lone surrogate becomes U+FFFD, so code points keep their numbers. The memory of an ASCII str is
/// read in place; any other is written out for the time of the call, so that no copy stays with the str.
class Text {
 public:
  Text() = default;
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  void read(py::handle text);
  operator std::string_view() const { return view_; }
  [[nodiscard]] std::string_view view() const { return view_; }

 private:
  std::string owned_;
  std::string_view view_;
};

/// The bytes of an object that lends them, for the time of one call.
class Buffer {
 public:
  explicit Buffer(py::handle data);
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { PyBuffer_Release(&buffer_); }
  [[nodiscard]] std::string_view view() const {
    return {static_cast<const char*>(buffer_.buf), static_cast<std::size_t>(buffer_.len)};
  }

 private:
  Py_buffer buffer_{};
};

/// Many texts: any iterable of str but a str.
class Texts {
 public:
  Texts() = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;
  void read(py::handle items);
  operator std::span<const std::string_view>() const { return views_; }
  [[nodiscard]] std::size_t size() const { return views_.size(); }
  /// The str itself.
  [[nodiscard]] py::handle item(std::size_t i) const {
    return PyTuple_GET_ITEM(keep_.ptr(), static_cast<Py_ssize_t>(i));
  }

 private:
  py::object keep_;  // keeps the ASCII strs alive whose memory is lent
  std::vector<std::string> owned_;
  std::vector<std::string_view> views_;
};

/// float64 items: the memory of an array as it lies, or a copy of any other sequence of numbers.
class Doubles {
 public:
  Doubles() = default;
  Doubles(const Doubles&) = delete;
  Doubles& operator=(const Doubles&) = delete;
  ~Doubles();
  void read(py::handle items);
  operator std::span<const double>() const { return view_; }

 private:
  Py_buffer buffer_{};
  std::vector<double> owned_;
  std::span<const double> view_;
};

/// A whole number: an int or what says that it is one by __index__, as NumPy's integers do.
class Whole {
 public:
  void read(py::handle number);
  operator std::int64_t() const { return value_; }

 private:
  std::int64_t value_ = 0;
};

}  // namespace paritas::python

namespace pybind11::detail {

// The readers raise by themselves: their sentence says what is needed, where pybind11's lists every signature.
template <class T>
struct paritas_caster {
  T value;
  template <class U>
  using cast_op_type = T&;
  operator T&() { return value; }
  bool load(handle source, bool) {
    value.read(source);
    return true;
  }
};
template <>
struct type_caster<paritas::python::Text> : paritas_caster<paritas::python::Text> {
  static constexpr auto name = const_name("str");
};
template <>
struct type_caster<paritas::python::Texts> : paritas_caster<paritas::python::Texts> {
  static constexpr auto name = const_name("collections.abc.Sequence[str]");
};
template <>
struct type_caster<paritas::python::Doubles> : paritas_caster<paritas::python::Doubles> {
  static constexpr auto name = const_name("collections.abc.Sequence[float]");
};
template <>
struct type_caster<paritas::python::Whole> : paritas_caster<paritas::python::Whole> {
  static constexpr auto name = const_name("int");
};

}  // namespace pybind11::detail
