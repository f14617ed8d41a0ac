#include "paritas/match/aho_corasick.hpp"

#include "features.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/match/match_stream.hpp"

namespace paritas {
namespace {

std::string_view piece(Random& random) {
  constexpr std::string_view kPieces[] = {"a",
                                          "b",
                                          "a",
                                          "b",
                                          " ",
                                          "-",
                                          "k",
                                          "K",
                                          "\xE2\x84\xAA",
                                          "s",
                                          "\xC5\xBF",
                                          "\xE6\x9C\xAC",
                                          "_",
                                          "\xF0\x90\x90\x80",
                                          "\xF0\x90\x90\xA8",
                                          "\xFF"};
  return kPieces[static_cast<std::size_t>(random.below(std::size(kPieces)))];
}

}  // namespace

void check_aho_corasick(Random& random, Digest& digest) {
  std::vector<std::string> patterns(static_cast<std::size_t>(random.below(6)));
  for (std::string& pattern : patterns) {
    for (std::uint64_t left = 1 + random.below(4); left > 0; --left) pattern += piece(random);
  }
  std::string text;
  for (std::uint64_t left = random.below(16); left > 0; --left) {
    const bool whole = random.below(3) == 0 && !patterns.empty();
    text += whole ? std::string_view(patterns[static_cast<std::size_t>(random.below(patterns.size()))]) : piece(random);
  }
  AhoCorasickOptions options;
  options.match_kind = static_cast<MatchKind>(random.below(4));
  options.case_insensitive = static_cast<CaseFolding>(random.below(3));
  options.whole_words = random.below(2) == 1;
  const auto built = AhoCorasick::build(std::vector<std::string_view>(patterns.begin(), patterns.end()), options);
  if (!built.ok()) return digest.add(built.error());
  const auto add = [&](const std::vector<PatternMatch>& matches) {
    for (const PatternMatch& match : matches) {
      digest.add(std::uint64_t{match.pattern});
      digest.add(std::uint64_t{match.start});
      digest.add(std::uint64_t{match.end});
    }
  };
  add(built.value().find_all(text, OffsetUnit::codepoint));
  for (const std::uint32_t pattern : built.value().matched_patterns(text)) digest.add(std::uint64_t{pattern});
  MatchStream stream = built.value().stream(OffsetUnit::codepoint);
  const auto fed = stream.feed(text);
  const auto left = stream.finish();
  digest.add(std::uint64_t{fed.value().size()});  // the rest had to wait for the end
  add(left.value());
  digest.add(xxh3_64(built.value().to_bytes()));
}

}  // namespace paritas
