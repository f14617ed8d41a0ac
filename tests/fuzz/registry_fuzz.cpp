// Any bytes as a pattern and as a text: an error inside the pattern, or hits in order that lie in the text and do not overlap.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/match/registry.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data + 2), size - 2);
  const std::size_t cut = data[0] < all.size() ? data[0] : all.size();
  const std::string_view pattern = all.substr(0, cut);
  const std::string_view text = all.substr(cut);
  paritas::PatternRegistry registry;
  const auto report = paritas::PatternRegistry::validate(pattern);
  const auto added = registry.add({.name = "fuzz",
                                   .pattern = std::string(pattern),
                                   .kind = "regex",
                                   .case_insensitive = (data[1] & 1) != 0,
                                   .whole_words = (data[1] & 2) != 0});
  if (!added.ok()) {
    require(added.error().offset <= pattern.size() && added.error().message != "RE2 refuses this pattern");
    return 0;
  }
  require(!report.error || (data[1] & 1) != 0);
  require(registry.add({.name = "literal", .pattern = "a"}).ok());
  const auto hits = registry.scan(text, {.overlap = (data[1] & 4) != 0 ? "longest" : "priority"});
  require(hits.ok());
  std::size_t end = 0;
  for (const auto& hit : hits.value()) {
    require(hit.span.start >= end && hit.span.start < hit.span.end && hit.span.end <= text.size());
    end = hit.span.end;
  }
  require(registry.contains(text).value() == !hits.value().empty());
  return 0;
}
