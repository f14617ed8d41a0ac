#include "paritas/stream/cycles.hpp"

#include <algorithm>
#include <utility>

#include "option_range.hpp"
#include "paritas/stream/signature.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMaxPeriod = 1024;
constexpr std::int64_t kMaxWindow = 65536;

struct Call {
  std::string signature;
  std::string name;
  bool named = false;
  std::vector<Hash128> leaves;  // of the arguments, where likeness counts
};

/// The canonical arguments within [name, arguments].
std::string_view arguments_of(std::string_view call) {
  std::size_t at = 2;  // behind the bracket and the quote of the name
  while (call[at] != '"') at += call[at] == '\\' ? 2 : 1;
  return call.substr(at + 2, call.size() - at - 3);
}

}  // namespace

struct CycleDetector::Impl {
  explicit Impl(const CycleOptions& settled)
      : options(settled),
        calls(static_cast<std::size_t>(settled.max_period)),
        runs(static_cast<std::size_t>(settled.max_period) + 1) {}

  /// The call `back` calls ago, from 1 on.
  [[nodiscard]] const Call& ago(std::size_t back) const { return calls[(count - back) % calls.size()]; }

  [[nodiscard]] bool equal(const Call& a, const Call& b) const {
    if (a.signature == b.signature) return true;
    if (options.similarity == 1.0 || !a.named || !b.named || a.name != b.name) return false;
    return leaves_similarity(a.leaves, b.leaves) >= options.similarity;
  }

  CycleReport add(Call call);
  [[nodiscard]] std::string guidance(const CycleReport& report) const;

  CycleOptions options;
  std::vector<Call> calls;        // a ring of the last max_period
  std::vector<std::size_t> runs;  // of each period: how many of the last calls equal the call a period earlier
  std::size_t count = 0;
};

CycleReport CycleDetector::Impl::add(Call call) {
  CycleReport report;
  for (std::size_t p = 1; p < runs.size(); ++p) {
    const std::size_t most = static_cast<std::size_t>(options.window) - p;
    runs[p] = p <= count && equal(call, ago(p)) ? std::min(runs[p] + 1, most) : 0;
    const std::size_t repeats = 1 + runs[p] / p;
    const std::int64_t wanted = p == 1 ? options.same_repeats : options.repeats;
    if (report.period == 0 && repeats >= static_cast<std::size_t>(wanted)) {
      report.period = p;
      report.repeats = repeats;
    }
  }
  calls[count % calls.size()] = std::move(call);
  ++count;
  for (std::size_t back = report.period; back > 0; --back) report.sequence.push_back(ago(back).name);
  if (report.is_cycle()) report.guidance = guidance(report);
  return report;
}

std::string CycleDetector::Impl::guidance(const CycleReport& report) const {
  const std::string times = std::to_string(report.repeats);
  if (report.period == 1) {
    const char* how = options.similarity < 1.0 ? "nearly the same" : "the same";
    return report.sequence[0] + " was called " + times + " times in a row with " + how +
           " arguments. Use the result it gave, change the arguments, or answer.";
  }
  std::string names;
  for (const std::string& name : report.sequence) names += (names.empty() ? "" : ", ") + name;
  return "These " + std::to_string(report.period) + " calls came " + times + " times in a row: " + names +
         ". Use the results they gave, take another way, or answer.";
}

Result<CycleDetector> CycleDetector::create(const CycleOptions& options) {
  const CycleOptions& o = options;
  if (o.max_period < 1 || o.max_period > kMaxPeriod) return outside_range("max_period", 1, kMaxPeriod, o.max_period);
  if (o.repeats < 2 || o.repeats > kMaxWindow) return outside_range("repeats", 2, kMaxWindow, o.repeats);
  if (o.same_repeats < 2 || o.same_repeats > kMaxWindow) {
    return outside_range("same_repeats", 2, kMaxWindow, o.same_repeats);
  }
  const std::int64_t least = std::max(o.max_period * o.repeats, o.same_repeats);
  if (o.window < least || o.window > kMaxWindow) return outside_range("window", least, kMaxWindow, o.window);
  if (!(o.similarity > 0.0 && o.similarity <= 1.0)) {
    return Error{ErrorCode::invalid_argument, "similarity must be above 0 and at most 1"};
  }
  return CycleDetector(std::make_unique<Impl>(options));
}

CycleDetector::CycleDetector(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
CycleDetector::CycleDetector(CycleDetector&&) noexcept = default;
CycleDetector& CycleDetector::operator=(CycleDetector&&) noexcept = default;
CycleDetector::~CycleDetector() = default;

CycleReport CycleDetector::record(std::string_view name, std::string_view canonical_call) {
  Call call{signature_of(canonical_call), std::string(name), true, {}};
  if (impl_->options.similarity < 1.0) call.leaves = canonical_leaves(arguments_of(canonical_call));
  return impl_->add(std::move(call));
}

CycleReport CycleDetector::record_signature(std::string_view signature) {
  return impl_->add({std::string(signature), std::string(signature), false, {}});
}

void CycleDetector::reset() {
  std::fill(impl_->runs.begin(), impl_->runs.end(), 0);
  impl_->count = 0;
}

}  // namespace paritas
