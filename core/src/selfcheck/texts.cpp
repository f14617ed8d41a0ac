#include "texts.hpp"

#include <span>
#include <string_view>
#include <vector>

#include "pieces.hpp"

namespace paritas {
namespace {

using List = std::span<const std::string_view>;

std::string_view one_of(Random& random, List list) { return list[static_cast<std::size_t>(random.below(list.size()))]; }

/// One piece. The style is the text's: 0 plain, 1 full of numbers, 2 anything, 3 hostile.
std::string random_piece(Random& random, std::uint64_t style) {
  static constexpr List kPlain[] = {pieces::kWords, pieces::kWords, pieces::kWords,   pieces::kWords,
                                    pieces::kNames, pieces::kNames, pieces::kNumbers, pieces::kNegations};
  static constexpr List kCounted[] = {pieces::kWords, pieces::kNumbers,    pieces::kNumbers, pieces::kUnits,
                                      pieces::kUnits, pieces::kCurrencies, pieces::kMonths,  pieces::kWords};
  static constexpr List kAny[] = {pieces::kWords,  pieces::kNames,     pieces::kNumbers, pieces::kUnits,
                                  pieces::kMonths, pieces::kNegations, pieces::kScripts, pieces::kMarks};
  static constexpr List kHostile[] = {pieces::kScripts, pieces::kMarks,       pieces::kBrackets, pieces::kIllFormed,
                                      pieces::kBreaks,  pieces::kTerminators, pieces::kNumbers,  pieces::kWords};
  static constexpr std::span<const List, 8> kStyles[] = {kPlain, kCounted, kAny, kHostile};
  const List list = kStyles[style][static_cast<std::size_t>(random.below(8))];
  const std::uint64_t turn = random.below(16);
  if (turn == 0) {  // a number that is in no list
    std::string digits = std::to_string(random.below(100'000));
    if (random.below(2) == 1) {
      digits += '.';
      digits += std::to_string(random.below(1'000));
    }
    return digits;
  }
  std::string piece(one_of(random, list));
  if (turn == 1) {
    for (char& letter : piece) {
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
  }
  return piece;
}

std::string_view random_join(Random& random, std::uint64_t style) {
  const std::uint64_t turn = random.below(16);
  if (style == 3) return turn < 8 ? "" : " ";
  if (turn == 0) return "";
  if (turn == 1) return one_of(random, pieces::kTerminators);
  if (turn == 2) return ". ";
  if (turn == 3) return ", ";
  if (turn == 4) return one_of(random, pieces::kBreaks);
  if (turn == 5) return one_of(random, pieces::kBrackets);
  return " ";
}

}  // namespace

std::string random_text(Random& random, std::uint64_t max_pieces) {
  const std::uint64_t style = random.below(4);
  const std::uint64_t count = random.below(max_pieces + 1);
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) {
    text += random_piece(random, style);
    text += random_join(random, style);
  }
  return text;
}

TextPair random_pair(Random& random, std::uint64_t max_pieces) {
  const std::uint64_t style = random.below(4);
  const std::uint64_t count = random.below(max_pieces + 1);
  TextPair pair;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string piece = random_piece(random, style);
    const std::string_view join = random_join(random, style);
    pair.source += piece;
    pair.source += join;
    switch (random.below(16)) {
      case 0:
        break;  // dropped
      case 1:
        pair.claim += random_piece(random, style);
        pair.claim += join;
        break;
      case 2:
        pair.claim += one_of(random, pieces::kNegations);
        pair.claim += ' ';
        [[fallthrough]];
      default:
        pair.claim += piece;
        pair.claim += join;
    }
  }
  return pair;
}

std::string random_word(Random& random) { return std::string(one_of(random, pieces::kWords)); }

}  // namespace paritas
