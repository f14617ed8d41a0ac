#include "paritas/match/registry.hpp"

#include <unordered_map>

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

namespace {

/// Offsets of the errors of a regular expression are places in the pattern.
Reply failure_in(Error error, std::string_view pattern) {
  switch (error.code) {
    case ErrorCode::regex_syntax:
    case ErrorCode::regex_unsupported:
    case ErrorCode::regex_matches_empty:
    case ErrorCode::limit_exceeded:
      error.offset = OffsetMap(pattern).utf16(error.offset);
      break;
    default:
      break;
  }
  return failure(error);
}

std::vector<std::string> strings(Unpacker& in) {
  std::vector<std::string> out(in.number<std::uint32_t>());
  for (std::string& text : out) text = in.text();
  return out;
}

PatternDefinition definition_of(Unpacker& in) {
  PatternDefinition out;
  for (std::string* text : {&out.name, &out.pattern, &out.kind, &out.category, &out.severity}) *text = in.text();
  out.keywords = strings(in);
  out.case_insensitive = in.number<std::uint8_t>() != 0;
  out.whole_words = in.number<std::uint8_t>() != 0;
  out.group = in.number<std::int64_t>();
  out.description = in.text();
  out.enabled = in.number<std::uint8_t>() != 0;
  return out;
}

void pack(Packer& out, const PatternDefinition& definition) {
  for (const std::string* text :
       {&definition.name, &definition.pattern, &definition.kind, &definition.category, &definition.severity}) {
    out.text(*text);
  }
  pack(out, definition.keywords, [&](const std::string& keyword) { out.text(keyword); });
  out.u8(definition.case_insensitive);
  out.u8(definition.whole_words);
  out.f64(static_cast<double>(definition.group));
  out.text(definition.description);
  out.u8(definition.enabled);
}

PatternScan options_of(Unpacker& in) {
  PatternScan out;
  if (in.number<std::uint8_t>() != 0) out.categories = strings(in);
  if (in.number<std::uint8_t>() != 0) out.names = strings(in);
  out.min_severity = in.text();
  out.overlap = in.text();
  out.limit = in.number<std::int64_t>();
  return out;
}

/// The patterns that were found, then the hits, by the number of their pattern.
void pack(Packer& out, const std::vector<PatternHit>& hits, std::string_view text) {
  std::vector<const PatternDefinition*> found;
  std::unordered_map<const PatternDefinition*, std::size_t> numbers;
  for (const PatternHit& hit : hits) {
    if (numbers.emplace(hit.pattern.get(), found.size()).second) found.push_back(hit.pattern.get());
  }
  pack(out, found, [&](const PatternDefinition* definition) {
    out.text(definition->name);
    out.text(definition->category);
    out.text(definition->severity);
  });
  const OffsetMap offsets(text);
  pack(out, hits, [&](const PatternHit& hit) {
    out.u32(numbers[hit.pattern.get()]);
    pack(out, hit.span, offsets);
    out.u32(hit.line);
  });
}

void pack(Packer& out, const std::vector<std::pair<std::string, std::size_t>>& counts) {
  pack(out, counts, [&](const auto& item) {
    out.text(item.first);
    out.u32(item.second);
  });
}

}  // namespace

/// The loader says so when paritas-regex.wasm is there.
WASM(void, registryEngineLoaded)() { say_regex_loaded(); }

WASM(Reply, registryDefaults)() {
  const PatternDefinition definition;
  const PatternScan options;
  Packer out;
  pack(out, definition);
  out.text(options.min_severity);
  out.text(options.overlap);
  out.f64(static_cast<double>(options.limit));
  return out.out();
}

WASM(Reply, registryCreate)() { return handle(PatternRegistry()); }
WASM(void, registryDelete)(PatternRegistry* self) { delete self; }

WASM(Reply, registryAdd)(PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  PatternDefinition definition = definition_of(in);
  const std::string pattern = definition.pattern;
  const auto added = self.add(std::move(definition));
  return added.ok() ? number(1) : failure_in(added.error(), pattern);
}

WASM(Reply, registryAddMany)(PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  std::vector<PatternDefinition> definitions;
  std::vector<std::string> patterns;
  while (!in.done()) {
    definitions.push_back(definition_of(in));
    patterns.push_back(definitions.back().pattern);
  }
  std::size_t refused = 0;
  const auto added = self.add_many(std::move(definitions), &refused);
  return added.ok() ? number(1) : failure_in(added.error(), patterns[refused]);
}

WASM(Reply, registryRemove)(PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.remove(text(at, bytes)), number);
}

WASM(Reply, registrySetEnabled)(PatternRegistry& self, std::uintptr_t at, std::size_t bytes, bool enabled) {
  return outcome(self.set_enabled(text(at, bytes), enabled), number);
}

WASM(Reply, registryGet)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.get(text(at, bytes)), [](const auto& definition) {
    Packer out;
    pack(out, *definition);
    return out.out();
  });
}

WASM(Reply, registryDefinitions)(const PatternRegistry& self) {
  Packer out;
  for (const auto& definition : self.definitions()) pack(out, *definition);
  return out.out();
}

WASM(Reply, registryCategories)(const PatternRegistry& self) {
  Packer out;
  for (const std::string& category : self.categories()) out.text(category);
  return out.out();
}

WASM(double, registrySize)(const PatternRegistry& self) { return static_cast<double>(self.size()); }

WASM(bool, registryHas)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  return self.has(text(at, bytes));
}

/// One block: options, then texts. What was found in each.
WASM(Reply, registryScan)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes, bool replaceable) {
  Unpacker in(at, bytes);
  const PatternScan options = options_of(in);
  std::vector<std::string_view> texts;
  while (!in.done()) texts.push_back(in.text());
  const auto give = [&](const std::vector<std::vector<PatternHit>>& all) {
    Packer out;
    for (std::size_t i = 0; i < all.size(); ++i) pack(out, all[i], texts[i]);
    return out.out();
  };
  if (!replaceable) return outcome(self.scan_batch(texts, options), give);
  return outcome(self.replaceable(texts[0], options),
                 [&](std::vector<PatternHit> hits) { return give({std::move(hits)}); });
}

/// One block: options, then a text.
WASM(Reply, registryContains)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const PatternScan options = options_of(in);
  return outcome(self.contains(in.text(), options), number);
}

/// The same.
WASM(Reply, registryCount)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const PatternScan options = options_of(in);
  return outcome(self.count(in.text(), options), number);
}

WASM(Reply, registrySummary)(const PatternRegistry& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.summary(text(at, bytes)), [](const PatternSummary& summary) {
    Packer out;
    out.u32(summary.total);
    pack(out, summary.by_name);
    pack(out, summary.by_category);
    pack(out, summary.by_severity);
    return out.out();
  });
}

/// One block: pattern, kind. The code of an error or "", its message, its offset; the rest.
WASM(Reply, registryValidate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const std::string_view pattern = in.text();
  const PatternReport report = PatternRegistry::validate(pattern, in.text());
  Packer out;
  out.text(report.error ? name(report.error->code) : "");
  out.text(report.error ? report.error->message : "");
  out.u32(report.error ? OffsetMap(pattern).utf16(report.error->offset) : 0);
  out.u32(report.min_length);
  out.f64(report.max_length ? static_cast<double>(*report.max_length) : -1.0);
  pack(out, report.literals, [&](const std::string& literal) { out.text(literal); });
  out.u8(report.prefiltered);
  return out.out();
}

}  // namespace paritas::wasm
