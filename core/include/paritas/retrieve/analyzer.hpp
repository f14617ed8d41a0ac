#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

struct AnalyzerOptions {
  std::string stemmer = "light";           // "none", "light" (stem_light) or "english" (stem_english)
  std::optional<std::string> stopwords;    // a list by its name: "english"
  std::vector<std::string> stopword_list;  // words of the caller's own
  std::string cjk = "bigram";              // how unspaced scripts are cut: "bigram", "unigram" or "run"
  bool fold_accents = true;
  std::int64_t min_length = 1;    // code points of a key; shorter ones are dropped
  std::int64_t max_length = 128;  // longer keys are cut
};

/// Terms in one block of memory: term i is what lies between the ends of i - 1 and of i.
struct Terms {
  std::string bytes;
  std::vector<std::size_t> ends;

  [[nodiscard]] std::size_t size() const noexcept { return ends.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    const std::size_t start = i == 0 ? 0 : ends[i - 1];
    return std::string_view(bytes).substr(start, ends[i] - start);
  }
  void clear() noexcept {
    bytes.clear();
    ends.clear();
  }
};

/// Cuts a text into the terms that an index knows it by.
///
/// A term is a run of letters, marks, numbers and transparent characters that starts with a letter or a number; an
/// apostrophe between two letters joins. Scripts without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) form runs of
/// their own, cut into overlapping pairs. Then a term is folded, loses a final 's and other apostrophes, is left out if
/// it is a stop word, and is stemmed.
/// Threads: immutable; copies share one state.
class Analyzer {
 public:
  /// Errors: `invalid_argument` for an unknown name or a length that has no meaning.
  static Result<Analyzer> create(const AnalyzerOptions& options);

  /// Runs of letters, marks and numbers in lower case, nothing else: what simpler engines do.
  static Analyzer plain();

  [[nodiscard]] std::vector<std::string> analyze(std::string_view text) const;
  /// Where each term of analyze(text) stands; pairs of an unspaced script overlap.
  [[nodiscard]] std::vector<Span> spans(std::string_view text) const;
  /// Where a term of the query stands in a text, in order; terms that overlap, or the pairs of an unspaced script, are
  /// joined. Linear in both.
  [[nodiscard]] std::vector<Span> highlight(std::string_view query_text, std::string_view text) const;
  /// Appends the terms to `out`.
  void analyze(std::string_view text, Terms& out) const;

  /// The options in one form: names resolved, stop words as keys, sorted; `is_plain` tells the plain one.
  [[nodiscard]] const AnalyzerOptions& options() const noexcept;
  [[nodiscard]] bool is_plain() const noexcept;

 private:
  struct Impl;
  explicit Analyzer(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

}  // namespace paritas
