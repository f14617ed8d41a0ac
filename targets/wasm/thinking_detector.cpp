#include "paritas/stream/thinking_detector.hpp"

#include "convert.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, thinkingDetectorDefaults)() {
  constexpr ThinkingOptions o;
  Packer out;
  for (const std::int64_t count : {o.repetition_threshold, o.window_size, o.stalling_threshold}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(o.similarity_threshold);
  return out.out();
}
WASM(Reply, thinkingDetectorCreate)(std::uintptr_t at) {
  const auto given = doubles(at, 4);
  const auto whole = [&](std::size_t i) { return static_cast<std::int64_t>(given[i]); };
  return outcome(ThinkingDetector::create({whole(0), given[3], whole(1), whole(2)}), handle);
}
WASM(void, thinkingDetectorDelete)(ThinkingDetector* self) { delete self; }
WASM(Reply, thinkingDetectorAnalyze)(ThinkingDetector& self, std::uintptr_t at, std::size_t bytes) {
  const PatternAnalysis found = self.analyze(text(at, bytes));
  Packer out;
  out.u8(found.is_loop());
  out.text(name(found.loop_type));
  out.f64(found.similarity_score);
  out.f64(static_cast<double>(found.matching_patterns));
  out.text(found.guidance);
  out.text(name(found.category));
  return out.out();
}
WASM(void, thinkingDetectorReset)(ThinkingDetector& self) { self.reset(); }
WASM(void, thinkingDetectorClearStats)(ThinkingDetector& self) { self.clear_stats(); }
WASM(Reply, thinkingDetectorStats)(const ThinkingDetector& self) {
  const ThinkingStats s = self.stats();
  Packer out;
  for (const std::uint64_t count : {s.total_analyzed, s.loops_detected, s.exact_matches, s.similar_matches,
                                    s.stalling_detected, s.consecutive_stalls, s.history_size, s.unique_patterns}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(s.detection_rate);
  return out.out();
}

WASM(Reply, loopCircularPatterns)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view given = text(at, bytes);
  const OffsetMap offsets(given);
  Packer out;
  for (const Span& span : find_circular_patterns(given)) pack(out, span, offsets);
  return out.out();
}
WASM(double, loopCircularCount)(std::uintptr_t at, std::size_t bytes) {
  return static_cast<double>(count_circular_patterns(text(at, bytes)));
}
WASM(bool, loopCircularFound)(std::uintptr_t at, std::size_t bytes) { return detect_circular_phrases(text(at, bytes)); }

}  // namespace paritas::wasm
