// Any bytes through the analyzer: terms that are well formed and within limits, spans inside the text.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/retrieve/analyzer.hpp"
#include "retrieve/well_formed.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  paritas::AnalyzerOptions options;
  constexpr const char* kCuts[] = {"bigram", "unigram", "run", "bigram"};
  options.cjk = kCuts[choice & 3];
  options.stemmer = (choice & 4) == 0 ? "light" : (choice & 1) != 0 ? "english" : "none";
  options.fold_accents = (choice & 8) == 0;
  options.max_length = (choice & 16) != 0 ? 3 : 128;
  if ((choice & 32) != 0) options.stopwords = "english";
  const paritas::Analyzer analyzer =
      (choice & 64) != 0 ? paritas::Analyzer::plain() : paritas::Analyzer::create(options).value();
  const auto terms = analyzer.analyze(text);
  const auto spans = analyzer.spans(text);
  require(terms.size() == spans.size());
  std::size_t start = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    require(!terms[i].empty() && paritas::well_formed(terms[i]));
    require(spans[i].start >= start && spans[i].start < spans[i].end && spans[i].end <= text.size());
    start = spans[i].start;
  }
  return 0;
}
