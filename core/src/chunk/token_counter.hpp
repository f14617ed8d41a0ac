#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paritas {

/// Counts the tokens of a text that arrives in slices, cut between code points.
class TokenCounter {
 public:
  void feed(std::string_view slice) noexcept;
  /// Of all that was fed.
  [[nodiscard]] std::size_t total() const noexcept { return closed_ + open(); }

 private:
  enum class Run : std::uint8_t { none, letters, number, space, symbol };
  [[nodiscard]] std::size_t open() const noexcept;
  void close() noexcept {
    closed_ += open();
    run_ = Run::none;
  }
  void step(char32_t c, unsigned kind) noexcept;

  std::size_t closed_ = 0;    // tokens of the runs that have ended
  std::size_t count_ = 0;     // code points of the open run; of letters those of ASCII
  std::size_t twelfths_ = 0;  // of its letters that are not ASCII
  char32_t symbol_ = 0;
  Run run_ = Run::none;
  bool others_ = false;  // letters outside of ASCII, or an LF in white space
};

}  // namespace paritas
