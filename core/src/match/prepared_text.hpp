#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paritas::match {

/// A text as the automaton reads it: folded, ill-formed bytes as U+FFFD, where the patterns need it; and the way back.
class PreparedText {
 public:
  /// fold: Unicode simple folding of everything but ASCII, which the automaton folds itself. clean: U+FFFD for ill-formed
  /// subparts. Without both, and for ASCII, nothing is copied.
  PreparedText(std::string_view text, bool fold, bool clean);

  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  [[nodiscard]] bool shifted() const noexcept { return !shifts_.empty(); }
  /// The offset in the original text of a code point's start or the end.
  [[nodiscard]] std::size_t original(std::size_t offset) const noexcept;

  struct Shift {  // from this offset of the prepared text on, the original one is at `original`
    std::size_t from;
    std::size_t original;
  };
  [[nodiscard]] const std::vector<Shift>& shifts() const noexcept { return shifts_; }

 private:
  std::string owned_;
  std::string_view view_;
  std::vector<Shift> shifts_;
};

/// Appends a pattern folded and cleaned as PreparedText does; ascii folds A-Z here too.
void append_prepared(std::string& out, std::string_view pattern, bool fold_ascii, bool fold_unicode);

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

}  // namespace paritas::match
