#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas {

/// Collects the bytes of one case's results, little-endian, in the order of adding. python/paritas/reference/selfcheck.py
/// writes the same bytes.
class Digest {
 public:
  void add(double value) {
    put(__builtin_bit_cast(std::uint64_t, value), 8);
  }  // a NaN must have the bits of quiet_NaN()
  void add(float value) { put(__builtin_bit_cast(std::uint32_t, value), 4); }
  void add(std::uint64_t value) { put(value, 8); }
  void add(bool value) { put(value ? 1 : 0, 1); }
  /// The number of bytes, then the bytes; ill-formed ones as the U+FFFD they stand for.
  void add(std::string_view text);
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(const char*) = delete;  // would count as a bool
  /// Code points, as Python gets them.
  void add(Span span, const OffsetMap& offsets) {
    put(offsets.codepoint(span.start), 8);
    put(offsets.codepoint(span.end), 8);
  }
  void add(const Error& error) {
    add(name(error.code));
    put(error.offset, 8);
  }

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  void put(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bytes_.push_back(static_cast<char>(static_cast<unsigned char>(value >> 8 * i)));
  }

  std::string bytes_;
};

}  // namespace paritas
