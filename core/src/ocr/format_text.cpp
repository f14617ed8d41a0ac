#include "ocr/format_text.hpp"

#include <cstdint>
#include <cstring>

#include "paritas/text/fold.hpp"

namespace paritas::format {
namespace {

constexpr bool is_ascii_space(char32_t c) noexcept { return c == ' ' || (c >= 9 && c <= 13); }

/// White_Space of Unicode; unlike TextClass::space without U+200B.
bool is_space(char32_t c) noexcept {
  if (c < 0x80) return is_ascii_space(c);
  const Category kind = category(c);
  return c == 0x85 || kind == Category::Zs || kind == Category::Zl || kind == Category::Zp;
}
constexpr bool is_break(char32_t c) noexcept { return (c >= 10 && c <= 13) || c == 0x85 || c == 0x2028 || c == 0x2029; }
constexpr bool is_hyphen(char32_t c) noexcept {  // NFKC has made U+2010 of U+2011, and ASCII of the wide ones
  return c == 0x2010 || c == 0x2012 || c == 0x2013 || c == 0x2212;
}

/// Collects characters: a run of space is written when something follows it, so that the text comes out trimmed.
class Writer {
 public:
  Writer(std::string& out, std::size_t room, bool keep_breaks) : out_(out), keep_breaks_(keep_breaks) {
    out_.clear();
    out_.reserve(room);
  }
  void space(bool is_line_break) {
    space_ = true;
    break_ = break_ || is_line_break;
  }
  /// The text so far, for the next character.
  std::string& out() {
    if (space_ && !out_.empty()) out_ += break_ && keep_breaks_ ? '\n' : ' ';
    space_ = break_ = false;
    return out_;
  }

 private:
  std::string& out_;
  bool keep_breaks_;
  bool space_ = false;
  bool break_ = false;
};

enum class State : std::uint8_t { other, ascii, clean };

/// ASCII is clean when all its White_Space is single spaces between other characters. Eight bytes at a time; a text that
/// is clean but has "!" behind a space may be called ascii, and is copied.
State state_of(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHigh = 0x80 * kOnes, kSpaces = ' ' * kOnes;
  bool clean = text.empty() || (text.front() != ' ' && text.back() != ' ');
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if ((bytes & kHigh) != 0) return State::other;
    const std::uint64_t controls = (bytes - kSpaces) & ~bytes & kHigh;
    const std::uint64_t others = bytes ^ kSpaces;
    const std::uint64_t spaces = (others - kOnes) & ~others & kHigh;
    const bool again = at > 0 && text[at] == ' ' && text[at - 1] == ' ';
    clean = clean && controls == 0 && (spaces & spaces << 8) == 0 && !again;
  }
  for (; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) return State::other;
    clean = clean && c >= ' ' && !(c == ' ' && at > 0 && text[at - 1] == ' ');
  }
  return clean ? State::clean : State::ascii;
}

}  // namespace

std::string_view clean(std::string_view text, Cleaning cleaning, std::string& room) {
  const State state = state_of(text);
  if (state == State::clean) return text;
  if (state == State::ascii) {
    Writer writer(room, text.size(), cleaning.keep_breaks);
    for (const char c : text) {
      if (is_ascii_space(static_cast<unsigned char>(c))) {
        writer.space(is_break(static_cast<unsigned char>(c)));
      } else {
        writer.out() += c;
      }
    }
    return room;
  }
  const std::string plain = nfkc(text);
  Writer writer(room, plain.size(), cleaning.keep_breaks);
  for (std::size_t at = 0; at < plain.size();) {
    const auto [c, bytes] = decode_utf8(plain, at);
    if (is_space(c)) {
      writer.space(is_break(c));
    } else if (const int digit = digit_value(c); digit >= 0) {
      writer.out() += static_cast<char>('0' + digit);
    } else if (!cleaning.keep_dashes && is_hyphen(c)) {
      writer.out() += '-';
    } else {
      writer.out().append(plain, at, bytes);
    }
    at += bytes;
  }
  return room;
}

std::size_t word_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size()) {
    const auto [c, bytes] = decode_utf8(text, at);
    if (!is_word_part(category(c))) break;
    at += bytes;
  }
  return at;
}

std::size_t word_begin(std::string_view text, std::size_t at) noexcept {
  while (at > 0) {
    const auto [c, bytes] = decode_before(text, at);
    if (!is_word_part(category(c))) break;
    at -= bytes;
  }
  return at;
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::u32string mapped;
  for (std::size_t at = 0; at < text.size();) {
    const auto [c, bytes] = decode_utf8(text, at);
    mapped.clear();
    append_lower(mapped, c);
    for (const char32_t each : mapped) append_utf8(out, each);
    at += bytes;
  }
  return out;
}

std::string digits_for(std::string_view text) {
  constexpr std::string_view kRead = "OoQDIli|ZzSsGB", kMeant = "00001111225568";
  if (text.find_first_of(kRead) == std::string_view::npos) return {};
  std::string out(text);
  for (char& c : out) {
    const std::size_t at = kRead.find(c);
    if (at != std::string_view::npos) c = kMeant[at];
  }
  return out;
}

}  // namespace paritas::format
