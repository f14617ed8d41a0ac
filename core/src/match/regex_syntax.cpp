#include "match/regex_syntax.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "paritas/text/utf8.hpp"

namespace paritas::regex {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr int kMostDepth = 64;
constexpr std::size_t kMostGroups = 99;
constexpr std::int64_t kMostCount = 1000;

const Ranges kDigit{{48, 57}};
const Ranges kWord{{48, 57}, {65, 90}, {95, 95}, {97, 122}};
const Ranges kSpace{{9, 13}, {32, 32}};

// What opens a group that is not ours, and its name.
constexpr std::pair<std::string_view, std::string_view> kOpenings[] = {
    {"?=", "look-ahead"},
    {"?!", "look-ahead"},
    {"?<=", "look-behind"},
    {"?<!", "look-behind"},
    {"?>", "an atomic group"},
    {"?#", "a comment"},
    {"?P=", "a back-reference"},
    {"?P>", "recursion"},
    {"?R", "recursion"},
    {"?&", "recursion"},
    {"?(", "a condition"},
    {"?<", "a group (?<name>...): write (?P<name>...)"},
    {"?'", "a group (?'name'...)"},
    {"?|", "a branch reset"},
    {"*", "a verb"},
};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
int hex(char c) {
  if (digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
bool single(const Ranges& ranges) { return ranges.front().low == ranges.back().high; }

/// Reads from left to right and remembers the first error; after it every part is empty and nothing more is read.
class Parser {
 public:
  Parser(std::string_view pattern, bool case_insensitive) : pattern_(pattern), folds_(case_insensitive) {}

  Result<Regex> parsed() {
    if (pattern_.size() > kMostBytes) {
      fail(ErrorCode::limit_exceeded, "a pattern must have at most 4096 bytes", 0);
      return *error_;
    }
    read_flags();
    Node root = alternatives();
    if (!error_ && at_ < pattern_.size()) {
      fail(ErrorCode::regex_syntax, "this ) closes nothing: write \\) for the character", at_);
    }
    if (!error_ && root.least == 0) {
      fail(ErrorCode::regex_matches_empty, "the pattern can match the empty text: make one of its parts a must", 0);
    }
    if (!error_) check_size(root, 0);
    if (error_) return *error_;
    return Regex{std::move(root), folds_, std::move(names_)};
  }

 private:
  void fail(ErrorCode code, std::string message, std::size_t offset) {
    if (!error_) error_ = Error{code, std::move(message), offset};
    at_ = pattern_.size();
  }
  void unsupported(std::string construct, std::size_t offset) {
    fail(ErrorCode::regex_unsupported, std::move(construct) + " is not supported", offset);
  }
  void check_size(const Node& node, std::size_t offset) {
    if (node.steps <= kMostSteps) return;
    fail(ErrorCode::limit_exceeded, "the pattern takes over 8 MiB when compiled: make its counts or classes smaller",
         offset);
  }

  /// The byte at that distance; 0 past the end, where `more` is false.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool more(std::size_t ahead = 0) const { return at_ + ahead < pattern_.size(); }
  [[nodiscard]] bool starts(std::string_view with) const { return pattern_.substr(at_).starts_with(with); }
  bool take(char c) {
    if (!more() || peek() != c) return false;
    ++at_;
    return true;
  }
  char32_t take_point() {
    const Decoded decoded = decode_utf8(pattern_, at_);
    at_ += decoded.bytes;
    return decoded.code_point;
  }

  void read_flags() {
    while (starts("(?")) {
      std::size_t end = at_ + 2;
      while (end < pattern_.size() && std::string_view("ims").find(pattern_[end]) != std::string_view::npos) ++end;
      if (end == at_ + 2 || end == pattern_.size() || pattern_[end] != ')') return;
      for (const char flag : pattern_.substr(at_ + 2, end - at_ - 2)) {
        (flag == 'i' ? folds_ : flag == 'm' ? lines_ : dot_all_) = true;
      }
      at_ = end + 1;
    }
  }

  Node alternatives() {
    std::vector<Node> parts;
    do parts.push_back(sequence());
    while (take('|'));
    return either(std::move(parts));
  }

  Node sequence() {
    std::vector<Node> parts;
    while (more() && peek() != '|' && peek() != ')') {
      Node part = repeated(atom());
      if (error_) break;
      parts.push_back(std::move(part));
    }
    if (!parts.empty()) return concat(std::move(parts));
    Node empty = assertion(Kind::concat);
    empty.steps = 0;
    return empty;
  }

  struct Counts {
    std::string_view low;
    std::optional<std::string_view> high;  // after a comma
    std::size_t end;
  };
  /// {n}, {n,} or {n,m} at this place.
  [[nodiscard]] std::optional<Counts> counts() const {
    if (!more() || peek() != '{') return std::nullopt;
    std::size_t end = at_ + 1;
    const auto digits = [&] {
      const std::size_t start = end;
      while (end < pattern_.size() && digit(pattern_[end])) ++end;
      return pattern_.substr(start, end - start);
    };
    Counts found{digits(), std::nullopt, 0};
    if (found.low.empty()) return std::nullopt;
    if (end < pattern_.size() && pattern_[end] == ',') {
      ++end;
      found.high = digits();
    }
    if (end == pattern_.size() || pattern_[end] != '}') return std::nullopt;
    found.end = end + 1;
    return found;
  }
  /// {,n} at this place.
  [[nodiscard]] bool half_counts() const {
    if (!starts("{,")) return false;
    std::size_t end = at_ + 2;
    while (end < pattern_.size() && digit(pattern_[end])) ++end;
    return end > at_ + 2 && end < pattern_.size() && pattern_[end] == '}';
  }

  static std::int64_t number(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) value = std::min<std::int64_t>(value * 10 + (c - '0'), kMostCount + 1);
    return value;
  }

  /// Whether a repetition stands here; then its counts.
  bool read_counts(std::int64_t& low, std::int64_t& high) {
    const char c = peek();
    if (c == '*' || c == '+' || c == '?') {
      low = c == '+' ? 1 : 0;
      high = c == '?' ? 1 : kInfinite;
      ++at_;
      return true;
    }
    const auto found = counts();
    if (!found) return false;
    low = number(found->low);
    high = !found->high ? low : found->high->empty() ? kInfinite : number(*found->high);
    if (low > kMostCount || (high > kMostCount && high != kInfinite)) {
      fail(ErrorCode::limit_exceeded, "a count of repetitions must be at most 1000", at_);
    } else if (high < low || high == 0) {
      fail(ErrorCode::regex_syntax, "a repetition needs a largest count of at least 1 and of its smallest", at_);
    } else {
      at_ = found->end;
    }
    return true;
  }

  Node repeated(Node node) {
    const std::size_t start = at_;
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (error_ || !more() || !read_counts(low, high) || error_) return node;
    if (node.least == 0) {
      fail(ErrorCode::regex_matches_empty,
           "the part that is repeated here can match the empty text: make one of its parts a must", start);
      return node;
    }
    const bool lazy = take('?');
    if (more() && peek() == '+') {
      unsupported("a possessive repetition", at_);
    } else if (more() && (peek() == '*' || peek() == '?' || counts())) {
      fail(ErrorCode::regex_syntax, "a repetition cannot be repeated: put it into (?:...)", at_);
    }
    if (error_) return node;
    Node out = repeat(std::move(node), low, high, lazy);
    if (out.repeats > kMostCount) {
      fail(ErrorCode::limit_exceeded, "repetitions inside one another must multiply to at most 1000", start);
    } else {
      check_size(out, start);
    }
    return out;
  }

  Node atom() {
    const std::size_t start = at_;
    const char c = peek();
    if (c == '*' || c == '+' || c == '?' || counts()) {
      fail(ErrorCode::regex_syntax, std::string("there is nothing to repeat: write \\") + c + " for the character",
           start);
      return assertion(Kind::concat);
    }
    if (half_counts()) {
      unsupported("a count without its smallest number (write {0,n})", start);
      return assertion(Kind::concat);
    }
    switch (c) {
      case '(':
        return captured();
      case '[':
        return bracket();
      case '\\':
        return escape();
      case '.':
        ++at_;
        return set_node(dot_all_ ? Ranges{{0, kLast}} : Ranges{{0, 9}, {11, kLast}}, folds_);
      case '^':
        ++at_;
        return assertion(lines_ ? Kind::begin_line : Kind::begin_text);
      case '$':
        ++at_;
        return assertion(lines_ ? Kind::end_line : Kind::end_text);
      default:
        return character(take_point());
    }
  }

  Node character(char32_t c) {
    Ranges ranges{{c, c}};
    return set_node(folds_ ? with_cases(ranges) : std::move(ranges), folds_);
  }

  Node captured() {
    const std::size_t start = at_++;
    if (depth_ == kMostDepth) {
      fail(ErrorCode::limit_exceeded, "groups must lie at most 64 deep", start);
      return assertion(Kind::concat);
    }
    bool captures = true;
    std::string name;
    if (starts("?:")) {
      at_ += 2;
      captures = false;
    } else if (read_name(name)) {
      if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
        fail(ErrorCode::regex_syntax, "two groups have one name", start);
        return assertion(Kind::concat);
      }
    } else if (more() && (peek() == '?' || peek() == '*')) {
      refuse_group(start);
      return assertion(Kind::concat);
    }
    if (captures) names_.push_back(std::move(name));
    if (names_.size() > kMostGroups) {
      fail(ErrorCode::limit_exceeded, "a pattern must have at most 99 groups: write (?:...)", start);
      return assertion(Kind::concat);
    }
    ++depth_;
    Node inner = alternatives();
    --depth_;
    if (!error_ && !take(')')) {
      fail(ErrorCode::regex_syntax, "this ( is never closed: write \\( for the character", start);
    }
    return captures ? group(std::move(inner)) : inner;
  }

  /// ?P<name> at this place.
  bool read_name(std::string& name) {
    if (!starts("?P<")) return false;
    std::size_t end = at_ + 3;
    const auto good = [&](char c) { return letter(c) || c == '_' || (end > at_ + 3 && digit(c)); };
    while (end < pattern_.size() && good(pattern_[end])) ++end;
    if (end == at_ + 3 || end == pattern_.size() || pattern_[end] != '>') return false;
    name = std::string(pattern_.substr(at_ + 3, end - at_ - 3));
    at_ = end + 1;
    return true;
  }

  void refuse_group(std::size_t start) {
    for (const auto& [opening, construct] : kOpenings) {
      if (starts(opening)) return unsupported(std::string(construct), start);
    }
    const char following = peek(1);
    if (following == 'P') {
      return fail(ErrorCode::regex_syntax, "a group's name is (?P<name>...) with letters, digits and _", start);
    }
    if (digit(following)) return unsupported("recursion", start);
    if (more(1) && std::string_view("-imsxUaLu").find(following) != std::string_view::npos) {
      return unsupported("a flag other than (?i), (?m) and (?s) at the start", start);
    }
    fail(ErrorCode::regex_syntax, "a group begins with (, (?: or (?P<name>", start);
  }

  Node escape() {
    if (more(1) && (peek(1) == 'b' || peek(1) == 'B')) {
      at_ += 2;
      return assertion(pattern_[at_ - 1] == 'b' ? Kind::boundary : Kind::no_boundary);
    }
    Ranges ranges = escaped();
    if (error_) return assertion(Kind::concat);
    return single(ranges) ? character(ranges[0].low) : set_node(std::move(ranges), folds_);
  }

  /// What an escape stands for, in a class or outside; empty after an error. A class is ASCII, whatever the case.
  Ranges escaped() {
    const std::size_t start = at_++;
    if (!more()) {
      fail(ErrorCode::regex_syntax, "the pattern ends with a backslash: write \\\\ for the character", start);
      return {};
    }
    const char c = peek();
    const char32_t point = take_point();
    switch (c) {
      case 'd':
        return kDigit;
      case 'D':
        return complement(kDigit);
      case 'w':
        return kWord;
      case 'W':
        return complement(kWord);
      case 's':
        return kSpace;
      case 'S':
        return complement(kSpace);
      case 'n':
        return {{10, 10}};
      case 't':
        return {{9, 9}};
      case 'r':
        return {{13, 13}};
      case 'f':
        return {{12, 12}};
      case 'v':
        return {{11, 11}};
      case 'x':
        return hexadecimal(start);
      default:
        break;
    }
    if (point >= 128 || (!digit(c) && !letter(c))) return {{point, point}};
    if (c >= '1' && c <= '9') {
      unsupported("a back-reference", start);
    } else {
      unsupported(std::string("the escape \\") + c, start);
    }
    return {};
  }

  Ranges hexadecimal(std::size_t start) {
    std::size_t end = at_;
    const bool braces = take('{');
    if (braces) ++end;
    char32_t value = 0;
    while (end < pattern_.size() && hex(pattern_[end]) >= 0 && (braces || end < at_ + 2)) {
      value = std::min<char32_t>(value * 16 + static_cast<char32_t>(hex(pattern_[end])), kLast + 1);
      ++end;
    }
    const bool whole = braces ? end > at_ && end < pattern_.size() && pattern_[end] == '}' : end == at_ + 2;
    if (!whole || value > kLast || (value >= 0xD800 && value <= 0xDFFF)) {
      fail(ErrorCode::regex_syntax, "\\x needs two hexadecimal digits, or a code point in braces: \\x{1F600}", start);
      return {};
    }
    at_ = braces ? end + 1 : end;
    return {{value, value}};
  }

  Node bracket() {
    const std::size_t start = at_++;
    const bool negated = take('^');
    Ranges ranges;
    Ranges classes;
    for (bool first = true; !error_ && (first || peek() != ']' || !more()); first = false) {
      if (!more()) {
        fail(ErrorCode::regex_syntax, "this [ is never closed: write \\[ for the character", start);
      } else if (starts("[:")) {
        unsupported("a class of the form [:name:] (write \\[ for the character)", at_);
      } else {
        read_item(ranges, classes);
      }
    }
    if (error_) return assertion(Kind::concat);
    ++at_;
    Ranges found = merged(std::move(ranges));
    if (folds_) found = with_cases(found);
    found.insert(found.end(), classes.begin(), classes.end());
    found = merged(std::move(found));
    if (negated) found = complement(found);
    if (found.empty()) {
      fail(ErrorCode::regex_syntax, "nothing can match this class", start);
      return assertion(Kind::concat);
    }
    return set_node(std::move(found), folds_);
  }

  /// A character, a class or a range, with what it stands for.
  void read_item(Ranges& ranges, Ranges& classes) {
    const std::size_t start = at_;
    const Ranges first = item();
    if (error_) return;
    if (more() && peek() == '-' && more(1) && peek(1) != ']') {
      ++at_;
      const Ranges last = item();
      if (error_) return;
      if (!single(first) || !single(last) || last[0].low < first[0].low) {
        return fail(ErrorCode::regex_syntax,
                    "a range goes from one character to one that is not below it: write \\- for the character", start);
      }
      ranges.push_back({first[0].low, last[0].low});
    } else if (single(first)) {
      ranges.push_back(first[0]);
    } else {
      classes.insert(classes.end(), first.begin(), first.end());
    }
  }

  Ranges item() {
    if (peek() == '\\') {
      if (more(1) && (peek(1) == 'b' || peek(1) == 'B')) {
        fail(ErrorCode::regex_syntax, "a class cannot hold a word boundary", at_);
        return {};
      }
      return escaped();
    }
    const char32_t c = take_point();
    return {{c, c}};
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool folds_;
  bool lines_ = false;
  bool dot_all_ = false;
  std::vector<std::string> names_;
  std::optional<Error> error_;
};

}  // namespace

Literals Regex::literals() const {
  auto found = best({&root.needs, &root.exact});
  return found ? std::move(*found) : Literals{};
}

Result<Regex> parse(std::string_view pattern, bool case_insensitive) {
  return Parser(pattern, case_insensitive).parsed();
}

}  // namespace paritas::regex
