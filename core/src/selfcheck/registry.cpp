#include "paritas/match/registry.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

template <std::size_t kCount>
std::string_view one_of(Random& random, const std::string_view (&items)[kCount]) {
  return items[static_cast<std::size_t>(random.below(kCount))];
}

void check_pattern(Random& random, Digest& digest) {
  constexpr std::string_view kPieces[] = {"key",    "a", "b",    "|",   "(",        ")",     "(?:", "[a-c]",
                                          "[^\\d",  "]", ".",    "\\w", "*",        "+?",    "{2}", "^a",
                                          "{1,30}", "$", "(?i)", "\\b", "\xC3\xA9", "\\x4B", "(?=", "-"};
  std::string pattern;
  for (std::uint64_t left = random.below(9); left > 0; --left) pattern += one_of(random, kPieces);
  const PatternReport report = PatternRegistry::validate(pattern);
  if (report.error) {
    digest.add(name(report.error->code));
    digest.add(report.error->message);
    digest.add(std::uint64_t{OffsetMap(pattern).codepoint(report.error->offset)});
    return;
  }
  digest.add(std::uint64_t{report.min_length});
  digest.add(report.max_length ? std::uint64_t{*report.max_length} : ~std::uint64_t{0});
  for (const std::string& literal : report.literals) digest.add(literal);
  digest.add(report.prefiltered);
}

}  // namespace

// Without RE2: in a page the digest must not depend on whether its module is there. tests/vectors/registry_random.json has
// what all targets find by it.
void check_registry(Random& random, Digest& digest) {
  check_pattern(random, digest);
  constexpr std::string_view kLiterals[] = {"a", "the", "he", "THE", "t",  "\xC3\xA9",
                                            " ", "1",   "0 ", "of",  "\n", "\xEF\xBF\xBD"};
  constexpr std::string_view kSeverities[] = {"low", "medium", "high", "critical"};
  PatternRegistry registry;
  for (const std::string_view name : {"x", "y", "z"}) {
    PatternDefinition definition{.name = std::string(name), .pattern = std::string(one_of(random, kLiterals))};
    definition.severity = one_of(random, kSeverities);
    definition.case_insensitive = random.below(4) == 0;
    definition.whole_words = random.below(4) == 0;
    if (random.below(8) == 0) definition.keywords.emplace_back(one_of(random, kLiterals));
    (void)registry.add(std::move(definition));
  }
  constexpr std::string_view kOverlaps[] = {"all", "longest", "priority"};
  PatternScan options;
  options.overlap = one_of(random, kOverlaps);
  const std::string text = random_text(random, 12);
  const OffsetMap offsets(text);
  const auto hits = registry.scan(text, options);
  if (!hits.ok()) return digest.add(hits.error());
  for (const PatternHit& hit : hits.value()) {
    digest.add(hit.pattern->name);
    digest.add(hit.span, offsets);
    digest.add(std::uint64_t{hit.line});
  }
}

}  // namespace paritas
