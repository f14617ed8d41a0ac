#include "json_content.hpp"

#include <algorithm>

namespace paritas {
namespace {

ByteSet specials_of(std::string_view more) {
  ByteSet out;
  for (unsigned char byte = 0; byte < 0x20; ++byte) out.add(byte);
  out.add('"');
  out.add('\\');
  for (const char byte : more) out.add(static_cast<unsigned char>(byte));
  return out;
}

const ByteSet& specials_of(const Closers* closers) {
  static const ByteSet kSpecials[] = {specials_of(""), specials_of("'"), specials_of("`\xC2"), specials_of("\xE2"),
                                      specials_of("'`\xC2\xE2")};
  return kSpecials[closers == nullptr ? 0 : static_cast<std::size_t>(*closers)];
}

constexpr char kHex[] = "0123456789abcdef";

bool is_hex(char ch) { return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f') || (ch >= 'A' && ch <= 'F'); }

void append_control(std::string& out, unsigned ch) {
  switch (ch) {
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      out += "\\u00";
      out += kHex[ch >> 4];
      out += kHex[ch & 15];
  }
}

std::size_t hex_end(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && is_hex(text[at])) ++at;
  return at;
}

/// Appends the character of an escape of any length; false if there is none.
bool append_character(std::string& out, std::string_view digits) {
  std::uint32_t code = 0;
  for (const char ch : digits) {
    const auto value =
        static_cast<std::uint32_t>(is_digit(static_cast<unsigned char>(ch)) ? ch - '0' : (ch | 0x20) - 'a' + 10);
    if (code > 0x10FFFF) return false;
    code = code * 16 + value;
  }
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
  if (code == '"' || code == '\\') {
    out += '\\';
    out += static_cast<char>(code);
  } else if (code < 0x20) {
    append_control(out, code);
  } else {
    append_utf8(out, code);
  }
  return true;
}

/// An escape: how long it was, and whether it was changed.
struct Escape {
  std::size_t size;
  bool changed;
};

Escape doubled(std::string& out) {
  out += "\\\\";
  return {1, true};
}

/// \u at `at`.
Escape append_unicode(std::string& out, std::string_view text, std::size_t at, std::size_t end, bool cut) {
  std::size_t stop = hex_end(text, at + 2, std::min(end, at + 6));
  if (stop == at + 6) {
    out += text.substr(at, 6);
    return {6, false};
  }
  if (at + 2 < end && text[at + 2] == '{') {
    stop = hex_end(text, at + 3, std::min(end, at + 11));
    if (stop > at + 3 && stop < end && text[stop] == '}' && append_character(out, text.substr(at + 3, stop - at - 3))) {
      return {stop + 1 - at, true};
    }
  }
  return cut && stop == end ? Escape{end - at, true} : doubled(out);
}

/// Appends what the backslash at `at` and what belongs to it become.
Escape append_escape(std::string& out, std::string_view text, std::size_t at, std::size_t end, bool cut) {
  if (at + 1 == end) return cut ? Escape{1, true} : doubled(out);
  const char following = text[at + 1];
  switch (following) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      out += '\\';
      out += following;
      return {2, false};
    case 'u':
      return append_unicode(out, text, at, end, cut);
    case 'x':
    case 'U': {
      const std::size_t digits = following == 'x' ? 2 : 8;
      const std::size_t stop = hex_end(text, at + 2, std::min(end, at + 2 + digits));
      if (stop == at + 2 + digits) {
        if (following == 'x') {
          out += "\\u00";
          out += text.substr(at + 2, 2);
          return {4, true};
        }
        if (append_character(out, text.substr(at + 2, 8))) return {10, true};
      }
      return cut && stop == end ? Escape{end - at, true} : doubled(out);
    }
    case '0':
      out += "\\u0000";
      return {2, true};
    case 'v':
      out += "\\u000b";
      return {2, true};
    case '\r':
      return {at + 2 < end && text[at + 2] == '\n' ? std::size_t{3} : 2, true};
    case '\n':
      return {2, true};
    default:
      break;
  }
  const Decoded ch = decode_utf8(text, at + 1);
  if (!is_quote(ch.code_point)) return doubled(out);
  out += text.substr(at + 1, ch.bytes);
  return {1 + ch.bytes, true};
}

/// A high surrogate at `at` with nothing behind it but what may become its other half.
bool half_pair(std::string_view text, std::size_t at, std::size_t end) {
  if (end - at < 6 || text[at + 1] != 'u' || (text[at + 2] | 0x20) != 'd') return false;
  if (std::string_view("89abAB").find(text[at + 3]) == std::string_view::npos) return false;
  if (hex_end(text, at + 2, at + 6) != at + 6) return false;
  const std::string_view rest = text.substr(at + 6, end - at - 6);
  if (rest.size() > 5) return false;
  return rest.empty() || rest == "\\" || (rest.substr(0, 2) == "\\u" && hex_end(rest, 2, rest.size()) == rest.size());
}

}  // namespace

void ChangeList::add(ChangeKind kind, std::size_t start, std::size_t end) {
  ++count_;
  std::size_t place = changes_.size();
  while (place > 0 && changes_[place - 1].span.start > start) --place;
  if (place == most_) return;
  changes_.insert(changes_.begin() + static_cast<std::ptrdiff_t>(place), Change{kind, {start, end}});
  if (changes_.size() > most_) changes_.pop_back();
}

std::string unescape_once(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '\\' || text[i + 1] == '"' || text[i + 1] == '\''))
      ++i;
    out += text[i];
  }
  return out;
}

void append_content(std::string& out, std::string_view text, std::size_t start, std::size_t end,
                    const ContentRules& rules, ChangeList* changes) {
  const ByteSet& specials = specials_of(rules.closers);
  const auto note = [&](ChangeKind kind, std::size_t from, std::size_t to) {
    if (changes != nullptr) changes->add(kind, from, to);
  };
  std::size_t at = start;
  while (at < end) {
    const std::size_t stop = specials.find(text, at, end);
    out += text.substr(at, stop - at);
    at = stop;
    if (at == end) break;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\\') {
      if (rules.raw) {
        out += "\\\\";
        ++at;
        if (at < end && text[at] == '"') {
          out += "\\\"";
          ++at;
        }
        continue;
      }
      if (rules.partial && rules.cut && half_pair(text, at, end)) break;
      const Escape escape = append_escape(out, text, at, end, rules.cut);
      if (escape.changed) note(ChangeKind::escape, at, at + escape.size);
      at += escape.size;
    } else if (byte < 0x20) {
      append_control(out, byte);
      note(ChangeKind::control, at, at + 1);
      ++at;
    } else {
      const Decoded ch = decode_utf8(text, at);
      if (byte == '"') out += '\\';
      out += text.substr(at, ch.bytes);
      if (rules.closers != nullptr && closes(*rules.closers, ch.code_point)) {
        note(ChangeKind::inner_quote, at, at + ch.bytes);
      }
      at += ch.bytes;
    }
  }
}

}  // namespace paritas
