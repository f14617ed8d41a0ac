#include "paritas/text/offsets.hpp"

#include <algorithm>

#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::size_t kStep = 64;

constexpr std::size_t units_of(char32_t code_point) { return code_point > 0xFFFF ? 2 : 1; }

bool all_ascii(std::string_view text) {
  unsigned char seen = 0;
  for (const char byte : text) seen |= static_cast<unsigned char>(byte);
  return seen < 0x80;
}

}  // namespace

OffsetMap::OffsetMap(std::string_view text) : text_(text) {
  if (all_ascii(text)) return;
  marks_.reserve(text.size() / kStep + 1);
  Mark here{0, 0, 0};
  while (here.byte < text.size()) {
    if (here.byte >= marks_.size() * kStep) marks_.push_back(here);
    const Decoded next = decode_utf8(text, here.byte);
    here = {here.byte + next.bytes, here.codepoints + 1, here.units + units_of(next.code_point)};
  }
  // One mark for each step: where no code point starts in the last step, the end stands in.
  if (here.byte >= marks_.size() * kStep) marks_.push_back(here);
}

OffsetMap::Counted OffsetMap::count(std::size_t byte) const noexcept {
  byte = std::min(byte, text_.size());
  if (marks_.empty()) return {byte, byte};
  std::size_t step = std::min(byte / kStep, marks_.size() - 1);
  if (marks_[step].byte > byte) --step;  // the mark of a step may stand up to three bytes into it
  Mark here = marks_[step];
  while (here.byte < byte) {
    const Decoded next = decode_utf8(text_, here.byte);
    if (here.byte + next.bytes > byte) break;
    here = {here.byte + next.bytes, here.codepoints + 1, here.units + units_of(next.code_point)};
  }
  return {here.codepoints, here.units};
}

std::size_t OffsetMap::codepoint(std::size_t byte) const noexcept { return count(byte).codepoints; }

std::size_t OffsetMap::utf16(std::size_t byte) const noexcept { return count(byte).units; }

std::size_t OffsetMap::byte_of_codepoint(std::size_t codepoint) const noexcept {
  if (marks_.empty()) return std::min(codepoint, text_.size());
  auto mark = std::upper_bound(marks_.begin(), marks_.end(), codepoint,
                               [](std::size_t wanted, const Mark& m) { return wanted < m.codepoints; });
  --mark;  // the first mark counts 0, so there is one before
  std::size_t byte = mark->byte;
  for (std::size_t left = codepoint - mark->codepoints; left > 0 && byte < text_.size(); --left) {
    byte += decode_utf8(text_, byte).bytes;
  }
  return byte;
}

std::size_t OffsetMap::byte_of_utf16(std::size_t unit) const noexcept {
  if (marks_.empty()) return std::min(unit, text_.size());
  auto mark = std::upper_bound(marks_.begin(), marks_.end(), unit,
                               [](std::size_t wanted, const Mark& m) { return wanted < m.units; });
  --mark;
  std::size_t byte = mark->byte, units = mark->units;
  while (byte < text_.size()) {
    const Decoded next = decode_utf8(text_, byte);
    units += units_of(next.code_point);
    if (units > unit) break;
    byte += next.bytes;
  }
  return byte;
}

}  // namespace paritas
