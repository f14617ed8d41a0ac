#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

/// A marker that begins or ends a thought. The table, `/x` for the marker that ends what `x` begins:
///    0,  1  <｜begin▁of▁thinking｜> and its end
///    2,  3  <|begin_of_thinking|>            4,  5  <think>             6,  7  <thinking>
///    8,  9  <thought>, <thoughts>           10, 11  <reasoning>        12, 13  <scratchpad>, <seed:think>
///   14, 15  [THINK]                         16, 17  <|begin_of_thought|>, <|START_THINKING|>
///   18, 19  ◁think▷                         20, 21  the header of a channel; that of the final one, <|end|> and the like
///   22, 23  the first pair of the caller's own, and so on
struct ThinkingMarker {
  Span span;
  std::uint32_t id;
  [[nodiscard]] bool opens() const noexcept { return id % 2 == 0; }
};
inline constexpr std::uint32_t kChannelMarker = 20, kFinalChannelMarker = 21, kFirstCustomMarker = 22;

/// All markers of the table in a text, from left to right, wherever they stand: in code and in thoughts too.
/// <|end|>, <|return|> and <|call|> are markers behind a header. Linear.
std::vector<ThinkingMarker> find_thinking_markers(std::string_view text);

/// One pair of markers: what opens a thought, what closes it.
using MarkerPair = std::pair<std::string, std::string>;

/// What may stand at a place of a text.
struct MarkerMatch {
  enum class Kind : std::uint8_t { none, more, found };
  Kind kind = Kind::none;
  std::uint32_t id = 0;
  std::size_t bytes = 0;
};

/// The markers of the table, the caller's own, or both.
class MarkerTable {
 public:
  /// Errors: `invalid_argument`, its offset the number of the pair: a marker that is empty or longer than 64 code points, two
  ///         of a pair that are equal
  static Result<MarkerTable> create(std::span<const MarkerPair> pairs = {}, bool defaults = true);

  /// The longest marker at byte `at` (below text.size()), of two as long the one with the lower id. `more`: what follows the
  /// text may decide, and `final` is false. header_seen: whether <|end|> and the like are markers. At most 192 code points
  /// are looked at.
  [[nodiscard]] MarkerMatch match(std::string_view text, std::size_t at, bool final, bool header_seen) const;
  /// Whether a marker may begin with this byte.
  [[nodiscard]] std::string_view first_bytes() const noexcept { return first_bytes_; }

 private:
  struct Custom {
    std::string text;
    std::uint32_t id;
  };
  std::vector<Custom> custom_;
  std::string first_bytes_;
  bool defaults_ = true;
};

}  // namespace paritas
