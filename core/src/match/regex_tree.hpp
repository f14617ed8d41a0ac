#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paritas::regex {

inline constexpr std::int64_t kInfinite = 0x7FFFFFFF;  // a length or a count without end
inline constexpr char32_t kLast = 0x10FFFF;
inline constexpr std::int64_t kMostSteps = 1 << 18;  // of 32 bytes: 8 MiB compiled

struct CodeRange {
  char32_t low;
  char32_t high;
  bool operator==(const CodeRange&) const = default;
};
using Ranges = std::vector<CodeRange>;  // sorted, neither touching nor overlapping, once merged
using Literals = std::vector<std::u32string>;

enum class Kind : std::uint8_t {
  set,
  begin_text,
  end_text,
  begin_line,
  end_line,
  boundary,
  no_boundary,
  group,
  concat,
  either,
  repeat,
};

/// A part of an expression, and what is known of it. The parser bounds its depth, so functions may recur over it.
struct Node {
  explicit Node(Kind of) : kind(of) {}

  Kind kind;
  std::vector<Node> parts;
  Ranges ranges;          // of a set
  std::int64_t low = 0;   // of a repetition
  std::int64_t high = 0;  // kInfinite without end
  bool lazy = false;
  std::int64_t least = 0;  // code points of a match
  std::int64_t most = 0;
  std::int64_t most_bytes = 0;
  std::int64_t steps = 0;         // of the compiled form, at most
  std::int64_t repeats = 1;       // the counts of repetitions inside one another, multiplied
  std::optional<Literals> exact;  // all that it can match, where that is little; an assertion counts as ""
  std::optional<Literals> needs;  // each match holds one of these
};

Ranges merged(Ranges ranges);
Ranges complement(const Ranges& ranges);
/// The set and every code point that differs from one of its own in case alone.
Ranges with_cases(const Ranges& ranges);

// Nodes from their parts; literals are folded when `folds`.
Node set_node(Ranges ranges, bool folds);
Node assertion(Kind kind);
Node group(Node inner);
Node concat(std::vector<Node> parts);
Node either(std::vector<Node> parts);
Node repeat(Node inner, std::int64_t low, std::int64_t high, bool lazy);

/// The set of literals that says most: the longest shortest one, then the fewest, then the first; none below 3 bytes.
std::optional<Literals> best(std::vector<const std::optional<Literals>*> candidates);

/// The expression as RE2 reads it: all classes and cases written out, so that no flag and no version of it changes them.
std::string printed(const Node& node);

}  // namespace paritas::regex
