#include "paritas/stream/thinking_detector.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <span>
#include <utility>

#include "option_range.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/stream/repetition.hpp"
#include "paritas/text/sentences.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "thinking_keywords.hpp"
#include "thinking_phrases.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kExactHistory = 256;

constexpr std::string_view kStalls[] = {"let me",     "i'll",         "i will",     "i need to",
                                        "i should",   "i'm going to", "now let me", "now i'll",
                                        "now i will", "first let me", "first i"};
constexpr std::string_view kEvidence[] = {"done", "passed", "failed", "found", "fixed", "shows"};

struct Topic {
  std::array<std::string_view, 3> cues;
  std::string_view advice;
};
constexpr Topic kTopics[] = {
    // in the order of ThinkingCategory
    {{"read", "file", "content"}, "Read the file now, or use what was read."},
    {{"search", "find", "look"}, "Run one new search, or use what was found."},
    {{"understand", "analyze", "examine"}, "State the conclusion and act on it."},
    {{"implement", "create", "write"}, "Write it now."},
    {{}, "Take the next step, or answer."},
};

bool has(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// One space for each run of white space, none around.
std::string one_spaced(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    at += next.bytes;
    if (text_class(next.code_point) == TextClass::space) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    append_utf8(out, next.code_point);
  }
  return out;
}

bool stalls(std::string_view content) {
  const std::vector<Span> all = sentences(content);
  if (all.empty()) return false;
  const std::string_view first = all.front().of(content);
  if (phrase_at(first, 0, kStalls) == 0) return false;
  bool evidence = false;
  each_loop_word(first, [&](std::string_view word) { evidence = evidence || has(kEvidence, word); });
  return !evidence;
}

ThinkingCategory category_of(std::string_view content) {
  auto least = static_cast<std::size_t>(ThinkingCategory::general);
  each_loop_word(content, [&](std::string_view word) {
    for (std::size_t i = 0; i < least; ++i) {
      if (has(kTopics[i].cues, word)) least = i;
    }
  });
  return static_cast<ThinkingCategory>(least);
}

std::string told(const PatternAnalysis& found) {
  const std::string count = std::to_string(found.matching_patterns);
  std::string out;
  switch (found.loop_type) {
    case LoopType::stalling:
      out = "Stalling: " + count + " thoughts in a row announce a step and take none.";
      break;
    case LoopType::exact_repetition:
      out = "Exact repetition: this thought came " + count + " times.";
      break;
    case LoopType::semantic_similarity:
      out = "Similar thoughts: " + count + " of them say nearly the same.";
      break;
    default:
      out = "Repetition within a thought: its text repeats itself";
      if (found.matching_patterns > 0) out += " " + count + " times";
      out += '.';
  }
  out += ' ';
  out += kTopics[static_cast<std::size_t>(found.category)].advice;
  return out;
}

}  // namespace

std::string_view name(LoopType type) noexcept {
  constexpr std::string_view kNames[] = {"", "stalling", "exact_repetition", "semantic_similarity",
                                         "internal_repetition"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view name(ThinkingCategory category) noexcept {
  constexpr std::string_view kNames[] = {"file_read", "search", "analysis", "implementation", "general"};
  return kNames[static_cast<std::size_t>(category)];
}

struct ThinkingDetector::Impl {
  explicit Impl(const ThinkingOptions& settled) : options(settled) {}

  PatternAnalysis analyze(std::string_view content);

  ThinkingOptions options;
  std::deque<Hash128> exact;
  std::deque<std::vector<std::uint64_t>> recent;  // keywords
  std::uint64_t run = 0;                          // thoughts in a row that announce only, since the last that fired
  std::uint64_t total = 0;
  std::array<std::uint64_t, 5> counts{};  // of each type
};

PatternAnalysis ThinkingDetector::Impl::analyze(std::string_view content) {
  PatternAnalysis out;
  out.category = category_of(content);
  ++total;
  const std::string normal = one_spaced(content);
  if (normal.empty()) {
    run = 0;
    return out;
  }

  run = stalls(content) ? run + 1 : 0;
  const std::uint64_t stalled = run;
  const bool stalling = stalled >= static_cast<std::uint64_t>(options.stalling_threshold);
  if (stalling) run = 0;

  exact.push_back(xxh3_128(normal));
  if (exact.size() > static_cast<std::size_t>(kExactHistory)) exact.pop_front();
  const auto times = static_cast<std::uint64_t>(std::count(exact.begin(), exact.end(), exact.back()));

  std::vector<std::uint64_t> words = thinking_keywords(content);
  std::uint64_t alike = 0;
  for (const auto& other : recent) {
    const double score = keyword_likeness(words, other);
    alike += score >= options.similarity_threshold ? 1 : 0;
    out.similarity_score = std::max(out.similarity_score, score);
  }
  if (times > 1) out.similarity_score = 1.0;
  recent.push_back(std::move(words));
  if (recent.size() > static_cast<std::size_t>(options.window_size)) recent.pop_front();

  const auto threshold = static_cast<std::uint64_t>(options.repetition_threshold);
  if (stalling) {
    out.loop_type = LoopType::stalling;
    out.matching_patterns = stalled;
  } else if (times >= threshold) {
    out.loop_type = LoopType::exact_repetition;
    out.matching_patterns = times;
  } else if (alike + 1 >= threshold) {
    out.loop_type = LoopType::semantic_similarity;
    out.matching_patterns = alike + 1;
  } else {
    const RepetitionReport report = detect_repetition(content);
    if (!report.is_loop()) return out;
    out.loop_type = LoopType::internal_repetition;
    out.matching_patterns = report.repeats;
  }
  ++counts[static_cast<std::size_t>(out.loop_type)];
  out.guidance = told(out);
  return out;
}

Result<ThinkingDetector> ThinkingDetector::create(const ThinkingOptions& options) {
  const ThinkingOptions& o = options;
  const auto fits = [](std::int64_t value, std::int64_t least) { return value >= least && value <= kExactHistory; };
  if (!fits(o.repetition_threshold, 2))
    return outside_range("repetition_threshold", 2, kExactHistory, o.repetition_threshold);
  if (!(o.similarity_threshold > 0.0 && o.similarity_threshold <= 1.0)) {
    return Error{ErrorCode::invalid_argument, "similarity_threshold must be above 0 and at most 1"};
  }
  if (!fits(o.window_size, 1)) return outside_range("window_size", 1, kExactHistory, o.window_size);
  if (!fits(o.stalling_threshold, 1))
    return outside_range("stalling_threshold", 1, kExactHistory, o.stalling_threshold);
  return ThinkingDetector(std::make_unique<Impl>(options));
}

ThinkingDetector::ThinkingDetector(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
ThinkingDetector::ThinkingDetector(ThinkingDetector&&) noexcept = default;
ThinkingDetector& ThinkingDetector::operator=(ThinkingDetector&&) noexcept = default;
ThinkingDetector::~ThinkingDetector() = default;

PatternAnalysis ThinkingDetector::analyze(std::string_view content) { return impl_->analyze(content); }

void ThinkingDetector::reset() {
  impl_->exact.clear();
  impl_->recent.clear();
  impl_->run = 0;
}

void ThinkingDetector::clear_stats() {
  impl_->total = 0;
  impl_->counts = {};
}

ThinkingStats ThinkingDetector::stats() const {
  const auto of = [&](LoopType type) { return impl_->counts[static_cast<std::size_t>(type)]; };
  ThinkingStats out;
  out.total_analyzed = impl_->total;
  for (const std::uint64_t count : impl_->counts) out.loops_detected += count;
  out.exact_matches = of(LoopType::exact_repetition);
  out.similar_matches = of(LoopType::semantic_similarity);
  out.stalling_detected = of(LoopType::stalling);
  out.consecutive_stalls = impl_->run;
  if (out.total_analyzed > 0) {
    out.detection_rate = static_cast<double>(out.loops_detected) / static_cast<double>(out.total_analyzed);
  }
  out.history_size = impl_->recent.size();
  const auto& exact = impl_->exact;
  for (auto at = exact.begin(); at != exact.end(); ++at) {
    out.unique_patterns += std::find(exact.begin(), at, *at) == at ? 1 : 0;
  }
  return out;
}

}  // namespace paritas
