#include "paritas/match/thinking_markers.hpp"

#include <algorithm>
#include <array>

#include "text/byte_scan.hpp"

namespace paritas {
namespace {

using Kind = MarkerMatch::Kind;
constexpr std::size_t kMaxMarker = 64, kMaxAttributes = 64, kMaxName = 16, kMaxRest = 64,
                      kMaxConstraint = 32;  // code points

struct Name {
  std::string_view text;
  std::uint32_t id;
};
constexpr std::array kTags{Name{"think", 4},      Name{"thinking", 6},    Name{"thought", 8},    Name{"thoughts", 8},
                           Name{"reasoning", 10}, Name{"scratchpad", 12}, Name{"seed:think", 12}};
constexpr std::array kBrackets{Name{"[think]", 14}, Name{"[/think]", 15}};
constexpr std::array kBars{Name{"<|begin_of_thinking|>", 2}, Name{"<|end_of_thinking|>", 3},
                           Name{"<|begin_of_thought|>", 16}, Name{"<|START_THINKING|>", 16},
                           Name{"<|end_of_thought|>", 17},   Name{"<|END_THINKING|>", 17}};
constexpr std::array kAfterHeader{Name{"<|end|>", kFinalChannelMarker}, Name{"<|return|>", kFinalChannelMarker},
                                  Name{"<|call|>", kFinalChannelMarker}};
// U+FF5C and U+2581; U+25C1 and U+25B7.
constexpr std::array kFullWidth{Name{"<\xEF\xBD\x9C"
                                     "begin\xE2\x96\x81of\xE2\x96\x81thinking\xEF\xBD\x9C>",
                                     0},
                                Name{"<\xEF\xBD\x9C"
                                     "end\xE2\x96\x81of\xE2\x96\x81thinking\xEF\xBD\x9C>",
                                     1}};
constexpr std::array kTriangles{Name{"\xE2\x97\x81think\xE2\x96\xB7", 18}, Name{"\xE2\x97\x81/think\xE2\x96\xB7", 19}};

constexpr char lower(char ch) noexcept { return ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch; }
constexpr bool is_small(char ch) noexcept { return ch >= 'a' && ch <= 'z'; }
constexpr bool begins_point(char ch) noexcept { return (static_cast<unsigned char>(ch) & 0xC0) != 0x80; }

/// How much of a text agrees with a word: all of it, all that there is of the text, or neither.
Kind literal(std::string_view text, std::string_view word) noexcept {
  if (text.size() >= word.size()) return text.substr(0, word.size()) == word ? Kind::found : Kind::none;
  return word.substr(0, text.size()) == text ? Kind::more : Kind::none;
}

/// The same in any case; `word` is in small letters.
Kind literal_any_case(std::string_view text, std::string_view word) noexcept {
  const std::size_t size = std::min(text.size(), word.size());
  for (std::size_t i = 0; i < size; ++i) {
    if (lower(text[i]) != word[i]) return Kind::none;
  }
  return size == word.size() ? Kind::found : Kind::more;
}

/// Behind the name of a tag: white space and attributes, and `>`; `bytes` counts on.
Kind tag_end(std::string_view text, std::size_t& bytes) noexcept {
  enum class Place : std::uint8_t { name, space, attribute, equals, value };
  Place place = Place::name;
  char quote = 0;
  std::size_t points = 0;
  for (; bytes < text.size(); ++bytes) {
    const char ch = text[bytes];
    if (place == Place::value) {
      if (ch == quote) place = Place::name;
    } else if (place == Place::equals) {
      if (ch != '"' && ch != '\'') return Kind::none;
      quote = ch;
      place = Place::value;
    } else if (ch == '>' && place != Place::attribute) {
      ++bytes;
      return Kind::found;
    } else if ((ch == ' ' || (ch >= '\t' && ch <= '\r' && ch != '\v')) && place != Place::attribute) {
      place = Place::space;
    } else if (place != Place::name &&
               (is_small(lower(ch)) || (ch >= '0' && ch <= '9') || ch == '_' || ch == ':' || ch == '.' || ch == '-')) {
      place = Place::attribute;
    } else if (ch == '=' && place == Place::attribute) {
      place = Place::equals;
    } else {
      return Kind::none;
    }
    if (begins_point(ch) && ++points > kMaxAttributes) return Kind::none;
  }
  return Kind::more;
}

/// `[<|start|>role]<|channel|>label[rest][<|constrain|>rest]<|message|>`, read from left to right.
class Header {
 public:
  explicit Header(std::string_view text) noexcept : text_(text) {}

  MarkerMatch read() noexcept {
    if (maybe("<|start|>")) run(1, kMaxName, is_small);
    must("<|channel|>");
    const std::size_t start = at_;
    run(1, kMaxName, is_small);
    const bool final = state_ == Kind::found && text_.substr(start, at_ - start) == "final";
    run(0, kMaxRest, is_rest);
    if (maybe("<|constrain|>")) run(0, kMaxConstraint, is_rest);
    must("<|message|>");
    return {state_, final ? kFinalChannelMarker : kChannelMarker, at_};
  }

 private:
  static bool is_rest(char ch) noexcept { return ch != '<'; }

  bool maybe(std::string_view word) noexcept {
    if (state_ != Kind::found) return false;
    const Kind kind = literal(text_.substr(at_), word);
    if (kind == Kind::more) state_ = kind;
    if (kind == Kind::found) at_ += word.size();
    return kind == Kind::found;
  }
  void must(std::string_view word) noexcept {
    if (!maybe(word) && state_ == Kind::found) state_ = Kind::none;
  }
  void run(std::size_t least, std::size_t most, bool (*belongs)(char)) noexcept {
    if (state_ != Kind::found) return;
    std::size_t points = 0;
    for (; at_ < text_.size() && belongs(text_[at_]); ++at_) {
      if (begins_point(text_[at_]) && ++points > most) {
        state_ = Kind::none;
        return;
      }
    }
    if (at_ == text_.size()) {
      state_ = Kind::more;
    } else if (points < least) {
      state_ = Kind::none;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Kind state_ = Kind::found;
};

/// Collects what may stand at one place: the longest marker, and whether a longer one may come.
class Best {
 public:
  void add(Kind kind, std::size_t bytes, std::uint32_t id) noexcept {
    more_ = more_ || kind == Kind::more;
    const bool better = bytes > best_.bytes || (bytes == best_.bytes && id < best_.id);
    if (kind == Kind::found && (best_.kind == Kind::none || better)) best_ = {kind, id, bytes};
  }
  template <class Words>
  void add_exact(std::string_view text, const Words& words) noexcept {
    for (const auto& word : words) add(literal(text, word.text), word.text.size(), word.id);
  }
  [[nodiscard]] MarkerMatch out(bool final) const noexcept {
    return more_ && !final ? MarkerMatch{Kind::more, 0, 0} : best_;
  }

 private:
  MarkerMatch best_;
  bool more_ = false;
};

void add_tags(std::string_view text, Best& best) noexcept {
  const std::size_t slash = text.size() > 1 && text[1] == '/' ? 1 : 0;
  const std::size_t start = 1 + slash;
  if (start >= text.size()) return best.add(Kind::more, 0, 0);
  const char first = lower(text[start]);
  if (first != 't' && first != 'r' && first != 's') return;
  for (const Name& tag : kTags) {
    Kind kind = literal_any_case(text.substr(start), tag.text);
    std::size_t bytes = start + tag.text.size();
    if (kind == Kind::found) kind = tag_end(text, bytes);
    best.add(kind, bytes, tag.id + static_cast<std::uint32_t>(slash));
  }
}

void add_defaults(std::string_view text, bool header_seen, Best& best) noexcept {
  switch (text[0]) {
    case '<':
      if (text.size() > 1 && text[1] == '|') {
        best.add_exact(text, kBars);
        if (header_seen) best.add_exact(text, kAfterHeader);
        const MarkerMatch header = Header(text).read();
        best.add(header.kind, header.bytes, header.id);
      } else if (text.size() > 1 && text[1] == '\xEF') {
        best.add_exact(text, kFullWidth);
      } else {
        add_tags(text, best);
      }
      break;
    case '[':
      for (const Name& word : kBrackets) best.add(literal_any_case(text, word.text), word.text.size(), word.id);
      break;
    case '\xE2':
      best.add_exact(text, kTriangles);
      break;
    default:
      break;
  }
}

std::size_t count_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_point));
}

}  // namespace

Result<MarkerTable> MarkerTable::create(std::span<const MarkerPair> pairs, bool defaults) {
  MarkerTable table;
  table.defaults_ = defaults;
  if (defaults) table.first_bytes_ = "<[\xE2";
  std::uint32_t id = kFirstCustomMarker;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto& [opening, closing] = pairs[i];
    for (const std::string& marker : {opening, closing}) {
      if (marker.empty() || count_points(marker) > kMaxMarker) {
        return Error{ErrorCode::invalid_argument, "a marker must have 1 to 64 characters", i};
      }
    }
    if (opening == closing) {
      return Error{ErrorCode::invalid_argument, "the two markers of a pair must differ", i};
    }
    for (const std::string& marker : {opening, closing}) {
      table.first_bytes_ += marker[0];
      table.custom_.push_back({marker, id++});
    }
  }
  return table;
}

MarkerMatch MarkerTable::match(std::string_view text, std::size_t at, bool final, bool header_seen) const {
  const std::string_view rest = text.substr(at);
  Best best;
  if (defaults_) add_defaults(rest, header_seen, best);
  for (const Custom& marker : custom_) {
    if (marker.text[0] == rest[0]) best.add(literal(rest, marker.text), marker.text.size(), marker.id);
  }
  return best.out(final);
}

std::vector<ThinkingMarker> find_thinking_markers(std::string_view text) {
  const MarkerTable table = MarkerTable::create().value();
  ByteSet first;
  for (const char byte : table.first_bytes()) first.add(static_cast<unsigned char>(byte));
  std::vector<ThinkingMarker> out;
  bool header_seen = false;
  for (std::size_t at = 0; (at = first.find(text, at, text.size())) < text.size();) {
    const MarkerMatch found = table.match(text, at, true, header_seen);
    if (found.kind != Kind::found) {
      ++at;
      continue;
    }
    header_seen = header_seen || found.id == kChannelMarker || found.id == kFinalChannelMarker;
    out.push_back({{at, at + found.bytes}, found.id});
    at += found.bytes;
  }
  return out;
}

}  // namespace paritas
