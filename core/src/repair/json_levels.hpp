#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace paritas {

/// The open containers of a JSON text, one bit each.
class JsonLevels {
 public:
  void push(bool object) {
    if (depth_ == bits_.size() * 64) bits_.push_back(0);
    std::uint64_t& word = bits_[depth_ / 64];
    const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
    word = object ? word | bit : word & ~bit;
    ++depth_;
    object_ = object;
  }
  void pop() {
    --depth_;
    object_ = depth_ > 0 && (bits_[(depth_ - 1) / 64] >> ((depth_ - 1) % 64) & 1) != 0;
  }
  [[nodiscard]] bool empty() const noexcept { return depth_ == 0; }
  /// The innermost one is an object.
  [[nodiscard]] bool object() const noexcept { return object_; }

 private:
  std::vector<std::uint64_t> bits_;
  std::size_t depth_ = 0;
  bool object_ = false;
};

}  // namespace paritas
