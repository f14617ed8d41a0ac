#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "convert.hpp"
#include "paritas/retrieve/bm25.hpp"

// Lists of texts and of ids cross as one block of bytes; web/src/packed.ts writes and reads the same.
//   text: u32 bytes, UTF-8      id: u8 0 and a text, or u8 1 and an int64      metadata: u32 0, or u32 bytes + 1 and them
namespace paritas::wasm {

/// Reads what our own wrapper has written.
class Unpacker {
 public:
  Unpacker(std::uintptr_t at, std::size_t bytes) : at_(reinterpret_cast<const char*>(at)), end_(at_ + bytes) {}
  [[nodiscard]] bool done() const { return at_ == end_; }
  template <class T>
  T number() {
    T value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  std::string_view text() { return take(number<std::uint32_t>()); }
  std::optional<std::string_view> optional() {
    const auto size = number<std::uint32_t>();
    if (size == 0) return std::nullopt;
    return take(size - 1);
  }
  DocId id() {
    if (number<std::uint8_t>() == 0) return std::string(text());
    return number<std::int64_t>();
  }

 private:
  std::string_view take(std::size_t size) {
    at_ += size;
    return {at_ - size, size};
  }
  const char* at_;
  const char* end_;
};

inline void pack(Packer& out, const DocId& id) {
  const auto* whole = std::get_if<std::int64_t>(&id);
  out.u8(whole != nullptr);
  if (whole != nullptr) {
    out.number(*whole);
  } else {
    out.text(*std::get_if<std::string>(&id));
  }
}

std::vector<std::string_view> texts(std::uintptr_t at, std::size_t bytes);

}  // namespace paritas::wasm
