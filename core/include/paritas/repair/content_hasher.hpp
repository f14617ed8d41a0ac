#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"

namespace paritas {

/// Which texts are equal.
struct ContentHasherOptions {
  bool normalize_whitespace = true;  ///< white space around a text says nothing, and runs of it are one space
  bool case_insensitive = false;     ///< by simple lower case
  std::int64_t hash_length = 16;     ///< hexadecimal digits, 8 to 32
  bool remove_punctuation = false;   ///< what Unicode calls punctuation (P*); symbols such as $ and + stay
};

/// Hashes of contents that are equal in a chosen way: the first digits of XXH3-128. No defence against somebody who looks
/// for collisions.
class ContentHasher {
 public:
  /// Errors: `invalid_argument` for a hash_length below 8 or above 32
  static Result<ContentHasher> create(const ContentHasherOptions& options = {});

  /// For texts that say the same to a reader, and for questions: white space, case and punctuation say nothing.
  static ContentHasherOptions text_fuzzy() noexcept { return {true, true, 16, true}; }
  static ContentHasherOptions query_semantic() noexcept { return text_fuzzy(); }
  /// White space alone says nothing.
  static ContentHasherOptions text_strict() noexcept { return {}; }
  /// Everything counts.
  static ContentHasherOptions exact_match() noexcept { return {false, false, 16, false}; }

  /// The text that is hashed; ill-formed bytes as U+FFFD. Without any option that is the text.
  [[nodiscard]] std::string normalize(std::string_view content) const;
  [[nodiscard]] std::string hash(std::string_view content) const;
  /// The hash, or nothing for a normalised text of fewer than min_length code points.
  /// Errors: `invalid_argument` for min_length below 0
  [[nodiscard]] Result<std::optional<std::string>> hash_block(std::string_view block,
                                                              std::int64_t min_length = 0) const;
  /// The hash of a canonical JSON text (stream/canonical_json.hpp), to which the options do nothing.
  [[nodiscard]] std::string hash_canonical(std::string_view canonical) const;
  [[nodiscard]] const ContentHasherOptions& options() const noexcept { return options_; }

 private:
  explicit ContentHasher(const ContentHasherOptions& options) noexcept : options_(options) {}
  ContentHasherOptions options_;
};

}  // namespace paritas
