#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "match/regex_tree.hpp"
#include "paritas/base/result.hpp"

namespace paritas::regex {

inline constexpr std::int64_t kMostWindow = 1024;

/// A parsed expression of the subset that RE2 and Python's `re` match alike.
struct Regex {
  Node root;
  bool folds = false;              // its literals are folded, and so must be what they are looked for in
  std::vector<std::string> names;  // one for each group, "" without

  /// Of these, each match holds one; none where no set of at least 3 bytes each is known.
  [[nodiscard]] Literals literals() const;
  [[nodiscard]] bool prefiltered() const { return root.most <= kMostWindow && !literals().empty(); }
};

/// Reads a pattern. Linear; bounded in depth, size and counts. Ill-formed bytes count as U+FFFD.
///
/// Errors, with the byte offset of the construct: `regex_syntax`, `regex_unsupported` (look-around, back-references and the
/// like), `regex_matches_empty` for a pattern or a repeated part that can match the empty text, `limit_exceeded` for over
/// 4,096 bytes, 64 levels, 99 groups, a count above 1,000 (also multiplied), 8 MiB compiled.
Result<Regex> parse(std::string_view pattern, bool case_insensitive);

}  // namespace paritas::regex
