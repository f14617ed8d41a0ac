// The names of keys: which words say that a password is assigned.
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "secret_assignments.hpp"
#include "secret_catalog.hpp"
#include "secret_rules.hpp"
#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

KeyKind kind_of(std::string_view name) {
  if (name == "password") return KeyKind::password;
  if (name == "secret") return KeyKind::secret;
  return name == "basic" ? KeyKind::basic : KeyKind::api_key;
}

struct Names {
  std::unordered_map<std::string_view, KeyKind> whole;  // by words with spaces between
  std::vector<std::pair<std::string_view, KeyKind>> endings;
  std::vector<std::string_view> dropped;
  std::array<std::uint32_t, 26> tails{};  // by the last letter, the letters before it that a key may end in

  void add_tail(std::string_view name) {
    while (is_digit(name.back())) name.remove_suffix(1);
    std::uint32_t& before = tails[static_cast<std::size_t>(name.back() - 'a')];
    before |=
        name.size() < 2 || !is_lower(name[name.size() - 2]) ? ~std::uint32_t{0} : 1u << (name[name.size() - 2] - 'a');
  }

  static const Names& get() {
    static const Names made = [] {
      Names names;
      for (const std::string_view item : split(kKeyNames, '|')) {
        const std::size_t colon = item.find(':');
        names.whole.emplace(item.substr(0, colon), kind_of(item.substr(colon + 1)));
        names.add_tail(item.substr(0, colon));
      }
      for (const std::string_view item : split(kKeyEndings, '|')) {
        const std::size_t colon = item.find(':');
        names.endings.emplace_back(item.substr(0, colon), kind_of(item.substr(colon + 1)));
        names.add_tail(item.substr(0, colon));
      }
      names.dropped = split(kDroppedWords, '|');
      for (const std::string_view word : names.dropped) names.add_tail(word);
      return names;
    }();
    return made;
  }
};

bool is_number(std::string_view word) { return std::all_of(word.begin(), word.end(), is_digit); }

/// The words of a key in lower case with spaces between: at `_ - .` and where the case changes, as in HTTPServerKey2.
std::string words_of(std::string_view key) {
  std::string words;
  const auto add = [&words](std::string_view word) {
    if (!words.empty()) words.push_back(' ');
    for (const char c : word) words.push_back(lowered(c));
  };
  for (std::size_t at = 0; at < key.size();) {
    std::size_t end = at;
    while (end < key.size() && is_upper(key[end])) ++end;
    if (end > at) {
      const bool small_follows = end < key.size() && is_lower(key[end]);
      if (!small_follows) {  // all capitals
        add(key.substr(at, end - at));
        at = end;
        continue;
      }
      if (end - at > 1) {  // the last capital begins the next word
        add(key.substr(at, end - at - 1));
        at = end - 1;
        continue;
      }
    }
    while (end < key.size() && (is_lower(key[end]) || is_digit(key[end]))) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    add(key.substr(at, end - at));
    at = end;
  }
  return words;
}

/// The last two letters say that most words are no key.
bool may_be_key(const Names& names, std::string_view key) {
  while (!key.empty() && !is_letter(key.back())) key.remove_suffix(1);
  if (key.empty()) return false;
  const std::uint32_t before = names.tails[static_cast<std::size_t>(lowered(key.back()) - 'a')];
  const char c = key.size() > 1 ? lowered(key[key.size() - 2]) : '_';
  return is_lower(c) ? (before >> (c - 'a') & 1u) != 0 : before == ~std::uint32_t{0};
}

}  // namespace

bool has_words(std::string_view key) { return words_of(key).find(' ') != std::string::npos; }

KeyKind key_kind(std::string_view key) {
  const Names& names = Names::get();
  if (!may_be_key(names, key)) return KeyKind::none;
  const std::string spoken = words_of(key);
  std::string_view words = spoken;
  const auto last = [&words] { return words.substr(words.rfind(' ') + 1); };
  while (!words.empty()) {
    const std::string_view word = last();
    if (!is_number(word) && std::find(names.dropped.begin(), names.dropped.end(), word) == names.dropped.end()) break;
    words.remove_suffix(std::min(word.size() + 1, words.size()));
  }
  while (!words.empty() && is_digit(words.back())) words.remove_suffix(1);
  if (words.empty()) return KeyKind::none;
  // Three words, then two, then one.
  std::array<std::size_t, 3> from{};
  std::size_t count = 0;
  for (std::size_t end = words.size(); count < 3 && end != std::string_view::npos; ++count) {
    const std::size_t space = end == 0 ? std::string_view::npos : words.rfind(' ', end - 1);
    from[count] = space == std::string_view::npos ? 0 : space + 1;
    end = space;
  }
  while (count-- > 0) {
    if (const auto found = names.whole.find(words.substr(from[count])); found != names.whole.end())
      return found->second;
  }
  for (const auto& [ending, kind] : names.endings) {
    if (last().ends_with(ending)) return kind;
  }
  return KeyKind::none;
}

}  // namespace paritas::secrets
