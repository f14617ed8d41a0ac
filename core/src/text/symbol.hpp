#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace paritas {

/// A key or stem as two numbers: up to 15 bytes are held in place, longer ones have a number in a LongWords.
/// Two symbols made with the same LongWords are equal exactly when their words are.
struct Symbol {
  std::uint64_t low = 0;
  std::uint64_t high = 0;  // its topmost byte is the length, 255 for a long word

  static constexpr std::size_t kMost = 15;
  static constexpr std::uint64_t kLong = 255;

  [[nodiscard]] constexpr std::uint64_t length() const noexcept { return high >> 56; }
  [[nodiscard]] constexpr bool is_long() const noexcept { return length() == kLong; }
  [[nodiscard]] constexpr bool empty() const noexcept { return high == 0; }
  friend constexpr bool operator==(const Symbol&, const Symbol&) = default;

  /// Two rounds, for the tables of the lexicon and of the stems.
  [[nodiscard]] constexpr std::uint64_t hash() const noexcept {
    constexpr std::uint64_t kMixHigh = 0x9E3779B97F4A7C15u, kMix = 0xD6E8FEB86659FD93u;
    const std::uint64_t value = (low ^ high * kMixHigh) * kMix;
    return (value ^ value >> 32) * kMix;
  }

  /// Of at most 15 bytes.
  static Symbol of_short(const char* data, std::size_t size) noexcept {
    char bytes[16] = {};
    std::memcpy(bytes, data, size);
    Symbol symbol;
    std::memcpy(&symbol.low, bytes, 8);
    std::memcpy(&symbol.high, bytes + 8, 8);
    symbol.high |= static_cast<std::uint64_t>(size) << 56;
    return symbol;
  }
};
// The lexicon's table and the in-place form are written for little-endian bytes, as all our targets have them.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

/// The words that are too long for a symbol, each once; on top of the words of another text, which no longer change.
class LongWords {
 public:
  LongWords() = default;
  explicit LongWords(const LongWords* base) : base_(base), before_(base->size()) {}

  [[nodiscard]] std::size_t size() const { return before_ + words_.size(); }

  Symbol symbol(std::string_view word) {
    if (word.size() <= Symbol::kMost) return Symbol::of_short(word.data(), word.size());
    std::string text(word);
    if (const std::uint64_t known = number(text); known != kUnknown) return {known, Symbol::kLong << 56};
    const std::uint64_t fresh = size();
    words_.push_back(&numbers_.emplace(std::move(text), fresh).first->first);
    return {fresh, Symbol::kLong << 56};
  }
  /// The same without adding the word: one that equals no other symbol where it is unknown.
  [[nodiscard]] Symbol find(std::string_view word) const {
    if (word.size() <= Symbol::kMost) return Symbol::of_short(word.data(), word.size());
    return {number(std::string(word)), Symbol::kLong << 56};
  }
  [[nodiscard]] std::string text(const Symbol& symbol) const {
    if (symbol.is_long()) {
      return symbol.low < before_ ? base_->text(symbol) : *words_[static_cast<std::size_t>(symbol.low) - before_];
    }
    char bytes[16];
    std::memcpy(bytes, &symbol.low, 8);
    std::memcpy(bytes + 8, &symbol.high, 8);
    return {bytes, static_cast<std::size_t>(symbol.length())};
  }

 private:
  static constexpr std::uint64_t kUnknown = ~std::uint64_t{0};

  [[nodiscard]] std::uint64_t number(const std::string& word) const {
    if (base_ != nullptr) {
      if (const std::uint64_t known = base_->number(word); known != kUnknown) return known;
    }
    const auto place = numbers_.find(word);
    return place == numbers_.end() ? kUnknown : place->second;
  }

  const LongWords* base_ = nullptr;
  std::size_t before_ = 0;
  std::unordered_map<std::string, std::uint64_t> numbers_;
  std::vector<const std::string*> words_;
};

}  // namespace paritas
