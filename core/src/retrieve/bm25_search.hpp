#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "retrieve/bm25_segments.hpp"
#include "retrieve/top_scores.hpp"

namespace paritas {

/// A distinct term of a query that live documents hold.
struct WantedTerm {
  std::string_view text;
  std::uint64_t hash;
  std::uint32_t weight;  // occurrences in the query
  std::uint32_t df;
  double rarity;
};

/// A bound is multiplied by more than the rounding of a sum of 1,024 terms can make of it.
inline constexpr double kSlack = 1.0 + 1.0 / (1ull << 40);

/// How the best documents are found; the results are the same.
enum class Effort : std::uint8_t { pruned, exhaustive };

struct PartTerm;

/// What one query needs; kept for the next one.
struct SearchScratch {
  Terms terms;  // of the query
  std::vector<WantedTerm> wanted;
  TopScores top;

  std::vector<std::uint16_t> slots;  // by hash: the place in `wanted` + 1
  std::vector<Unpacked> unpacked;    // of each term in a part
  std::vector<PartTerm> part_terms;
  std::vector<std::uint32_t> order, tfs;
  std::vector<double> window;          // scores of a range of documents; 0.0 between uses
  std::vector<std::uint64_t> touched;  // a bit for each of them; 0 between uses
  Scratch growing;

  SearchScratch();
  ~SearchScratch();
};

/// Scratches for as many queries as run at a time.
class ScratchPool {
 public:
  std::unique_ptr<SearchScratch> borrow() const;
  void give_back(std::unique_ptr<SearchScratch> scratch) const;

 private:
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<SearchScratch>> free_;
};

/// The distinct terms of scratch.terms that live documents hold into scratch.wanted, in order of first occurrence.
/// Errors: `limit_exceeded` for more than 1,024 different terms.
std::optional<Error> resolve(const Bm25Segments& index, SearchScratch& scratch);

/// The best `count` documents for scratch.wanted above min_score into scratch.top.
/// allowed: a bit for each ordinal, or nullptr for all.
void search(const Bm25Segments& index, SearchScratch& scratch, std::size_t count, double min_score,
            const std::uint64_t* allowed = nullptr, Effort effort = Effort::pruned);

/// The same over one frozen part; scratch.top goes on from the parts before.
/// known: values of a TfTable, or nullptr.
void search_part(const Bm25Segments& index, const FrozenPart& part, SearchScratch& scratch,
                 const std::uint64_t* allowed, const double* known, Effort effort);

/// Adds the score of each document of one frozen part to scores[its number in the part].
void score_part(const Bm25Segments& index, const FrozenPart& part, SearchScratch& scratch, const double* known,
                double* scores);

/// The score of every ordinal for scratch.wanted.
void score_all(const Bm25Segments& index, SearchScratch& scratch, std::vector<double>& scores);

/// How often a document holds a term.
std::uint32_t tf_in(const Bm25Segments& index, std::uint32_t doc, std::string_view term);

}  // namespace paritas
