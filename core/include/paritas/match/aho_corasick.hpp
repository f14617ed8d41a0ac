#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

/// Which of the occurrences of all patterns are told; C is all of them that pass `whole_words`.
enum class MatchKind : std::uint8_t {
  standard,          // again and again, behind the last one, the least by (end, start, pattern)
  leftmost_first,    // the same with the least by (start, pattern)
  leftmost_longest,  // the same with the least by (start, -end, pattern)
  overlapping,       // all of C, by (end, start, pattern)
};
enum class CaseFolding : std::uint8_t { none, ascii, unicode };

/// What offsets count: bytes of UTF-8, code points or UTF-16 units. An ill-formed subpart counts as the U+FFFD it stands
/// for, one code point and one unit.
enum class OffsetUnit : std::uint8_t { byte, codepoint, utf16 };

struct AhoCorasickOptions {
  MatchKind match_kind = MatchKind::leftmost_longest;
  CaseFolding case_insensitive = CaseFolding::none;
  bool whole_words = false;
};

/// One occurrence: text.substr(start, end - start) equals patterns()[pattern], but for case.
struct PatternMatch {
  std::uint32_t pattern = 0;
  std::size_t start = 0;
  std::size_t end = 0;
  friend constexpr bool operator==(const PatternMatch&, const PatternMatch&) = default;
};

/// "standard", "leftmost_first", "leftmost_longest" or "overlapping"; any other is `invalid_argument`.
Result<MatchKind> match_kind_of(std::string_view name);
std::string_view name(MatchKind kind) noexcept;
/// "ascii" or "unicode"; any other is `invalid_argument`.
Result<CaseFolding> case_folding_of(std::string_view name);
std::string_view name(CaseFolding folding) noexcept;

/// How a text is searched; the result never shows it. `automatic` chooses by what the patterns are.
enum class MatchEngine : std::uint8_t { automatic, prefilter, dense, contiguous };

class MatchStream;

/// Finds many patterns in one pass over a text, in time linear in the text and the matches, whatever both are.
///
/// Ill-formed bytes, of patterns too, match as U+FFFD, one for each maximal ill-formed subpart. Folding compares code
/// points by their simple case folding, spans are those of the original text. With `whole_words` an occurrence counts if
/// both its ends are word boundaries (text/word_points.hpp).
/// Memory:  immutable and shared by its copies; keeps the patterns, at most 14 bytes for each state and 24 for each
///          pattern, and at most 8 MB of tables. No view of a text outlives a call.
/// Threads: any number at once.
/// Source:  Aho and Corasick, Efficient string matching (1975). The leftmost kinds run the automaton of the reversed
///          patterns from the end to the start, which tells for each position the longest pattern that begins there.
class AhoCorasick {
 public:
  /// Errors: `pattern_empty`; `limit_exceeded` for more than 2^24 patterns or 2^28 bytes of them; the offset of both is the
  ///         index of the pattern.
  static Result<AhoCorasick> build(std::span<const std::string_view> patterns, const AhoCorasickOptions& options = {},
                                   MatchEngine engine = MatchEngine::automatic);

  /// The matches of the text in the order of the kind.
  [[nodiscard]] std::vector<PatternMatch> find_all(std::string_view text, OffsetUnit unit = OffsetUnit::byte) const;
  /// find_all of each text. threads: 0 means all cores; the result is the same. Alike for the other batch forms.
  /// Errors: `invalid_argument` for negative threads.
  [[nodiscard]] Result<std::vector<std::vector<PatternMatch>>> find_all_batch(std::span<const std::string_view> texts,
                                                                              OffsetUnit unit = OffsetUnit::byte,
                                                                              std::int64_t threads = 0) const;
  /// Whether there is a match; the first of find_all. Both stop there.
  [[nodiscard]] bool contains(std::string_view text) const;
  [[nodiscard]] bool find_first(std::string_view text, PatternMatch& match, OffsetUnit unit = OffsetUnit::byte) const;
  [[nodiscard]] Result<std::vector<bool>> contains_batch(std::span<const std::string_view> texts,
                                                         std::int64_t threads = 0) const;
  /// How many matches find_all gives.
  [[nodiscard]] std::size_t count(std::string_view text) const;
  [[nodiscard]] Result<std::vector<std::size_t>> count_batch(std::span<const std::string_view> texts,
                                                             std::int64_t threads = 0) const;
  /// The same for each pattern.
  [[nodiscard]] std::vector<std::size_t> count_by_pattern(std::string_view text) const;
  /// The patterns that occur at all, overlapping others or not, ascending.
  [[nodiscard]] std::vector<std::uint32_t> matched_patterns(std::string_view text) const;

  /// The text with each match replaced by `replacement`, or by the one of its pattern, or by what a function makes of it.
  /// Errors: `kind_unsupported` for `overlapping`; `length_mismatch` for another number of replacements than patterns.
  [[nodiscard]] Result<std::string> replace_all(std::string_view text, std::string_view replacement) const;
  [[nodiscard]] Result<std::string> replace_all(std::string_view text,
                                                std::span<const std::string_view> replacements) const;
  /// Whether replace_all has a meaning: `kind_unsupported` where it has none.
  [[nodiscard]] Result<bool> replaceable() const;
  /// The text with the matches of find_all replaced by these, which the caller has made: one for each.
  [[nodiscard]] std::string replace_each(std::string_view text, std::span<const std::string> replacements) const;

  /// Calls visit(pattern, start, end) for every occurrence in C, until it returns false; byte offsets. With the kind
  /// `overlapping` in its order, otherwise in no particular one. False if visit has stopped it.
  template <class Visit>
  bool each_overlapping(std::string_view text, Visit&& visit) const {
    return visit_batches(text, [&](std::span<const PatternMatch> matches) {
      for (const PatternMatch& match : matches) {
        if (!visit(match.pattern, match.start, match.end)) return false;
      }
      return true;
    });
  }

  /// A matcher for a text that comes in pieces. It keeps what it needs of this object.
  [[nodiscard]] MatchStream stream(OffsetUnit unit = OffsetUnit::byte) const;

  /// The same object as bytes, equal on all targets.
  /// Errors of from_bytes: `corrupt_data` with the offset for anything else than what to_bytes has written.
  [[nodiscard]] std::string to_bytes() const;
  static Result<AhoCorasick> from_bytes(std::string_view bytes);

  [[nodiscard]] std::size_t pattern_count() const noexcept;
  [[nodiscard]] std::string_view pattern(std::size_t index) const;  // index < pattern_count()
  [[nodiscard]] const AhoCorasickOptions& options() const noexcept;
  /// Bytes that the object holds.
  [[nodiscard]] std::size_t memory_bytes() const noexcept;
  /// "prefilter", "dense" or "contiguous".
  [[nodiscard]] std::string_view engine() const noexcept;

  struct Impl;

 private:
  explicit AhoCorasick(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  bool visit_batches(std::string_view text, const std::function<bool(std::span<const PatternMatch>)>& visit) const;

  std::shared_ptr<const Impl> impl_;
};

}  // namespace paritas
