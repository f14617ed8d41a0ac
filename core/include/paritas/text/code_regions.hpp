#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

enum class CodeKind : std::uint8_t { fence, inline_code };

/// The published name of a kind: "fence" or "inline".
constexpr std::string_view name(CodeKind kind) noexcept { return kind == CodeKind::fence ? "fence" : "inline"; }

/// Code in a Markdown text.
struct CodeRegion {
  CodeKind kind;
  Span span;
  Span info;    ///< what stands behind an opening fence, trimmed; empty for inline code
  bool closed;  ///< false for a fence that runs to the end of the text
};

/// The fences of a Markdown text and, if asked for, its inline code, in order.
///
/// A fence is a line of up to 3 spaces and 3 or more ` or ~ (behind ` no further one on that line); it closes at a line of at
/// least as many of them and nothing but spaces and tabs, or at the end of the text. A line ends at LF or CRLF. The region has
/// both lines, without the last line end. Inline code closes at the next run of exactly as many backticks before a blank line
/// or a fence; without one it is text.
/// Returns: regions that do not overlap, ascending; none for text without backticks and tildes. Linear.
/// Source:  CommonMark 0.31, sections 4.5 and 6.1, without lists, quotes and escapes.
std::vector<CodeRegion> code_regions(std::string_view text, bool with_inline = true);

/// Whether a text, read piece by piece, stands inside a fence; the pieces may be cut anywhere. Keeps a few numbers, no text.
class FenceTracker {
 public:
  /// Inside a fence: from the end of its opening line to the end of its closing line.
  [[nodiscard]] bool open() const noexcept { return fence_length_ != 0; }
  /// On a line that will have opened a fence when it ends, if no backtick comes.
  [[nodiscard]] bool opening() const noexcept {
    return !open() && (place_ == Place::info || (place_ == Place::run && run_length_ >= 3));
  }
  /// On the line that closes the fence if it ends here.
  [[nodiscard]] bool closing() const noexcept {
    return open() && (place_ == Place::run || place_ == Place::tail) && run_length_ >= fence_length_;
  }

  /// On a line that, so far, may turn out to open a fence.
  [[nodiscard]] bool may_open() const noexcept { return !open() && (place_ == Place::run || place_ == Place::info); }

  /// Reads up to the first line end at which a fence opens or closes; how many bytes that were.
  std::size_t advance(std::string_view piece) noexcept;
  void feed(std::string_view piece) noexcept;
  /// A piece without backticks and tildes: only its end is looked at, as a rule.
  void feed_plain(std::string_view piece) noexcept;

 private:
  // Where in its line the text stands: behind nothing but spaces, in the run behind them, in the rest of a line that opens, in
  // the blank rest of one that closes, behind its CR, or anywhere else.
  enum class Place : std::uint8_t { indent, run, info, tail, cr, plain };
  void step(char ch) noexcept;
  bool end_line() noexcept;

  std::size_t fence_length_ = 0, run_length_ = 0;
  char fence_ = 0, run_ = 0;
  Place place_ = Place::indent;
  std::uint8_t spaces_ = 0;
};

}  // namespace paritas
