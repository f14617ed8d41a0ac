#pragma once
#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <vector>

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

/// Numbers leave as a typed array of their own, copied once.
inline constexpr auto typed = [](const auto& items) {
  return val(emscripten::typed_memory_view(items.size(), items.data())).template call<val>("slice");
};
inline constexpr auto same = [](const auto& value) { return val(value); };

/// The value of a call that fills `out`, or its error.
inline Result<std::vector<float>> filled(const Result<bool>& done, std::vector<float>& out) {
  if (!done.ok()) return done.error();
  return std::move(out);
}

}  // namespace paritas::wasm
