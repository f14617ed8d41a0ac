#include "paritas/vectors/normalize.hpp"

#include "arrays.hpp"
#include "bindings.hpp"
#include "floats.hpp"
#include "paritas/vectors/narrow.hpp"

namespace paritas::python {
namespace {

// The caller's float32 memory, to be written to.
class Writable {
 public:
  Writable(py::handle array, int dimensions) {
    const bool lent =
        PyObject_GetBuffer(array.ptr(), &buffer_, PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE | PyBUF_FORMAT) == 0;
    if (!lent) {
      PyErr_Clear();
      buffer_ = {};
    }
    const std::string_view format = lent && buffer_.format != nullptr ? buffer_.format : "";
    if ((format == "f" || format == "<f") && buffer_.ndim == dimensions) return;
    if (lent) PyBuffer_Release(&buffer_);
    raise({ErrorCode::invalid_argument, std::string("a writable, contiguous float32 array of ") +
                                            std::to_string(dimensions) + " dimensions is needed"});
  }
  Writable(const Writable&) = delete;
  Writable& operator=(const Writable&) = delete;
  ~Writable() { PyBuffer_Release(&buffer_); }

  [[nodiscard]] Matrix matrix() const {
    const auto side = [&](int i) { return static_cast<std::size_t>(buffer_.shape[i]); };
    return {static_cast<const float*>(buffer_.buf), buffer_.ndim == 2 ? side(0) : 1, side(buffer_.ndim - 1)};
  }
  [[nodiscard]] std::span<float> values() const {
    return {static_cast<float*>(buffer_.buf), static_cast<std::size_t>(buffer_.len) / sizeof(float)};
  }

 private:
  Py_buffer buffer_{};
};

py::array_t<float> normalized(const FloatVector& v) {
  const std::span<const float> values = v;
  NewArray<float> out{values.size()};
  normalize(values, out.view());
  return std::move(out).array();
}

py::array_t<float> batch(const FloatMatrix& m, const Whole& threads) {
  const Matrix matrix = m;
  NewArray<float> out{matrix.rows, matrix.dim};
  unwrap(unlocked([&] { return normalize_batch(matrix, out.view(), {}, threads); }));
  return std::move(out).array();
}

py::array_t<float> batch_inplace(py::handle m, const Whole& threads) {
  const Writable rows(m, 2);
  NewArray<float> norms{rows.matrix().rows};
  unwrap(unlocked([&] { return normalize_batch(rows.matrix(), rows.values(), norms.view(), threads); }));
  return std::move(norms).array();
}

}  // namespace

void bind_normalize(py::module_& m) {
  m.def(
      "norm", [](const FloatVector& v) { return widen(norm(v)); }, py::arg("v"),
      "Euclidean length of a vector, float32; 0.0 for no items.");
  m.def("normalize", &normalized, py::arg("v"),
        R"(The vector scaled to length 1, as a float32 array.

v:       a vector as for dot_product
Returns: a new array; zeros stay zeros and keep their sign, a vector of zeros is no error
Errors:  out_of_range for a number that is no float32; unsupported without NumPy)");
  m.def(
      "normalize_inplace",
      [](py::handle v) {
        const Writable values(v, 1);
        return widen(normalize(values.values(), values.values()));
      },
      py::arg("v"),
      R"(Scales a writable, contiguous float32 array to length 1 where it lies.

Returns: the norm that it had
Errors:  invalid_argument for any other object)");
  m.def("normalize_batch", &batch, py::arg("m"), py::kw_only(), py::arg("threads") = 0,
        "Every row of a matrix scaled to length 1, as a float32 array; threads 0 means all cores.");
  m.def("normalize_batch_inplace", &batch_inplace, py::arg("m"), py::kw_only(), py::arg("threads") = 0,
        R"(Scales every row of a writable, contiguous float32 matrix to length 1 where it lies.

Returns: the norms that the rows had, float32
Errors:  invalid_argument for any other object)");
  m.attr("batch_normalize_vectors") = m.attr("normalize_batch");
}

}  // namespace paritas::python
