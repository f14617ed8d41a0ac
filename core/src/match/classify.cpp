#include "paritas/match/classify.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"
#include "match/classify_tables.hpp"

namespace paritas {
namespace {

using classify::Accepted;

constexpr std::size_t kThreadBytes = 1 << 16;  // below this the start of a thread takes longer than the texts

}  // namespace

TaskClassifier::TaskClassifier(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TaskClassifier::TaskClassifier(TaskClassifier&&) noexcept = default;
TaskClassifier& TaskClassifier::operator=(TaskClassifier&&) noexcept = default;
TaskClassifier::~TaskClassifier() = default;

const TaskClassifier& TaskClassifier::standard() {
  static const TaskClassifier classifier = create().value();
  return classifier;
}

const std::vector<KeywordCategory>& TaskClassifier::categories() const noexcept { return impl_->categories; }
const Keyword& TaskClassifier::keyword(std::uint32_t number) const noexcept { return *impl_->keywords[number]; }

std::string_view TaskClassifier::task_type(const Classification& result) const noexcept {
  return result.category < impl_->categories.size() ? std::string_view(impl_->categories[result.category].name)
                                                    : "default";
}

Classification TaskClassifier::classify(std::string_view text) const {
  const Impl& impl = *impl_;
  const std::size_t count = impl.categories.size();
  Classification out;
  out.category = count;
  std::vector<std::size_t> starts;  // code points
  const std::size_t length = impl.walk(
      text,
      [&](const Accepted& accepted, std::size_t start, std::size_t end, std::size_t codepoint, bool negated) {
        if (out.matches.empty()) {
          out.matches.reserve(8);
          starts.reserve(8);
        }
        out.matches.push_back({accepted.keyword, accepted.category, {start, end}, negated});
        starts.push_back(codepoint);
        return true;
      },
      [] { return true; });
  out.scores.assign(count, 0.0);
  // In text order, so that every target rounds the same additions in the same order.
  for (std::size_t i = 0; i < out.matches.size(); ++i) {
    const KeywordMatch& match = out.matches[i];
    const double weight = impl.keywords[match.keyword]->weight;
    if (match.negated) {
      ++out.negated_count;
      out.scores[match.category] += -weight / 2.0;
    } else {
      const double place = static_cast<double>(starts[i]) / static_cast<double>(length);
      out.scores[match.category] += weight * (1.0 + impl.position_weight * (1.0 - place));
    }
  }
  double whole = 0.0, best = 0.0;
  for (double& score : out.scores) {  // in the order of the categories
    score = score > 0.0 ? score : 0.0;
    whole += score;
    best = std::max(best, score);
  }
  if (!(whole > 0.0)) return out;
  // Of equal scores the one with the first match, of equal starts the first category: matches are sorted by both.
  const auto winner = std::find_if(out.matches.begin(), out.matches.end(),
                                   [&](const KeywordMatch& match) { return !(out.scores[match.category] < best); });
  out.confidence = best / (whole + impl.smoothing);
  if (out.confidence >= impl.threshold) out.category = winner->category;
  return out;
}

Result<std::vector<Classification>> TaskClassifier::classify_batch(std::span<const std::string_view> texts,
                                                                   std::int64_t threads) const {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0", 0};
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  if (bytes < kThreadBytes) threads = 1;
  std::vector<Classification> out(texts.size());
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = classify(texts[i]);
  });
  return out;
}

std::vector<KeywordMatch> TaskClassifier::find_all_keywords(std::string_view text) const {
  std::vector<KeywordMatch> out;
  impl_->walk(
      text,
      [&](const Accepted& accepted, std::size_t start, std::size_t end, std::size_t, bool negated) {
        out.push_back({accepted.keyword, accepted.category, {start, end}, negated});
        return true;
      },
      [] { return true; });
  return out;
}

Result<bool> TaskClassifier::has_keywords(std::string_view text, std::string_view category) const {
  const auto& all = impl_->categories;
  const auto wanted =
      std::find_if(all.begin(), all.end(), [&](const KeywordCategory& item) { return item.name == category; });
  if (wanted == all.end()) {
    return Error{ErrorCode::not_found, "category must be one of this classifier, not \"" + std::string(category) + "\"",
                 0};
  }
  const auto number = static_cast<std::uint32_t>(wanted - all.begin());
  bool found = false;
  impl_->walk(
      text,
      [&](const Accepted& accepted, std::size_t, std::size_t, std::size_t, bool) {
        found = accepted.category == number;
        return !found;
      },
      [] { return true; });
  return found;
}

bool TaskClassifier::has_negation(std::string_view text) const {
  bool found = false;
  impl_->walk(
      text, [](const Accepted&, std::size_t, std::size_t, std::size_t, bool) { return true; },
      [&] {
        found = true;
        return false;
      });
  return found;
}

}  // namespace paritas
