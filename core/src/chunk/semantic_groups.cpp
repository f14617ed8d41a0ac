#include "chunk/semantic_groups.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/float_state.hpp"
#include "paritas/vectors/cosine.hpp"

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// The mean of the last rows up to each row, `window` at most.
///
/// A window is the end of one stretch of `window` rows and the start of the next: the sum from each row to the end of its
/// stretch and the sum from the start of a stretch are each taken once. Nothing is subtracted, so nothing is cancelled.
class Means {
 public:
  Means(const Matrix& rows, std::size_t window) : rows_(rows), window_(window), means_(rows.rows * rows.dim) {
    const std::size_t dim = rows.dim;
    std::vector<double> ends(std::min(window, rows.rows) * dim);  // of the stretch before: from row i to its end
    std::vector<double> sum(dim);
    for (std::size_t i = 0; i < rows.rows; ++i) {
      const std::size_t place = i % window;
      if (place == 0) {
        if (i > 0) sum_to_end(i - window, i, ends);
        std::fill(sum.begin(), sum.end(), 0.0);
      }
      for (std::size_t d = 0; d < dim; ++d) sum[d] += static_cast<double>(rows.row(i)[d]);
      const std::size_t count = std::min(i + 1, window);
      const double* before = i >= window && place + 1 < window ? ends.data() + (place + 1) * dim : nullptr;
      for (std::size_t d = 0; d < dim; ++d) {
        const double total = before == nullptr ? sum[d] : before[d] + sum[d];
        means_[i * dim + d] = static_cast<float>(total / static_cast<double>(count));
      }
    }
    // The windows that the end of the text cuts short.
    tail_ = rows.rows - std::min(window, rows.rows);
    ends.resize((rows.rows - tail_) * dim);
    sum_to_end(tail_, rows.rows, ends);
    tail_means_.resize(ends.size());
    for (std::size_t i = tail_; i < rows.rows; ++i) {
      for (std::size_t d = 0; d < dim; ++d) {
        const std::size_t at = (i - tail_) * dim + d;
        tail_means_[at] = static_cast<float>(ends[at] / static_cast<double>(rows.rows - i));
      }
    }
  }

  [[nodiscard]] std::span<const float> before(std::size_t gap) const { return row(means_, gap); }
  [[nodiscard]] std::span<const float> after(std::size_t gap) const {
    const std::size_t first = gap + 1;
    return first >= tail_ ? row(tail_means_, first - tail_) : row(means_, gap + window_);
  }

 private:
  [[nodiscard]] std::span<const float> row(const std::vector<float>& of, std::size_t i) const {
    return {of.data() + i * rows_.dim, rows_.dim};
  }
  /// Row by row from the last to the first.
  void sum_to_end(std::size_t first, std::size_t end, std::vector<double>& out) const {
    const std::size_t dim = rows_.dim;
    for (std::size_t i = end; i-- > first;) {
      double* here = out.data() + (i - first) * dim;
      for (std::size_t d = 0; d < dim; ++d) {
        const auto value = static_cast<double>(rows_.row(i)[d]);
        here[d] = i + 1 == end ? value : here[dim + d] + value;
      }
    }
  }

  const Matrix& rows_;
  std::size_t window_, tail_ = 0;
  std::vector<float> means_, tail_means_;
};

/// Mean and population standard deviation. Distances from the first value, added in order: equal values have exactly
/// their own mean and no deviation.
struct Spread {
  double mean, deviation;
};
Spread spread_of(std::span<const float> values) {
  const auto first = static_cast<double>(values[0]), count = static_cast<double>(values.size());
  double sum = 0.0;
  for (const float value : values) sum += static_cast<double>(value) - first;
  const double shift = sum / count;
  double squares = 0.0;
  for (const float value : values) {
    const double off = static_cast<double>(value) - first - shift;
    squares += off * off;
  }
  return {first + shift, std::sqrt(squares / count)};
}

/// The value at the nearest rank: the first of the sorted values at or above which p percent of them lie.
float percentile_of(std::span<const float> values, double p) {
  std::vector<float> sorted(values.begin(), values.end());
  // p * n / 100 and not p / 100 * n: whole ranks stay whole.
  const double rank = std::ceil(p * static_cast<double>(sorted.size()) / 100.0);
  const auto at = static_cast<std::ptrdiff_t>(std::clamp(rank, 1.0, static_cast<double>(sorted.size()))) - 1;
  std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
  return sorted[static_cast<std::size_t>(at)];
}

std::vector<bool> breaks_of(std::span<const float> distances, const SemanticRules& rules) {
  std::vector<bool> breaks(distances.size());
  const auto set = [&](auto is_break) {
    for (std::size_t i = 0; i < distances.size(); ++i) breaks[i] = is_break(i, static_cast<double>(distances[i]));
  };
  if (distances.empty()) return breaks;
  switch (rules.method) {
    case BreakMethod::percentile: {
      const auto limit = static_cast<double>(percentile_of(distances, rules.threshold));
      set([&](std::size_t, double d) { return d > limit; });
      break;
    }
    case BreakMethod::similarity:
      // cosine < threshold, with the cosine as far as the distance has it.
      set([&](std::size_t, double d) { return 1.0 - d < rules.threshold; });
      break;
    case BreakMethod::stdev: {
      const Spread spread = spread_of(distances);
      const double limit = spread.mean + rules.threshold * spread.deviation;
      set([&](std::size_t, double d) { return d > limit; });
      break;
    }
    case BreakMethod::local_max: {
      const Spread spread = spread_of(distances);
      const double limit = spread.mean + rules.threshold * spread.deviation;
      set([&](std::size_t i, double d) {
        return d > limit && (i == 0 || distances[i] > distances[i - 1]) &&
               (i + 1 == distances.size() || distances[i] > distances[i + 1]);
      });
      break;
    }
  }
  return breaks;
}

/// Groups of too few sentences, from the left, join the neighbour with the smaller distance; the left one on a tie.
std::vector<Span> joined(const std::vector<Span>& groups, std::span<const float> distances, std::size_t least) {
  std::vector<Span> out;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    Span group = groups[i];
    while (group.size() < least) {
      const bool left = !out.empty(), right = i + 1 < groups.size();
      if (!left && !right) break;
      if (right && (!left || distances[group.end - 1] < distances[group.start - 1])) {
        group.end = groups[++i].end;
      } else {
        group.start = out.back().start;
        out.pop_back();
      }
    }
    out.push_back(group);
  }
  return out;
}

/// For each gap the greatest gaps to the left and right within its reach, as a tree: the greatest of all on top, the first
/// of equal ones. So a split never looks for its place.
class GapTree {
 public:
  explicit GapTree(std::span<const float> distances) : left_(distances.size(), kNone), right_(distances.size(), kNone) {
    std::vector<std::size_t> spine;
    for (std::size_t i = 0; i < distances.size(); ++i) {
      std::size_t last = kNone;
      while (!spine.empty() && distances[spine.back()] < distances[i]) {
        last = spine.back();
        spine.pop_back();
      }
      left_[i] = last;
      if (!spine.empty()) right_[spine.back()] = i;
      spine.push_back(i);
    }
    top_ = spine.empty() ? kNone : spine.front();
  }
  [[nodiscard]] std::size_t top() const { return top_; }
  [[nodiscard]] std::size_t left(std::size_t gap) const { return left_[gap]; }
  [[nodiscard]] std::size_t right(std::size_t gap) const { return right_[gap]; }

 private:
  std::vector<std::size_t> left_, right_;
  std::size_t top_ = kNone;
};

}  // namespace

Result<std::vector<float>> gap_distances(const Matrix& rows, std::size_t window) {
  const FloatState full;
  for (std::size_t i = 0; i < rows.rows; ++i) {
    const float* row = rows.row(i);
    if (!std::all_of(row, row + rows.dim, [](float value) { return std::isfinite(value); })) {
      return Error{ErrorCode::not_finite, "row " + std::to_string(i) + " must have neither NaN nor infinities", i};
    }
  }
  std::vector<float> distances(rows.rows < 2 ? 0 : rows.rows - 1);
  const auto put = [&](std::size_t gap, std::span<const float> a, std::span<const float> b) {
    const auto distance = cosine_distance(a, b);
    distances[gap] = distance.ok() ? distance.value() : 0.0F;  // they have one length
  };
  if (window == 1) {
    for (std::size_t i = 0; i < distances.size(); ++i) put(i, {rows.row(i), rows.dim}, {rows.row(i + 1), rows.dim});
    return distances;
  }
  const Means means(rows, window);
  for (std::size_t i = 0; i < distances.size(); ++i) put(i, means.before(i), means.after(i));
  return distances;
}

std::vector<Span> semantic_groups(std::span<const float> distances, const SemanticRules& rules, const Fits& fits) {
  const FloatState full;
  const std::vector<bool> breaks = breaks_of(distances, rules);
  std::vector<Span> groups;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= distances.size(); ++i) {
    if (i < distances.size() && !breaks[i]) continue;
    groups.push_back({start, i + 1});
    start = i + 1;
  }
  groups = joined(groups, distances, rules.min_sentences);
  std::vector<Span> out;
  struct Part {
    Span group;
    std::size_t gap;  // its greatest inner one
  };
  std::vector<Part> parts;
  for (const Span& whole : groups) {
    const GapTree tree(distances.subspan(whole.start, whole.size() - 1));
    parts.assign(1, {whole, tree.top()});
    while (!parts.empty()) {
      const Part part = parts.back();
      parts.pop_back();
      const bool many = rules.max_sentences > 0 && part.group.size() > rules.max_sentences;
      if (part.gap == kNone || (!many && fits(part.group.start, part.group.end - 1))) {
        out.push_back(part.group);
        continue;
      }
      const std::size_t middle = whole.start + part.gap + 1;
      parts.push_back({{middle, part.group.end}, tree.right(part.gap)});
      parts.push_back({{part.group.start, middle}, tree.left(part.gap)});
    }
  }
  return out;
}

}  // namespace paritas
