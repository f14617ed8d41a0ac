#include "paritas/stream/halt.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "halt_machine.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "retrieve/well_formed.hpp"

namespace paritas {
namespace {

constexpr double kSlack = 1e-9;  // what a score may leave [0, 1] by
constexpr std::size_t kTailCharacters = 200;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double one_nan(double value) { return std::isnan(value) ? kNone : value; }

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

TextLength plus(TextLength length, std::string_view text) {
  length.bytes += text.size();
  if (is_ascii(text)) {
    length.code_points += text.size();
    length.units += text.size();
    return length;
  }
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    at += next.bytes;
    ++length.code_points;
    length.units += next.code_point > 0xFFFF ? 2 : 1;
  }
  return length;
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}
bool closes(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0x300D;
}

}  // namespace

// ---- what the scores say

HaltMonitor::Impl::Impl(const HaltConfig& settled) : config(settled) {
  // The squared difference that leaves the trend window needs three scores before it.
  const auto window = static_cast<std::size_t>(config.window_size);
  const auto trend = static_cast<std::size_t>(config.trend_window) + 3;
  capacity_ = window > trend ? window : trend;
  scores.resize(2 * capacity_);
  shown.resize(2 * kTailBytes);
  const double n = static_cast<double>(config.trend_window);
  for (std::int32_t i = 0; i < config.trend_window; ++i) distances.push_back(static_cast<double>(i) - (n - 1.0) / 2.0);
  spread = n * (n * n - 1.0) / 12.0;
  reset();
}

void HaltMonitor::Impl::reset() {
  stopped = halted = finished = pending = soft_halted = false;
  sentence = 0;
  code = HaltCode::none;
  value = 0.0;
  detail.clear();
  halt_index = -1;
  count = accepted = scored = next_due = invalid_run = warnings = invalids = unchecked = 0;
  cadence = config.adaptive ? 1 : static_cast<std::uint64_t>(config.score_every_n);
  tail = 0;
  before_sum = all_sum = score_sum = score_min = now = mean = drop = 0.0;
  last = kNone;
  length = token_start = token_end = {};
  end = 0;
  held.clear();
  gone = shown_size = 0;
}

double HaltMonitor::Impl::window_mean() const noexcept {
  const auto window = last_scores(static_cast<std::size_t>(config.window_size));
  double sum = 0.0;
  for (const double score : window) sum += score;  // oldest first; summed anew each time: no error gathers
  return window.empty() ? 0.0 : sum / static_cast<double>(window.size());
}

/// trend_drop of the last scores, bit for bit: they are finite, and what depends on their number alone is known.
double HaltMonitor::Impl::trend() const noexcept {
  const std::size_t n = distances.size();
  if (scored < n) return 0.0;
  const double* oldest = scores.data() + end - n;
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += distances[i] * (oldest[i] - oldest[0]);
  if (sum == 0.0) return 0.0;
  const double size = static_cast<double>(n);
  return -(sum / spread) * (size - 1.0);
}

HaltMonitor::Impl::Noise HaltMonitor::Impl::noise() const noexcept {
  const std::uint64_t inside = static_cast<std::uint64_t>(config.trend_window) + 2;
  const std::uint64_t before = scored > inside ? scored - inside : 0;
  if (before >= 16) return {before_sum, static_cast<double>(before)};
  return {all_sum, static_cast<double>(scored > 2 ? scored - 2 : 0)};
}

double HaltMonitor::Impl::trend_se() const noexcept {
  const auto [total, number] = noise();
  if (number < 3.0) return 0.0;
  // A second difference of independent scores has 6 times their variance, the fitted drop 12 (n-1) / (n (n+1)) times.
  const double n = static_cast<double>(config.trend_window);
  return std::sqrt(total / (6.0 * number) * (12.0 * (n - 1.0) / (n * (n + 1.0))));
}

bool HaltMonitor::Impl::significant(double fall) const noexcept {
  if (config.trend_z == 0.0) return true;
  const double number = noise().count;
  return number >= 3.0 && fall > config.trend_z * (1.0 + 4.0 / number) * trend_se();
}

void HaltMonitor::Impl::keep(double score) noexcept {
  if (end == scores.size()) {
    std::copy(scores.end() - static_cast<std::ptrdiff_t>(capacity_ - 1), scores.end(), scores.begin());
    end = capacity_ - 1;
  }
  scores[end++] = score;
}

void HaltMonitor::Impl::push(double score) noexcept {
  keep(score);
  ++scored;
  score_sum += score;
  score_min = scored == 1 || score < score_min ? score : score_min;
  const auto squared = [](const double* newest) {
    const double e = (newest[0] - newest[-1]) - (newest[-1] - newest[-2]);
    return e * e;
  };
  const double* newest = scores.data() + end - 1;
  const auto trend = static_cast<std::uint64_t>(config.trend_window);
  // One addition each per score, in order: the sums are those of a loop over the whole stream.
  if (scored >= 3) all_sum += squared(newest);
  if (scored >= trend + 3) before_sum += squared(newest - trend);
}

void HaltMonitor::Impl::plan(double score) noexcept {
  if (config.adaptive) {
    const bool full = scored >= static_cast<std::uint64_t>(config.window_size);
    if ((full ? mean : score) > config.soft_limit) {
      const auto most = static_cast<std::uint64_t>(config.max_cadence);
      cadence = cadence + 1 < most ? cadence + 1 : most;
    }
    if (score < config.soft_limit) cadence = 1;
  }
  next_due = count + cadence;
}

// ---- one token

HaltStep HaltMonitor::Impl::step(std::string_view token, std::optional<double> given, std::optional<double> time) {
  if (gone != 0) forget_held();
  if (ended()) return after_the_end();
  if (stopped.load(std::memory_order_relaxed)) return halt(token, HaltCode::kernel_inactive, 0.0, last);
  if (time) {
    const double since = *time - now;
    // Written so that a NaN halts.
    if (config.total_timeout > 0.0 && !(*time <= config.total_timeout)) {
      return halt(token, HaltCode::total_timeout, *time, last);
    }
    if (config.token_timeout > 0.0 && !(since <= config.token_timeout)) {
      return halt(token, HaltCode::token_timeout, since, last);
    }
    if (std::isfinite(*time)) now = *time;
  }
  bool was_scored = given.has_value(), checked = true;
  double score = last;
  if (given ? *given >= -kSlack && *given <= 1.0 + kSlack : !std::isnan(last)) {
    if (given) {
      last = score = *given <= 0.0 ? 0.0 : *given < 1.0 ? *given : 1.0;
      invalid_run = 0;
      push(score);
      mean = window_mean();
      drop = trend();
      plan(score);
    }
  } else {
    const double wrong = one_nan(given.value_or(kNone));
    ++invalids;
    ++invalid_run;
    if (config.on_invalid == OnInvalid::abstain) {
      ++unchecked;
      checked = false;
      score = wrong;
    } else if (config.on_invalid == OnInvalid::halt || std::isnan(last) ||
               invalid_run > static_cast<std::uint64_t>(config.max_invalid)) {
      detail = given ? "" : "missing";
      return halt(token, HaltCode::invalid_score, wrong, wrong);
    }
    was_scored = false;  // the last score holds
  }
  if (checked && score < config.hard_limit) return halt(token, HaltCode::hard_limit, score, score, was_scored);
  if (was_scored && !pending) {
    HaltCode why = HaltCode::none;
    if (scored >= static_cast<std::uint64_t>(config.window_size) && mean < config.window_threshold) {
      why = HaltCode::window_avg;
    } else if (drop > config.trend_threshold && significant(drop)) {
      why = HaltCode::downward_trend;
    }
    if (why != HaltCode::none) {
      const double number = why == HaltCode::window_avg ? mean : drop;
      if (config.halt_mode == HaltMode::hard) return halt(token, why, number, score, was_scored);
      pending = true;
      code = why;
      value = number;
      halt_index = static_cast<std::int64_t>(count);
      tail = -1;  // this token is none of the tail
    }
  }
  const bool warning = checked && !pending && score < config.soft_limit;
  if (warning) ++warnings;
  return accept(token, score, was_scored, warning);
}

HaltStep HaltMonitor::Impl::accept(std::string_view token, double score, bool was_scored, bool warning) {
  const bool fresh = pending && tail < 0;
  HaltStep out = told(count++, score);
  out.scored = was_scored;
  out.warning = warning;
  out.recorded = true;
  ++accepted;
  token_start = length;
  token_end = length = plus(length, token);
  out.emit = release(token);
  bool over = false;
  if (pending) {
    ++tail;
    over = sentence != 0 || tail >= config.soft_tail_max;
    if (over) {
      pending = false;
      halted = soft_halted = true;
      held.resize(gone);
    }
    if (over || fresh) out.code = code;
  }
  show(out.emit);
  out.halted = over;
  out.soft_pending = pending;
  return out;
}

/// What may be shown with this token. Sentence ends are looked for only where somebody waits for one.
std::string_view HaltMonitor::Impl::release(std::string_view token) {
  const bool by_sentence = config.release == Release::sentence;
  if (!by_sentence && config.halt_mode == HaltMode::hard) return token;
  std::size_t cut = 0;
  bool solid = !held.empty() && sentence != 2;  // spaces alone are no sentence
  for (std::size_t at = 0; at < token.size();) {
    const Decoded next = decode_utf8(token, at);
    at += next.bytes;
    const bool space = text_class(next.code_point) == TextClass::space;
    solid = solid || !space;
    if (ends_sentence(next.code_point)) {
      sentence = 1;
    } else if (space) {
      sentence = sentence == 0 ? 0 : 2;
    } else if (sentence != 1 || !closes(next.code_point)) {
      sentence = 0;
    }
    if (by_sentence) append_utf8(held, next.code_point);  // what is ill-formed as U+FFFD: a state is text
    if (sentence == 2 && solid) cut = held.size();
  }
  if (!by_sentence) return token;
  gone = sentence == 1 ? held.size() : cut;
  return std::string_view(held).substr(0, gone);
}

void HaltMonitor::Impl::show(std::string_view emit) {
  if (emit.size() > kTailBytes) emit.remove_prefix(emit.size() - kTailBytes);
  if (emit.empty()) return;
  if (shown_size + emit.size() > shown.size()) {
    const std::size_t left = shown_size < kTailBytes ? shown_size : kTailBytes;
    std::memmove(shown.data(), shown.data() + shown_size - left, left);
    shown_size = left;
  }
  std::memcpy(shown.data() + shown_size, emit.data(), emit.size());
  shown_size += emit.size();
}

void HaltMonitor::Impl::forget_held() {
  held.erase(0, gone);
  gone = 0;
}

HaltStep HaltMonitor::Impl::after_the_end() const noexcept {
  HaltStep out = told(count, last);
  out.halted = true;
  out.code = halted ? code : HaltCode::closed;
  return out;
}

/// A hard halt: the token is withheld, and so is the text of its sentence.
HaltStep HaltMonitor::Impl::halt(std::string_view token, HaltCode why, double number, double score, bool was_scored) {
  const std::uint64_t index = count++;
  token_start = length;
  token_end = plus(length, token);
  end_stream(why, number, index);
  HaltStep out = told(index, score);
  out.scored = was_scored;
  out.halted = out.recorded = true;
  out.code = why;
  return out;
}

void HaltMonitor::Impl::end_stream(HaltCode why, double number, std::uint64_t index) {
  halted = true;
  pending = soft_halted = false;
  code = why;
  value = one_nan(number);
  halt_index = static_cast<std::int64_t>(index);
  held.clear();
  if (why == HaltCode::hard_limit && config.latch) stopped = true;
}

HaltStep HaltMonitor::Impl::finish() {
  if (gone != 0) forget_held();
  HaltStep out = told(count, last);
  out.recorded = !ended();
  if (out.recorded && stopped) {
    token_start = token_end = length;
    end_stream(HaltCode::stopped, 0.0, count);
  } else if (out.recorded && pending) {
    pending = false;
    halted = soft_halted = true;
    held.clear();
  } else if (out.recorded) {
    gone = held.size();
    out.emit = held;
    show(out.emit);
  }
  finished = true;
  out.halted = halted;
  if (halted) out.code = code;
  return out;
}

std::uint64_t HaltMonitor::Impl::token_count() const noexcept {
  const bool by_score =
      code == HaltCode::hard_limit || code == HaltCode::window_avg || code == HaltCode::downward_trend;
  return accepted + (halted && !soft_halted && by_score ? 1 : 0);
}

// ---- the class

Result<HaltMonitor> HaltMonitor::create(const HaltConfig& config) { return create(halt_numbers(config)); }
Result<HaltMonitor> HaltMonitor::create(const HaltNumbers& numbers) {
  Result<HaltConfig> settled = halt_config(numbers);
  if (!settled.ok()) return settled.error();
  return HaltMonitor(std::make_unique<Impl>(settled.value()));
}
HaltMonitor::HaltMonitor(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
HaltMonitor::HaltMonitor(HaltMonitor&&) noexcept = default;
HaltMonitor& HaltMonitor::operator=(HaltMonitor&&) noexcept = default;
HaltMonitor::~HaltMonitor() = default;

const HaltConfig& HaltMonitor::config() const noexcept { return impl_->config; }
HaltStep HaltMonitor::process_token(std::string_view token, std::optional<double> score, std::optional<double> now) {
  return impl_->step(token, score, now);
}
bool HaltMonitor::check_halt(double score) {
  const HaltStep step = impl_->step({}, score, {});
  return step.halted || step.soft_pending;
}
bool HaltMonitor::wants_score() const noexcept {
  return !impl_->stopped && !impl_->ended() && impl_->count >= impl_->next_due;
}
HaltStep HaltMonitor::finish() { return impl_->finish(); }
HaltStep HaltMonitor::fail(HaltCode code, double value, std::string_view detail, std::string_view token) {
  if (impl_->ended()) return impl_->after_the_end();
  impl_->detail = repaired(detail);
  return impl_->halt(token, code, value, impl_->last);
}
void HaltMonitor::reset() { impl_->reset(); }
void HaltMonitor::emergency_stop() noexcept { impl_->stopped = true; }
void HaltMonitor::reactivate() noexcept { impl_->stopped = false; }
bool HaltMonitor::is_active() const noexcept { return !impl_->stopped; }

double HaltMonitor::trend_se() const noexcept { return impl_->trend_se(); }
std::span<const double> HaltMonitor::window() const noexcept {
  return impl_->last_scores(static_cast<std::size_t>(impl_->config.window_size));
}

HaltSummary HaltMonitor::summary() const noexcept {
  const Impl& m = *impl_;
  return {.token_count = m.token_count(),
          .accepted = m.accepted,
          .halted = m.halted,
          .soft_halted = m.soft_halted,
          .halt_index = m.halted ? m.halt_index : -1,
          .code = m.halted ? m.code : HaltCode::none,
          .warning_count = m.warnings,
          .invalid_count = m.invalids,
          .unchecked_count = m.unchecked,
          .avg_coherence = m.scored == 0 ? 0.0 : m.score_sum / static_cast<double>(m.scored),
          .min_coherence = m.score_min,
          .elapsed = m.now,
          .token_start = m.token_start,
          .token_end = m.token_end};
}

std::string HaltMonitor::text_tail() const {
  const std::string_view text(impl_->shown.data(), impl_->shown_size);
  std::size_t start = text.size();
  for (std::size_t left = kTailCharacters; left > 0 && start > 0; --left) {
    --start;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  }
  return std::string(text.substr(start));
}

}  // namespace paritas
