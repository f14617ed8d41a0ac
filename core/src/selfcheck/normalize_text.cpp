#include "paritas/repair/normalize_text.hpp"

#include "features.hpp"
#include "paritas/text/utf8.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

/// Text with what a normaliser changes, and now and then a fence.
std::string spoilt_text(Random& random) {
  constexpr std::string_view kPieces[] = {" ",
                                          "  ",
                                          "\t",
                                          "\n",
                                          "\r\n",
                                          "\n\n\n",
                                          "\u201C",
                                          "\u2019",
                                          "e\u0301",
                                          "\u200B",
                                          "\u00A0",
                                          "\u2028",
                                          "\n```\n",
                                          "`",
                                          "\uFB01",
                                          "\u2026",
                                          "\u1112\u1161\u11AB",
                                          "\u0316",
                                          "\u2014",
                                          "\x07"};
  std::string text;
  for (std::uint64_t count = random.below(6); count > 0; --count) {
    text += random_text(random, 3);
    for (std::uint64_t more = random.below(4); more > 0; --more) text += kPieces[random.below(std::size(kPieces))];
  }
  // The map of an ill-formed text tells of its bytes; Python has characters.
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    append_utf8(out, next.code_point);
    at += next.bytes;
  }
  return out;
}

}  // namespace

void check_normalize_text(Random& random, Digest& digest) {
  NormalizeOptions options;
  for (std::size_t i = 0; i < kNormalizeChoices.size(); ++i) {
    const std::string_view word = kNormalizeChoices[i].words[random.below(4)];
    if (!word.empty()) (void)choose(options, i, word);
  }
  options.max_blank_lines = static_cast<std::int64_t>(random.below(3));
  options.trim = random.below(2) != 0;
  options.respect_code = random.below(4) != 0;
  const std::string text = spoilt_text(random);
  const MappedText mapped = normalize_text_mapped(text, options).value();
  const std::string result = mapped.text.changed ? mapped.text.text : text;
  digest.add(result);
  const OffsetMap from(text), to(result);
  for (const TextEdit& edit : mapped.map.edits) {
    digest.add(edit.result, to);
    digest.add(edit.source, from);
  }
  TextNormalizer stream = TextNormalizer::create(options).value();
  const std::size_t step = 1 + static_cast<std::size_t>(random.below(20));
  std::string streamed;
  for (std::size_t at = 0; at < text.size(); at += step) {
    streamed += stream.feed(std::string_view(text).substr(at, step)).value();
  }
  digest.add(streamed + stream.finish().value() == result);
}

}  // namespace paritas
