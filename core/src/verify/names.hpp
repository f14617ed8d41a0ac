#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/inline_vector.hpp"
#include "text/symbol_table.hpp"
#include "text/tokens.hpp"

namespace paritas {

/// An entity of a text: tokens [first, last).
struct Name {
  std::uint32_t first, last;
  std::uint32_t keys, key_count;  // its words' keys in order, in NameList::keys
  bool strong;
  bool acronym;  // a single all-caps word of 2-6 letters
};

struct NameList {
  InlineVector<Name, 8> names;
  InlineVector<Symbol, 16> keys;

  [[nodiscard]] std::span<const Symbol> keys_of(const Name& name) const {
    return {keys.data() + name.keys, name.key_count};
  }
};

/// The entities in order. Needs the sentences and the numbers.
void find_names(std::string_view text, const Tokens& tokens, NameList& list);

/// An entity that counts once, however often it is named.
struct UniqueName {
  std::uint32_t name;       // of its first occurrence
  std::uint32_t set, size;  // its keys sorted, each once, in UniqueNames::keys
  Symbol initials;          // of two words and more; empty when it has too many for an acronym
  std::uint64_t filter;     // a bit for each of its keys: names without a common one have no common key
  bool strong, acronym;
};

struct UniqueNames {
  InlineVector<UniqueName, 8> names;
  InlineVector<Symbol, 16> keys;

  [[nodiscard]] std::span<const Symbol> set_of(const UniqueName& name) const {
    return {keys.data() + name.set, name.size};
  }
};

/// One entity for each set of keys; `owners`, if it is there, says for each name of the list which one that is.
void unify(const NameList& list, LongWords& words, UniqueNames& unique,
           InlineVector<std::uint32_t, 8>* owners = nullptr);

/// A bit of a key for UniqueName::filter.
inline std::uint64_t filter_bit(const Symbol& key) { return std::uint64_t{1} << (key.low * 0x9E3779B97F4A7C15u >> 58); }

/// Whether one sorted set of keys has all of the other.
bool contains(std::span<const Symbol> whole, std::span<const Symbol> part);

/// Whether one's keys contain the other's, or it is its acronym.
bool names_match(const UniqueNames& left, const UniqueName& a, const UniqueNames& right, const UniqueName& b);

/// The names of one side, by their keys: for many names, where comparing every pair would square.
class NameIndex {
 public:
  explicit NameIndex(const UniqueNames& side);

  /// Whether a name of the side that `counts` matches this one.
  template <class Counts>
  [[nodiscard]] bool matches(const UniqueNames& left, const UniqueName& name, Counts counts) const {
    const auto keys = left.set_of(name);
    const std::vector<std::uint32_t>* fewest = nullptr;
    bool unknown = false;
    for (const Symbol& key : keys) {
      const std::uint32_t number = table_.find(key);
      if (number == SymbolTable::kAbsent) {
        unknown = true;
        continue;
      }
      for (const std::uint32_t i : rarest_[number]) {
        if (contains(keys, side_.set_of(side_.names[i])) && counts(i)) return true;
      }
      if (fewest == nullptr || holders_[number].size() < fewest->size()) fewest = &holders_[number];
    }
    if (!unknown && fewest != nullptr) {
      for (const std::uint32_t i : *fewest) {
        if (contains(side_.set_of(side_.names[i]), keys) && counts(i)) return true;
      }
    }
    // An acronym and a name of several words are strong: they always count.
    if (name.acronym && initials_.find(keys[0]) != SymbolTable::kAbsent) return true;
    return !name.initials.empty() && acronyms_.find(name.initials) != SymbolTable::kAbsent;
  }

 private:
  const UniqueNames& side_;
  SymbolTable table_, acronyms_, initials_;
  std::vector<std::vector<std::uint32_t>> holders_, rarest_;
};

/// The words of a text that stand there without a capital, read when first asked for.
class LowerCase {
 public:
  explicit LowerCase(const Tokens& tokens) : tokens_(tokens) {}
  [[nodiscard]] bool has(const Symbol& key);

 private:
  const Tokens& tokens_;
  SymbolTable keys_{64};
};

/// For each name, whether it is weak and all its words stand in the text without a capital too.
void find_ordinary(const UniqueNames& names, const Tokens& tokens, InlineVector<bool, 8>& ordinary);

/// Drops from both the weak entities whose words all occur without a capital in either text.
void drop_ordinary(const Tokens& left, const Tokens& right, UniqueNames& a, UniqueNames& b);

/// For each of `left`, whether one of `right` matches it: one's keys contain the other's, or it is its acronym.
std::vector<bool> match_names(const UniqueNames& left, const UniqueNames& right);

/// For each acronym, whether its letters start consecutive words of the text; two letters need capitals.
std::vector<bool> spelled_out(const Tokens& tokens, const LongWords& words, const SymbolTable& acronyms);

}  // namespace paritas
