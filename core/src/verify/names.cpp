#include "verify/names.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/symbol_table.hpp"

namespace paritas {
namespace {

namespace word = lexicon::word;

constexpr std::size_t kMostInitials = 18;  // an acronym has at most 6 letters, and a letter folds to at most 3

bool opens(char32_t mark) {
  switch (mark) {
    case U'"':
    case U'“':
    case U'«':
    case U'‘':
    case U'(':
    case U'[':
    case U':':
      return true;
    default:
      return false;
  }
}

enum class Strength : std::uint8_t { none, weak, strong };

class Finder {
 public:
  Finder(std::string_view text, const Tokens& tokens, NameList& out)
      : text_(text), tokens_(tokens.list), shouts_(tokens.shouts), out_(out) {}

  void run() {
    const auto count = static_cast<std::uint32_t>(tokens_.size());
    std::uint32_t sentence = kNone;  // of the last term that is no mark
    for (std::uint32_t at = 0; at < count;) {
      const Token& token = tokens_[at];
      const std::uint32_t before = sentence;
      if (token.kind != TermKind::mark) sentence = token.sentence;
      if (!token.is_word() || !token.has(kUpper)) {  // no entity is without a capital, a digit or a sign
        if (!token.is_word() || !token.has(static_cast<Surface>(kDigit | kSign))) {
          ++at;
          continue;
        }
      }
      const Strength first = strength(token, token.sentence != before || is_start(at));
      if (first == Strength::none) {
        ++at;
        continue;
      }
      Name name{at, at + 1, static_cast<std::uint32_t>(out_.keys.size()), 1, first == Strength::strong, acronym(token)};
      out_.keys.push_back(token.key);
      for (;;) {
        const std::uint32_t next = neighbour(name.last);
        if (next == kNone || is_start(next) || strength(tokens_[next], false) == Strength::none) break;
        out_.keys.push_back(tokens_[next].key);
        ++name.key_count;
        name.last = next + 1;
        name.strong = true;
        name.acronym = false;
      }
      out_.names.push_back(name);
      sentence = tokens_[name.last - 1].sentence;
      at = name.last;
    }
  }

 private:
  [[nodiscard]] bool is_start(std::uint32_t at) const {
    return at > 0 && tokens_[at - 1].kind == TermKind::mark && opens(tokens_[at - 1].mark);
  }

  [[nodiscard]] Strength strength(const Token& token, bool starts) const {
    if (!token.is_word() || token.stop() || token.number != kNone || token.lex().is(lexicon::k_month_name)) {
      return Strength::none;
    }
    if (!token.has(kLetter)) return Strength::none;
    if (token.has(kPoint) && token.dotted) return token.many_capitals ? Strength::strong : Strength::none;
    if (token.has(static_cast<Surface>(kDigit | kSign))) return Strength::strong;
    if (token.all_caps()) return shouts_ ? Strength::none : Strength::strong;
    if (!token.has(kUpper)) return Strength::none;
    if ((token.first & kUpper) == 0) return Strength::strong;  // iPhone
    if (!token.has(kLower)) return Strength::weak;             // a single capital
    return !starts || token.many_capitals ? Strength::strong : Strength::weak;
  }

  [[nodiscard]] bool acronym(const Token& token) const {
    if (token.has(kLower) || !token.has(kUpper)) return false;
    std::size_t letters = 0;
    const std::string_view surface = surface_of(text_, token, scratch_);
    for (std::size_t at = 0; at < surface.size();) {
      const Decoded next = decode_utf8(surface, at);
      at += next.bytes;
      if (next.code_point == U'.') continue;
      if (category(next.code_point) != Category::Lu || ++letters > 6) return false;
    }
    return letters >= 2;
  }

  [[nodiscard]] bool connects(const Token& token) const {
    return token.is_word() && token.lex().is(lexicon::k_connector) && plain(token);
  }
  /// Whether the surface is the key: no capital, no accent.
  [[nodiscard]] bool plain(const Token& token) const {
    return !token.has(kUpper) && surface_of(text_, token, scratch_).size() == token.key.length();
  }

  /// The token that may go on the name that ends before `at`: behind a space, a hyphen, or one or two connectors.
  [[nodiscard]] std::uint32_t neighbour(std::uint32_t at) const {
    const auto count = static_cast<std::uint32_t>(tokens_.size());
    if (at >= count) return kNone;
    const Token& token = tokens_[at];
    if (token.kind == TermKind::mark && text_class(token.mark) == TextClass::hyphen) {
      return !token.space_before && at + 1 < count && !tokens_[at + 1].space_before ? at + 1 : kNone;
    }
    if (!token.space_before || token.sentence != tokens_[at - 1].sentence) return kNone;
    if (connects(token) && at + 1 < count) {
      const Token& second = tokens_[at + 1];
      if (!second.space_before) return kNone;
      if (connects(second) || (second.is_word() && second.word == word::k_the && plain(second))) {
        return at + 2 < count && tokens_[at + 2].space_before ? at + 2 : kNone;
      }
      return at + 1;
    }
    return at;
  }

  std::string_view text_;
  const TokenList& tokens_;
  bool shouts_;
  NameList& out_;
  mutable std::string scratch_;
};

bool before(const Symbol& a, const Symbol& b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }

}  // namespace

bool contains(std::span<const Symbol> whole, std::span<const Symbol> part) {
  if (part.size() > whole.size()) return false;
  // Capitals in a row make one name of any length: each short one must not walk through it.
  if (whole.size() > 16 * part.size()) {
    return std::all_of(part.begin(), part.end(),
                       [&](const Symbol& key) { return std::binary_search(whole.begin(), whole.end(), key, before); });
  }
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end(), before);
}

namespace {

Symbol initials_of(std::span<const Symbol> keys, LongWords& words) {
  if (keys.size() < 2 || keys.size() > kMostInitials) return {};
  std::string initials;
  for (const Symbol& key : keys) {
    const std::string letters = words.text(key);
    if (!letters.empty()) append_utf8(initials, decode_utf8(letters, 0).code_point);
  }
  return words.symbol(initials);
}

bool same_as_acronym(const UniqueNames& side, const UniqueName& acronym, const UniqueName& name) {
  return acronym.acronym && !name.initials.empty() && side.keys[acronym.set] == name.initials;
}

constexpr std::size_t kPairs = 4096;  // up to here comparing every pair costs less than an index

}  // namespace

bool names_match(const UniqueNames& left, const UniqueName& a, const UniqueNames& right, const UniqueName& b) {
  if (same_as_acronym(left, a, b) || same_as_acronym(right, b, a)) return true;
  if ((a.filter & b.filter) == 0) return false;
  const auto x = left.set_of(a), y = right.set_of(b);
  return contains(x, y) || contains(y, x);
}

void find_names(std::string_view text, const Tokens& tokens, NameList& list) { Finder(text, tokens, list).run(); }

void unify(const NameList& list, LongWords& words, UniqueNames& unique, InlineVector<std::uint32_t, 8>* owners) {
  // A set is a path of steps, each from the number of the path so far and the number of its next key.
  SymbolTable keys(16), paths(16);
  InlineVector<std::uint32_t, 16> owner;  // by path: the unique name that ends there
  for (std::uint32_t i = 0; i < list.names.size(); ++i) {
    const Name& name = list.names[i];
    const auto start = static_cast<std::uint32_t>(unique.keys.size());
    for (const Symbol& key : list.keys_of(name)) unique.keys.push_back(key);
    Symbol* const first = unique.keys.data() + start;
    Symbol* end = first + name.key_count;
    if (name.key_count > 1) {
      std::sort(first, end, before);
      end = std::unique(first, end);
    }
    const auto size = static_cast<std::uint32_t>(end - first);
    std::uint64_t path = 0;
    for (const Symbol* key = first; key != end; ++key)
      path = paths.insert({keys.insert(*key), path}) + std::uint64_t{1};
    const auto at = static_cast<std::size_t>(path - 1);
    while (owner.size() <= at) owner.push_back(kNone);
    if (owners != nullptr) {
      owners->push_back(owner[at] != kNone ? owner[at] : static_cast<std::uint32_t>(unique.names.size()));
    }
    if (owner[at] != kNone) {
      UniqueName& known = unique.names[owner[at]];
      known.strong = known.strong || name.strong;
      known.acronym = known.acronym || name.acronym;
      while (unique.keys.size() > start) unique.keys.pop_back();
      continue;
    }
    while (unique.keys.size() > start + size) unique.keys.pop_back();
    owner[at] = static_cast<std::uint32_t>(unique.names.size());
    std::uint64_t filter = 0;
    for (std::uint32_t k = start; k < start + size; ++k) filter |= filter_bit(unique.keys[k]);
    unique.names.push_back({i, start, size, initials_of(list.keys_of(name), words), filter, name.strong, name.acronym});
  }
}

void drop_ordinary(const Tokens& left, const Tokens& right, UniqueNames& a, UniqueNames& b) {
  SymbolTable weak(16);
  std::uint64_t filter = 0;
  for (const UniqueNames* side : {&a, &b}) {
    for (const UniqueName& name : side->names) {
      if (name.strong) continue;
      for (const Symbol& key : side->set_of(name)) {
        weak.insert(key);
        filter |= filter_bit(key);
      }
    }
  }
  if (weak.size() == 0) return;
  InlineVector<bool, 64> lower;
  lower.assign(weak.size(), false);
  for (const Tokens* tokens : {&left, &right}) {
    for (const Token& token : tokens->list) {
      if (!token.is_word() || token.has(kUpper)) continue;
      if ((filter & filter_bit(token.key)) == 0) continue;
      const std::uint32_t number = weak.find(token.key);
      if (number != SymbolTable::kAbsent) lower[number] = true;
    }
  }
  for (UniqueNames* side : {&a, &b}) {
    std::size_t kept = 0;
    for (const UniqueName& name : side->names) {
      bool ordinary = !name.strong;
      if (ordinary) {
        for (const Symbol& key : side->set_of(name)) ordinary = ordinary && lower[weak.find(key)];
      }
      if (!ordinary) side->names[kept++] = name;
    }
    while (side->names.size() > kept) side->names.pop_back();
  }
}

NameIndex::NameIndex(const UniqueNames& side) : side_(side) {
  for (const UniqueName& name : side.names) {
    for (const Symbol& key : side.set_of(name)) {
      const std::uint32_t number = table_.insert(key);
      if (number >= holders_.size()) holders_.resize(number + 1);
    }
  }
  rarest_.resize(holders_.size());
  for (std::uint32_t i = 0; i < side.names.size(); ++i) {
    for (const Symbol& key : side.set_of(side.names[i])) holders_[table_.find(key)].push_back(i);
  }
  for (std::uint32_t i = 0; i < side.names.size(); ++i) {
    const auto set = side.set_of(side.names[i]);
    std::uint32_t least = table_.find(set[0]);
    for (const Symbol& key : set) {
      const std::uint32_t number = table_.find(key);
      if (holders_[number].size() < holders_[least].size()) least = number;
    }
    rarest_[least].push_back(i);  // whatever it is a part of has its rarest key too
    if (side.names[i].acronym) acronyms_.insert(set[0]);
    if (!side.names[i].initials.empty()) initials_.insert(side.names[i].initials);
  }
}

std::vector<bool> match_names(const UniqueNames& left, const UniqueNames& right) {
  std::vector<bool> found(left.names.size(), false);
  if (right.names.empty()) return found;
  if (left.names.size() <= kPairs / right.names.size()) {
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i] = std::any_of(right.names.begin(), right.names.end(),
                             [&](const UniqueName& b) { return names_match(left, left.names[i], right, b); });
    }
    return found;
  }
  const NameIndex index(right);
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i] = index.matches(left, left.names[i], [](std::uint32_t) { return true; });
  return found;
}

void find_ordinary(const UniqueNames& names, const Tokens& tokens, InlineVector<bool, 8>& ordinary) {
  ordinary.assign(names.names.size(), false);
  SymbolTable weak(16);
  std::uint64_t filter = 0;
  for (const UniqueName& name : names.names) {
    if (name.strong) continue;
    for (const Symbol& key : names.set_of(name)) weak.insert(key);
    filter |= name.filter;
  }
  if (filter == 0) return;
  InlineVector<bool, 64> lower;
  lower.assign(weak.size(), false);
  for (const Token& token : tokens.list) {
    if (!token.is_word() || token.has(kUpper) || (filter & filter_bit(token.key)) == 0) continue;
    const std::uint32_t number = weak.find(token.key);
    if (number != SymbolTable::kAbsent) lower[number] = true;
  }
  for (std::size_t i = 0; i < names.names.size(); ++i) {
    const auto keys = names.set_of(names.names[i]);
    ordinary[i] = !names.names[i].strong &&
                  std::all_of(keys.begin(), keys.end(), [&](const Symbol& key) { return lower[weak.find(key)]; });
  }
}

bool LowerCase::has(const Symbol& key) {
  if (keys_.size() == 0) {
    keys_.insert({0, 0});  // read now
    for (const Token& token : tokens_.list) {
      if (token.is_word() && !token.has(kUpper)) keys_.insert(token.key);
    }
  }
  return keys_.find(key) != SymbolTable::kAbsent;
}

std::vector<bool> spelled_out(const Tokens& tokens, const LongWords& words, const SymbolTable& acronyms) {
  std::vector<bool> found(acronyms.size(), false);
  if (found.empty()) return found;
  std::u32string letters;      // the first one of each word's key
  std::vector<bool> capitals;  // whether the word itself begins with a capital
  for (const Token& token : tokens.list) {
    if (!token.is_word()) continue;
    const bool ascii = !token.key.is_long() && (token.key.low & 0x80) == 0 && !token.key.empty();
    const std::string key = ascii ? std::string() : words.text(token.key);
    letters.push_back(ascii         ? static_cast<char32_t>(token.key.low & 0x7F)
                      : key.empty() ? U' '
                                    : decode_utf8(key, 0).code_point);
    capitals.push_back((token.first & kUpper) != 0);
  }
  std::unordered_map<std::u32string, std::uint32_t> wanted;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    const std::string text = words.text(acronyms[i]);
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) {
      const Decoded next = decode_utf8(text, at);
      characters.push_back(next.code_point);
      at += next.bytes;
    }
    wanted.emplace(std::move(characters), i);
  }
  for (std::size_t at = 0; at < letters.size(); ++at) {
    for (std::size_t size = 2; size <= 6 && at + size <= letters.size(); ++size) {
      if (size == 2 && !(capitals[at] && capitals[at + 1])) continue;
      const auto place = wanted.find(letters.substr(at, size));
      if (place != wanted.end()) found[place->second] = true;
    }
  }
  return found;
}

}  // namespace paritas
