#pragma once
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "paritas/base/random.hpp"
#include "paritas/match/aho_corasick.hpp"
#include "paritas/text/simple_fold.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/word_points.hpp"

namespace paritas::tests {

/// What AhoCorasick is defined to find, by trying every pattern at every place.
struct Brute {
  struct Point {
    char32_t code_point;
    std::size_t start, end;
  };
  static std::vector<Point> points(std::string_view text) {
    std::vector<Point> out;
    for (std::size_t at = 0; at < text.size();) {
      const Decoded next = decode_utf8(text, at);
      out.push_back({next.code_point, at, at + next.bytes});
      at += next.bytes;
    }
    return out;
  }
  static char32_t folded(char32_t c, CaseFolding folding) {
    if (folding == CaseFolding::none || (folding == CaseFolding::ascii && c > 127)) return c;
    return simple_fold(c);
  }

  static std::vector<PatternMatch> all(const std::vector<std::string>& patterns, std::string_view text,
                                       const AhoCorasickOptions& options) {
    const auto on = points(text);
    const auto bound = [&](std::size_t i) {
      return i == 0 || i == on.size() || !is_word_point(on[i - 1].code_point) || !is_word_point(on[i].code_point);
    };
    std::vector<PatternMatch> found;
    for (std::uint32_t p = 0; p < patterns.size(); ++p) {
      const auto pattern = points(patterns[p]);
      for (std::size_t i = 0; i + pattern.size() <= on.size(); ++i) {
        const bool equal = std::equal(pattern.begin(), pattern.end(), on.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const Point& a, const Point& b) {
                                        return folded(a.code_point, options.case_insensitive) ==
                                               folded(b.code_point, options.case_insensitive);
                                      });
        if (!equal || (options.whole_words && !(bound(i) && bound(i + pattern.size())))) continue;
        found.push_back({p, on[i].start, on[i + pattern.size() - 1].end});
      }
    }
    std::sort(found.begin(), found.end(), [](const PatternMatch& a, const PatternMatch& b) {
      return std::tie(a.end, a.start, a.pattern) < std::tie(b.end, b.start, b.pattern);
    });
    return found;
  }

  static std::vector<PatternMatch> find(const std::vector<std::string>& patterns, std::string_view text,
                                        const AhoCorasickOptions& options) {
    const auto occurrences = all(patterns, text, options);
    if (options.match_kind == MatchKind::overlapping) return occurrences;
    const auto rank = [&](const PatternMatch& m) {
      if (options.match_kind == MatchKind::standard) return std::tuple(m.end, m.start, std::size_t{m.pattern});
      if (options.match_kind == MatchKind::leftmost_first) {
        return std::tuple(m.start, std::size_t{m.pattern}, std::size_t{0});
      }
      return std::tuple(m.start, ~m.end, std::size_t{m.pattern});
    };
    std::vector<PatternMatch> out;
    std::size_t from = 0;
    while (true) {
      const PatternMatch* best = nullptr;
      for (const PatternMatch& m : occurrences) {
        if (m.start >= from && (best == nullptr || rank(m) < rank(*best))) best = &m;
      }
      if (best == nullptr) return out;
      out.push_back(*best);
      from = best->end;
    }
  }

  /// Patterns and a text that share their few letters; some of the text is patterns.
  struct Case {
    std::vector<std::string> patterns;
    std::string text;
    AhoCorasickOptions options;
  };
  static Case random_case(Random& random) {
    static const std::string_view kAlphabets[][8] = {
        {"a", "b", "a", "b", "a", "b", "a", "b"},
        {"a", "b", " ", "a", "-", "b", "a", "c"},
        {"k", "K", "\u212A", "s", "\u017F", "S", " ", "\u0130"},
        {"\u00DF", "\u1E9E", "\u023A", "\u2C65", "x", "\u672C", "_", "\xFF"},
        {"\uFFFD", "a", "\xE2", "\x82", "\xAC", "\xF0", " ", "\u20AC"},
        {"\U00010400", "\U00010428", "q", "\0", "\u0E01", "\u0301", " ", "z"},
    };
    const auto& alphabet = kAlphabets[random.below(std::size(kAlphabets))];
    const auto draw = [&](std::size_t most) {
      std::string out;
      for (std::uint64_t n = random.below(most); n > 0; --n) {
        const std::string_view piece = alphabet[random.below(8)];
        out += piece.empty() ? std::string_view("\0", 1) : piece;
      }
      return out;
    };
    Case out;
    for (std::uint64_t n = random.below(8); n > 0; --n) {
      std::string pattern = draw(6);
      if (!pattern.empty()) out.patterns.push_back(std::move(pattern));
    }
    for (std::uint64_t n = random.below(12); n > 0; --n) {
      out.text +=
          !out.patterns.empty() && random.below(3) == 0 ? out.patterns[random.below(out.patterns.size())] : draw(5);
    }
    out.options.match_kind = static_cast<MatchKind>(random.below(4));
    out.options.case_insensitive = static_cast<CaseFolding>(random.below(3));
    out.options.whole_words = random.below(2) == 0;
    return out;
  }
};

}  // namespace paritas::tests
