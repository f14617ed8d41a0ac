#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

/// What a registry knows of one pattern. The names of kinds and severities are checked when it is added.
struct PatternDefinition {
  std::string name;
  std::string pattern;
  std::string kind = "literal";     // or "regex"
  std::string category = {};        // "" is one too
  std::string severity = "medium";  // "low", "medium", "high" or "critical"
  std::vector<std::string> keywords = {};
  bool case_insensitive = false;  // by simple case folding
  bool whole_words = false;
  std::int64_t group = 0;  // whose span is that of the hit
  std::string description = {};
  bool enabled = true;
};

/// Where a pattern was found: bytes of the text, and the line (from 1) in which it starts.
struct PatternHit {
  std::shared_ptr<const PatternDefinition> pattern;
  Span span;
  std::size_t line;
};

/// Which patterns a scan uses, and which hits it keeps.
struct PatternScan {
  std::optional<std::vector<std::string>> categories = {};  // none: all of them
  std::optional<std::vector<std::string>> names = {};
  std::string min_severity = "low";
  std::string overlap = "all";  // or "longest", "priority"
  std::int64_t limit = 0;       // 0: none
};

/// How many hits there are; names, categories and severities without one are left out, the others stand in the order in which
/// their patterns were added.
struct PatternSummary {
  std::size_t total = 0;
  std::vector<std::pair<std::string, std::size_t>> by_name;
  std::vector<std::pair<std::string, std::size_t>> by_category;
  std::vector<std::pair<std::string, std::size_t>> by_severity;
};

/// What is known of a pattern before it is added.
struct PatternReport {
  std::optional<Error> error;             // with the byte offset of the construct
  std::size_t min_length = 0;             // code points of a match
  std::optional<std::size_t> max_length;  // none: without end
  std::vector<std::string> literals;      // each match holds one of these
  bool prefiltered = false;               // the engine runs around those alone
};

/// Named literals and regular expressions, all looked for in one pass.
///
/// The literals, and for each regular expression those of which a match must hold one, form one automaton; RE2 runs only
/// around what that finds, or over the text for expressions without such literals or without a bounded length. The hits are
/// those of each pattern on the whole text: leftmost, of alternatives the first, not overlapping another of the same pattern.
///
/// Regular expressions: literals, `.`, classes, `\d \w \s \D \W \S` and `\b \B` (ASCII), `^ $`, groups `(...)`, `(?:...)`,
/// `(?P<n>...)`, `|`, `* + ?` and `{n} {n,} {n,m}` up to 1,000, each also lazy, `\n \t \r \f \v \xHH \x{H...}`, and the flags
/// `(?i) (?m) (?s)` at the start. `$` is the very end, with `(?m)` also before LF; `.` is not LF.
///
/// A hit counts if the ends of the match are word boundaries (whole_words), if its group took part and is not empty, and if
/// one of the keywords (without regard to ASCII case) stands in the 200 bytes before its span or after it.
/// Memory:  owns all it needs. Ill-formed bytes count as U+FFFD and keep their place in spans.
/// Threads: many readers or one writer; a scan sees one state.
class PatternRegistry {
 public:
  PatternRegistry();
  PatternRegistry(PatternRegistry&&) noexcept;
  PatternRegistry& operator=(PatternRegistry&&) noexcept;
  ~PatternRegistry();

  /// Errors: `duplicate_name`; `invalid_argument` for an empty name, an unknown kind or severity, an empty keyword, a group
  /// that the pattern has not; `pattern_empty`; of a regular expression, with its byte offset, `regex_syntax`,
  /// `regex_unsupported`, `regex_matches_empty`, `limit_exceeded`; `regex_unavailable` in WebAssembly before its module is there.
  Result<bool> add(PatternDefinition definition);
  /// All of them or, after an error, which names the first bad one by its index, none. refused: that index.
  Result<bool> add_many(std::vector<PatternDefinition> definitions, std::size_t* refused = nullptr);
  /// Errors: `not_found`.
  Result<bool> remove(std::string_view name);
  Result<bool> set_enabled(std::string_view name, bool enabled);
  [[nodiscard]] Result<std::shared_ptr<const PatternDefinition>> get(std::string_view name) const;

  /// In the order in which they were added.
  [[nodiscard]] std::vector<std::shared_ptr<const PatternDefinition>> definitions() const;
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::vector<std::string> categories() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool has(std::string_view name) const;

  /// The hits by start, then the longer, then the order of adding. With `longest` each drops those after it that overlap it;
  /// with `priority` hits are taken by severity, then the longer (in code points), the earlier, the order of adding, and drop
  /// what overlaps them.
  /// Errors: `not_found` for a name or category that no pattern has; `invalid_argument` for another option without meaning.
  [[nodiscard]] Result<std::vector<PatternHit>> scan(std::string_view text, const PatternScan& options = {}) const;
  /// The scan of each text. threads: 0 means all cores; the result is the same.
  [[nodiscard]] Result<std::vector<std::vector<PatternHit>>> scan_batch(std::span<const std::string_view> texts,
                                                                        const PatternScan& options = {},
                                                                        std::int64_t threads = 0) const;
  /// Whether scan gives a hit; stops at one.
  [[nodiscard]] Result<bool> contains(std::string_view text, const PatternScan& options = {}) const;
  [[nodiscard]] Result<std::size_t> count(std::string_view text, const PatternScan& options = {}) const;
  [[nodiscard]] Result<PatternSummary> summary(std::string_view text) const;
  /// The text with each hit replaced. Errors: those of scan; `kind_unsupported` for the overlap `all`.
  [[nodiscard]] Result<std::string> replace(std::string_view text, std::string_view replacement,
                                            const PatternScan& options = {.overlap = "longest"}) const;
  /// The hits that replace() replaces.
  [[nodiscard]] Result<std::vector<PatternHit>> replaceable(std::string_view text, const PatternScan& options) const;

  /// What there is to say of a pattern; needs no engine.
  static PatternReport validate(std::string_view pattern, std::string_view kind = "regex");

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

#ifdef __EMSCRIPTEN__
/// The loader says that the module of RE2 is there; until then an expression is `regex_unavailable`.
void say_regex_loaded() noexcept;
#endif

}  // namespace paritas
