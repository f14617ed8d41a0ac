#include "paritas/stream/canonical_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "canonical_number.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMaxPath = 200;  // code points that a message shows

// What a byte of a text needs: nothing, a look at its code point, or an escape.
enum class Byte : std::uint8_t { plain, wide, escape };
constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> kinds{};
  for (unsigned c = 0; c < 256; ++c) {
    kinds[c] = c < 32 || c == '"' || c == '\\' ? Byte::escape : c >= 128 ? Byte::wide : Byte::plain;
  }
  return kinds;
}();

void append_escape(std::string& out, unsigned char c) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '\\';
  switch (c) {
    case '"':
    case '\\':
      out += static_cast<char>(c);
      return;
    case '\b':
      out += 'b';
      return;
    case '\t':
      out += 't';
      return;
    case '\n':
      out += 'n';
      return;
    case '\f':
      out += 'f';
      return;
    case '\r':
      out += 'r';
      return;
    default:
      out += "u00";
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
  }
}

/// Orders UTF-8 as its UTF-16 code units: surrogates lie below U+E000, so leads of 4 bytes come before EE and EF.
bool less_utf16(std::string_view a, std::string_view b) {
  const std::size_t shorter = a.size() < b.size() ? a.size() : b.size();
  std::size_t at = 0;
  while (at < shorter && a[at] == b[at]) ++at;
  if (at == shorter) return a.size() < b.size();
  const auto rank = [](char c) {
    const unsigned byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
  };
  return rank(a[at]) < rank(b[at]);
}

}  // namespace

// ---- parts

/// Opens the place of a part: the comma before it, or the start of a key. False where nothing may be written.
bool CanonicalWriter::before(bool container) {
  if (error_) return false;
  if (out_.size() > kMaxCanonicalBytes) {
    fail(ErrorCode::limit_exceeded, "canonical JSON must be at most " + std::to_string(kMaxCanonicalBytes) + " bytes");
    return false;
  }
  if (open_.empty()) return true;
  Open& top = open_.back();
  if (top.kind == '{' && top.keyed) return true;
  if (top.kind == '{' && container) return true;  // refused by begin
  if (top.count != 0) out_ += ',';
  if (top.kind != '[') members_.push_back({out_.size(), out_.size(), 0, 0, 0, false});
  return true;
}

/// Closes the place of a part.
void CanonicalWriter::after() {
  if (open_.empty()) return;
  Open& top = open_.back();
  if (top.kind == '{' && !top.keyed) {  // that was the key
    out_ += ':';
    members_.back().value = out_.size();
    top.keyed = true;
    return;
  }
  ++top.count;
  top.keyed = false;
  if (top.kind != '[') members_.back().end = out_.size();
}

void CanonicalWriter::null() {
  if (!before(false)) return;
  if (at_key()) return quoted("null", &members_.back());
  out_ += "null";
  after();
}

void CanonicalWriter::boolean(bool value) {
  if (!before(false)) return;
  if (at_key()) return quoted(value ? "true" : "false", &members_.back());
  out_ += value ? "true" : "false";
  after();
}

void CanonicalWriter::number(double value) {
  if (error_) return;
  if (!std::isfinite(value)) {
    return fail(ErrorCode::not_canonical, "the number at " + path() + " must be finite");
  }
  if (!before(false)) return;
  if (at_key()) {
    std::string key;
    append_ecmascript(key, value);
    return quoted(key, &members_.back());
  }
  append_ecmascript(out_, value);
  after();
}

void CanonicalWriter::whole(std::int64_t value) {
  if (!before(false)) return;
  const std::uint64_t size = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  if (at_key()) {
    std::string key = value < 0 ? "-" : "";
    append_digits(key, size);
    return quoted(key, &members_.back());
  }
  if (value < 0) out_ += '-';
  append_digits(out_, size);
  after();
}

void CanonicalWriter::whole(bool negative, std::string_view digits) {
  if (error_) return;
  const std::size_t top_bits = digits.empty() ? 0 : digits[0] < '2' ? 1 : digits[0] < '4' ? 2 : digits[0] < '8' ? 3 : 4;
  if (!digits.empty() && (digits.size() - 1) * 4 + top_bits > kMaxCanonicalBits) {
    return fail(ErrorCode::limit_exceeded,
                "the whole number at " + path() + " must have at most " + std::to_string(kMaxCanonicalBits) + " bits");
  }
  constexpr std::uint32_t kLimb = 1000000000;
  std::vector<std::uint32_t> limbs;  // the lowest first, 9 decimal digits each
  for (std::size_t at = 0; at < digits.size();) {
    const std::size_t step = (digits.size() - at) % 7 == 0 ? 7 : (digits.size() - at) % 7;  // 28 bits at a time
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < step; ++i, ++at) {
      const char c = digits[at];
      carry = 16 * carry + static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    for (std::uint32_t& limb : limbs) {
      carry += static_cast<std::uint64_t>(limb) << 4 * step;
      limb = static_cast<std::uint32_t>(carry % kLimb);
      carry /= kLimb;
    }
    if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string decimal = negative && !limbs.empty() ? "-" : "";
  append_digits(decimal, limbs.empty() ? 0 : limbs.back());
  for (std::size_t i = limbs.size(); i-- > 1;) {
    std::string low;
    append_digits(low, limbs[i - 1]);
    decimal.append(9 - low.size(), '0');
    decimal += low;
  }
  if (!before(false)) return;
  if (at_key()) return quoted(decimal, &members_.back());
  out_ += decimal;
  after();
}

void CanonicalWriter::text(std::string_view utf8) {
  if (!before(false)) return;
  quoted(utf8, at_key() ? &members_.back() : nullptr);
}

void CanonicalWriter::quoted(std::string_view utf8, Member* key) {
  out_ += '"';
  const std::size_t start = out_.size();
  bool escaped = false;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t plain = at;
    while (plain < utf8.size() && kBytes[static_cast<unsigned char>(utf8[plain])] == Byte::plain) ++plain;
    out_.append(utf8, at, plain - at);
    at = plain;
    if (at == utf8.size()) break;
    if (kBytes[static_cast<unsigned char>(utf8[at])] == Byte::escape) {
      escaped = true;
      append_escape(out_, static_cast<unsigned char>(utf8[at++]));
    } else {
      const Decoded next = decode_utf8(utf8, at);
      append_utf8(out_, next.code_point);
      at += next.bytes;
    }
  }
  if (key != nullptr) {
    key->raw = escaped;
    key->raw_start = start;
    key->raw_size = out_.size() - start;
    if (escaped) {
      key->raw_start = raw_.size();
      for (std::size_t at = 0; at < utf8.size();) {
        const Decoded next = decode_utf8(utf8, at);
        append_utf8(raw_, next.code_point);
        at += next.bytes;
      }
      key->raw_size = raw_.size() - key->raw_start;
    }
  }
  out_ += '"';
  after();
}

void CanonicalWriter::begin(char kind) {
  if (error_) return;
  if (open_.size() == kMaxCanonicalDepth) {
    return fail(ErrorCode::depth_limit, "at " + path() + " nesting is deeper than " +
                                            std::to_string(kMaxCanonicalDepth) +
                                            " levels, or a container holds itself");
  }
  if (!before(true)) return;
  open_.push_back({kind, false, out_.size(), members_.size(), 0});
  out_ += kind == '{' ? '{' : '[';
}

void CanonicalWriter::unsupported(std::string_view type) {
  if (error_) return;
  const std::string what(type);
  if (at_key()) {
    return fail(ErrorCode::unsupported_type,
                "a key at " + path() + " must be text, a number, a boolean or null, not " + what);
  }
  fail(ErrorCode::unsupported_type, what + " at " + path() + " has no form in JSON: map it with default");
}

void CanonicalWriter::end() {
  if (error_) return;
  const Open closing = open_.back();
  open_.pop_back();
  if (closing.kind != '[') settle(closing);
  if (error_) return;
  out_ += closing.kind == '{' ? '}' : ']';
  members_.resize(closing.first);
  after();
}

// ---- order

std::string_view CanonicalWriter::raw_key(const Member& member) const {
  return std::string_view(member.raw ? raw_ : out_).substr(member.raw_start, member.raw_size);
}

void CanonicalWriter::settle(const Open& closing) {
  const bool object = closing.kind == '{';
  const auto item = [&](const Member& member) {
    return object ? raw_key(member) : std::string_view(out_).substr(member.start, member.end - member.start);
  };
  const auto less = [&](const Member& a, const Member& b) { return less_utf16(item(a), item(b)); };
  const auto first = members_.begin() + static_cast<std::ptrdiff_t>(closing.first);
  bool ordered = true;
  for (auto at = first; ordered && at != members_.end() && at + 1 != members_.end(); ++at) {
    ordered = object ? less(at[0], at[1]) : !less(at[1], at[0]);
  }
  if (ordered) return;
  std::sort(first, members_.end(), less);
  for (auto at = first; object && at + 1 != members_.end(); ++at) {
    if (!less(at[0], at[1])) {
      members_.resize(closing.first);  // for the path: the last one is that of the object itself
      return fail(ErrorCode::duplicate_key, "two keys of the object at " + path() + " are the same: change one");
    }
  }
  reorder(closing);
}

/// Writes the members again, in their order.
void CanonicalWriter::reorder(const Open& closing) {
  scratch_.clear();
  for (std::size_t i = closing.first; i < members_.size(); ++i) {
    if (i != closing.first) scratch_ += ',';
    scratch_.append(out_, members_[i].start, members_[i].end - members_[i].start);
  }
  std::memcpy(out_.data() + closing.start + 1, scratch_.data(), scratch_.size());
}

// ---- errors

void CanonicalWriter::fail(ErrorCode code, std::string message) { error_ = Error{code, std::move(message)}; }

/// The place of the part that is being told, as a JSON pointer with the keys as they are written.
std::string CanonicalWriter::path() const {
  std::string pointer;
  std::size_t member = members_.size();
  // From the innermost container out, because only it knows where its members end.
  std::vector<std::string> segments;
  for (std::size_t level = open_.size(); level-- > 0;) {
    const Open& open = open_[level];
    std::string segment;
    if (open.kind == '[') {
      append_digits(segment, open.count);
    } else if (open.kind == 's') {
      segment = "*";
      member = open.first;
    } else if (open.keyed) {
      const Member& last = members_[member - 1];
      for (const char c : std::string_view(out_).substr(last.start + 1, last.value - last.start - 3)) {
        if (c == '~' || c == '/') {
          segment += c == '~' ? "~0" : "~1";
        } else {
          segment += c;
        }
      }
      member = open.first;
    } else {
      member = open.first;
      continue;  // at a key: the place is the object
    }
    if (level >= outer_) segments.push_back(std::move(segment));
  }
  std::size_t points = 0;
  for (std::size_t i = segments.size(); i-- > 0 && points <= kMaxPath;) {
    for (const char c : '/' + segments[i]) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++points > kMaxPath) break;
      pointer += c;
    }
  }
  if (points > kMaxPath) pointer += "...";
  return pointer.empty() ? "the top" : pointer;
}

void CanonicalWriter::clear() {
  out_.clear();
  raw_.clear();
  open_.clear();
  members_.clear();
  error_.reset();
}

}  // namespace paritas
