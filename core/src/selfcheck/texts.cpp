#include "texts.hpp"

#include <string_view>
#include <vector>

#include "pieces.hpp"

namespace paritas {
namespace {

using pieces::List;

std::string_view one_of(Random& random, const List& list) { return piece_at(list, random.below(list.count)); }

/// One piece. The style is the text's: 0 plain, 1 full of numbers, 2 anything, 3 hostile.
std::string random_piece(Random& random, std::uint64_t style) {
  using namespace pieces;
  static constexpr const List* kStyles[4][8] = {
      {&kWords, &kWords, &kWords, &kWords, &kNames, &kNames, &kNumbers, &kNegations},
      {&kWords, &kNumbers, &kNumbers, &kUnits, &kUnits, &kCurrencies, &kMonths, &kWords},
      {&kWords, &kNames, &kNumbers, &kUnits, &kMonths, &kNegations, &kScripts, &kMarks},
      {&kScripts, &kMarks, &kBrackets, &kIllFormed, &kBreaks, &kTerminators, &kNumbers, &kWords},
  };
  const List& list = *kStyles[style][static_cast<std::size_t>(random.below(8))];
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
