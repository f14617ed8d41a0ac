#include "repair/normal_form.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "paritas/text/simple_fold.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "repair/normal_form.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Lower-cases text[from .. size) into out while it is ASCII without two white spaces in a row, each of which becomes a space;
// from > 0. Where it stopped: at the end, or less than a vector before what it cannot do.
std::size_t LowerPlain(const std::uint8_t* HWY_RESTRICT text, std::size_t from, std::size_t size,
                       std::uint8_t* HWY_RESTRICT out) {
  const hn::ScalableTag<std::uint8_t> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto space = hn::Set(d, ' '), tab = hn::Set(d, '\t'), upper = hn::Set(d, 'A'), bit = hn::Set(d, 0x20);
  const auto breaks = hn::Set(d, 5), letters = hn::Set(d, 26), high = hn::Set(d, 0x80), none = hn::Zero(d);
  if (from + lanes > size) return from;
  for (std::size_t at = from;;) {
    const auto now = hn::LoadU(d, text + at), before = hn::LoadU(d, text + at - 1);
    const auto gap = hn::Or(hn::Eq(now, space), hn::Lt(hn::Sub(now, tab), breaks));
    const auto gap_before = hn::Or(hn::Eq(before, space), hn::Lt(hn::Sub(before, tab), breaks));
    const auto twice = hn::VecFromMask(d, hn::And(gap, gap_before));
    if (!hn::AllTrue(d, hn::Eq(hn::Or(twice, hn::And(now, high)), none))) return at;
    const auto capital = hn::IfThenElseZero(hn::Lt(hn::Sub(now, upper), letters), bit);
    hn::StoreU(hn::IfThenElse(gap, space, hn::Or(now, capital)), d, out + (at - from));
    at += lanes;
    if (at == size) return size;
    if (at + lanes > size) at = size - lanes;  // the last vector overlaps the one before it
  }
}

// How many bytes begin a code point; whether all are ASCII.
std::size_t CountStarts(const std::uint8_t* HWY_RESTRICT text, std::size_t size, bool* HWY_RESTRICT ascii) {
  const hn::ScalableTag<std::uint8_t> d;
  const hn::ScalableTag<std::int8_t> s;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t inside = 0, at = 0;
  auto seen = hn::Zero(d);
  const auto first = hn::Set(s, -64);  // as signed bytes, 0x80 to 0xBF are the least
  for (; at + lanes <= size; at += lanes) {
    const auto bytes = hn::LoadU(d, text + at);
    seen = hn::Or(seen, bytes);
    inside += hn::CountTrue(s, hn::Lt(hn::BitCast(s, bytes), first));
  }
  *ascii = hn::AllTrue(d, hn::Lt(seen, hn::Set(d, 0x80)));
  for (; at < size; ++at) {
    inside += (text[at] & 0xC0) == 0x80 ? 1 : 0;
    *ascii = *ascii && text[at] < 0x80;
  }
  return size - inside;
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas::repair {
namespace {

HWY_EXPORT(LowerPlain);
HWY_EXPORT(CountStarts);

char* put(char* out, char32_t c) noexcept {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) {
    *out++ = byte(c);
  } else if (c < 0x800) {
    *out++ = byte(0xC0 | c >> 6);
    *out++ = byte(0x80 | (c & 0x3F));
  } else {
    if (c < 0x10000) {
      *out++ = byte(0xE0 | c >> 12);
    } else {
      *out++ = byte(0xF0 | c >> 18);
      *out++ = byte(0x80 | (c >> 12 & 0x3F));
    }
    *out++ = byte(0x80 | (c >> 6 & 0x3F));
    *out++ = byte(0x80 | (c & 0x3F));
  }
  return out;
}

/// The form without the punctuation and white space at its end.
std::string_view without_end(const char* form, const char* end) noexcept {
  for (;;) {
    if (end == form) break;
    const char last = end[-1];
    if (last == ' ' || last == '.' || last == ',' || last == ';' || last == ':') {
      --end;
      continue;
    }
    const char* start = end - 1;
    while (start > form && (static_cast<unsigned char>(*start) & 0xC0) == 0x80) --start;
    const auto size = static_cast<std::size_t>(end - start);
    if (!is_white_space(decode_utf8({start, size}, 0).code_point)) break;
    end = start;
  }
  return {form, static_cast<std::size_t>(end - form)};
}

}  // namespace

StartCount count_starts(std::string_view text) noexcept {
  StartCount out{0, true};
  out.starts =
      HWY_DYNAMIC_DISPATCH(CountStarts)(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &out.ascii);
  return out;
}

char* NormalForm::room(std::size_t bytes) {
  if (bytes > size_) {
    size_ = std::max(bytes, 2 * size_);
    room_.reset(new char[size_]);  // not filled, as make_unique would
  }
  return room_.get();
}

std::string_view NormalForm::prose(std::string_view block, bool one_space) {
  constexpr std::size_t kSlow = 32;                // bytes after which the fast path is tried again
  char* const form = room(3 * block.size() + 64);  // no code point's lower case has three times its bytes
  char* out = form;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(block.data());
  bool gap = false;
  std::size_t at = 0;
  while (at < block.size()) {
    if (one_space && !gap && out != form && at > 0) {
      const std::size_t stop =
          HWY_DYNAMIC_DISPATCH(LowerPlain)(bytes, at, block.size(), reinterpret_cast<std::uint8_t*>(out));
      out += stop - at;
      if (stop > at && out[-1] == ' ') {
        --out;
        gap = true;
      }
      at = stop;
    }
    const std::size_t slow = out == form ? 1 : kSlow;
    for (const std::size_t stop = std::min(block.size(), at + slow); at < stop;) {
      const Decoded next = decode_utf8(block, at);
      at += next.bytes;
      const bool space = is_white_space(next.code_point);
      if (space && (one_space || out == form)) {
        gap = true;
        continue;
      }
      if (gap && out != form) *out++ = ' ';
      gap = false;
      out = put(out, simple_lower(next.code_point));
    }
  }
  return without_end(form, out);
}

std::string_view NormalForm::code(std::string_view block) {
  if (!count_starts(block).ascii) {
    char* out = room(3 * block.size() + 64);
    char* const whole = out;
    for (std::size_t at = 0; at < block.size();) {
      const Decoded next = decode_utf8(block, at);
      at += next.bytes;
      out = put(out, next.code_point);
    }
    block = {whole, static_cast<std::size_t>(out - whole)};
  }
  // In place where it lies in the room already: what is written is never longer than what was read.
  char* const form = block.data() == room_.get() ? room_.get() : room(block.size() + 64);
  char* out = form;
  for (std::size_t at = 0;;) {
    const void* found = at < block.size() ? std::memchr(block.data() + at, '\n', block.size() - at) : nullptr;
    const std::size_t next =
        found == nullptr ? block.size() : static_cast<std::size_t>(static_cast<const char*>(found) - block.data());
    std::size_t end = next;
    while (end > at && (block[end - 1] == ' ' || block[end - 1] == '\t' || block[end - 1] == '\r')) --end;
    std::memmove(out, block.data() + at, end - at);
    out += end - at;
    if (found == nullptr) break;
    *out++ = '\n';
    at = next + 1;
  }
  return {form, static_cast<std::size_t>(out - form)};
}

bool has_code_points(std::string_view form, std::size_t least) noexcept {
  if (form.size() < least) return false;
  if (form.size() / 4 >= least) return true;
  return count_starts(form).starts >= least;
}

}  // namespace paritas::repair
#endif  // HWY_ONCE
