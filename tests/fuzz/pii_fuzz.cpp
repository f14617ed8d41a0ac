// Any bytes as a text with personal data: no report of a sanitizer, and findings that fit together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/match/pii.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t end = 0;
  const auto found = paritas::scan_pii(text);
  for (const paritas::PiiMatch& match : found) {
    require(match.span.start >= end && match.span.start < match.span.end && match.span.end <= size);
    require(!match.normalized.empty());
    end = match.span.end;
  }
  const auto masked = paritas::mask_pii(text, {.visible_chars = size % 8 == 0 ? 3 : 0});
  require(masked.ok() && masked.value().size() <= size);
  require(found.empty() == (masked.value() == text));
  return 0;
}
