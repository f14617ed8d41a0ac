#pragma once
#include <emscripten/val.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "convert.hpp"
#include "paritas/retrieve/bm25.hpp"

// Lists of texts and of ids cross as one block of bytes; web/src/packed.ts writes and reads the same.
//   text: u32 bytes, UTF-8      id: u8 0 and a text, or u8 1 and an int64      metadata: u32 0, or u32 bytes + 1 and them
namespace paritas::wasm {

/// A JavaScript copy of some bytes.
inline val copied(std::string_view bytes) {
  return val(emscripten::typed_memory_view(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data())))
      .call<val>("slice");
}

/// Reads what our own wrapper has written.
class Unpacker {
 public:
  Unpacker(std::uintptr_t at, std::size_t bytes) : at_(reinterpret_cast<const char*>(at)), end_(at_ + bytes) {}
  [[nodiscard]] bool done() const { return at_ == end_; }
  template <class T>
  T number() {
    T value;
    __builtin_memcpy(&value, at_, sizeof value);  // WebAssembly is little-endian
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

class Packer {
 public:
  template <class T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  void optional(const std::optional<std::string>& bytes) {
    number(bytes ? static_cast<std::uint32_t>(bytes->size() + 1) : std::uint32_t{0});
    if (bytes) bytes_ += *bytes;
  }
  void id(const DocId& id) {
    number(static_cast<std::uint8_t>(id.index()));
    if (const auto* whole = std::get_if<std::int64_t>(&id)) {
      number(*whole);
    } else {
      text(*std::get_if<std::string>(&id));
    }
  }
  [[nodiscard]] val out() const { return copied(bytes_); }

 private:
  std::string bytes_;
};

inline std::vector<std::string_view> texts(std::uintptr_t at, std::size_t bytes) {
  std::vector<std::string_view> out;
  for (Unpacker in(at, bytes); !in.done();) out.push_back(in.text());
  return out;
}
inline std::vector<DocId> ids(std::uintptr_t at, std::size_t bytes) {
  std::vector<DocId> out;
  for (Unpacker in(at, bytes); !in.done();) out.push_back(in.id());
  return out;
}

}  // namespace paritas::wasm
