#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace paritas::match {

/// Says quickly where a text cannot have one of a few patterns: by the first bytes of each, looked up by their halves for
/// many places of the text at once, and then by the first eight.
/// Source: Teddy, of Hyperscan, as the Rust crate aho-corasick describes it; eight buckets of patterns that begin alike.
class Fingerprints {
 public:
  static constexpr std::size_t kMostPatterns = 64;
  static constexpr std::size_t kLongest = 64;  // bytes of a pattern
  static constexpr std::size_t kBuckets = 8;
  static constexpr std::size_t kBytes = 3;  // of a pattern that are looked up

  Fingerprints() = default;
  /// patterns: at most kMostPatterns, each of at least two bytes; any_case: lower case ASCII stands for both cases.
  Fingerprints(std::span<const std::string_view> patterns, bool any_case);

  /// Offsets from `begin` in text[begin, end) where a pattern may start, ascending; none is missing. False, with some of
  /// them, if there are more than `most`.
  bool candidates(std::string_view text, std::size_t begin, std::size_t end, std::size_t most,
                  std::vector<std::uint32_t>& found) const;

  struct Tables {
    // Bit b of low[k][x]: in bucket b is a pattern whose byte k ends in the half x; high: which begins with it.
    std::array<std::array<std::uint8_t, 16>, kBytes> low{}, high{};
    std::size_t bytes = kBytes;  // that are looked up; the tables behind say yes to everything
  };

 private:
  struct Start {
    std::uint64_t value;
    std::uint64_t mask;   // the bytes that the pattern has
    std::uint64_t folds;  // 0x20 for each letter of any case
  };
  [[nodiscard]] bool may_start(std::string_view text, std::size_t at, unsigned buckets) const noexcept;

  Tables tables_;
  std::array<std::vector<Start>, kBuckets> starts_;
};

}  // namespace paritas::match
