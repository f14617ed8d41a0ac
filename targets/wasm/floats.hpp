#pragma once
#include <cstdint>
#include <span>

#include "convert.hpp"
#include "paritas/vectors/matrix.hpp"

namespace paritas::wasm {

// What the wrapper has laid on the heap for the time of one call.
inline std::span<const float> floats(std::uintptr_t at, std::size_t count) {
  return {reinterpret_cast<const float*>(at), count};
}
inline Matrix matrix(std::uintptr_t at, std::size_t rows, std::size_t dim) {
  return {reinterpret_cast<const float*>(at), rows, dim};
}

/// Room for `count` results; a call fills it and says whether that went well.
class Floats {
 public:
  explicit Floats(std::size_t count) : span_(reinterpret_cast<float*>(packer_.room(count * sizeof(float))), count) {}
  operator std::span<float>() const { return span_; }
  [[nodiscard]] Reply out(const Result<bool>& done) const { return done.ok() ? packer_.out() : failure(done.error()); }

 private:
  Packer packer_;
  std::span<float> span_;
};

}  // namespace paritas::wasm
