#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "match/regex_engine.hpp"
#include "match/regex_syntax.hpp"
#include "paritas/match/aho_corasick.hpp"
#include "paritas/match/registry.hpp"

namespace paritas::registry {

enum class Severity : std::uint8_t { low, medium, high, critical };
std::optional<Severity> severity_of(std::string_view name) noexcept;

struct EngineDelete {
  void operator()(const regex::Engine* engine) const { regex::engine_delete(engine); }
};

/// A pattern that is ready to be looked for. It never changes; copies share the engine.
struct Entry {
  std::shared_ptr<const PatternDefinition> definition;
  Severity severity = Severity::medium;
  std::shared_ptr<const regex::Engine> engine;  // null: a literal
  bool folds = false;                           // its literals are folded
  std::vector<std::string> literals;            // the literal itself, or of which a match must hold one; none: unknown
  std::size_t window = 0;                       // bytes of a match at most; 0: too many, so the whole text is searched
  std::size_t group = 0;
};

/// Checks a definition and makes it ready. Errors: those of PatternRegistry::add, but for `duplicate_name`.
Result<Entry> ready(PatternDefinition definition);

struct Found {
  std::size_t entry;
  Span span;
};

/// What decides which of the patterns are looked for.
using Wanted = std::vector<bool>;

/// All patterns of a registry at one moment, and the automaton of their literals.
class Compiled {
 public:
  static Result<std::shared_ptr<const Compiled>> build(std::vector<std::shared_ptr<const Entry>> entries);

  [[nodiscard]] const std::vector<std::shared_ptr<const Entry>>& entries() const { return entries_; }
  /// The hits of the wanted patterns in no particular order; with `one`, at most one of them.
  /// text: well-formed
  [[nodiscard]] std::vector<Found> find(std::string_view text, const Wanted& wanted, bool one) const;

 private:
  struct Use {  // what a literal of the automaton is for
    std::size_t entry;
    std::size_t literal;
  };

  std::vector<std::shared_ptr<const Entry>> entries_;
  std::optional<AhoCorasick> automaton_;
  bool folds_ = false;                   // it finds all its literals in any case
  std::vector<std::vector<Use>> uses_;   // of each of its literals
  std::vector<std::size_t> unfiltered_;  // expressions that no literal announces

  friend class Search;
};

/// By start, then the longer, then the order of adding.
void sort_hits(std::vector<Found>& hits);
/// Keeps those that overlap = longest or priority keeps; sorted by sort_hits.
void keep_longest(std::vector<Found>& hits);
void keep_priority(std::vector<Found>& hits, std::string_view text,
                   const std::vector<std::shared_ptr<const Entry>>& entries);

}  // namespace paritas::registry
