#include <bit>
#include <cmath>
#include <limits>
#include <mutex>

#include "base/parallel.hpp"
#include "retrieve/vector_index_impl.hpp"
#include "vectors/best.hpp"
#include "vectors/plan.hpp"

namespace paritas {
namespace {

using Found = std::vector<std::vector<Neighbour>>;

Error invalid(std::string message, std::size_t offset = 0) {
  return {ErrorCode::invalid_argument, std::move(message), offset};
}

struct Search {
  const VectorIndex::Impl& index;
  const VectorQuery& query;
  std::vector<std::uint64_t> words;  // which slots may be found
  const std::uint64_t* mask = nullptr;
  std::size_t passing = 0;

  Result<bool> select() {
    const Selection& chosen = query.selection;
    passing = index.live;
    if (chosen.all() && index.live == index.slots()) return true;
    words = index.alive;
    if (chosen.allowed) {
      if (chosen.allowed->size() != index.live) {
        return Error{ErrorCode::length_mismatch, "the index has changed while its filter was asked"};
      }
      std::size_t at = 0;
      for (std::size_t slot = 0; slot < index.slots(); ++slot) {
        if (!index.is_alive(slot)) continue;
        if ((*chosen.allowed)[at++] == 0) words[slot / 64] &= ~(std::uint64_t{1} << slot % 64);
      }
    } else if (!chosen.all()) {
      const auto passes =
          index.masks.of(*chosen.filter, index.slots(), &index, [](const void* owner, std::size_t slot) {
            const auto& extra = static_cast<const VectorIndex::Impl*>(owner)->metadata[slot];
            return extra ? std::optional<std::string_view>(*extra) : std::nullopt;
          });
      for (std::size_t i = 0; i < words.size(); ++i) words[i] &= passes->words[i];
    }
    passing = 0;
    for (const std::uint64_t word : words) passing += static_cast<std::size_t>(std::popcount(word));
    mask = words.data();
    return true;
  }

  // Exact scores of what was found, from float32: the rows themselves, or what stands beside them.
  void rank(const float* vector, std::vector<Neighbour>& found, std::size_t k) const {
    const FloatState full;
    const float* const rows =
        index.dtype == Dtype::float32 ? reinterpret_cast<const float*>(index.rows.data()) : index.full.data();
    const float square = square_of(vector, index.dim);
    Best best(std::min(k, found.size()));
    const float* block[kBlock] = {};
    float scores[kBlock];
    for (std::size_t i = 0; i < found.size(); i += kBlock) {
      const std::size_t count = std::min(kBlock, found.size() - i);
      for (std::size_t j = 0; j < count; ++j)
        block[j] = rows + static_cast<std::size_t>(found[i + j].index) * index.dim;
      score_rows(index.score, vector, square, block, count, index.dim, scores);
      for (std::size_t j = 0; j < count; ++j) {
        const float score = index.negates() ? one_nan(0.0F - scores[j]) : scores[j];
        best.offer(key_of(score, static_cast<std::uint32_t>(found[i + j].index)));
      }
    }
    found = std::move(best).hits();
  }

  // Few that pass are quicker compared than looked for.
  [[nodiscard]] bool walks() const {
    constexpr std::size_t kFew = 10'000;
    return index.graph != nullptr && !query.exact &&
           (passing == index.live || (passing >= kFew && passing * 20 >= index.live));
  }

  Result<Found> walk(const Matrix& vectors, std::size_t k) const {
    const auto plan = planned_threads(query.threads, std::numeric_limits<std::size_t>::max());
    if (!plan.ok()) return plan.error();
    const FloatState full;
    const auto ef = static_cast<std::size_t>(query.ef.value_or(index.options.ef));
    Found out(vectors.rows);
    parallel_for(vectors.rows, plan.value(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        out[i] = index.walk(vectors.row(i), k, ef, passing, mask);
        rank(vectors.row(i), out[i], k);
      }
    });
    return out;
  }

  Result<Found> run(const Matrix& vectors) {
    if (query.k < 0) return invalid("k must be at least 0");
    if (query.ef && *query.ef < 1) return invalid("ef must be at least 1");
    if (query.rescore < 0) return invalid("rescore must be at least 0");
    const bool again = query.rescore > 0 && index.dtype != Dtype::float32;
    if (again && !index.keeps_full()) return invalid("rescore needs an index with keep_full");
    if (vectors.rows > 0 && vectors.dim != index.dim) {
      return Error{ErrorCode::dimension_mismatch,
                   "a vector must have " + std::to_string(index.dim) + " values, not " + std::to_string(vectors.dim)};
    }
    const auto plan = planned_threads(query.threads, vectors.rows * index.slots() * index.dim);
    if (!plan.ok()) return plan.error();
    std::vector<StoredQuery> queries;
    queries.reserve(vectors.rows);
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      for (std::size_t j = 0; j < index.dim; ++j) {
        if (!std::isfinite(vectors.row(i)[j])) {
          return invalid("row " + std::to_string(i) + " must have neither NaN nor infinities", i);
        }
      }
      auto stored = StoredQuery::make(index.dtype, vectors.row(i), index.dim, i);
      if (!stored.ok()) return stored.error();
      queries.push_back(std::move(stored).value());
    }
    const auto selected = select();
    if (!selected.ok()) return selected.error();
    const auto k = static_cast<std::size_t>(std::min(static_cast<std::uint64_t>(query.k), std::uint64_t{passing}));
    if (walks()) return walk(vectors, k);
    std::size_t most = k;
    if (again) {
      const auto more = static_cast<std::uint64_t>(query.rescore);
      most = k > passing / more ? passing : k * static_cast<std::size_t>(more);
    }
    const StoredRun run{index.rows.data(), index.scales.size() == 0 ? nullptr : index.scales.data(),
                        index.squares.size() == 0 ? nullptr : index.squares.data(), 0, index.slots()};
    const Scan job{index.dtype, index.dim, index.score, index.negates(), std::nullopt, most, {&run, 1}, mask};
    Found out = scan(job, queries, plan.value());
    for (std::size_t i = 0; again && i < out.size(); ++i) rank(vectors.row(i), out[i], k);
    return out;
  }
};

}  // namespace

Result<std::vector<Hit>> VectorIndex::query(std::span<const float> vector, const VectorQuery& query) const {
  auto found = query_batch({vector.data(), 1, vector.size()}, query);
  if (!found.ok()) return found.error();
  return std::move(std::move(found).value()[0]);
}

Result<std::vector<std::vector<Hit>>> VectorIndex::query_batch(const Matrix& vectors, const VectorQuery& query) const {
  const std::shared_lock lock(impl_->mutex);
  Search search{*impl_, query, {}, nullptr, 0};
  const auto found = search.run(vectors);
  if (!found.ok()) return found.error();
  std::vector<std::vector<Hit>> out(found.value().size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const Neighbour& hit : found.value()[i]) {
      out[i].push_back({id_of(impl_->keys[static_cast<std::size_t>(hit.index)]), static_cast<double>(hit.score)});
    }
  }
  return out;
}

Result<VectorRows> VectorIndex::query_batch_arrays(const Matrix& vectors, const VectorQuery& query) const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  Search search{index, query, {}, nullptr, 0};
  const auto found = search.run(vectors);
  if (!found.ok()) return found.error();
  std::vector<std::int64_t> before(index.alive.size());  // live slots before each word
  for (std::size_t i = 1; i < before.size(); ++i) before[i] = before[i - 1] + std::popcount(index.alive[i - 1]);
  VectorRows out;
  out.columns = static_cast<std::size_t>(std::min(static_cast<std::uint64_t>(query.k), std::uint64_t{index.live}));
  out.positions.assign(vectors.rows * out.columns, -1);
  out.scores.assign(vectors.rows * out.columns, 0.0);
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    for (std::size_t j = 0; j < found.value()[i].size(); ++j) {
      const Neighbour& hit = found.value()[i][j];
      const auto slot = static_cast<std::size_t>(hit.index);
      const std::uint64_t lower = index.alive[slot / 64] & ((std::uint64_t{1} << slot % 64) - 1);
      out.positions[i * out.columns + j] = before[slot / 64] + std::popcount(lower);
      out.scores[i * out.columns + j] = static_cast<double>(hit.score);
    }
  }
  return out;
}

}  // namespace paritas
