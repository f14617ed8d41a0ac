#pragma once
#include <cstdint>

#include "base/inline_vector.hpp"
#include "text/symbol.hpp"

namespace paritas {

/// Gives every distinct symbol a number, from 0 in order of first insertion; or behind those of another table, which no
/// longer changes.
class SymbolTable {
 public:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFFu;

  SymbolTable() { slots_.assign(128, kAbsent); }
  /// For a handful of symbols.
  explicit SymbolTable(std::size_t slots) { slots_.assign(slots, kAbsent); }
  explicit SymbolTable(const SymbolTable* base) : SymbolTable() {
    base_ = base;
    before_ = base->size();
  }

  /// Room for about so many without another growth.
  void reserve(std::size_t count) {
    std::size_t slots = slots_.size();
    while (slots < count * 2) slots *= 2;
    if (slots == slots_.size()) return;
    symbols_.reserve(count);
    grow(slots);
  }

  [[nodiscard]] std::uint32_t size() const { return before_ + static_cast<std::uint32_t>(symbols_.size()); }
  [[nodiscard]] const Symbol& operator[](std::uint32_t number) const {
    return number < before_ ? (*base_)[number] : symbols_[number - before_];
  }

  [[nodiscard]] std::uint32_t find(const Symbol& symbol) const {
    if (base_ != nullptr) {
      if (const std::uint32_t known = base_->find(symbol); known != kAbsent) return known;
    }
    return slots_[place(symbol)];
  }

  std::uint32_t insert(const Symbol& symbol) {
    if (base_ != nullptr) {
      if (const std::uint32_t known = base_->find(symbol); known != kAbsent) return known;
    }
    std::size_t at = place(symbol);
    if (slots_[at] != kAbsent) return slots_[at];
    if (symbols_.size() * 2 >= slots_.size()) {
      grow(slots_.size() * 4);
      at = place(symbol);
    }
    slots_[at] = size();
    symbols_.push_back(symbol);
    return slots_[at];
  }

 private:
  [[nodiscard]] std::size_t place(const Symbol& symbol) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(symbol.hash() >> 20) & mask;
    while (slots_[at] != kAbsent && !(symbols_[slots_[at] - before_] == symbol)) at = (at + 1) & mask;
    return at;
  }
  void grow(std::size_t slots) {
    slots_.assign(slots, kAbsent);
    for (std::uint32_t i = 0; i < symbols_.size(); ++i) slots_[place(symbols_[i])] = before_ + i;
  }

  const SymbolTable* base_ = nullptr;
  std::uint32_t before_ = 0;

  InlineVector<Symbol, 64> symbols_;
  InlineVector<std::uint32_t, 128> slots_;
};

}  // namespace paritas
