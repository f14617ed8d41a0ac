#include <bit>
#include <cstring>

#include "base/parallel.hpp"
#include "best.hpp"
#include "stored.hpp"
#include "stored_kernels.hpp"

namespace paritas {
namespace {

class Range {
 public:
  Range(const Scan& job, std::span<const StoredQuery> queries, std::span<Best> best)
      : job_(job), queries_(queries), best_(best) {}

  // The rows whose numbers are in begin .. end, both multiples of kBlock.
  void run(std::size_t begin, std::size_t end) {
    const std::size_t bytes = stored_bytes(job_.dtype, job_.dim);
    for (const StoredRun& run : job_.runs) {
      const std::size_t from = std::max(begin, run.first), to = std::min(end, run.first + run.count);
      for (std::size_t row = from; row < to; row += kBlock) {
        std::uint64_t bits = job_.mask == nullptr ? ~std::uint64_t{0} : job_.mask[row / kBlock];
        if (to - row < kBlock) bits &= (std::uint64_t{1} << (to - row)) - 1;
        if (block_.count == 0 && bits == ~std::uint64_t{0}) {
          take(run, row, bytes);
          continue;
        }
        for (; bits != 0; bits &= bits - 1) {
          const std::size_t number = row + static_cast<std::size_t>(std::countr_zero(bits)), at = number - run.first;
          numbers_[block_.count] = static_cast<std::uint32_t>(number);
          block_.rows[block_.count] = run.data + at * bytes;
          if (run.scales != nullptr) block_.scales[block_.count] = run.scales[at];
          if (run.squares != nullptr) block_.squares[block_.count] = run.squares[at];
          if (++block_.count == kBlock) score();
        }
      }
    }
    score();
  }

 private:
  // A whole block as it lies.
  void take(const StoredRun& run, std::size_t row, std::size_t bytes) {
    const std::size_t at = row - run.first;
    const std::uint8_t* data = run.data + at * bytes;
    for (std::size_t j = 0; j < kBlock; ++j, data += bytes) {
      block_.rows[j] = data;
      numbers_[j] = static_cast<std::uint32_t>(row + j);
    }
    if (run.scales != nullptr) std::memcpy(block_.scales, run.scales + at, sizeof block_.scales);
    if (run.squares != nullptr) std::memcpy(block_.squares, run.squares + at, sizeof block_.squares);
    block_.count = kBlock;
    score();
  }
  void score() {
    for (std::size_t q = 0; q < queries_.size() && block_.count > 0; q += kQueriesAtOnce) {
      const std::size_t height = std::min(kQueriesAtOnce, queries_.size() - q);
      score_stored(job_.score, queries_.subspan(q, height), block_, scratch_, scores_);
      for (std::size_t h = 0; h < height; ++h) offer(scores_ + h * kBlock, best_[q + h]);
    }
    block_.count = 0;
  }
  void offer(float* scores, Best& best) const {
    for (std::size_t j = 0; job_.negate && j < block_.count; ++j) scores[j] = 0.0F - scores[j];  // never -0
    for (std::uint64_t left = above(scores, block_.count, best.least()); left != 0; left &= left - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(left));
      const float value = scores[j];
      if (job_.threshold && !(static_cast<double>(value) >= *job_.threshold)) continue;
      best.offer(key_of(value, numbers_[j]));
    }
  }

  const Scan& job_;
  std::span<const StoredQuery> queries_;
  std::span<Best> best_;
  StoredBlock block_;
  std::uint32_t numbers_[kBlock];
  float scores_[kQueriesAtOnce * kBlock];
  std::vector<float> scratch_;
};

}  // namespace

std::vector<std::vector<Neighbour>> scan(const Scan& job, std::span<const StoredQuery> queries, std::size_t threads) {
  std::vector<std::vector<Neighbour>> out(queries.size());
  if (job.runs.empty() || queries.empty() || job.k == 0) return out;
  const std::size_t rows = job.runs.back().first + job.runs.back().count, blocks = (rows + kBlock - 1) / kBlock;
  const std::size_t ranges = std::max<std::size_t>(1, std::min(threads, blocks));
  std::vector<std::vector<Best>> best(ranges, std::vector<Best>(queries.size(), Best(job.k)));
  parallel_for(ranges, ranges, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      Range(job, queries, best[r]).run(blocks * r / ranges * kBlock, blocks * (r + 1) / ranges * kBlock);
    }
  });
  for (std::size_t q = 0; q < queries.size(); ++q) {
    for (std::size_t r = 1; r < ranges; ++r) best[0][q].merge(best[r][q]);
    out[q] = std::move(best[0][q]).hits();
  }
  return out;
}

}  // namespace paritas
