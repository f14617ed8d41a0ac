#include "paritas/match/aho_corasick.hpp"

#include "packed.hpp"
#include "paritas/match/match_stream.hpp"

namespace paritas::wasm {
namespace {

Reply said(std::string_view words) {
  Packer out;
  out.text(words);
  return out.out();
}

/// All patterns, then all starts, then all ends: u32 as they lie in three Uint32Array.
Reply columns(const std::vector<PatternMatch>& matches) {
  Packer out;
  const std::size_t count = matches.size();
  char* const room = out.room(12 * count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t row[] = {matches[i].pattern, static_cast<std::uint32_t>(matches[i].start),
                                 static_cast<std::uint32_t>(matches[i].end)};
    for (std::size_t k = 0; k < 3; ++k) std::memcpy(room + 4 * (k * count + i), &row[k], 4);
  }
  return out.out();
}

Reply streamed(Result<std::vector<PatternMatch>> result, const std::vector<std::string>& texts) {
  return outcome(std::move(result), [&](const std::vector<PatternMatch>& matches) {
    Packer out;
    for (std::size_t i = 0; i < matches.size(); ++i) {
      out.u32(matches[i].pattern);
      out.u32(matches[i].start);
      out.u32(matches[i].end);
      out.text(texts[i]);
    }
    return out.out();
  });
}

constexpr auto kText = [](const std::string& made) { return said(made); };

}  // namespace

WASM(Reply, ahoDefaultKind)() { return said(name(AhoCorasickOptions{}.match_kind)); }
/// folding: empty for none.
WASM(Reply, ahoCreate)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t kind, std::size_t kind_bytes, std::uintptr_t folding,
 std::size_t folding_bytes, bool whole_words) {
  AhoCorasickOptions options;
  const auto match_kind = match_kind_of(text(kind, kind_bytes));
  if (!match_kind.ok()) return failure(match_kind.error());
  options.match_kind = match_kind.value();
  if (folding_bytes != 0) {
    const auto case_folding = case_folding_of(text(folding, folding_bytes));
    if (!case_folding.ok()) return failure(case_folding.error());
    options.case_insensitive = case_folding.value();
  }
  options.whole_words = whole_words;
  return outcome(AhoCorasick::build(texts(at, bytes), options), handle);
}
WASM(Reply, ahoFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(AhoCorasick::from_bytes(text(at, bytes)), handle);
}
WASM(void, ahoDelete)(AhoCorasick* self) { delete self; }

WASM(Reply, ahoFind)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  return columns(self.find_all(text(at, bytes), OffsetUnit::utf16));
}
WASM(Reply, ahoFindFirst)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  PatternMatch match;
  const bool found = self.find_first(text(at, bytes), match, OffsetUnit::utf16);
  return columns(std::vector<PatternMatch>(found ? 1 : 0, match));
}
WASM(bool, ahoContains)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  return self.contains(text(at, bytes));
}
WASM(double, ahoCount)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  return static_cast<double>(self.count(text(at, bytes)));
}
WASM(Reply, ahoCountByPattern)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  Packer out;
  for (const std::size_t count : self.count_by_pattern(text(at, bytes))) out.u32(count);
  return out.out();
}
WASM(Reply, ahoMatchedPatterns)(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes) {
  return typed(self.matched_patterns(text(at, bytes)));
}

WASM(Reply, ahoReplace)
(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t replacement, std::size_t size) {
  return outcome(self.replace_all(text(at, bytes), text(replacement, size)), kText);
}
WASM(Reply, ahoReplaceMany)
(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t replacements, std::size_t size) {
  const auto many = texts(replacements, size);
  return outcome(self.replace_all(text(at, bytes), std::span<const std::string_view>(many)), kText);
}
WASM(Reply, ahoReplaceable)(const AhoCorasick& self) { return outcome(self.replaceable(), number); }
WASM(Reply, ahoReplaceEach)
(const AhoCorasick& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t replacements, std::size_t size) {
  const auto made = texts(replacements, size);
  return said(self.replace_each(text(at, bytes), std::vector<std::string>(made.begin(), made.end())));
}

WASM(Reply, ahoToBytes)(const AhoCorasick& self) { return typed(self.to_bytes()); }
WASM(Reply, ahoPatterns)(const AhoCorasick& self) {
  Packer out;
  for (std::size_t i = 0; i < self.pattern_count(); ++i) out.text(self.pattern(i));
  return out.out();
}
WASM(double, ahoPatternCount)(const AhoCorasick& self) { return static_cast<double>(self.pattern_count()); }
WASM(Reply, ahoMatchKind)(const AhoCorasick& self) { return said(name(self.options().match_kind)); }
WASM(Reply, ahoEngine)(const AhoCorasick& self) { return said(self.engine()); }
WASM(double, ahoMemoryBytes)(const AhoCorasick& self) { return static_cast<double>(self.memory_bytes()); }

WASM(MatchStream*, matchStreamCreate)(const AhoCorasick& patterns) {
  return new MatchStream(patterns.stream(OffsetUnit::utf16));
}
WASM(void, matchStreamDelete)(MatchStream* self) { delete self; }
WASM(Reply, matchStreamFeed)(MatchStream& self, std::uintptr_t at, std::size_t bytes) {
  std::vector<std::string> found;
  auto result = self.feed(text(at, bytes), &found);
  return streamed(std::move(result), found);
}
WASM(Reply, matchStreamFinish)(MatchStream& self) {
  std::vector<std::string> found;
  auto result = self.finish(&found);
  return streamed(std::move(result), found);
}
WASM(void, matchStreamReset)(MatchStream& self) { self.reset(); }

}  // namespace paritas::wasm
