// Nanoseconds a byte of each stage that reads a text, best of many rounds: bench_stages FILE [BYTES]
// A stage is the difference between reading up to it and reading up to the one before.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "verify/analysis.hpp"
#include "verify/source_index.hpp"

namespace {

using namespace paritas;

// Each runs what it needs of those before it.
constexpr const char* kStages[] = {"tokens", "sentences", "numbers", "cues", "nouns", "stems", "names"};
constexpr int kCount = static_cast<int>(std::size(kStages));

std::size_t read(std::string_view text, int stages) {
  LongWords words;
  SymbolTable stems;
  Analysis analysis(text);
  tokenize(text, words, analysis.tokens);
  if (stages > 1) {
    cut_sentences(text, analysis.tokens.candidates, analysis.spans);
    std::uint32_t sentence = 0;
    for (Token& token : analysis.tokens.list) {
      while (token.start >= analysis.spans[sentence].end) ++sentence;
      token.sentence = sentence;
    }
  }
  if (stages > 2) find_numbers(text, analysis.tokens, analysis.numbers);
  if (stages > 3) find_cues(analysis.tokens, analysis.cues, analysis.scopes);
  if (stages > 4) find_nouns(analysis.tokens, analysis.numbers);
  if (stages > 5) analysis.read_stems(words, stems);
  if (stages > 6) find_names(text, analysis.tokens, analysis.names);
  return analysis.tokens.list.size() + analysis.stems.size() + analysis.names.names.size();
}

std::size_t index(std::string_view text) {
  SourceIndex source(text);
  source.read();
  source.read_names();
  source.read_stems();
  source.index_stems();
  source.index_words();
  return source.stems.size();
}

volatile std::size_t sink;

template <class Call>
double nanoseconds(const std::vector<std::string_view>& pieces, Call call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e18;
  for (int round = 0; round < 200; ++round) {
    const auto start = Clock::now();
    for (const std::string_view piece : pieces) sink = call(piece);
    const std::chrono::duration<double, std::nano> took = Clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_stages FILE [BYTES]: a text, cut into pieces of BYTES, 4096\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t size = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 4096;
  std::vector<std::string_view> pieces;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at + size <= text.size() && pieces.size() < 64; at += size) {
    pieces.push_back(std::string_view(text).substr(at, size));
    bytes += size;
  }
  if (pieces.empty()) {
    std::fprintf(stderr, "the text must have %zu bytes at least\n", size);
    return 2;
  }
  const auto a_byte = [&](double took) { return took / static_cast<double>(bytes); };
  double before = 0.0;
  for (int stage = 0; stage < kCount; ++stage) {
    const double up_to = a_byte(nanoseconds(pieces, [&](std::string_view piece) { return read(piece, stage + 1); }));
    std::printf("%-10s %6.2f ns a byte\n", kStages[stage], up_to - before);
    before = up_to;
  }
  std::printf("%-10s %6.2f ns a byte\n", "all", before);
  std::printf("%-10s %6.2f ns a byte: all of it, and the tables of a source\n", "source",
              a_byte(nanoseconds(pieces, [](std::string_view piece) { return index(piece); })));
}
