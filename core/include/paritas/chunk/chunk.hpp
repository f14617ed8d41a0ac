#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"
#include "paritas/chunk/sizer.hpp"

namespace paritas {

enum class ChunkKind : std::uint8_t { text, code, table, heading };

/// "text", "code", "table" or "heading".
std::string_view name(ChunkKind kind) noexcept;

/// A piece of a text for an index: text.substr(span.start, span.size()).
struct Chunk {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  Span span;
  std::size_t length = 0;  ///< in the unit of the sizer
  ChunkKind kind = ChunkKind::text;
  bool hard = false;      ///< holds a piece of what could not be cut at a better place: by words, or finer
  std::size_t level = 0;  ///< of a hierarchy; 0 is the coarsest
  std::size_t parent = kNone;
  std::vector<std::size_t> children;
  std::vector<std::string> headings;  ///< titles above it, the outermost first
  std::uint32_t tag = 0;              ///< of its first unit; crosses no border

  // What Chunker::chunk adds; spans() leaves it out.
  std::size_t overlap_prev = 0;  ///< code points shared with the chunk before it on its level
  std::size_t start_line = 1;    ///< from 1
  std::size_t end_line = 1;      ///< of its last character
};

/// How large chunks are; what all chunkers share.
struct ChunkSizes {
  std::size_t chunk_size = 0;
  std::size_t overlap = 0;
};

/// chunk_size: at least 1. overlap: a whole number from 0 to below chunk_size (`may_equal`: to chunk_size), or a share of
/// chunk_size in (0, 1), which is rounded down.
/// Errors: `invalid_argument` with the values.
Result<ChunkSizes> chunk_sizes(std::int64_t chunk_size, double overlap, bool may_equal = false);

/// Fills `overlap_prev` and the lines of chunks of one text; those of one level ascend.
void describe(std::string_view text, std::vector<Chunk>& chunks);

/// Cuts texts into chunks. Each kind says where; what they give has four invariants:
///   - a chunk is a slice of the text, never cut within a grapheme cluster unless one alone is over the size;
///   - its length is at most the size, but for a single code point over it;
///   - nothing is lost: between chunks there is white space only, and with strip off and no overlap nothing at all;
///   - starts and ends ascend, no chunk lies within another of its level.
/// Memory:  keeps no view of a text.
/// Threads: any number at once, unless its sizer is a counter, which is then asked by one thread at a time.
class Chunker {
 public:
  Chunker() = default;
  Chunker(const Chunker&) = delete;
  Chunker& operator=(const Chunker&) = delete;
  virtual ~Chunker() = default;

  /// The chunks of a text in order; none of a blank one.
  /// Errors: `bad_counter` for a counter that fails or says a negative length.
  [[nodiscard]] Result<std::vector<Chunk>> chunk(std::string_view text) const;

  /// The same without overlap_prev and lines.
  [[nodiscard]] virtual Result<std::vector<Chunk>> cut(std::string_view text) const = 0;

  /// chunk() of each text, on as many threads; 0 means all cores, one when the sizer is a counter.
  [[nodiscard]] Result<std::vector<std::vector<Chunk>>> chunk_batch(std::span<const std::string_view> texts,
                                                                    std::size_t threads = 0) const;

  [[nodiscard]] virtual const Sizer& sizer() const noexcept = 0;
  /// Whether its chunks are asked for with contextual_text.
  [[nodiscard]] virtual bool contextual() const noexcept { return false; }
};

}  // namespace paritas
