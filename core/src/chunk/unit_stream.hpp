#pragma once
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/chunk/pack.hpp"

namespace paritas {

/// A unit with its end; `hards` is the packer's: how many up to it were cut hard.
struct Piece {
  std::size_t start = 0, end = 0;
  std::size_t hards = 0;
  Level level = Level::section;
  Level begins = Level::section;
  bool hard = false;
  std::uint32_t tag = 0;
};

/// Units in order, found when they are asked for, so that a long text costs no list of its characters.
class UnitStream {
 public:
  UnitStream(std::string_view text, const Refiner* refiner) : text_(text), refiner_(refiner) {}

  /// Puts units in front of those that are left. They end at `end`; starts within grapheme clusters are left out.
  void push(std::vector<Unit> units, std::size_t end);
  /// Puts the units of a level in front: those of the owner, so none of them is hard.
  void push(Span range, Level level);
  /// Puts pieces back.
  void push(std::vector<Piece> pieces);
  /// Puts what a piece is cut into in front; false when nothing can cut it.
  bool refine(const Piece& piece);

  bool next(Piece& piece);

  // For an ASCII text that grapheme clusters come of next: of so many bytes all but `single`, as one piece; and past white
  // space. Nothing happens where something else is next.
  bool take(std::size_t most, std::size_t single, bool strip, Piece& piece);
  void skip_spaces();

 private:
  struct Frame {
    Piece like;  // what its units inherit; like.level is the level that is searched for
    std::size_t at = 0, end = 0;
    std::vector<Unit> units;
    std::vector<Piece> pieces;
    std::size_t index = 0;
  };
  void scan(Frame& frame, Piece& piece) const;
  [[nodiscard]] std::size_t end_of(std::size_t at, std::size_t end, Level level) const;

  std::string_view text_;
  const Refiner* refiner_;
  std::vector<Frame> frames_;
};

}  // namespace paritas
