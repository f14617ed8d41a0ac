#pragma once
#include "convert.hpp"
#include "paritas/stream/canonical_json.hpp"

namespace paritas::wasm {

/// Reads values that web/src/canonical.ts has walked: a tag for each part, and what belongs to it.
class CanonicalReader {
 public:
  CanonicalReader(std::uintptr_t at, std::size_t bytes) : rest_(text(at, bytes)) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  /// Tells one value to the writer, or as much of it as there is.
  void read(CanonicalWriter& writer);

 private:
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view words();

  std::string_view rest_;
};

}  // namespace paritas::wasm
