#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

enum class NormalForm : std::uint8_t { nfc, nfkc, none };
enum class Newlines : std::uint8_t { lf, keep };
enum class Controls : std::uint8_t { remove, space, keep };
enum class ZeroWidth : std::uint8_t { remove, keep };
enum class Spaces : std::uint8_t { ascii, keep };
enum class Collapse : std::uint8_t { none, spaces, lines, all };
enum class Quotes : std::uint8_t { keep, straight };
enum class Dashes : std::uint8_t { keep, ascii };
enum class Ellipsis : std::uint8_t { keep, dots };

/// What normalize_text changes, in the order of its steps.
struct NormalizeOptions {
  NormalForm form = NormalForm::nfc;         ///< of Unicode 14
  Newlines newlines = Newlines::lf;          ///< CRLF, CR, U+0085, U+2028 and U+2029 to LF
  Controls controls = Controls::remove;      ///< C0 but TAB and LF (and line ends that are kept), DEL, C1
  ZeroWidth zero_width = ZeroWidth::remove;  ///< invisible ones but the joiners; marks of direction too
  Spaces spaces = Spaces::ascii;             ///< all of category Zs to U+0020
  Collapse collapse = Collapse::none;        ///< runs of white space
  std::int64_t max_blank_lines = 1;          ///< for `lines`: so many stay of a run of blank lines
  Quotes quotes = Quotes::keep;              ///< curly ones and primes to ' and "
  Dashes dashes = Dashes::keep;              ///< U+2010 to U+2015 and U+2212 to -
  Ellipsis ellipsis = Ellipsis::keep;        ///< U+2026 to ...
  bool trim = true;                          ///< white space at both ends goes
  bool respect_code = true;                  ///< fenced code is left alone by the steps from `spaces` on
};

/// The options that are one of some words, and those words in the order of their enumerators.
struct NormalizeChoice {
  std::string_view name;
  std::array<std::string_view, 4> words;  ///< the last ones may be empty
};
inline constexpr std::array<NormalizeChoice, 9> kNormalizeChoices{{
    {"form", {"NFC", "NFKC", "none", ""}},
    {"newlines", {"lf", "keep", "", ""}},
    {"controls", {"remove", "space", "keep", ""}},
    {"zero_width", {"remove", "keep", "", ""}},
    {"spaces", {"ascii", "keep", "", ""}},
    {"collapse", {"none", "spaces", "lines", "all"}},
    {"quotes", {"keep", "straight", "", ""}},
    {"dashes", {"keep", "ascii", "", ""}},
    {"ellipsis", {"keep", "dots", "", ""}},
}};

/// Sets the option of that number in kNormalizeChoices to one of its words.
/// Errors: `invalid_argument` for another word
[[nodiscard]] std::optional<Error> choose(NormalizeOptions& options, std::size_t choice, std::string_view word);
/// The word of the option of that number.
std::string_view chosen(const NormalizeOptions& options, std::size_t choice);

/// A part of a result that is not what stands in the source: one change, or what was left out (`result` is empty).
struct TextEdit {
  Span result;
  Span source;
};

/// Where the parts of a normalised text came from, in bytes. Between two edits source and result are equal.
struct TextMap {
  std::vector<TextEdit> edits;  ///< ascending
  std::size_t result_size = 0;
  std::size_t source_size = 0;

  /// The part of the source that a part of the result was made of: an edit that is cut counts whole. Past the end: the end.
  [[nodiscard]] Span to_source(Span result) const noexcept;
  /// What became of a part of the source; empty where it was removed.
  [[nodiscard]] Span to_result(Span source) const noexcept;
};

struct NormalizedText {
  bool changed;      ///< false: the source is normal already, and `text` is empty
  std::string text;  ///< well-formed UTF-8
};
struct MappedText {
  NormalizedText text;
  TextMap map;
};

/// A text in one normal form: Unicode, line ends, white space, marks; what and how the options say. docs/normalize.md tells
/// each step.
///
/// Idempotent for any options. Ill-formed bytes become U+FFFD. More than 30 marks in a row are divided by U+034F, as in the
/// Stream-Safe Text Format of UAX 15. Fences are those of the result. Linear, one pass; a text that is normal is not copied.
/// Errors: `invalid_argument` for max_blank_lines below 0
Result<NormalizedText> normalize_text(std::string_view text, const NormalizeOptions& options = {});
/// The same, and where each part came from.
Result<MappedText> normalize_text_mapped(std::string_view text, const NormalizeOptions& options = {});
/// normalize_text of each; threads: 0 for all cores.
/// Errors: `invalid_argument` for max_blank_lines or threads below 0
Result<std::vector<NormalizedText>> normalize_texts(std::span<const std::string_view> texts,
                                                    const NormalizeOptions& options = {}, std::int64_t threads = 0);
Result<std::vector<MappedText>> normalize_texts_mapped(std::span<const std::string_view> texts,
                                                       const NormalizeOptions& options = {}, std::int64_t threads = 0);

/// normalize_text of a text that comes in pieces: however it is cut, all that is given out, joined, is the same.
/// Memory:  a starter with its marks, at most 32 code points, and one run of white space that may be the end of the text.
/// Threads: one stream, one thread.
class TextNormalizer {
 public:
  /// Errors: `invalid_argument` for max_blank_lines below 0
  static Result<TextNormalizer> create(const NormalizeOptions& options = {});
  TextNormalizer(TextNormalizer&&) noexcept;
  TextNormalizer& operator=(TextNormalizer&&) noexcept;
  ~TextNormalizer();

  /// What a piece adds. Errors: `stream_finished` after finish()
  Result<std::string> feed(std::string_view piece);
  /// A last piece, and the end of the stream. Errors: `stream_finished` after finish()
  Result<std::string> finish(std::string_view last = {});
  /// Makes it equal to a new one.
  void reset();

 private:
  struct Impl;
  explicit TextNormalizer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
