#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "match/response_find.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas::response {
namespace {

constexpr std::size_t kCharRun = 40, kLineLoop = 5;
constexpr std::size_t kNoveltyWords = 50, kNoveltyPercent = 30;
constexpr std::size_t kReplacements = 3, kMojibake = 3, kSoup = 40;

/// What may stand in a row: white space, and what divides a text.
bool may_run(char32_t c) {
  if (c < 0x80 && std::string_view("-=_*#~.").find(static_cast<char>(c)) != std::string_view::npos) return true;
  return is_blank(c) || (c >= 0x2500 && c <= 0x257F);
}
/// C0 but tabs and line ends, DEL, and C1 but the line end among them.
constexpr bool is_control(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85);
}

/// How many of some numbers differ.
std::size_t distinct(const std::vector<std::uint64_t>& numbers) {
  std::size_t size = 64;
  while (size < 2 * numbers.size()) size *= 2;
  std::vector<std::uint64_t> table(size);  // 0: free
  std::size_t count = 0;
  bool zero = false;
  for (const std::uint64_t number : numbers) {
    if (number == 0) {
      zero = true;
      continue;
    }
    std::size_t at = static_cast<std::size_t>(number) & (size - 1);
    while (table[at] != 0 && table[at] != number) at = (at + 1) & (size - 1);
    if (table[at] == 0) {
      table[at] = number;
      ++count;
    }
  }
  return count + (zero ? 1 : 0);
}

/// Runs of letters, marks and digits, in small letters, as their hashes; runs of three of them.
class Words {
 public:
  /// ASCII letters and digits.
  void add(std::string_view ascii) {
    const std::size_t before = word_.size();
    word_ += ascii;
    for (std::size_t i = before; i < word_.size(); ++i) {
      const char c = word_[i];
      word_[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 0x20 : c);
    }
  }
  void add(char32_t c) {
    small_.clear();
    append_lower(small_, c);
    for (const char32_t each : small_) append_utf8(word_, each);
  }
  void end() {
    if (word_.empty()) return;
    last_[0] = last_[1];
    last_[1] = last_[2];
    last_[2] = xxh3_64(word_);
    word_.clear();
    if (++count_ >= 3) triples_.push_back(xxh3_64({reinterpret_cast<const char*>(last_), sizeof last_}));
  }
  [[nodiscard]] bool repetitive() const {
    return count_ >= kNoveltyWords && distinct(triples_) * 100 < kNoveltyPercent * triples_.size();
  }

 private:
  std::string word_;
  std::u32string small_;
  std::uint64_t last_[3] = {};
  std::size_t count_ = 0;
  std::vector<std::uint64_t> triples_;
};

enum Flag : std::uint8_t { kWord = 1, kBlank = 2, kControl = 4 };
constexpr std::array<std::uint8_t, 128> kFlags = [] {
  std::array<std::uint8_t, 128> flags{};
  for (unsigned c = 0; c < 128; ++c) {
    const bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    flags[c] = static_cast<std::uint8_t>((word ? kWord : 0) | (blank ? kBlank : 0) | (is_control(c) ? kControl : 0));
  }
  return flags;
}();
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr std::uint8_t flags_of(char c) { return kFlags[static_cast<unsigned char>(c)]; }

/// Reads what is no code once, and counts.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  void read(Span part) {
    before_ = 0;
    for (std::size_t at = part.start; at < part.end;) {
      if (!is_ascii(text_[at])) {
        at += take(at);
        continue;
      }
      before_ = 0;
      const std::size_t start = at;
      const std::uint8_t flags = flags_of(text_[at++]);
      if ((flags & kWord) != 0) {
        while (at < part.end && is_ascii(text_[at]) && (flags_of(text_[at]) & kWord) != 0) ++at;
        words_.add(text_.substr(start, at - start));
        readable_ += at - start;
      } else {
        words_.end();
        if ((flags & kBlank) != 0) ++readable_;
        if ((flags & kControl) != 0) control(start, at);
      }
      points_ += at - start;
    }
    words_.end();
  }

  [[nodiscard]] const Words& words() const { return words_; }
  [[nodiscard]] const std::vector<Fault>& controls() const { return controls_; }
  [[nodiscard]] const std::vector<Span>& mojibake() const { return mojibake_; }
  [[nodiscard]] std::size_t replaced() const { return replaced_; }
  [[nodiscard]] bool lost_bytes() const { return replaced_ >= kReplacements && replaced_ * 50 > points_; }
  [[nodiscard]] bool soup() const { return points_ >= kSoup && readable_ * 2 < points_; }

 private:
  /// What is not ASCII; its bytes.
  std::size_t take(std::size_t at) {
    const auto [c, bytes] = decode_utf8(text_, at);
    ++points_;
    const Category kind = category(c);
    const bool word = is_letter(kind) || is_mark(kind) || kind == Category::Nd;
    if (c == kReplacement) ++replaced_;
    if (word || is_number(kind) || is_blank(c)) ++readable_;
    if (word) {
      words_.add(c);
    } else {
      words_.end();
    }
    if (is_control(c)) control(at, at + bytes);
    // UTF-8 that was read as Latin-1 or Windows-1252.
    if (((before_ == 0xC2 || before_ == 0xC3) && c <= 0xBF) || (before_ == 0xE2 && c == 0x20AC)) {
      mojibake_.push_back({before_at_, at + bytes});
    }
    before_ = c;
    before_at_ = at;
    return bytes;
  }

  void control(std::size_t start, std::size_t end) {
    if (!controls_.empty() && controls_.back().span.end == start) {
      controls_.back().span.end = end;
    } else {
      controls_.push_back({{start, end}, "control_chars"});
    }
  }

  std::string_view text_;
  Words words_;
  std::vector<Fault> controls_;
  std::vector<Span> mojibake_;
  char32_t before_ = 0;  // the code point before, if it is not ASCII
  std::size_t before_at_ = 0;
  std::size_t points_ = 0, readable_ = 0, replaced_ = 0;
};

/// Whether one code point may stand in a row somewhere: a row of 40 has at every byte but its last ones what stands one
/// code point, 1 to 4 bytes, further on. Rows of spaces and rulers are none; ill-formed bytes are not looked at.
bool may_have_runs(std::string_view text) {
  constexpr std::size_t kStep = 24, kLook = 8;
  static_assert(kStep + kLook + 1 <= kCharRun);
  for (std::size_t at = 0; at + kLook + 4 <= text.size(); at += kStep) {
    std::uint64_t here = 0;
    std::memcpy(&here, text.data() + at, kLook);
    for (std::size_t bytes = 1; bytes <= 4; ++bytes) {
      std::uint64_t further = 0;
      std::memcpy(&further, text.data() + at + bytes, kLook);
      if (here != further) continue;
      if (is_ascii(text[at]) && may_run(static_cast<char32_t>(text[at]))) break;
      return true;
    }
  }
  return false;
}

/// One code point again and again.
void add_char_runs(std::string_view text, Span part, std::vector<Fault>& out) {
  char32_t of = 0;
  std::size_t count = 0, start = part.start;
  for (std::size_t at = part.start; at < part.end; ++count) {
    const auto [c, bytes] = decode_utf8(text, at);
    if (count == 0 || c != of) {
      if (count >= kCharRun && !may_run(of)) out.push_back({{start, at}, "char_run"});
      of = c;
      start = at;
      count = 0;
    }
    at += bytes;
  }
  if (count >= kCharRun && !may_run(of)) out.push_back({{start, part.end}, "char_run"});
}

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
}

/// A line that is not blank, five times running; a CR at its end and blanks around it say nothing.
void add_line_loops(std::string_view text, Inside inside, std::vector<Fault>& out) {
  std::string_view before;
  Span run{};
  std::size_t count = 0;
  const auto end_run = [&] {
    if (!before.empty() && count >= kLineLoop) out.push_back({run, "line_loop"});
  };
  for (std::size_t start = 0; start <= text.size();) {
    std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) end = text.size();
    std::string_view line = trimmed(text.substr(start, end - start));
    if (start < text.size() && inside(start)) line = {};
    if (!line.empty() && line == before) {
      run.end = end;
      ++count;
    } else {
      end_run();
      before = line;
      run = {start, end};
      count = 1;
    }
    start = end + 1;
  }
  end_run();
}

}  // namespace

std::vector<Fault> find_garbage(std::string_view text, std::span<const CodeRegion> code) {
  const Span whole{0, text.size()};
  std::vector<Span> parts;  // what is no code
  std::size_t start = 0;
  for (const CodeRegion& region : code) {
    parts.push_back({start, region.span.start});
    start = region.span.end;
  }
  parts.push_back({start, text.size()});

  Reader reader(text);
  for (const Span part : parts) reader.read(part);
  std::vector<Fault> out;
  if (reader.replaced() >= kCharRun || may_have_runs(text)) {
    for (const Span part : parts) add_char_runs(text, part, out);
  }
  add_line_loops(text, Inside(code), out);
  if (reader.words().repetitive()) out.push_back({whole, "low_novelty"});
  if (reader.lost_bytes()) out.push_back({whole, "replacement_chars"});
  out.insert(out.end(), reader.controls().begin(), reader.controls().end());
  const std::vector<Span>& mojibake = reader.mojibake();
  if (mojibake.size() >= kMojibake) {
    out.push_back({{mojibake.front().start, mojibake.back().end}, "mojibake"});
  }
  if (reader.soup()) out.push_back({whole, "symbol_soup"});
  for (const CodeRegion& fence : code_regions(text, false)) {
    if (!fence.closed) out.push_back({fence.span, "unclosed_fence"});
  }
  return out;
}

}  // namespace paritas::response
