// Any bytes through the normaliser, with any options: one result however a stream is cut, its own result, a map that fits.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "paritas/repair/normalize_text.hpp"
#include "retrieve/well_formed.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string streamed(const paritas::NormalizeOptions& options, std::string_view text, std::size_t step) {
  auto stream = std::move(paritas::TextNormalizer::create(options)).value();
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += step) out += stream.feed(text.substr(at, step)).value();
  return out + stream.finish().value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHead = paritas::kNormalizeChoices.size() + 1;
  if (size < kHead) return 0;
  paritas::NormalizeOptions options;
  for (std::size_t i = 0; i + 1 < kHead; ++i) {
    const std::string_view word = paritas::kNormalizeChoices[i].words[data[i] & 3];
    if (!word.empty()) require(!paritas::choose(options, i, word));
  }
  const std::uint8_t last = data[kHead - 1];
  options.trim = (last & 1) != 0;
  options.respect_code = (last & 2) != 0;
  options.max_blank_lines = last >> 2 & 3;
  // A block of exactly the right size, so that AddressSanitizer sees a read past the end.
  const std::string_view text(reinterpret_cast<const char*>(data + kHead), size - kHead);
  const paritas::MappedText mapped = paritas::normalize_text_mapped(text, options).value();
  const std::string result(mapped.text.changed ? std::string_view(mapped.text.text) : text);
  require(paritas::well_formed(result));
  require(!paritas::normalize_text(result, options).value().changed);
  const paritas::NormalizedText plain = paritas::normalize_text(text, options).value();
  require(plain.changed == mapped.text.changed && plain.text == mapped.text.text);
  for (const std::size_t step : {std::size_t{1}, std::size_t{2} + last % 7}) {
    require(streamed(options, text, step) == result);
  }
  std::size_t end = 0, source = 0;
  for (const paritas::TextEdit& edit : mapped.map.edits) {
    require(edit.result.start >= end && edit.source.start >= source);
    require(result.substr(end, edit.result.start - end) == text.substr(source, edit.source.start - source));
    end = edit.result.end;
    source = edit.source.end;
  }
  require(result.substr(end) == text.substr(source));
  const paritas::Span all = mapped.map.to_source({0, result.size()});
  require(all.start <= all.end && all.end <= text.size());
  return 0;
}
