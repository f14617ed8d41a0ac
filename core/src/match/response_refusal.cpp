#include <string>

#include "match/pii_find.hpp"
#include "match/response_find.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas::response {
namespace {

constexpr std::size_t kReach = 200;   // code points from the start of the text in which a refusal begins
constexpr std::size_t kWindow = 400;  // and in which it ends

// Words of each phrase are divided by one space.
constexpr std::string_view kApologies[] = {"sorry", "i'm sorry", "i am sorry", "i apologize", "unfortunately", "but"};
constexpr std::string_view kWho[] = {"i", "we"};
constexpr std::string_view kHindrances[] = {
    "can't",          "cannot",          "can not",         "am unable to",      "are unable to", "won't be able to",
    "am not able to", "are not able to", "must decline to", "have to decline to"};
constexpr std::string_view kWhoIs[] = {"i'm", "we're"};
constexpr std::string_view kStates[] = {"unable to", "not able to"};
constexpr std::string_view kDeeds[] = {"help",   "assist",   "comply", "provide", "fulfill",  "answer", "do that",
                                       "create", "generate", "write",  "share",   "continue", "discuss"};
constexpr std::string_view kMachines[] = {"as an ai language model", "as an ai assistant"};

struct Word {
  std::string text;  // ASCII letters small, apostrophes straight
  Span span;
  std::size_t point;  // the number of its first code point
};

bool is_part(char32_t c) {
  if (c < 0x80) return pii::is_letter(static_cast<char>(c)) || pii::is_digit(static_cast<char>(c));
  const Category kind = category(c);
  return is_letter(kind) || is_mark(kind) || is_number(kind);
}
bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

/// Runs of letters, marks and numbers, apostrophes between them, in the first code points of a text.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {
    std::size_t end = 0;
    for (std::size_t points = 0; end < text.size() && points < kWindow; ++points) end += decode_utf8(text, end).bytes;
    text_ = text.substr(0, end);
    bool open = false;
    std::size_t point = 0;
    for (std::size_t at = 0; at < text_.size(); ++point) {
      const auto [c, bytes] = decode_utf8(text_, at);
      const std::size_t next = at + bytes;
      const bool inner =
          is_apostrophe(c) && open && next < text_.size() && is_part(decode_utf8(text_, next).code_point);
      if (inner || is_part(c)) {
        if (!open) words_.push_back({{}, {at, at}, point});
        open = true;
        Word& word = words_.back();
        word.span.end = next;
        if (inner) {
          word.text += '\'';
        } else if (c < 0x80) {
          word.text += pii::lower(static_cast<char>(c));
        } else {
          word.text += text_.substr(at, bytes);
        }
      } else {
        open = false;
      }
      at = next;
    }
  }

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  const Word& operator[](std::size_t i) const { return words_[i]; }
  /// What stands before a word, behind the one before it.
  [[nodiscard]] std::string_view gap(std::size_t word) const {
    const std::size_t start = words_[word - 1].span.end;
    return text_.substr(start, words_[word].span.start - start);
  }

  /// The word behind a phrase that stands at `at`, and `at` where it does not.
  [[nodiscard]] std::size_t behind(std::size_t at, std::string_view phrase) const {
    std::size_t word = at;
    while (!phrase.empty()) {
      const std::string_view part = phrase.substr(0, phrase.find(' '));
      if (word == words_.size() || words_[word].text != part) return at;
      if (word > at && gap(word).find_first_not_of(" \t") != std::string_view::npos) return at;
      phrase.remove_prefix(part.size() == phrase.size() ? part.size() : part.size() + 1);
      ++word;
    }
    return word;
  }
  /// The same of a second phrase that follows with nothing but spaces between.
  [[nodiscard]] bool joins(std::size_t word) const {
    return word < words_.size() && gap(word).find_first_not_of(" \t") == std::string_view::npos;
  }

 private:
  std::string_view text_;
  std::vector<Word> words_;
};

std::size_t behind_any(const Words& words, std::size_t at, std::span<const std::string_view> phrases) {
  for (const std::string_view phrase : phrases) {
    if (const std::size_t end = words.behind(at, phrase); end > at) return end;
  }
  return at;
}

/// The word behind "WHO HOW DEED", and `at` where there is none.
std::size_t behind_refusal(const Words& words, std::size_t at, std::span<const std::string_view> who,
                           std::span<const std::string_view> how) {
  const std::size_t subject = behind_any(words, at, who);
  if (subject == at || !words.joins(subject)) return at;
  for (const std::string_view each : how) {
    const std::size_t verb = words.behind(subject, each);
    if (verb == subject || !words.joins(verb)) continue;
    if (const std::size_t end = behind_any(words, verb, kDeeds); end > verb) return end;
  }
  return at;
}

bool ends_clause(std::string_view gap) {
  for (std::size_t at = 0; at < gap.size();) {
    const auto [c, bytes] = decode_utf8(gap, at);
    if (c < 0x80 ? std::string_view(".!?:;,\n").find(static_cast<char>(c)) != std::string_view::npos
                 : c == 0x2013 || c == 0x2014) {
      return true;
    }
    at += bytes;
  }
  return false;
}

bool begins_clause(const Words& words, std::size_t first) {
  if (first == 0) return true;
  const std::string_view before = words[first - 1].text;
  return before == "but" || before == "however" || ends_clause(words.gap(first));
}

}  // namespace

std::optional<Span> find_refusal(std::string_view text, std::span<const CodeRegion> code) {
  const Words words(text);
  Inside inside(code);
  for (std::size_t first = 0; first < words.size() && words[first].point < kReach; ++first) {
    if (inside(words[first].span.start) || !begins_clause(words, first)) continue;
    std::size_t at = first;
    while (true) {
      const std::size_t behind = behind_any(words, at, kApologies);
      if (behind == at) break;
      at = behind;
      if (at < words.size() && words.gap(at).find_first_not_of(" \t,.!") != std::string_view::npos) break;
    }
    std::size_t end = behind_refusal(words, at, kWho, kHindrances);
    if (end == at) end = behind_refusal(words, at, kWhoIs, kStates);
    if (end == at) end = behind_any(words, at, kMachines);
    if (end > at) return Span{words[first].span.start, words[end - 1].span.end};
  }
  return std::nullopt;
}

}  // namespace paritas::response
