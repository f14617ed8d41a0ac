#include "paritas/retrieve/fusion.hpp"

#include <algorithm>
#include <cmath>

#include "paritas/base/hash.hpp"
#include "retrieve/id_table.hpp"

namespace paritas {
namespace {

Error wrong(std::string message, std::size_t offset = 0) {
  return {ErrorCode::invalid_argument, std::move(message), offset};
}

std::optional<Error> check(std::size_t lists, std::optional<std::span<const double>> weights,
                           const FusionOptions& options) {
  if (weights && weights->size() != lists) {
    return Error{ErrorCode::length_mismatch, "weights must be one for each list"};
  }
  for (std::size_t i = 0; weights && i < lists; ++i) {
    if (!((*weights)[i] >= 0.0) || !std::isfinite((*weights)[i]))
      return wrong("weights must be finite and at least 0", i);
  }
  if (options.n_results < 0) return wrong("n_results must be at least 0");
  return std::nullopt;
}

/// The sums of all ids, in the order in which they come first.
class Sums {
 public:
  /// Where an id stands; a new one begins at 0.
  std::size_t place(const DocId& id) {
    std::string key = id_key(id);
    const std::uint64_t hash = xxh3_64(key);
    const std::uint32_t found = table_.find(hash, [&](std::uint32_t number) { return keys_[number] == key; });
    if (found != kNoOrdinal) return found;
    const auto number = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(std::move(key));
    hits_.push_back({id, 0.0});
    seen_.push_back(0);
    table_.insert(hash, number, [&](std::uint32_t at) { return xxh3_64(keys_[at]); });
    return number;
  }
  /// Whether the id there has not been seen in this list, counted from 1.
  bool first(std::size_t at, std::size_t list) {
    if (seen_[at] == list) return false;
    seen_[at] = list;
    return true;
  }
  void add(std::size_t at, double value) { hits_[at].score += value; }

  Result<std::vector<Hit>> best(std::int64_t n_results) {
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      if (!std::isfinite(hits_[i].score)) {
        return Error{ErrorCode::out_of_range, "a fused score must fit into a double: use smaller weights or scores"};
      }
      order.push_back(static_cast<std::uint32_t>(i));
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return hits_[a].score != hits_[b].score ? hits_[a].score > hits_[b].score : a < b;
    });
    if (static_cast<std::uint64_t>(n_results) < order.size()) order.resize(static_cast<std::size_t>(n_results));
    std::vector<Hit> out;
    out.reserve(order.size());
    for (const std::uint32_t at : order) out.push_back(std::move(hits_[at]));
    return out;
  }

 private:
  Table table_;
  std::vector<std::string> keys_;
  std::vector<Hit> hits_;
  std::vector<std::size_t> seen_;
};

double weight_of(std::optional<std::span<const double>> weights, std::size_t list) {
  return weights ? (*weights)[list] : 1.0;
}

}  // namespace

Result<std::vector<Hit>> rrf(std::span<const std::vector<Hit>> lists, std::optional<std::span<const double>> weights,
                             const FusionOptions& options) {
  if (!(options.k > 0.0) || !std::isfinite(options.k)) return wrong("k must be finite and above 0");
  if (auto error = check(lists.size(), weights, options)) return *std::move(error);
  Sums sums;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    double rank = 0.0;
    for (const Hit& hit : lists[i]) {
      rank += 1.0;
      const std::size_t at = sums.place(hit.id);
      if (sums.first(at, i + 1)) sums.add(at, weight_of(weights, i) / (options.k + rank));
    }
  }
  return sums.best(options.n_results);
}

Result<std::vector<Hit>> weighted_fusion(std::span<const std::vector<Hit>> lists,
                                         std::optional<std::span<const double>> weights, const FusionOptions& options) {
  const bool minmax = options.norm == "minmax";
  if (!minmax && options.norm != "max" && options.norm != "none") {
    return wrong("norm must be \"minmax\", \"max\" or \"none\"");
  }
  if (auto error = check(lists.size(), weights, options)) return *std::move(error);
  Sums sums;
  std::vector<std::pair<std::size_t, double>> entries;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    entries.clear();
    double least = 0.0, most = 0.0;
    for (const Hit& hit : lists[i]) {
      if (!std::isfinite(hit.score)) return wrong("scores must be finite", i);
      const std::size_t at = sums.place(hit.id);
      if (!sums.first(at, i + 1)) continue;
      least = entries.empty() || hit.score < least ? hit.score : least;
      most = entries.empty() || hit.score > most ? hit.score : most;
      entries.emplace_back(at, hit.score);
    }
    // Halves where the distance of the ends is no double any more; elsewhere exactly as written.
    const double half = std::isfinite(most - least) ? 1.0 : 0.5;
    const double spread = most * half - least * half;
    for (const auto& [at, score] : entries) {
      double value = score;
      if (minmax) {
        value = spread == 0.0 ? 1.0 : (score * half - least * half) / spread;
      } else if (options.norm == "max") {
        value = most > 0.0 ? score / most : 0.0;
      }
      sums.add(at, weight_of(weights, i) * value);
    }
  }
  return sums.best(options.n_results);
}

}  // namespace paritas
