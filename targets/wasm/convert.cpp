#include "convert.hpp"

#include <cstdlib>

namespace paritas::wasm {
namespace {

constexpr std::size_t kKept = 1 << 16;  // a larger reply is given back before the next one
Answer answer{};
std::size_t capacity = 0;

}  // namespace

Packer::Packer() {
  answer.bytes = 0;
  answer.failed = false;
  if (capacity <= kKept) return;
  std::free(answer.at);
  answer.at = nullptr;
  capacity = 0;
}

char* Packer::room(std::size_t bytes) {
  const std::size_t needed = answer.bytes + bytes;
  if (needed > capacity) {
    const std::size_t grown = needed < 2 * capacity ? 2 * capacity : needed < 1024 ? 1024 : needed;
    void* const at = std::realloc(answer.at, grown);
    if (at == nullptr) std::abort();
    answer.at = static_cast<char*>(at);
    capacity = grown;
  }
  char* const at = answer.at + answer.bytes;
  answer.bytes = needed;
  return at;
}

Reply Packer::out() const { return &answer; }

Reply failure(const Error& error) {
  Packer out;
  out.text(name(error.code));
  out.text(error.message);
  out.f64(static_cast<double>(error.offset));
  answer.failed = true;
  return &answer;
}

}  // namespace paritas::wasm
