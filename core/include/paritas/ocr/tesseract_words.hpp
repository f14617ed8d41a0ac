#pragma once
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

/// A word as an engine read it.
struct OcrWord {
  std::string_view text;
  double confidence = -1.0;  // 0 to 1, or 0 to 100; negative or NaN: the engine does not say
};

/// The words of a page as `tesseract page.png - tsv` writes them, in order; views of `tsv`.
///
/// Returns: text and confidence of each row of level 5; the confidence is 0 to 100, or -1 for none
/// Errors:  `invalid_argument` for a row with too few columns or a number that is none, at its byte
Result<std::vector<OcrWord>> tesseract_words(std::string_view tsv);

}  // namespace paritas
