#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "chunk/count_points.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/chunk/pack.hpp"
#include "paritas/text/graphemes.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {
namespace {

constexpr std::size_t kRemembered = 4096;

bool is_well_formed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t eight = 0;
    while (at + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + at, 8);
      if ((eight & 0x8080808080808080u) != 0) break;
      at += 8;
    }
    if (at == text.size()) break;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++at;
      continue;
    }
    const Decoded here = decode_utf8(text, at);
    if (here.code_point == kReplacement && (here.bytes != 3 || byte != 0xEF)) return false;
    at += here.bytes;
  }
  return true;
}

}  // namespace

struct Meter::Memo {
  struct Entry {
    Span span{1, 0};  // no span
    std::size_t length = 0;
  };
  std::array<Entry, kRemembered> entries;

  Entry& of(Span span) noexcept {
    const std::size_t mixed = (span.start * 0x9E3779B1u) ^ (span.end * 0x85EBCA77u);
    return entries[(mixed ^ mixed >> 15) % kRemembered];
  }
};

Meter::Meter(std::string_view text, const Sizer& sizer) : text_(text), sizer_(sizer), unit_(sizer.unit) {
  if (unit_ <= LengthUnit::utf16) {
    plain_ = count_bytes(text).ascii;
    well_formed_ = plain_ || unit_ == LengthUnit::bytes || is_well_formed(text);
  }
  if (unit_ == LengthUnit::counter) memo_ = new Memo;
}

Meter::~Meter() { delete memo_; }

std::size_t Meter::length(Span span) {
  if (unit_ <= LengthUnit::utf16) {
    if (plain_ || unit_ == LengthUnit::bytes) return span.size();
    const std::string_view slice = span.of(text_);
    if (!well_formed_) return length_of(slice, unit_);
    return count_leads(slice) + (unit_ == LengthUnit::utf16 ? count_quads(slice) : 0);
  }
  return unit_ == LengthUnit::counter ? counted(span) : length_of(span.of(text_), unit_);
}

std::size_t Meter::counted(Span span) {
  if (failed_) return 0;
  Memo::Entry& known = memo_->of(span);
  if (known.span == span) return known.length;
  const std::optional<std::int64_t> count = sizer_.counter->count(span.of(text_));
  if (!count || *count < 0) {
    failed_ = true;
    error_ = {ErrorCode::bad_counter, count ? "length must give at least 0, not " + std::to_string(*count)
                                            : "the function given as length failed"};
    return 0;
  }
  known = {span, static_cast<std::size_t>(*count)};
  return known.length;
}

Span trimmed(std::string_view text, Span span) noexcept {
  std::size_t start = span.start, end = span.end;
  while (start < end) {
    const auto byte = static_cast<unsigned char>(text[start]);
    if (byte > ' ' && byte < 0x80) break;
    const Decoded here = decode_utf8(text, start);
    const std::size_t next = start + here.bytes;
    // A space that a mark stands on is one character with it.
    if (!is_white_space(here.code_point) || next > end) break;
    if (next < end && byte >= ' ' && static_cast<unsigned char>(text[next]) >= 0x80 && !is_grapheme_edge(text, next))
      break;
    start = next;
  }
  while (end > start) {
    const auto byte = static_cast<unsigned char>(text[end - 1]);
    if (byte > ' ' && byte < 0x80) break;
    std::size_t last = end - 1;
    while (last > start && end - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const Decoded here = decode_utf8(text, last);
    if (last + here.bytes != end || !is_white_space(here.code_point)) break;
    if (last > start && static_cast<unsigned char>(text[last - 1]) >= 0x80 && !is_grapheme_edge(text, last)) break;
    end = last;
  }
  return {start, end};
}

}  // namespace paritas
