#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "paritas/text/length.hpp"

namespace paritas {

/// The n-grams of the last words of a stream, and how many of them are distinct. Words and n-grams are hashes of 64 bits.
class Ngrams {
 public:
  static constexpr std::size_t kMaxN = 16;

  /// n: 2 to kMaxN; window: n to 65536 words
  Ngrams(std::size_t n, std::size_t window);
  void add(std::uint64_t word, const TextLength& start);
  void clear();
  /// Distinct n-grams over all; 1 without any.
  [[nodiscard]] double novelty() const noexcept;
  /// Of all words, forgotten ones too.
  [[nodiscard]] std::uint64_t words() const noexcept { return words_; }
  /// Where the oldest word that is remembered starts.
  [[nodiscard]] const TextLength& start() const noexcept;
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

 private:
  struct Word {
    std::uint64_t hash;
    std::uint64_t gram;  // that it ends
    TextLength start;
  };
  struct Slot {
    std::uint32_t word;   // the last one that ends this n-gram
    std::uint32_t count;  // 0 where the slot is free
  };
  [[nodiscard]] std::size_t ring_place(std::uint64_t number) const noexcept {
    return static_cast<std::size_t>(number) & (ring_.size() - 1);
  }
  [[nodiscard]] std::size_t find(std::uint64_t gram) const noexcept;
  void erase(std::uint64_t gram) noexcept;

  std::size_t n_, window_;
  std::array<std::uint64_t, kMaxN> factors_;
  std::vector<Word> ring_;   // a power of two, at least the window; the word of number i is at i modulo its size
  std::vector<Slot> slots_;  // open addressing, linear, at most a quarter full
  std::uint64_t words_ = 0;
  std::size_t distinct_ = 0;
};

}  // namespace paritas
