#include "paritas/text/stem_english.hpp"

#include <cstring>
#include <span>

#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr char kOther = '\x80';  // stands for a letter beyond ASCII: no ending has one

struct Rule {
  std::string_view ending, replacement;
};
// Where one ending is the end of another, the longer one stands first: the first that fits is the longest.
constexpr Rule kStep2[] = {
    {"ational", "ate"}, {"tional", "tion"}, {"ization", "ize"}, {"ation", "ate"}, {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"biliti", "ble"},  {"aliti", "al"},  {"iviti", "ive"},
    {"lessli", "less"}, {"entli", "ent"},   {"ousli", "ous"},   {"fulli", "ful"}, {"alli", "al"},
    {"abli", "able"},   {"bli", "ble"},     {"li", ""},         {"enci", "ence"}, {"anci", "ance"},
    {"ogi", "og"},      {"alism", "al"},    {"izer", "ize"},    {"ator", "ate"},  {"ogist", "og"}};
constexpr Rule kStep3[] = {{"ational", "ate"}, {"tional", "tion"}, {"alize", "al"}, {"icate", "ic"}, {"iciti", "ic"},
                           {"ical", "ic"},     {"ful", ""},        {"ness", ""},    {"ative", ""}};
constexpr Rule kStep4[] = {{"ement", ""}, {"ment", ""}, {"ent", ""}, {"ant", ""}, {"ance", ""}, {"ence", ""},
                           {"able", ""},  {"ible", ""}, {"ate", ""}, {"ive", ""}, {"ize", ""},  {"al", ""},
                           {"er", ""},    {"ic", ""},   {"ism", ""}, {"iti", ""}, {"ous", ""},  {"ion", ""}};
constexpr Rule kApostrophes[] = {{"'s'", ""}, {"'s", ""}, {"'", ""}};
constexpr Rule kStep1b[] = {{"eedly", "ee"}, {"ingly", ""}, {"edly", ""}, {"eed", "ee"}, {"ing", ""}, {"ed", ""}};
constexpr Rule kWhole[] = {{"skis", "ski"},  {"skies", "sky"},   {"idly", "idl"},     {"gently", "gentl"},
                           {"ugly", "ugli"}, {"early", "earli"}, {"only", "onli"},    {"singly", "singl"},
                           {"sky", "sky"},   {"news", "news"},   {"howe", "howe"},    {"atlas", "atlas"},
                           {"bias", "bias"}, {"andes", "andes"}, {"cosmos", "cosmos"}};
/// Words that begin so have their R1 behind it.
constexpr std::string_view kBeginnings[] = {"gener", "commun", "arsen", "past", "univers",
                                            "later", "emerg",  "organ", "inter"};

constexpr bool one_of(char c, std::string_view letters) { return letters.find(c) != std::string_view::npos; }
bool vowel(char c) { return one_of(c, "aeiouy"); }

/// A word in place, one byte a letter. Only its end changes.
struct Word {
  char* text;
  std::size_t length;
  std::size_t r1 = 0, r2 = 0;

  [[nodiscard]] std::string_view view() const { return {text, length}; }
  [[nodiscard]] bool ends(std::string_view ending) const {
    return length >= ending.size() && text[length - 1] == ending.back() &&
           std::memcmp(text + length - ending.size(), ending.data(), ending.size()) == 0;
  }
  [[nodiscard]] char back(std::size_t i) const { return text[length - i]; }  // 1 is the last letter
  [[nodiscard]] bool has_vowel(std::size_t end) const {
    for (std::size_t i = 0; i < end; ++i) {
      if (vowel(text[i])) return true;
    }
    return false;
  }
  /// The longest rule that fits, or none.
  [[nodiscard]] const Rule* longest(std::span<const Rule> rules) const {
    for (const Rule& rule : rules) {
      if (ends(rule.ending)) return &rule;
    }
    return nullptr;
  }
  void put(std::size_t at, std::string_view letters) {
    std::memcpy(text + at, letters.data(), letters.size());
    length = at + letters.size();
  }
};

/// Behind the first non-vowel that follows a vowel, or the end.
std::size_t behind_vowel_and_other(const Word& word, std::size_t start) {
  for (std::size_t i = start + 1; i < word.length; ++i) {
    if (vowel(word.text[i - 1]) && !vowel(word.text[i])) return i + 1;
  }
  return word.length;
}

void mark_regions(Word& word) {
  word.r1 = behind_vowel_and_other(word, 0);
  for (const std::string_view beginning : kBeginnings) {
    if (word.view().substr(0, beginning.size()) == beginning) word.r1 = beginning.size();
  }
  word.r2 = behind_vowel_and_other(word, word.r1);
}

/// Whether the first `end` letters end with a short syllable: rap, trap, on; not bestow.
bool ends_short(const Word& word, std::size_t end) {
  const char* text = word.text;
  if (end >= 4 && std::memcmp(text + end - 4, "past", 4) == 0) return true;
  if (end < 2 || vowel(text[end - 1]) || !vowel(text[end - 2])) return false;
  return end == 2 || (!vowel(text[end - 3]) && !one_of(text[end - 1], "wxY"));
}

void step_1a(Word& word) {
  if (const Rule* rule = word.longest(kApostrophes)) word.length -= rule->ending.size();
  if (word.length == 0) return;
  if (word.ends("sses")) {
    word.length -= 2;
  } else if (word.ends("ied") || word.ends("ies")) {
    word.length -= word.length > 4 ? 2 : 1;
  } else if (word.back(1) == 's' && !word.ends("us") && !word.ends("ss") && word.length > 2 &&
             word.has_vowel(word.length - 2)) {
    word.length -= 1;
  }
}

void step_1b(Word& word) {
  const Rule* rule = word.longest(kStep1b);
  if (rule == nullptr) return;
  const std::size_t rest = word.length - rule->ending.size();
  const std::string_view base(word.text, rest);
  if (!rule->replacement.empty()) {  // eed, eedly
    if (rest >= word.r1 && base != "succ" && base != "proc" && base != "exc") word.put(rest, "ee");
    return;
  }
  if (rule->ending == "ing") {
    for (const std::string_view noun : {"even", "cann", "inn", "earr", "herr", "out"}) {
      if (base == noun) return;
    }
    if (rest == 2 && base[1] == 'y' && !vowel(base[0])) return word.put(1, "ie");  // dying
  }
  if (!word.has_vowel(rest)) return;
  word.length = rest;
  if (word.ends("at") || word.ends("bl") || word.ends("iz")) return word.put(rest, "e");
  if (rest >= 2 && word.back(1) == word.back(2) && one_of(word.back(1), "bdfgmnprt")) {
    if (rest != 3 || !one_of(word.text[0], "aeo")) word.length -= 1;
  } else if (rest == word.r1 && ends_short(word, rest)) {
    word.put(rest, "e");
  }
}

void step_2(Word& word) {
  const Rule* rule = word.longest(kStep2);
  if (rule == nullptr) return;
  const std::size_t rest = word.length - rule->ending.size();
  if (rest < word.r1) return;
  const char before = rest > 0 ? word.text[rest - 1] : ' ';
  if (rule->ending == "ogi" && before != 'l') return;
  if (rule->ending == "li" && !one_of(before, "cdeghkmnrt")) return;
  word.put(rest, rule->replacement);
}

void step_3(Word& word) {
  const Rule* rule = word.longest(kStep3);
  if (rule == nullptr) return;
  const std::size_t rest = word.length - rule->ending.size();
  if (rest >= (rule->ending == "ative" ? word.r2 : word.r1)) word.put(rest, rule->replacement);
}

void step_4(Word& word) {
  const Rule* rule = word.longest(kStep4);
  if (rule == nullptr) return;
  const std::size_t rest = word.length - rule->ending.size();
  if (rest < word.r2) return;
  if (rule->ending == "ion" && (rest == 0 || !one_of(word.text[rest - 1], "st"))) return;
  word.length = rest;
}

void step_5(Word& word) {
  if (word.length == 0) return;
  const std::size_t rest = word.length - 1;
  if (word.back(1) == 'e') {
    if (rest >= word.r2 || (rest >= word.r1 && !ends_short(word, rest))) word.length = rest;
  } else if (word.ends("ll") && rest >= word.r2) {
    word.length = rest;
  }
}

}  // namespace

std::size_t stem_english(const char* key, std::size_t length, char* out) noexcept {
  for (const Rule& rule : kWhole) {
    if (rule.ending != std::string_view(key, length)) continue;
    std::memcpy(out, rule.replacement.data(), rule.replacement.size());
    return rule.replacement.size();
  }
  Word word{out, 0};
  for (std::size_t at = 0; at < length;) {
    const bool ascii = static_cast<unsigned char>(key[at]) < 0x80;
    out[word.length++] = ascii ? key[at] : kOther;
    at += ascii ? 1 : decode_utf8({key, length}, at).bytes;
  }
  const bool only_ascii = word.length == length;
  if (word.length < 3) {
    if (!only_ascii) std::memcpy(out, key, length);
    return length;
  }
  const std::size_t skipped = out[0] == '\'' ? 1 : 0;
  word.length -= skipped;
  if (skipped != 0) std::memmove(out, out + 1, word.length);
  bool marked = false;  // a y that begins a word or follows a vowel is no vowel, and stands as Y meanwhile
  for (std::size_t i = 0; i < word.length; ++i) {
    if (out[i] == 'y' && (i == 0 || vowel(out[i - 1]))) {
      out[i] = 'Y';
      marked = true;
    }
  }
  mark_regions(word);
  step_1a(word);
  step_1b(word);
  if (word.length > 2 && one_of(word.back(1), "yY") && !vowel(word.back(2))) out[word.length - 1] = 'i';  // step 1c
  step_2(word);
  step_3(word);
  step_4(word);
  step_5(word);
  if (!only_ascii) {  // behind the last letter beyond ASCII stands the stem, before it the key
    std::size_t letters = word.length;
    while (letters > 0 && out[letters - 1] != kOther) --letters;
    std::size_t bytes = skipped;
    for (std::size_t i = 0; i < letters; ++i) bytes += decode_utf8({key, length}, bytes).bytes;
    bytes -= skipped;
    std::memmove(out + bytes, out + letters, word.length - letters);
    if (letters > 0) std::memcpy(out, key + skipped, bytes);
    word.length += bytes - letters;
  }
  for (std::size_t i = 0; marked && i < word.length; ++i) {
    if (out[i] == 'Y') out[i] = 'y';
  }
  return word.length;
}

std::string stem_english(std::string_view word) {
  std::string out(word.size(), '\0');
  out.resize(stem_english(word.data(), word.size(), out.data()));
  return out;
}

}  // namespace paritas
