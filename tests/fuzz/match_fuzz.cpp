// Any bytes as saved patterns, and as patterns and a text: every engine finds the same, and so does a stream, wherever it
// is cut.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/hash.hpp"
#include "paritas/match/aho_corasick.hpp"
#include "paritas/match/match_stream.hpp"

namespace {

using paritas::AhoCorasick;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void load(std::string_view bytes) {
  const auto loaded = AhoCorasick::from_bytes(bytes);
  require(loaded.ok()
              ? loaded.value().to_bytes() == bytes
              : loaded.error().code == paritas::ErrorCode::corrupt_data && loaded.error().offset <= bytes.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  load(bytes);
  std::string sealed = "PACM\x01" + std::string(bytes);  // behind the check sum nothing else protects
  const std::uint64_t sum = paritas::xxh3_64(sealed);
  for (int i = 0; i < 8; ++i) sealed.push_back(static_cast<char>(sum >> 8 * i));
  load(sealed);
  if (size < 3) return 0;

  paritas::AhoCorasickOptions options;
  options.match_kind = static_cast<paritas::MatchKind>(data[0] & 3);
  options.case_insensitive = static_cast<paritas::CaseFolding>((data[0] >> 2 & 3) % 3);
  options.whole_words = (data[0] & 16) != 0;
  const std::size_t step = 1 + data[1] % 7;
  std::vector<std::string_view> parts;  // cut at 0xFE; the last one is the text
  std::string_view rest = bytes.substr(2);
  for (std::size_t at; parts.size() < 12 && (at = rest.find('\xFE')) != std::string_view::npos;) {
    if (at != 0) parts.push_back(rest.substr(0, at));
    rest.remove_prefix(at + 1);
  }
  // In a block of exactly its size, so that a read past the end is seen.
  const std::unique_ptr<char[]> block(new char[rest.size()]);
  if (!rest.empty()) rest.copy(block.get(), rest.size());
  const std::string_view text(block.get(), rest.size());

  std::vector<paritas::PatternMatch> expected;
  for (const paritas::MatchEngine engine :
       {paritas::MatchEngine::contiguous, paritas::MatchEngine::dense, paritas::MatchEngine::prefilter}) {
    const auto built = AhoCorasick::build(parts, options, engine);
    require(built.ok());
    const auto found = built.value().find_all(text);
    if (engine == paritas::MatchEngine::contiguous) expected = found;
    require(found == expected && built.value().count(text) == found.size());
    for (const paritas::PatternMatch& match : found) {
      require(match.start < match.end && match.end <= text.size() && match.pattern < parts.size());
    }
    load(built.value().to_bytes());
    paritas::MatchStream stream = built.value().stream();
    std::vector<paritas::PatternMatch> streamed;
    for (std::size_t at = 0; at < text.size(); at += step) {
      const auto some = stream.feed(text.substr(at, step));
      streamed.insert(streamed.end(), some.value().begin(), some.value().end());
    }
    const auto some = stream.finish();
    streamed.insert(streamed.end(), some.value().begin(), some.value().end());
    require(streamed == expected);
  }
  return 0;
}
