#include "paritas/ocr/formats.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_formats(Random& random, Digest& digest) {
  constexpr std::uint64_t kTypes = 10;
  const std::uint64_t sample = random.below(pieces::kFormats.count);
  std::string text(piece_at(pieces::kFormats, sample));
  std::uint64_t type = sample / (pieces::kFormats.count / kTypes);  // they stand in the order of the types
  if (random.below(4) == 0) type = random.below(kTypes);
  if (random.below(8) == 0) text = random_text(random, 3);
  for (std::uint64_t left = random.below(4); left > 0; --left) {  // of bytes: an ill-formed text is one too
    const auto at = static_cast<std::size_t>(random.below(text.size() + 1));
    const std::uint64_t cut = random.below(2);
    const std::string_view stroke = piece_at(pieces::kStrokes, random.below(pieces::kStrokes.count));
    text.replace(at, static_cast<std::size_t>(cut), random.below(4) == 0 ? std::string_view() : stroke);
  }
  FormatOptions options;
  const std::uint64_t order = random.below(4);
  if (order < 2) options.day_first = order == 0;
  const FormatResult result = validate_format(text, static_cast<FormatType>(type), options);
  digest.add(result.valid);
  digest.add(name(result.type));
  digest.add(result.normalized);
  digest.add(result.reason);
  for (const std::string_view note : result.notes) digest.add(note);
  digest.add(static_cast<std::uint64_t>(result.checks_passed));
  digest.add(static_cast<std::uint64_t>(result.checks));
  digest.add(result.suggestion.has_value());
  if (result.suggestion) digest.add(*result.suggestion);
}

}  // namespace paritas
