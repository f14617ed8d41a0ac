#include "quantize.hpp"

#include "arrays.hpp"
#include "bindings.hpp"

namespace paritas::python {
namespace {

// Bytes one after the other, of items of one byte each.
class Bits {
 public:
  explicit Bits(py::handle data) {
    const bool lent = !PyUnicode_Check(data.ptr()) && PyObject_GetBuffer(data.ptr(), &buffer_, PyBUF_ND) == 0;
    if (lent && buffer_.itemsize == 1) return;
    PyErr_Clear();
    if (lent) PyBuffer_Release(&buffer_);
    raise_type("bytes or a uint8 array", data);
  }
  Bits(const Bits&) = delete;
  Bits& operator=(const Bits&) = delete;
  ~Bits() { PyBuffer_Release(&buffer_); }
  operator std::span<const std::uint8_t>() const {
    return {static_cast<const std::uint8_t*>(buffer_.buf), static_cast<std::size_t>(buffer_.len)};
  }

 private:
  Py_buffer buffer_{};
};

std::uint64_t hamming(const py::object& a, const py::object& b) {
  const Bits x(a), y(b);
  return unwrap(unlocked([&] { return hamming_distance(x, y); }));
}

QuantizedVectors make(const FloatMatrix& vectors, const Text& dtype) {
  const Matrix rows = vectors;
  const Dtype kind = unwrap(parse_dtype(dtype, false));
  return unwrap(unlocked([&] { return quantize(rows, kind); }));
}

// A read-only array over memory that `owner` keeps.
py::object view(const char* type, std::vector<py::ssize_t> shape, const void* at, const py::object& owner) {
  try {
    py::module_::import("numpy");
  } catch (py::error_already_set& error) {
    if (!error.matches(PyExc_ImportError)) throw;
    raise({ErrorCode::unsupported, "this function returns NumPy arrays: pip install numpy"});
  }
  py::array array(py::dtype(type), std::move(shape), at, owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

py::object data(const py::object& self) {
  const auto& vectors = self.cast<const QuantizedVectors&>();
  const Dtype dtype = vectors.dtype();
  const char* type = dtype == Dtype::int8 ? "int8" : dtype == Dtype::float16 ? "float16" : "uint8";
  const std::size_t width = dtype == Dtype::binary ? vectors.row_bytes() : vectors.dim();
  return view(type, {static_cast<py::ssize_t>(vectors.count()), static_cast<py::ssize_t>(width)}, vectors.data().data(),
              self);
}

py::object scales(const py::object& self) {
  const auto scales = self.cast<const QuantizedVectors&>().scales();
  return view("float32", {static_cast<py::ssize_t>(scales.size())}, scales.data(), self);
}

py::array_t<float> dequantize(const QuantizedVectors& self) {
  NewArray<float> out{self.count(), self.dim()};
  unlocked([&] {
    for (std::size_t i = 0; i < self.count(); ++i) {
      self.dequantize_row(i, out.view().subspan(i * self.dim(), self.dim()));
    }
  });
  return std::move(out).array();
}

py::array_t<float> row(const QuantizedVectors& self, const Whole& index) {
  const auto count = static_cast<std::int64_t>(self.count());
  if (index < -count || index >= count) throw py::index_error("there are " + std::to_string(count) + " vectors");
  NewArray<float> out{self.dim()};
  self.dequantize_row(static_cast<std::size_t>(index < 0 ? index + count : static_cast<std::int64_t>(index)),
                      out.view());
  return std::move(out).array();
}

py::bytes to_bytes(const QuantizedVectors& self) {
  return unlocked([&] { return self.to_bytes(); });
}

QuantizedVectors from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return QuantizedVectors::from_bytes(bytes.view()); }));
}

}  // namespace

void Corpus::read(py::handle items) {
  if (!py::isinstance<QuantizedVectors>(items)) return matrix_.read(items);
  keep_ = py::reinterpret_borrow<py::object>(items);
  quantized_ = &keep_.cast<const QuantizedVectors&>();
}

void bind_quantize(py::module_& m) {
  py::class_<QuantizedVectors>(m, "QuantizedVectors",
                               R"(Vectors in fewer bits, which quantize makes; a corpus of the functions that search.

int8:    scale = max(abs(v)) / 127 for each vector, q = v / scale to the nearest whole number; dot = t * (scale_a * scale_b)
         and cosine = t / sqrt(aa * bb) of exact sums of whole numbers
float16: IEEE half floats, computed as the float32 they are
binary:  bit 1 for v > 0, the first value in the top bit of byte 0; cosine = (dim - 2 * h) / dim for h differing bits,
         and no other metric

A query is quantised as the rows are.)")
      .def_property_readonly(
          "dtype", [](const QuantizedVectors& self) { return std::string(name(self.dtype())); },
          R"("int8", "float16" or "binary".)")
      .def_property_readonly("dim", &QuantizedVectors::dim, "Values in a vector.")
      .def_property_readonly("count", &QuantizedVectors::count, "How many vectors there are.")
      .def_property_readonly("data", &data,
                             "A read-only view: int8 or float16 (count, dim), or uint8 (count, (dim + 7) // 8).")
      .def_property_readonly("scales", &scales, "A read-only view: float32 (count,) of int8, (0,) otherwise.")
      .def_property_readonly("nbytes", &QuantizedVectors::nbytes, "Bytes of data and scales.")
      .def("dequantize", &dequantize,
           "The values that the bits stand for, float32 (count, dim): q * scale, the halves, or 1 and -1.")
      .def("__getitem__", &row, py::arg("index"), "One row of dequantize(). Errors: IndexError.")
      .def("__len__", &QuantizedVectors::count)
      .def("to_bytes", &to_bytes, "The same bytes on every target.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The vectors of to_bytes. Errors: corrupt_data for any other bytes.")
      .def(py::pickle([](const QuantizedVectors& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
  m.def("quantize", &make, py::arg("vectors"), py::arg("dtype") = "int8",
        R"(Vectors in fewer bits: "int8" (a quarter of float32), "float16" (half) or "binary" (1/32).

Errors: not_finite for NaN and infinities in int8 and out_of_range for 65520 and more in float16, each naming the row;
        invalid_argument for another dtype or rows without values; limit_exceeded for more than 131,072 in a row)");
  m.def("hamming_distance", &hamming, py::arg("a"), py::arg("b"),
        R"(How many bits of two rows of bytes differ.

a, b:   bytes or uint8 arrays
Errors: length_mismatch)");
}

}  // namespace paritas::python
