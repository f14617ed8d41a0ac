#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/retrieve/doc_id.hpp"
#include "paritas/retrieve/fusion.hpp"

namespace paritas {

struct HybridOptions {
  double rrf_k = FusionOptions{}.k;         // with "rrf"
  double sparse_weight = 1.0;               // of the words, at least 0
  double dense_weight = 1.0;                // of the vectors, at least 0
  std::int64_t fetch_multiplier = 3;        // each part gives so many times n_results, 1 to 1,000
  std::string fusion = "rrf";               // "rrf" or "weighted"
  std::string norm = FusionOptions{}.norm;  // with "weighted"
  std::int64_t n_results = 10;              // of a query
};

/// One result, and where each part had it; ranks from 1.
struct HybridHit {
  DocId id;
  double score = 0.0;
  std::optional<double> sparse_score;
  std::optional<std::uint64_t> sparse_rank;
  std::optional<double> dense_score;
  std::optional<std::uint64_t> dense_rank;
};

/// How an index of words and one of vectors over the same documents answer together. The indexes are the caller's:
/// ask each for fetch() results, then join() them.
class Hybrid {
 public:
  /// Errors: `invalid_argument` for options without meaning.
  static Result<Hybrid> create(const HybridOptions& options = {});

  [[nodiscard]] const HybridOptions& options() const noexcept { return options_; }

  /// How many results to ask a part for: n_results of one part alone, more of both.
  /// Errors: `invalid_argument` for a negative n_results.
  [[nodiscard]] Result<std::int64_t> fetch(std::int64_t n_results, bool both) const;

  /// The best n_results. A part alone ranks by its own scores; two are fused by rrf() or weighted_fusion(), the words
  /// first. sparse, dense: what the parts gave, none for a part that was not asked.
  /// Errors: `invalid_argument` where neither was, or for a negative n_results; `out_of_range` as rrf().
  [[nodiscard]] Result<std::vector<HybridHit>> join(std::optional<std::span<const Hit>> sparse,
                                                    std::optional<std::span<const Hit>> dense,
                                                    std::int64_t n_results) const;

  /// One file of the options and the files of both parts.
  [[nodiscard]] std::string to_bytes(std::string_view bm25, std::string_view vectors) const;

 private:
  explicit Hybrid(HybridOptions options) : options_(std::move(options)) {}
  HybridOptions options_;
};

/// What Hybrid::to_bytes has joined; the parts are views of its bytes.
struct HybridFile {
  Hybrid hybrid;
  std::string_view bm25, vectors;
};

/// Errors: `corrupt_data`, with the offset of the section.
Result<HybridFile> open_hybrid(std::string_view data);

}  // namespace paritas
