#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "paritas/base/result.hpp"

namespace paritas {

/// How a string of a language begins and ends.
struct Quote {
  std::string_view opener, closer;
  bool escapes = true;  ///< a backslash takes the next character
  bool lines = false;   ///< goes on over the end of a line
};

/// A list of at most N, in order.
template <class T, std::size_t N>
struct FewOf {
  std::array<T, N> items{};
  std::size_t size = 0;

  [[nodiscard]] constexpr const T* begin() const { return items.data(); }
  [[nodiscard]] constexpr const T* end() const { return items.data() + size; }
};

/// What the scanner of code knows of a language.
struct Language {
  std::string_view name;
  FewOf<std::string_view, 2> line_comments;
  std::string_view comment_opener, comment_closer;  ///< of a block comment; empty without one
  bool nested = false;                              ///< block comments hold others
  FewOf<Quote, 5> quotes;                           ///< the first that fits counts
  /// Of these: ' for a character or nothing, / for regular expressions, < for here documents, R for raw strings of C++,
  /// # for those of Rust, ^ for line comments that need a space before them.
  std::string_view literals;
  FewOf<std::string_view, 2> decorators;
  bool dedents = false;  ///< a line that stands out again begins a block
  bool brackets = true;
  FewOf<std::string_view, 3> end_words;  ///< lines that begin with one close a block

  [[nodiscard]] bool has(char literal) const { return literals.find(literal) != std::string_view::npos; }
};

/// The language of a name, an alias or the ending of a file, with or without a dot, in any case.
/// Errors: `invalid_argument` for an unknown one.
Result<const Language*> language_of(std::string_view name);

/// For code of no known language.
const Language& general_language();

}  // namespace paritas
