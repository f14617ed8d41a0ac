#pragma once
#include <cstdint>
#include <span>

namespace paritas::wasm {

/// A whole number of 64 bits crosses as two words: a BigInt would cost more than the call.
inline std::int64_t join(std::int32_t high, std::uint32_t low) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(static_cast<std::int64_t>(high)) << 32 | low);
}

inline std::span<const std::int64_t> integers(std::uintptr_t at, std::size_t count) {
  return {reinterpret_cast<const std::int64_t*>(at), count};
}
inline std::span<double> results(std::uintptr_t at, std::size_t count) {
  return {reinterpret_cast<double*>(at), at == 0 ? 0 : count};
}

}  // namespace paritas::wasm
