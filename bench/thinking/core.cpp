// How fast the core filters a stream: GB/s of text without markers in pieces of 64 KB, nanoseconds for a piece of 4 bytes, and
// hostile texts of 1 and 2 MB. Processor time, the best of some rounds.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "paritas/stream/thinking_filter.hpp"

namespace {

template <class Call>
double seconds(int rounds, Call call) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    timespec start, end;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    call();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    best = std::min(
        best, static_cast<double>(end.tv_sec - start.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec - start.tv_nsec));
  }
  return best;
}

std::size_t filter(std::string_view text, std::size_t size) {
  auto stream = std::move(paritas::ThinkingFilter::create({.max_thinking_content = 0})).value();
  std::size_t said = 0;
  for (std::size_t at = 0; at < text.size(); at += size) {
    const auto result = stream.process_chunk(text.substr(at, size)).value();
    for (const paritas::FilterSegment& segment : result.segments) said += segment.text.size();
  }
  return said + stream.finish().value().segments.size();
}

volatile std::size_t sink;

}  // namespace

int main(int count, char** names) {
  if (count != 2) return 1;
  std::ifstream file(names[1]);
  std::stringstream all;
  all << file.rdbuf();
  std::string prose, ascii;
  for (const char ch : all.str()) {
    if (ch == '<' || ch == '[' || ch == '`' || ch == '~') continue;
    prose += ch;
    if ((static_cast<unsigned char>(ch) & 0x80) == 0) ascii += ch;
  }
  const auto size = [](const std::string& text) { return static_cast<double>(text.size()); };
  for (const auto& [name, text] : {std::pair{"ASCII", &ascii}, std::pair{"with all characters", &prose}}) {
    const double taken = seconds(40, [&] { sink = filter(*text, 65536); });
    std::printf("prose, %s, pieces of 64 KB: %.1f GB/s\n", name, size(*text) / taken * 1e-9);
  }
  const double token = seconds(20, [&] { sink = filter(ascii, 4); }) / (size(ascii) / 4.0);
  std::printf("a piece of 4 bytes: %.1f ns\n", token * 1e9);
  for (const std::string piece : {"<", "`", "<think>", "[", "</think>", "<think a='", "<|start|>a", "```a<"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    const double one = seconds(5, [&] { sink = filter(text, 65536); });
    const double two = seconds(5, [&] { sink = filter(text + text, 65536); });
    std::printf("1 MB of %s: %.1f ms, 2 MB %.1f ms\n", piece.c_str(), one * 1e3, two * 1e3);
  }
  return 0;
}
