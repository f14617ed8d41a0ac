#include "paritas/stream/halt.hpp"

#include <optional>
#include <vector>

#include "convert.hpp"

namespace paritas::wasm {

/// A monitor, the place where JavaScript writes a token, and what a step leaves in numbers: a step copies no more.
struct Watch {
  HaltMonitor monitor;
  std::vector<char> room = {};
  double report[5] = {};  // index, score, window mean, drop, now
  std::string_view emitted = {};
};

namespace {

/// Bits of a step: scored, halted, warning, soft pending, recorded, its emit is the token, it emits; then the code.
std::int32_t tell(Watch& watch, const HaltStep& step) {
  const double told[] = {static_cast<double>(step.index), step.score, step.window_mean, step.trend_drop, step.now};
  std::memcpy(watch.report, told, sizeof told);
  watch.emitted = step.emit;
  const bool emits = !step.emit.empty();
  const bool bits[] = {step.scored,   step.halted,
                       step.warning,  step.soft_pending,
                       step.recorded, emits && step.emit.data() == watch.room.data(),
                       emits};
  std::int32_t flags = static_cast<std::int32_t>(step.code) << 8;
  for (int i = 0; i < 7; ++i) flags |= bits[i] ? 1 << i : 0;
  return flags;
}

Reply said(std::string_view words) {
  Packer out;
  out.text(words);
  return out.out();
}

}  // namespace

/// The defaults, then for each field its name, a letter of its kind and its choices; then the names of the codes.
WASM(Reply, haltFields)() {
  Packer out;
  for (const double number : halt_numbers({})) out.f64(number);
  for (const HaltField& field : halt_fields()) {
    out.text(field.name);
    out.u8(field.kind == HaltField::Kind::choice);
    out.u8(field.kind == HaltField::Kind::flag);
    out.text(field.choices);
  }
  for (int code = 0; code <= static_cast<int>(HaltCode::closed); ++code) out.text(name(static_cast<HaltCode>(code)));
  return out.out();
}
WASM(Reply, haltRefusal)(std::size_t field, double hard_limit, std::uintptr_t shown, std::size_t bytes) {
  return said(halt_refusal(field, hard_limit, text(shown, bytes)));
}

WASM(Reply, haltCreate)(std::uintptr_t numbers) {
  HaltNumbers given;
  std::memcpy(given.data(), reinterpret_cast<const double*>(numbers), sizeof given);
  return outcome(HaltMonitor::create(given),
                 [](HaltMonitor made) { return number(reinterpret_cast<std::uintptr_t>(new Watch{std::move(made)})); });
}
WASM(void, haltDelete)(Watch* self) { delete self; }
WASM(double*, haltReport)(Watch& self) { return self.report; }
WASM(char*, haltRoom)(Watch& self, std::size_t bytes) {
  if (self.room.size() < bytes) self.room.resize(bytes);
  return self.room.data();
}

/// The token is in the room. given: 1 a score, 2 a time
WASM(std::int32_t, haltStep)(Watch& self, std::size_t bytes, double score, double now, std::int32_t given) {
  std::optional<double> value, time;
  if ((given & 1) != 0) value = score;
  if ((given & 2) != 0) time = now;
  return tell(self, self.monitor.process_token({self.room.data(), bytes}, value, time));
}
/// A failure that the host has seen; in the room are the name of its type and the token.
WASM(std::int32_t, haltFail)(Watch& self, std::int32_t code, double value, std::size_t detail, std::size_t token) {
  const char* at = self.room.data();
  return tell(self, self.monitor.fail(static_cast<HaltCode>(code), value, {at, detail}, {at + detail, token}));
}
WASM(std::int32_t, haltFinish)(Watch& self) { return tell(self, self.monitor.finish()); }
WASM(Reply, haltEmitted)(const Watch& self) { return said(self.emitted); }
WASM(void, haltReset)(Watch& self) { self.monitor.reset(); }
WASM(void, haltStop)(Watch& self, bool stop) { stop ? self.monitor.emergency_stop() : self.monitor.reactivate(); }
WASM(bool, haltActive)(const Watch& self) { return self.monitor.is_active(); }
WASM(bool, haltWantsScore)(const Watch& self) { return self.monitor.wants_score(); }
WASM(Reply, haltReason)(const Watch& self, std::int32_t code) {
  return said(self.monitor.reason(static_cast<HaltCode>(code)));
}
WASM(Reply, haltConfig)(const Watch& self) { return typed(halt_numbers(self.monitor.config())); }

WASM(Reply, haltSummary)(const Watch& self) {
  const HaltSummary s = self.monitor.summary();
  Packer out;
  for (const std::uint64_t count : {s.token_count, s.accepted, std::uint64_t{s.halted}, std::uint64_t{s.soft_halted}}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(static_cast<double>(s.halt_index));
  for (const std::uint64_t count : {static_cast<std::uint64_t>(s.code), s.warning_count, s.invalid_count,
                                    s.unchecked_count, s.token_start.units, s.token_end.units}) {
    out.f64(static_cast<double>(count));
  }
  for (const double value : {s.avg_coherence, s.min_coherence, s.elapsed, self.monitor.trend_se()}) out.f64(value);
  return out.out();
}

/// What a halt shows beside the summary: the tail of the output, what to do, the window.
WASM(Reply, haltEvidence)(const Watch& self) {
  Packer out;
  out.text(self.monitor.text_tail());
  out.text(suggested_action(self.monitor.summary().code));
  for (const double score : self.monitor.window()) out.f64(score);
  return out.out();
}

WASM(Reply, haltSave)(const Watch& self) { return typed(self.monitor.save_state()); }
WASM(Reply, haltRestore)(Watch& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.monitor.restore_state(text(at, bytes)), number);
}

}  // namespace paritas::wasm
