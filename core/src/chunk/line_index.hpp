#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace paritas {

/// Line numbers of offsets in any order: how many LF stand before each block of the text, and the rest is counted.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {
    before_.reserve(text.size() / kBlock + 1);
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += kBlock) {
      before_.push_back(count);
      count += breaks(at, std::min(at + kBlock, text.size()));
    }
    before_.push_back(count);
  }

  /// The 1-based line of the byte at `offset` (at most text.size()).
  [[nodiscard]] std::size_t line(std::size_t offset) const noexcept {
    const std::size_t block = std::min(offset / kBlock, before_.size() - 1);
    return 1 + before_[block] + breaks(std::min(block * kBlock, offset), offset);
  }

 private:
  static constexpr std::size_t kBlock = 512;
  [[nodiscard]] std::size_t breaks(std::size_t from, std::size_t to) const noexcept {
    return static_cast<std::size_t>(std::count(text_.data() + from, text_.data() + to, '\n'));
  }

  std::string_view text_;
  std::vector<std::size_t> before_;
};

}  // namespace paritas
