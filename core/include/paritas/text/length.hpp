#pragma once
#include <cstdint>

namespace paritas {

/// A length of text in the units of all languages.
struct TextLength {
  std::uint64_t bytes = 0;
  std::uint64_t code_points = 0;
  std::uint64_t units = 0;

  friend constexpr bool operator==(const TextLength&, const TextLength&) = default;
};

constexpr TextLength& operator+=(TextLength& a, const TextLength& b) noexcept {
  a.bytes += b.bytes;
  a.code_points += b.code_points;
  a.units += b.units;
  return a;
}
constexpr TextLength operator-(const TextLength& a, const TextLength& b) noexcept {
  return {a.bytes - b.bytes, a.code_points - b.code_points, a.units - b.units};
}

}  // namespace paritas
