#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// A text is cut by lines into blocks. A code block is a fence (text/code_regions.hpp) from its opening to its closing line,
// or to the end of the text; a prose block is a run of lines outside fences that are not blank, and a fence ends it. A block
// runs from the start of its first line to the end of its last one, without the line end; what lies between is separator.

/// A block of a text. Prose blocks are equal when their normal forms (normalize_block.hpp) are, code blocks when they differ in no more than
/// spaces, tabs and carriage returns at line ends.
struct TextBlock {
  Span span;
  std::string hash;             ///< XXH3-128 of the normal form in 32 hexadecimal digits; empty when it is too short
  std::size_t index = 0;        ///< its number in the text
  std::size_t first_index = 0;  ///< that of the first block that is equal to it
  [[nodiscard]] bool is_duplicate() const noexcept { return first_index != index; }
};

inline constexpr std::int64_t kMinBlockLength = 50;

/// All blocks of a text, in order; those with a normal form of fewer than `min_block_length` code points are equal to none.
/// Errors: `invalid_argument` for min_block_length below 0
Result<std::vector<TextBlock>> rolling_hash_blocks(std::string_view content,
                                                   std::int64_t min_block_length = kMinBlockLength);
/// Those of them that are equal to an earlier one.
Result<std::vector<TextBlock>> find_duplicate_blocks(std::string_view content,
                                                     std::int64_t min_block_length = kMinBlockLength);

/// Which blocks are compared, and with what. Lengths are code points.
struct DedupOptions {
  std::int64_t window_size = 0;                     ///< distinct blocks that are remembered; 0 for 4,096
  std::int64_t min_block_length = kMinBlockLength;  ///< shorter normal forms are never compared
  std::int64_t max_block = 65536;                   ///< longer blocks are passed on and never compared
  bool code = true;                                 ///< false: code blocks are left alone
};
inline constexpr std::int64_t kStreamWindow = 5;

/// What a deduplicator has done.
struct DedupStats {
  std::uint64_t total_blocks = 0;
  std::uint64_t duplicates_removed = 0;
  std::uint64_t bytes_saved = 0;   ///< of UTF-8, separators included
  std::uint64_t unique_count = 0;  ///< blocks that were compared and let through
  /// duplicates_removed / total_blocks, 0 without blocks
  [[nodiscard]] double dedup_ratio() const noexcept {
    return total_blocks == 0 ? 0.0 : static_cast<double>(duplicates_removed) / static_cast<double>(total_blocks);
  }
};

/// A text without the blocks that are equal to one of the last `window_size` distinct ones; each goes with the separator
/// before it, and everything else stays, byte for byte. So a text that repeats nothing comes out as it was. Linear.
/// Errors: `invalid_argument`: window_size or min_block_length below 0, max_block below 1
Result<std::string> deduplicate(std::string_view text, const DedupOptions& options = {});
/// The parts of the text that it keeps, ascending and apart from each other: one for a text that repeats nothing.
Result<std::vector<Span>> unique_parts(std::string_view text, const DedupOptions& options = {});

/// deduplicate for a text that comes in pieces: however it is cut, down to single bytes, the outputs joined are the same.
///
/// Separators above max_block code points are passed on too, and stay even before a duplicate. While the start of a line may
/// still become blank or a fence, it is not known whether the block before it goes on; with more than max_block such code
/// points it does not.
/// Memory:  three times max_block code points, and 32 bytes for each remembered block.
/// Threads: one stream, one thread.
class StreamingDeduplicator {
 public:
  /// Errors: as deduplicate
  static Result<StreamingDeduplicator> create(const DedupOptions& options = {.window_size = kStreamWindow});
  StreamingDeduplicator(StreamingDeduplicator&&) noexcept;
  StreamingDeduplicator& operator=(StreamingDeduplicator&&) noexcept;
  ~StreamingDeduplicator();

  /// What a piece decides: nothing yet, or the text that passes, which is empty when there were duplicates alone.
  /// Errors: `stream_finished` after flush()
  Result<std::optional<std::string>> add_chunk(std::string_view chunk);
  /// Ends the stream: what was held back. Errors: `stream_finished` for a second time
  Result<std::string> flush();
  void reset();
  [[nodiscard]] DedupStats stats() const noexcept;

 private:
  struct Impl;
  explicit StreamingDeduplicator(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// The same for outputs that come one after the other: the last 4,096 distinct blocks of all of them are remembered.
class OutputDeduplicator {
 public:
  /// normalize_whitespace: whether runs of white space in prose are equal; false: only what is around a block is dropped
  /// Errors: `invalid_argument` for min_block_length below 0
  static Result<OutputDeduplicator> create(std::int64_t min_block_length = kMinBlockLength,
                                           bool normalize_whitespace = true);
  OutputDeduplicator(OutputDeduplicator&&) noexcept;
  OutputDeduplicator& operator=(OutputDeduplicator&&) noexcept;
  ~OutputDeduplicator();

  /// The rest of an output, and its end.
  std::string process(std::string_view text);
  /// As StreamingDeduplicator::add_chunk.
  std::optional<std::string> process_chunk(std::string_view chunk);
  /// Ends an output: what was held back. Its blocks stay known.
  std::string flush();
  void reset();
  [[nodiscard]] DedupStats stats() const noexcept;

 private:
  struct Impl;
  explicit OutputDeduplicator(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
