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
  bool strong, acronym;
};

struct UniqueNames {
  InlineVector<UniqueName, 8> names;
  InlineVector<Symbol, 16> keys;

  [[nodiscard]] std::span<const Symbol> set_of(const UniqueName& name) const {
    return {keys.data() + name.set, name.size};
  }
};

/// One entity for each set of keys.
void unify(const NameList& list, LongWords& words, UniqueNames& unique);

/// Drops from both the weak entities whose words all occur without a capital in either text.
void drop_ordinary(const Tokens& left, const Tokens& right, UniqueNames& a, UniqueNames& b);

/// For each of `left`, whether one of `right` matches it: one's keys contain the other's, or it is its acronym.
std::vector<bool> match_names(const UniqueNames& left, const UniqueNames& right);

/// For each acronym, whether its letters start consecutive words of the text; two letters need capitals.
std::vector<bool> spelled_out(const Tokens& tokens, const LongWords& words, const SymbolTable& acronyms);

}  // namespace paritas
