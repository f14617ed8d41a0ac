#include "paritas/vectors/narrow.hpp"

#include <cmath>
#include <string>

#include "base/float_state.hpp"

namespace paritas {
namespace {

// The index of the first value that does not fit, or their number.
std::size_t narrowed(std::span<const double> values, float* out) {
  const FloatState full;  // denormals count
  for (std::size_t i = 0; i < values.size(); ++i) {
    out[i] = static_cast<float>(values[i]);
    if (!std::isfinite(out[i]) && std::isfinite(values[i])) return i;
  }
  return values.size();
}

}  // namespace

Result<bool> narrow(std::span<const double> values, float* out) {
  const std::size_t at = narrowed(values, out);
  if (at == values.size()) return true;
  return Error{ErrorCode::out_of_range, "column " + std::to_string(at) + " must fit into a 32-bit float", at};
}

Result<bool> narrow_rows(std::span<const double> values, std::size_t dim, float* out) {
  const std::size_t at = narrowed(values, out);
  if (at == values.size()) return true;
  const std::size_t row = at / dim;
  return Error{ErrorCode::out_of_range,
               "row " + std::to_string(row) + ", column " + std::to_string(at % dim) + " must fit into a 32-bit float",
               row};
}

double widen(float value) noexcept {
  const FloatState full;
  const volatile float kept = value;  // read below, under the full state
  return static_cast<double>(kept);
}

Error ragged(std::size_t row, std::size_t length, std::size_t first) {
  return {ErrorCode::invalid_argument,
          "row " + std::to_string(row) + " must have " + std::to_string(first) + " values as row 0 has, not " +
              std::to_string(length),
          row};
}

}  // namespace paritas
