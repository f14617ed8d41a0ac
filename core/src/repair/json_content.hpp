#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "json_source.hpp"
#include "paritas/repair/json_repair.hpp"

namespace paritas {

/// Changes by start, the first `most` of them.
class ChangeList {
 public:
  explicit ChangeList(std::size_t most) : most_(most) {}
  /// What is noticed late goes before what stands behind it.
  void add(ChangeKind kind, std::size_t start, std::size_t end);
  [[nodiscard]] std::vector<Change>& changes() noexcept { return changes_; }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }

 private:
  std::vector<Change> changes_;
  std::size_t most_, count_ = 0;
};

/// How the content of a string is read.
struct ContentRules {
  const Closers* closers;  // quotes that should not stand in it, or none
  bool raw;                // backslashes are text
  bool cut;                // the text ends within it: a half escape at the end goes
  bool partial;            // half a surrogate pair at the end goes too
};

/// Appends text[start, end) as it stands between the quotes of a JSON string. changes: where they are told, or none
void append_content(std::string& out, std::string_view text, std::size_t start, std::size_t end,
                    const ContentRules& rules, ChangeList* changes);

/// What a text was before a JSON string was made of it: of doubled backslashes and of quotes.
std::string unescape_once(std::string_view text);

}  // namespace paritas
