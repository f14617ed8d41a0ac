#include "paritas/match/registry.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <shared_mutex>
#include <unordered_set>

#include "base/parallel.hpp"
#include "match/registry_scan.hpp"
#include "paritas/text/lines.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

using registry::Compiled;
using registry::Entry;
using registry::Found;

using Entries = std::vector<std::shared_ptr<const Entry>>;

/// How many ASCII bytes to skip from one of them: eight at a time where it can.
std::size_t ascii_from(std::string_view text, std::size_t at) {
  const std::size_t first = at;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080) != 0) break;
  }
  return at == first ? 1 : at - first;
}

/// A text without ill-formed bytes, and where its bytes were: RE2 would match them as it likes.
class WellFormed {
 public:
  explicit WellFormed(std::string_view text) : text_(text) {
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
      if (static_cast<unsigned char>(text[at]) < 0x80) {
        at += ascii_from(text, at);
        continue;
      }
      const Decoded decoded = decode_utf8(text, at);
      // A U+FFFD that is written out has three bytes, as an ill-formed subpart may have: those bytes tell.
      if (decoded.code_point == kReplacement && text.substr(at, decoded.bytes) != "\xEF\xBF\xBD") {
        repaired_.append(text, copied, at - copied);
        append_utf8(repaired_, kReplacement);
        copied = at + decoded.bytes;
        moves_.push_back({repaired_.size(), copied});
      }
      at += decoded.bytes;
    }
    if (moves_.empty()) return;
    repaired_.append(text, copied);
    text_ = repaired_;
  }
  WellFormed(const WellFormed&) = delete;
  WellFormed& operator=(const WellFormed&) = delete;

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] Span original(Span span) const { return {original(span.start), original(span.end)}; }

 private:
  struct Move {
    std::size_t here;
    std::size_t there;
  };

  [[nodiscard]] std::size_t original(std::size_t at) const {
    const auto after = std::upper_bound(moves_.begin(), moves_.end(), at,
                                        [](std::size_t byte, const Move& move) { return byte < move.here; });
    return after == moves_.begin() ? at : at - (after - 1)->here + (after - 1)->there;
  }

  std::string_view text_;
  std::string repaired_;
  std::vector<Move> moves_;  // behind each repair
};

Error invalid(std::string message) { return {ErrorCode::invalid_argument, std::move(message)}; }

Error not_found(std::string what, std::string_view name) {
  return {ErrorCode::not_found, what + " \"" + std::string(name) + "\""};
}

}  // namespace

struct PatternRegistry::Impl {
  mutable std::shared_mutex mutex;
  Entries entries;
  std::unordered_set<std::string> names;
  mutable std::shared_ptr<const Compiled> compiled;  // null after a change; made by the next scan

  Result<std::shared_ptr<const Compiled>> now() const {
    {
      const std::shared_lock lock(mutex);
      if (compiled) return compiled;
    }
    const std::unique_lock lock(mutex);
    if (!compiled) {
      auto made = Compiled::build(entries);
      if (!made.ok()) return made.error();
      compiled = std::move(made).value();
    }
    return compiled;
  }

  /// The place of a pattern; entries.size() without one.
  [[nodiscard]] std::size_t place(std::string_view name) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& entry) { return entry->definition->name == name; });
    return static_cast<std::size_t>(found - entries.begin());
  }

  /// Makes a definition ready and says that its name is taken; the name of a refused one is not.
  Result<std::shared_ptr<const Entry>> taken(PatternDefinition definition) {
    auto made = registry::ready(std::move(definition));
    if (!made.ok()) return made.error();
    auto entry = std::make_shared<const Entry>(std::move(made).value());
    const std::string& name = entry->definition->name;
    if (!names.insert(name).second) {
      return Error{ErrorCode::duplicate_name,
                   "there is a pattern \"" + name + "\" already: remove it first, or choose another name"};
    }
    return std::shared_ptr<const Entry>(std::move(entry));
  }
};

PatternRegistry::PatternRegistry() : impl_(std::make_unique<Impl>()) {}
PatternRegistry::PatternRegistry(PatternRegistry&&) noexcept = default;
PatternRegistry& PatternRegistry::operator=(PatternRegistry&&) noexcept = default;
PatternRegistry::~PatternRegistry() = default;

Result<bool> PatternRegistry::add(PatternDefinition definition) {
  const std::unique_lock lock(impl_->mutex);
  auto entry = impl_->taken(std::move(definition));
  if (!entry.ok()) return entry.error();
  impl_->entries.push_back(std::move(entry).value());
  impl_->compiled = nullptr;
  return true;
}

Result<bool> PatternRegistry::add_many(std::vector<PatternDefinition> definitions, std::size_t* refused) {
  const std::unique_lock lock(impl_->mutex);
  Entries made;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    auto entry = impl_->taken(std::move(definitions[i]));
    if (!entry.ok()) {
      for (const auto& added : made) impl_->names.erase(added->definition->name);
      Error error = entry.error();
      if (refused != nullptr) *refused = i;
      error.message.insert(0, std::string("patterns[").append(std::to_string(i)).append("]: "));
      return error;
    }
    made.push_back(std::move(entry).value());
  }
  impl_->entries.insert(impl_->entries.end(), made.begin(), made.end());
  impl_->compiled = nullptr;
  return true;
}

Result<bool> PatternRegistry::remove(std::string_view name) {
  const std::unique_lock lock(impl_->mutex);
  const std::size_t place = impl_->place(name);
  if (place == impl_->entries.size()) return not_found("there is no pattern", name);
  impl_->names.erase(std::string(name));
  impl_->entries.erase(impl_->entries.begin() + static_cast<std::ptrdiff_t>(place));
  impl_->compiled = nullptr;
  return true;
}

Result<bool> PatternRegistry::set_enabled(std::string_view name, bool enabled) {
  const std::unique_lock lock(impl_->mutex);
  const std::size_t place = impl_->place(name);
  if (place == impl_->entries.size()) return not_found("there is no pattern", name);
  PatternDefinition definition = *impl_->entries[place]->definition;
  definition.enabled = enabled;
  Entry entry = *impl_->entries[place];
  entry.definition = std::make_shared<const PatternDefinition>(std::move(definition));
  impl_->entries[place] = std::make_shared<const Entry>(std::move(entry));
  impl_->compiled = nullptr;
  return true;
}

Result<std::shared_ptr<const PatternDefinition>> PatternRegistry::get(std::string_view name) const {
  const std::shared_lock lock(impl_->mutex);
  const std::size_t place = impl_->place(name);
  if (place == impl_->entries.size()) return not_found("there is no pattern", name);
  return impl_->entries[place]->definition;
}

std::vector<std::shared_ptr<const PatternDefinition>> PatternRegistry::definitions() const {
  const std::shared_lock lock(impl_->mutex);
  std::vector<std::shared_ptr<const PatternDefinition>> out;
  for (const auto& entry : impl_->entries) out.push_back(entry->definition);
  return out;
}

std::vector<std::string> PatternRegistry::names() const {
  std::vector<std::string> out;
  for (const auto& definition : definitions()) out.push_back(definition->name);
  return out;
}

std::vector<std::string> PatternRegistry::categories() const {
  std::vector<std::string> out;
  std::unordered_set<std::string> seen;
  for (const auto& definition : definitions()) {
    if (seen.insert(definition->category).second) out.push_back(definition->category);
  }
  return out;
}

std::size_t PatternRegistry::size() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->entries.size();
}

bool PatternRegistry::has(std::string_view name) const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->names.contains(std::string(name));
}

namespace {

struct Plan {
  registry::Wanted wanted;
  bool longest = false;
  bool priority = false;
  std::size_t limit = 0;  // 0: none
};

/// What the options ask for.
Result<Plan> planned(const Entries& entries, const PatternScan& options) {
  const auto least = registry::severity_of(options.min_severity);
  if (!least) return invalid("min_severity must be \"low\", \"medium\", \"high\" or \"critical\"");
  Plan plan;
  plan.longest = options.overlap == "longest";
  plan.priority = options.overlap == "priority";
  if (!plan.longest && !plan.priority && options.overlap != "all") {
    return invalid("overlap must be \"all\", \"longest\" or \"priority\"");
  }
  if (options.limit < 0) return invalid("limit must be at least 0");
  plan.limit = static_cast<std::size_t>(options.limit);
  for (const auto& entry : entries) plan.wanted.push_back(entry->definition->enabled && entry->severity >= *least);
  const auto narrow = [&](const auto& wanted, const char* what, auto field) -> std::optional<Error> {
    if (!wanted) return std::nullopt;
    std::unordered_set<std::string_view> known;
    for (const auto& entry : entries) known.insert(field(*entry->definition));
    for (const std::string& name : *wanted) {
      if (!known.contains(name)) return not_found(what, name);
    }
    const std::unordered_set<std::string_view> chosen(wanted->begin(), wanted->end());
    for (std::size_t at = 0; at < entries.size(); ++at) {
      plan.wanted[at] = plan.wanted[at] && chosen.contains(field(*entries[at]->definition));
    }
    return std::nullopt;
  };
  const auto category = [](const PatternDefinition& definition) { return std::string_view(definition.category); };
  const auto name = [](const PatternDefinition& definition) { return std::string_view(definition.name); };
  if (auto error = narrow(options.categories, "there is no pattern of the category", category))
    return std::move(*error);
  if (auto error = narrow(options.names, "there is no pattern", name)) return std::move(*error);
  return plan;
}

/// The hits of one text in their order, as bytes of what WellFormed made of it.
std::vector<Found> found_in(const Compiled& compiled, std::string_view text, const Plan& plan) {
  std::vector<Found> hits = compiled.find(text, plan.wanted, false);
  registry::sort_hits(hits);
  if (plan.longest) registry::keep_longest(hits);
  if (plan.priority) registry::keep_priority(hits, text, compiled.entries());
  if (plan.limit > 0 && hits.size() > plan.limit) hits.resize(plan.limit);
  return hits;
}

std::vector<PatternHit> hits_in(const Compiled& compiled, std::string_view text, const Plan& plan) {
  const WellFormed read(text);
  LineCounter lines(text);
  std::vector<PatternHit> out;
  for (const Found& hit : found_in(compiled, read.text(), plan)) {
    const Span span = read.original(hit.span);
    out.push_back({compiled.entries()[hit.entry]->definition, span, lines.line(span.start)});
  }
  return out;
}

}  // namespace

Result<std::vector<PatternHit>> PatternRegistry::scan(std::string_view text, const PatternScan& options) const {
  auto all = scan_batch({&text, 1}, options, 1);
  if (!all.ok()) return all.error();
  return std::move(std::move(all).value()[0]);
}

Result<std::vector<std::vector<PatternHit>>> PatternRegistry::scan_batch(std::span<const std::string_view> texts,
                                                                         const PatternScan& options,
                                                                         std::int64_t threads) const {
  if (threads < 0) return invalid("threads must be at least 0");
  const auto compiled = impl_->now();
  if (!compiled.ok()) return compiled.error();
  const auto plan = planned(compiled.value()->entries(), options);
  if (!plan.ok()) return plan.error();
  std::vector<std::vector<PatternHit>> out(texts.size());
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = hits_in(*compiled.value(), texts[i], plan.value());
  });
  return out;
}

Result<bool> PatternRegistry::contains(std::string_view text, const PatternScan& options) const {
  const auto compiled = impl_->now();
  if (!compiled.ok()) return compiled.error();
  const auto plan = planned(compiled.value()->entries(), options);
  if (!plan.ok()) return plan.error();
  const WellFormed read(text);
  return !compiled.value()->find(read.text(), plan.value().wanted, true).empty();
}

Result<std::size_t> PatternRegistry::count(std::string_view text, const PatternScan& options) const {
  const auto compiled = impl_->now();
  if (!compiled.ok()) return compiled.error();
  const auto plan = planned(compiled.value()->entries(), options);
  if (!plan.ok()) return plan.error();
  const WellFormed read(text);
  return found_in(*compiled.value(), read.text(), plan.value()).size();
}

Result<PatternSummary> PatternRegistry::summary(std::string_view text) const {
  const auto compiled = impl_->now();
  if (!compiled.ok()) return compiled.error();
  const auto& entries = compiled.value()->entries();
  const auto plan = planned(entries, {});
  if (!plan.ok()) return plan.error();
  const WellFormed read(text);
  std::vector<std::size_t> counts(entries.size());
  PatternSummary out;
  for (const Found& hit : found_in(*compiled.value(), read.text(), plan.value())) {
    ++counts[hit.entry];
    ++out.total;
  }
  const auto add = [](auto& list, const std::string& key, std::size_t count) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.first == key; });
    if (found == list.end()) {
      list.emplace_back(key, count);
    } else {
      found->second += count;
    }
  };
  for (std::size_t at = 0; at < entries.size(); ++at) {
    if (counts[at] == 0) continue;
    const PatternDefinition& definition = *entries[at]->definition;
    out.by_name.emplace_back(definition.name, counts[at]);
    add(out.by_category, definition.category, counts[at]);
    add(out.by_severity, definition.severity, counts[at]);
  }
  return out;
}

Result<std::vector<PatternHit>> PatternRegistry::replaceable(std::string_view text, const PatternScan& options) const {
  if (options.overlap == "all") {
    return Error{ErrorCode::kind_unsupported,
                 "hits that overlap cannot all be replaced: overlap must be \"longest\" or \"priority\""};
  }
  return scan(text, options);
}

Result<std::string> PatternRegistry::replace(std::string_view text, std::string_view replacement,
                                             const PatternScan& options) const {
  const auto hits = replaceable(text, options);
  if (!hits.ok()) return hits.error();
  std::string out;
  std::size_t at = 0;
  for (const PatternHit& hit : hits.value()) {
    out.append(text, at, hit.span.start - at);
    out += replacement;
    at = hit.span.end;
  }
  out.append(text, at);
  return out;
}

}  // namespace paritas
