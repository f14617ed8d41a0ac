#include "digest.hpp"

#include "paritas/text/utf8.hpp"

namespace paritas {

void Digest::add(std::string_view text) {
  std::string whole;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    append_utf8(whole, next.code_point);
    at += next.bytes;
  }
  put(whole.size(), 8);
  bytes_ += whole;
}

}  // namespace paritas
