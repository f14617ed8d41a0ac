#include <algorithm>

#include "match/pii_find.hpp"
#include "paritas/text/unicode.hpp"

namespace paritas::pii {
namespace {

constexpr std::size_t kLongestLocal = 64, kLongestLabel = 63, kLongest = 254;
constexpr std::string_view kSigns = ".!#$%&'*+/=?^_{|}~-`";
// What stands around an address rather than in it: quotes, emphasis, the sign of a URL's parameter.
constexpr std::string_view kWrappers = ".!#$%&'*+/=?^{|}~-`";
constexpr std::string_view kFiles[] = {"png", "jpg", "jpeg", "gif",  "svg", "webp",
                                       "css", "js",  "ts",   "json", "html"};  // icon@2x.png

bool holds(std::string_view signs, char c) { return signs.find(c) != std::string_view::npos; }

/// A letter, a digit, or a mark that belongs to its letter.
bool is_part(char32_t c) {
  if (c < 0x80) return is_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c));
  const Category kind = category(c);
  return paritas::is_letter(kind) || is_mark(kind) || kind == Category::Nd;
}
bool is_unspaced(char32_t c) { return c >= 0x80 && text_class(c) == TextClass::unspaced; }

/// How many bytes and code points belong to an address; none where it is no address.
struct Side {
  std::size_t bytes = 0;
  std::size_t points = 0;
};

Side local_before(std::string_view text, std::size_t at, std::size_t free) {
  std::size_t start = at, points = 0;
  const bool mixed = at > free && is_unspaced(decode_before(text, at, free).code_point);
  while (start > free) {
    const auto [c, bytes] = decode_before(text, start, free);
    if (c == '.' && (start == at || text[start] == '.')) break;
    if (!is_part(c) && !(c < 0x80 && holds(kSigns, static_cast<char>(c)))) break;
    if (!mixed && is_unspaced(c)) break;  // a sentence in Chinese goes on without a space
    start -= bytes;
    if (++points > kLongestLocal) return {};
  }
  while (start < at && holds(kWrappers, text[start])) {
    ++start;
    --points;
  }
  if (start == at || text[at - 1] == '}') return {};  // {name}@example.com shows a form
  return {at - start, points};
}

/// A label between dots: 1 to 63 code points without a hyphen at an edge; the last one says where the address is.
bool is_label(std::string_view label, bool last) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  std::size_t points = 0;
  bool letters = true;  // and marks, alone
  for (std::size_t i = 0; i < label.size(); ++points) {
    const auto [c, bytes] = decode_utf8(label, i);
    letters = letters && c != '-' && category(c) != Category::Nd;
    i += bytes;
  }
  if (points > kLongestLabel) return false;
  if (!last) return true;
  std::string small;
  for (const char c : label) small += lower(c);
  if (std::find(std::begin(kFiles), std::end(kFiles), small) != std::end(kFiles)) return false;
  return (letters && points >= 2) || small.substr(0, 4) == "xn--";
}

Side domain_behind(std::string_view text, std::size_t at) {
  std::size_t end = at + 1, points = 1;  // with the @
  const bool mixed = end < text.size() && is_unspaced(decode_utf8(text, end).code_point);
  const auto part_at = [&](std::size_t i) -> std::size_t {  // bytes of what may stand in a label, 0 for anything else
    if (i >= text.size()) return 0;
    const auto [c, bytes] = decode_utf8(text, i);
    return (c == '-' || is_part(c)) && (mixed || !is_unspaced(c)) ? bytes : 0;
  };
  while (true) {
    std::size_t bytes = part_at(end);
    if (bytes == 0 && char_at(text, end) == '.' && end > at + 1 && part_at(end + 1) != 0) bytes = 1;
    if (bytes == 0) break;
    end += bytes;
    if (++points > kLongest) return {};
  }
  for (; text[end - 1] == '-'; --end) --points;  // an address before a dash
  std::string_view rest = text.substr(at + 1, end - at - 1);
  if (rest.find('.') == std::string_view::npos) return {};
  for (std::size_t dot = 0; dot != std::string_view::npos;) {
    dot = rest.find('.');
    if (!is_label(rest.substr(0, dot), dot == std::string_view::npos)) return {};
    rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  }
  return {end - at, points};
}

}  // namespace

Decoded decode_before(std::string_view text, std::size_t end, std::size_t floor) noexcept {
  std::size_t at = end - 1;
  while (at > floor && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  const Decoded decoded = decode_utf8(text, at);
  return at + decoded.bytes == end ? decoded : Decoded{kReplacement, 1};
}

Maybe email_around(std::string_view text, std::size_t at, std::size_t free) {
  const Side domain = domain_behind(text, at);
  if (domain.bytes == 0) return std::nullopt;
  const Side local = local_before(text, at, free);
  if (local.bytes == 0 || local.points + domain.points > kLongest) return std::nullopt;
  const Span span{at - local.bytes, at + domain.bytes};
  if (text.substr(span.start, local.bytes) == "git") {  // git@host:path is where a repository is
    const char sign = char_at(text, span.end), next = char_at(text, span.end + 1);
    const bool blank = span.end + 1 >= text.size() || next == ' ' || next == '\t' || next == '\r' || next == '\n';
    if ((sign == ':' || sign == '/') && !blank) return std::nullopt;
  }
  std::string normalized(text.substr(span.start, local.bytes + 1));
  std::u32string small;
  for (std::size_t i = at + 1; i < span.end;) {
    const auto [c, bytes] = decode_utf8(text, i);
    small.clear();
    append_lower(small, c);
    for (const char32_t each : small) append_utf8(normalized, each);
    i += bytes;
  }
  return Found{span, std::move(normalized)};
}

}  // namespace paritas::pii
