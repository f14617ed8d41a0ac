#include "paritas/stream/repetition.hpp"

#include <cstring>
#include <utility>

#include "option_range.hpp"
#include "repetition_machine.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMaxWindow = 65536;
constexpr std::int64_t kMaxN = 16;

}  // namespace

std::string_view name(RepetitionKind kind) noexcept {
  return kind == RepetitionKind::none ? "none" : kind == RepetitionKind::period ? "period" : "low_novelty";
}

struct RepetitionDetector::Impl : RepetitionMachine {
  using RepetitionMachine::RepetitionMachine;
};

Result<RepetitionDetector> RepetitionDetector::create(const RepetitionOptions& options) {
  const auto fits = [](std::int64_t value, std::int64_t lowest, std::int64_t most) {
    return value >= lowest && value <= most;
  };
  const RepetitionOptions& o = options;
  if (!fits(o.window, 2, kMaxWindow)) return outside_range("window", 2, kMaxWindow, o.window);
  if (!fits(o.max_period, 1, o.window / 2)) return outside_range("max_period", 1, o.window / 2, o.max_period);
  if (!fits(o.min_repeats, 2, kMaxWindow)) return outside_range("min_repeats", 2, kMaxWindow, o.min_repeats);
  if (!fits(o.min_covered, 2, kMaxWindow)) return outside_range("min_covered", 2, kMaxWindow, o.min_covered);
  if (!fits(o.novelty_n, 2, kMaxN)) return outside_range("novelty_n", 2, kMaxN, o.novelty_n);
  if (!fits(o.novelty_window, o.novelty_n, kMaxWindow)) {
    return outside_range("novelty_window", o.novelty_n, kMaxWindow, o.novelty_window);
  }
  if (!(o.novelty_min >= 0.0 && o.novelty_min <= 1.0)) {
    return Error{ErrorCode::invalid_argument, "novelty_min must be from 0 to 1"};
  }
  return RepetitionDetector(std::make_unique<Impl>(options));
}

RepetitionDetector::RepetitionDetector(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
RepetitionDetector::RepetitionDetector(RepetitionDetector&&) noexcept = default;
RepetitionDetector& RepetitionDetector::operator=(RepetitionDetector&&) noexcept = default;
RepetitionDetector::~RepetitionDetector() = default;

Result<RepetitionReport> RepetitionDetector::feed(std::string_view utf8) {
  Impl& d = *impl_;
  if (d.finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  if (!d.fired) {
    d.read_held(utf8);
    const std::size_t held = d.held_size > 0 ? 0 : unfinished_utf8(utf8);
    d.read_all(utf8.substr(0, utf8.size() - held));
    if (held > 0 && !d.fired) {
      std::memcpy(d.held, utf8.data() + utf8.size() - held, held);
      d.held_size = held;
    }
  }
  return report();
}

Result<RepetitionReport> RepetitionDetector::finish() {
  Impl& d = *impl_;
  if (d.finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  d.finished = true;
  if (!d.fired && d.held_size > 0) {
    const std::size_t size = d.held_size;
    d.held_size = 0;
    d.read_any({kReplacement, size}, true);
  }
  if (!d.fired) {
    const bool due = d.end_word();
    if (d.end > 0) d.look_at_period();
    if (!d.fired) d.look(false, due);
  }
  return report();
}

void RepetitionDetector::reset() { impl_->reset(); }
RepetitionReport RepetitionDetector::report() const { return impl_->report(); }

std::size_t RepetitionDetector::memory_bytes() const noexcept {
  const Impl& d = *impl_;
  return sizeof(Impl) + d.text.size() * 4 + d.matches.size() * 4 + 2 * d.seen[0].size() * 8 + d.ngrams.memory_bytes();
}

RepetitionReport detect_repetition(std::string_view utf8) {
  RepetitionDetector detector = std::move(RepetitionDetector::create()).value();
  RepetitionDetector::Impl& d = *detector.impl_;
  d.read_all(utf8);
  RepetitionReport found = detector.finish().value();
  const auto after = static_cast<std::size_t>(found.position.bytes);
  if (found.kind == RepetitionKind::period) {
    // On as long as the text equals the text a period earlier, which is the unit again and again.
    std::size_t source = after - static_cast<std::size_t>(found.period.bytes);
    for (std::size_t at = after; at < utf8.size();) {
      const Decoded next = decode_utf8(utf8, at);
      const Decoded before = decode_utf8(utf8, source);
      if (next.code_point != before.code_point) break;
      at += next.bytes;
      source += before.bytes;
      found.covered += {next.bytes, 1, next.code_point < 0x10000 ? 1u : 2u};
    }
    found.repeats = found.covered.code_points / found.period.code_points;
  } else if (found.kind == RepetitionKind::low_novelty) {
    d.fired = false;
    d.telling = true;
    d.read_all(utf8.substr(after));
    d.end_word();
    if (!d.fired) d.look(false, true);
    found = d.found;
  }
  return found;
}

}  // namespace paritas
