#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/text/code_regions.hpp"

namespace paritas::repair {

/// Takes what a BlockSplitter cuts; views are good for the call alone.
class BlockSink {
 public:
  /// Text that is never compared.
  virtual void passed(std::string_view text) = 0;
  /// A block that was passed on is over.
  virtual void ended() = 0;
  /// A block and the separator that directly precedes it in memory.
  virtual void block(bool code, std::string_view separator, std::string_view block) = 0;
  /// The bytes of the views go.
  virtual void flush() {}

 protected:
  ~BlockSink() = default;
};

/// Cuts a text into blocks while it comes; the rules, and what is passed on, stand in repair/dedup.hpp.
///
/// What is read is in one buffer: [done, block) is the separator, [block, end) the block up to its last whole line,
/// [end, line) that line's end, [line, ..) a line that is begun. All before `done` is told.
class BlockSplitter {
 public:
  /// most: code points
  BlockSplitter(std::size_t most, BlockSink& sink) noexcept : most_(most), sink_(sink) {}

  void feed(std::string_view chunk);
  void finish();
  /// feed and finish of a whole text, which is not copied.
  void whole(std::string_view text);

 private:
  enum class Kind : std::uint8_t { none, prose, code };

  /// Code points from one place on, counted no further than it matters.
  struct Count {
    std::size_t at = 0, points = 0;
    /// Whether there are more than `most` before `to`; then `at` is behind the first most + 1.
    bool exceeds(std::size_t most, std::string_view text, std::size_t to) noexcept;
  };

  void read_lines();
  void end_text();
  void end_line(std::size_t content_end, std::size_t next);
  void end_passed_line(std::size_t content_end, std::size_t next);
  void look_at_line();
  void start(Kind kind) noexcept;
  void extend(std::size_t content_end);
  void end_block();
  void pass(std::size_t to);
  void keep();
  [[nodiscard]] bool undecided(std::size_t to) noexcept;
  [[nodiscard]] bool is_long(std::size_t to) noexcept {
    return to - block_ > most_ && block_count_.exceeds(most_, text_, to);
  }
  void read_fences(std::size_t to) noexcept;

  const std::size_t most_;
  BlockSink& sink_;
  std::string_view text_;
  std::string held_;

  FenceTracker fences_;  // has read the line that is begun up to seen_
  std::size_t done_ = 0, block_ = 0, end_ = 0, line_ = 0;
  std::size_t seen_ = 0;
  std::size_t search_ = 0;  // where the next line end is looked for
  Count block_count_, line_count_;
  Kind kind_ = Kind::none;
  bool passing_ = false;         // the block is told as it comes
  bool long_separator_ = false;  // the separator is
  bool line_passed_ = false;     // the start of the line is told and gone
  bool line_blank_ = true;       // up to seen_
  bool line_asked_ = false, line_undecided_ = false;
};

/// White space of one byte that makes a line blank; it has no LF.
constexpr bool is_blank(char ch) noexcept { return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\v' || ch == '\f'; }

}  // namespace paritas::repair
