#include "thinking_keywords.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "paritas/base/hash.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMost = 4096;  // keywords of one thought

constexpr std::string_view kStopWords[] = {
    // sorted; STOP_WORDS of the reference is the same list
    "about",    "after",   "again", "also",    "another", "back",   "been",       "before", "being",     "between",
    "both",     "came",    "come",  "could",   "does",    "doing",  "done",       "down",   "each",      "even",
    "ever",     "every",   "from",  "further", "going",   "gone",   "good",       "have",   "having",    "here",
    "high",     "however", "into",  "itself",  "just",    "like",   "made",       "make",   "many",      "maybe",
    "more",     "most",    "much",  "must",    "myself",  "need",   "needs",      "never",  "next",      "once",
    "only",     "other",   "over",  "really",  "same",    "should", "since",      "some",   "something", "still",
    "such",     "take",    "than",  "that",    "their",   "them",   "themselves", "then",   "there",     "therefore",
    "these",    "they",    "thing", "things",  "think",   "this",   "those",      "though", "through",   "time",
    "together", "very",    "want",  "wants",   "well",    "went",   "were",       "what",   "when",      "where",
    "whether",  "which",   "while", "will",    "with",    "within", "without",    "would",  "your",      "yours",
};

}  // namespace

std::vector<std::uint64_t> thinking_keywords(std::string_view text) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> found;  // and where each was
  std::string word;
  std::size_t count = 0;
  std::string before;  // the letter of a script without spaces that the next one makes a pair with
  const auto keep = [&](const std::string& keyword) {
    found.emplace_back(xxh3_64(keyword), static_cast<std::uint32_t>(found.size()));
  };
  const auto end_word = [&] {
    if (count >= 4 && !std::binary_search(std::begin(kStopWords), std::end(kStopWords), word)) keep(word);
    word.clear();
    count = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    at += next.bytes;
    if (text_class(next.code_point) == TextClass::unspaced) {
      end_word();
      std::string letter;
      append_utf8(letter, next.code_point);
      if (!before.empty()) keep(before + letter);
      before = letter;
      continue;
    }
    before.clear();
    if (append_loop_word(word, next.code_point)) {
      ++count;
    } else if (count > 0) {
      end_word();
    }
  }
  end_word();
  // Each once, at its first place; of many the first, in order of their places.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
              found.end());
  if (found.size() > kMost) {
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    found.resize(kMost);
    std::sort(found.begin(), found.end());
  }
  std::vector<std::uint64_t> out;
  for (const auto& [hash, place] : found) out.push_back(hash);
  return out;
}

double keyword_likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) noexcept {
  if (a.empty() || b.empty()) return 0.0;
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++shared;
      ++i;
      ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

}  // namespace paritas
