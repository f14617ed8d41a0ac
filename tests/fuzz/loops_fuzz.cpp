// Any bytes through the detectors of loops: one report however a stream is cut, spans inside the text, text that is JSON.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "paritas/stream/canonical_json.hpp"
#include "paritas/stream/repetition.hpp"
#include "paritas/stream/signature.hpp"
#include "paritas/stream/thinking_detector.hpp"
#include "retrieve/well_formed.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

paritas::RepetitionReport read(const paritas::RepetitionOptions& options, std::string_view text, std::size_t step) {
  auto detector = std::move(paritas::RepetitionDetector::create(options)).value();
  for (std::size_t at = 0; at < text.size(); at += step) require(detector.feed(text.substr(at, step)).ok());
  return detector.finish().value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::string text(reinterpret_cast<const char*>(data + 2), size - 2);
  for (int doubled = data[1] & 3; doubled > 0; --doubled) text += text;
  paritas::RepetitionOptions options;
  options.window = 16 + data[0];
  options.max_period = 1 + (data[0] & 7);
  options.min_covered = 2 + (data[1] >> 2);
  options.novelty_window = 16 + (data[0] & 63);
  const paritas::RepetitionReport whole = read(options, text, text.size() + 1);
  for (const std::size_t step : {std::size_t{1}, std::size_t{1} + (data[1] & 15)}) {
    const paritas::RepetitionReport cut = read(options, text, step);
    require(cut.kind == whole.kind && cut.position == whole.position && cut.start == whole.start);
    require(cut.covered == whole.covered && cut.unit == whole.unit && cut.repeats == whole.repeats);
  }
  const paritas::RepetitionReport all = paritas::detect_repetition(text);
  require(all.start.bytes + all.covered.bytes <= text.size() && paritas::well_formed(all.unit));
  std::size_t end = 0;
  for (const paritas::Span& span : paritas::find_circular_patterns(text)) {
    require(span.start >= end && span.start < span.end && span.end <= text.size());
    end = span.end;
  }
  auto thinker = std::move(paritas::ThinkingDetector::create()).value();
  for (int i = 0; i < 3; ++i) require(paritas::well_formed(thinker.analyze(text).guidance));
  paritas::CanonicalWriter writer;
  writer.begin_object();
  for (std::size_t at = 0; at < text.size(); at += 1 + (data[0] & 31)) {
    writer.text(std::string_view(text).substr(at, data[0] & 7));
    writer.text(std::string_view(text).substr(0, at));
  }
  writer.end();
  if (writer.failed()) return 0;
  require(paritas::well_formed(writer.written()));
  require(paritas::call_similarity("a", writer.written(), "a", writer.written()) == 1.0);
  return 0;
}
