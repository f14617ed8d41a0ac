#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/chunk/chunk.hpp"

namespace paritas {

/// Where a text may be cut, from the best place to the worst.
enum class Level : std::uint8_t { section, paragraph, line, sentence, word, grapheme, code_point };

/// A piece of a text that is cut only when it alone is over the size. It ends where the next one starts.
struct Unit {
  std::size_t start = 0;          ///< byte
  Level level = Level::section;   ///< what it is; when it is too long, it is cut into units of a finer level
  Level begins = Level::section;  ///< the best thing that begins with it: a paragraph, at a sentence after a blank line
  bool hard = false;              ///< made by cutting something at words or finer
  std::uint32_t tag = 0;          ///< the owner's; what it is cut into inherits it
};

/// Cuts a unit in another way than by the next finer level.
class Refiner {
 public:
  virtual ~Refiner() = default;
  /// Appends the units of text[span.start, span.end), the first at span.start, all of a finer level than `unit`, or one alone of
  /// a finer level. Appends none where the usual levels are good.
  virtual void refine(std::string_view text, const Unit& unit, Span span, std::vector<Unit>& units) const = 0;
};

struct PackOptions {
  std::size_t chunk_size = 1000;
  std::size_t overlap = 0;
  bool strip = true;             ///< chunks have no white space at their ends, and only what is left of them is counted
  bool balanced = false;         ///< prefer to stop at the best level within the last quarter of the size
  bool keep_paragraphs = false;  ///< stop at a blank line once half of the size is full
  std::size_t min_units = 1;     ///< but not before so many units
  const Refiner* refiner = nullptr;
};

/// Measures slices of one text; it remembers the last 4,096 that a counter was asked about.
class Meter {
 public:
  Meter(std::string_view text, const Sizer& sizer);
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  ~Meter();

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] const Sizer& sizer() const noexcept { return sizer_; }
  /// Both ends must be edges of code points. 0 after a failure.
  [[nodiscard]] std::size_t length(Span span);
  /// Whether each byte is of length 1.
  [[nodiscard]] bool plain() const noexcept { return plain_ && sizer_.additive(); }
  /// Set by a counter that failed or said a negative length; all lengths are 0 from then on.
  [[nodiscard]] const Error* error() const noexcept { return failed_ ? &error_ : nullptr; }

 private:
  friend class RunMeter;
  struct Memo;
  std::size_t counted(Span span);

  std::string_view text_;
  const Sizer& sizer_;
  LengthUnit unit_;
  bool plain_ = false;       // ASCII: a byte is a code point
  bool well_formed_ = true;  // lead bytes are code points
  bool failed_ = false;
  Error error_{};
  Memo* memo_ = nullptr;
};

/// Packs units into chunks and appends these: each is the longest run of whole units, from its first one, whose slice is within
/// chunk_size. The next begins with as many of the last units as fit into `overlap` and still leave room for a new one. A unit
/// over the size is cut by the next finer level, where it is first in its chunk.
///
/// units: ascending, the first at range.start; together they are range. Starts that are no edges of grapheme clusters are left out.
/// Errors: `bad_counter`.
/// Time:   linear; with a counter at most 2 log2(n) + 4 calls for a chunk of n units, and as many for its overlap.
[[nodiscard]] bool pack(Meter& meter, Span range, std::vector<Unit> units, const PackOptions& options,
                        std::vector<Chunk>& chunks);

/// The same of the units of a level, which are found while they are packed.
[[nodiscard]] bool pack_level(Meter& meter, Span range, Level level, const PackOptions& options,
                              std::vector<Chunk>& chunks);

/// Units of a level: paragraphs end at blank lines, lines behind their LF, sentences as `sentences` finds them, words have the
/// white space before them. None is empty; what lies between them belongs to the one before, at the start to the first.
std::vector<Unit> units_of(std::string_view text, Span range, Level level);

/// The span without white space at its ends; empty for a blank one. A space that a mark stands on stays.
Span trimmed(std::string_view text, Span span) noexcept;

}  // namespace paritas
