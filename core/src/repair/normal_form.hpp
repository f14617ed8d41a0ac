#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

namespace paritas::repair {

/// Makes the forms in which blocks are equal; each is good until the next one is made.
class NormalForm {
 public:
  /// As normalize_block; without one_space runs of white space stay what they are.
  std::string_view prose(std::string_view block, bool one_space = true);
  /// Without spaces, tabs and carriage returns at line ends; ill-formed bytes as U+FFFD.
  std::string_view code(std::string_view block);

 private:
  char* room(std::size_t bytes);

  std::unique_ptr<char[]> room_;
  std::size_t size_ = 0;
};

/// Bytes that begin a code point of well-formed UTF-8, and whether all bytes are ASCII.
struct StartCount {
  std::size_t starts;
  bool ascii;
};
StartCount count_starts(std::string_view text) noexcept;

/// Whether well-formed UTF-8 has so many code points.
bool has_code_points(std::string_view form, std::size_t least) noexcept;

}  // namespace paritas::repair
