#include "paritas/repair/json_scan.hpp"

#include <cstring>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "repair/json_scan.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "json_levels.hpp"

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The first byte that is not plain in a string: a quote, a backslash, a control, or not ASCII.
HWY_INLINE std::size_t SkipPlain(const std::uint8_t* HWY_RESTRICT text, std::size_t at, std::size_t size) {
#if HWY_TARGET != HWY_SCALAR
  const hn::FixedTag<std::uint8_t, 16> d;
  const hn::RebindToSigned<decltype(d)> as_signed;
  const auto quote = hn::Set(d, '"'), backslash = hn::Set(d, '\\');
  const auto space = hn::Set(as_signed, 0x20);
  while (at + 16 <= size) {
    const auto bytes = hn::LoadU(d, text + at);
    // As signed bytes, controls and all that is not ASCII are below the space.
    const auto low = hn::VecFromMask(as_signed, hn::Lt(hn::BitCast(as_signed, bytes), space));
    const auto found =
        hn::Or(hn::Or(hn::VecFromMask(d, hn::Eq(bytes, quote)), hn::VecFromMask(d, hn::Eq(bytes, backslash))),
               hn::BitCast(d, low));
    const auto first = hn::FindFirstTrue(d, hn::MaskFromVec(found));
    if (first >= 0) return at + static_cast<std::size_t>(first);
    at += 16;
  }
#endif
  while (at < size && text[at] >= 0x20 && text[at] < 0x80 && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

// Behind the code point at `at`, which is not ASCII; 0 if it is ill-formed.
HWY_INLINE std::size_t SkipCodePoint(const std::uint8_t* HWY_RESTRICT text, std::size_t at, std::size_t size) {
  const auto next = [&](std::size_t i) { return i < size && (text[i] & 0xC0) == 0x80; };
  const std::uint8_t lead = text[at];
  if (lead < 0xC2 || lead > 0xF4 || !next(at + 1)) return 0;
  if (lead < 0xE0) return at + 2;
  const std::uint8_t second = text[at + 1];
  if (lead < 0xF0) {
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || !next(at + 2)) return 0;
    return at + 3;
  }
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) || !next(at + 2) || !next(at + 3)) return 0;
  return at + 4;
}

HWY_INLINE bool IsHex(std::uint8_t byte) {
  return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

// Behind the string whose content starts at `at`. ok is false where it is none: `at` is the place.
HWY_INLINE bool SkipString(const std::uint8_t* HWY_RESTRICT text, std::size_t& at, std::size_t size) {
  for (;;) {
    at = SkipPlain(text, at, size);
    if (at == size) return false;
    const std::uint8_t byte = text[at];
    if (byte == '"') {
      ++at;
      return true;
    }
    if (byte >= 0x80) {
      do {
        const std::size_t after = SkipCodePoint(text, at, size);
        if (after == 0) return false;
        at = after;
      } while (at < size && text[at] >= 0x80);
    } else if (byte == '\\') {
      if (at + 1 >= size) return false;
      switch (text[at + 1]) {
        case '"':
        case '\\':
        case '/':
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't':
          at += 2;
          break;
        case 'u':
          for (std::size_t i = at + 2; i < at + 6; ++i) {
            if (i >= size || !IsHex(text[i])) return false;
          }
          at += 6;
          break;
        default:
          return false;
      }
    } else {
      return false;
    }
  }
}

HWY_INLINE bool IsDigit(const std::uint8_t* text, std::size_t at, std::size_t size) {
  return at < size && static_cast<std::uint8_t>(text[at] - '0') < 10;
}

HWY_INLINE bool SkipNumber(const std::uint8_t* HWY_RESTRICT text, std::size_t& at, std::size_t size) {
  if (text[at] == '-') ++at;
  if (!IsDigit(text, at, size)) return false;
  if (text[at] == '0') {
    ++at;
  } else {
    while (IsDigit(text, at, size)) ++at;
  }
  // What follows a number decides elsewhere: "1." is the number 1 and a full stop that nothing can use.
  if (at + 1 < size && text[at] == '.' && IsDigit(text, at + 1, size)) {
    ++at;
    while (IsDigit(text, at, size)) ++at;
  }
  if (at < size && (text[at] | 0x20) == 'e') {
    std::size_t digits = at + 1;
    if (digits < size && (text[digits] == '+' || text[digits] == '-')) ++digits;
    if (IsDigit(text, digits, size)) {
      at = digits;
      while (IsDigit(text, at, size)) ++at;
    }
  }
  return true;
}

HWY_INLINE void SkipSpace(const std::uint8_t* HWY_RESTRICT text, std::size_t& at, std::size_t size) {
  while (at < size && text[at] <= 0x20) {
    if (text[at] == ' ') {
      // Indentation comes in runs.
      std::uint64_t eight;
      while (at + 8 <= size && (std::memcpy(&eight, text + at, 8), eight == 0x2020202020202020U)) at += 8;
      if (at == size || text[at] != ' ') continue;
    } else if (text[at] != '\n' && text[at] != '\r' && text[at] != '\t') {
      return;
    }
    ++at;
  }
}

JsonScan Scan(const std::uint8_t* HWY_RESTRICT text, std::size_t size, std::size_t at, JsonLevels& levels) {
  for (;;) {
    // A value.
    if (at >= size) return {false, at};
    switch (text[at]) {
      case '{':
        levels.push(true);
        SkipSpace(text, ++at, size);
        if (at < size && text[at] == '}') {
          ++at;
          levels.pop();
          break;
        }
        goto key;
      case '[':
        levels.push(false);
        SkipSpace(text, ++at, size);
        if (at < size && text[at] == ']') {
          ++at;
          levels.pop();
          break;
        }
        continue;
      case '"':
        if (!SkipString(text, ++at, size)) return {false, at};
        break;
      case 't':
        if (size - at < 4 || std::memcmp(text + at, "true", 4) != 0) return {false, at};
        at += 4;
        break;
      case 'f':
        if (size - at < 5 || std::memcmp(text + at, "false", 5) != 0) return {false, at};
        at += 5;
        break;
      case 'n':
        if (size - at < 4 || std::memcmp(text + at, "null", 4) != 0) return {false, at};
        at += 4;
        break;
      default:
        if (text[at] != '-' && static_cast<std::uint8_t>(text[at] - '0') >= 10) return {false, at};
        if (!SkipNumber(text, at, size)) return {false, at};
    }
    // What follows it.
    for (;;) {
      if (levels.empty()) return {true, at};
      SkipSpace(text, at, size);
      if (at >= size) return {false, at};
      if (text[at] == (levels.object() ? '}' : ']')) {
        ++at;
        levels.pop();
        continue;
      }
      if (text[at] != ',') return {false, at};
      SkipSpace(text, ++at, size);
      break;
    }
    if (!levels.object()) continue;
  key:
    if (at >= size || text[at] != '"') return {false, at};
    if (!SkipString(text, ++at, size)) return {false, at};
    SkipSpace(text, at, size);
    if (at >= size || text[at] != ':') return {false, at};
    SkipSpace(text, ++at, size);
  }
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {

HWY_EXPORT(Scan);

namespace {

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) ++at;
  return at;
}

}  // namespace

JsonScan scan_json_value(std::string_view text, std::size_t at) {
  JsonLevels levels;
  return HWY_DYNAMIC_DISPATCH(Scan)(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), at, levels);
}

bool is_valid_json(std::string_view text) {
  const JsonScan scan = scan_json_value(text, skip_space(text, 0));
  return scan.ok && skip_space(text, scan.end) == text.size();
}

std::optional<JsonType> json_type(std::string_view text) {
  if (!is_valid_json(text)) return std::nullopt;
  switch (text[skip_space(text, 0)]) {
    case '{':
      return JsonType::object;
    case '[':
      return JsonType::array;
    case '"':
      return JsonType::string;
    case 't':
    case 'f':
      return JsonType::boolean;
    case 'n':
      return JsonType::null;
    default:
      return JsonType::number;
  }
}

}  // namespace paritas
#endif  // HWY_ONCE
