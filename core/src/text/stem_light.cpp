#include "paritas/text/stem_light.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "text/cut_endings.hpp"

namespace paritas {
namespace {

/// Base, then its irregular forms.
constexpr std::string_view kIrregular =
    "agree agreed;arise arose arisen;become became;begin began begun;break broke broken;bring brought;build built;"
    "buy bought;catch caught;choose chose chosen;come came;die died dying;draw drew drawn;drive drove driven;"
    "eat ate eaten;fall fell fallen;feel felt;fight fought;find found;fly flew flown;forget forgot forgotten;"
    "get got gotten;give gave given;go went gone goes;grow grew grown;hear heard;hide hid hidden;hold held;keep kept;"
    "know knew known;lead led;leave left;lend lent;lie lay lain lying;lose lost;make made;mean meant;meet met;pay paid;"
    "ride rode ridden;ring rang rung;rise rose risen;run ran;say said;see saw seen;seek sought;sell sold;send sent;"
    "shake shook shaken;shoot shot;show shown;sing sang sung;sink sank sunk;sit sat;sleep slept;"
    "speak spoke spoken;spend spent;stand stood;steal stole stolen;strike struck;swim swam swum;take took taken;"
    "teach taught;tell told;think thought;throw threw thrown;use used using;wake woke woken;wear wore worn;win won;"
    "write wrote written;child children;foot feet;man men;mouse mice;person people;tooth teeth;woman women;";

constexpr std::size_t kShortest = 3, kLongest = 9;  // "ate", "forgotten"

/// Five bits a letter: words of up to 12 letters have different codes.
constexpr std::uint64_t with_letter(std::uint64_t code, char letter) {
  return code << 5 | static_cast<std::uint64_t>(letter - 'a' + 1);
}

struct Slot {
  std::uint64_t code = 0;
  std::uint16_t base = 0;  // where the base stands in kIrregular
  std::uint16_t length = 0;
};
constexpr std::size_t kSlots = 512;
constexpr std::size_t slot_of(std::uint64_t code) { return (code * 0x9e3779b97f4a7c15u) >> 55; }

constexpr std::array<Slot, kSlots> kSlotTable = [] {
  std::array<Slot, kSlots> slots{};
  std::size_t base = 0, base_length = 0, start = 0;
  bool first = true;
  std::uint64_t code = 0;
  for (std::size_t i = 0; i < kIrregular.size(); ++i) {
    const char c = kIrregular[i];
    if (c != ' ' && c != ';') {
      code = with_letter(code, c);
      continue;
    }
    if (first) {
      base = start;
      base_length = i - start;
    } else {
      std::size_t at = slot_of(code);
      while (slots[at].code != 0) at = (at + 1) % kSlots;
      slots[at] = {code, static_cast<std::uint16_t>(base), static_cast<std::uint16_t>(base_length)};
    }
    first = c == ';';
    start = i + 1;
    code = 0;
  }
  return slots;
}();

constexpr bool one_of(char c, std::string_view letters) { return letters.find(c) != std::string_view::npos; }

struct Word {
  char* text;
  std::size_t length;

  [[nodiscard]] bool ends(std::string_view ending) const {
    return length >= ending.size() && std::memcmp(text + length - ending.size(), ending.data(), ending.size()) == 0;
  }
  [[nodiscard]] char back(std::size_t i) const { return text[length - i]; }  // 1 is the last letter
  void cut(std::size_t letters) { length -= letters; }
};

void cut_plural(Word& word) {
  if (word.back(1) != 's') return;
  if (word.length > 4 && word.ends("ies")) {
    word.cut(2);
    word.text[word.length - 1] = 'y';
  } else if (word.ends("sses") || word.ends("xes") || word.ends("ches") || word.ends("shes") || word.ends("zzes")) {
    word.cut(2);
  } else if (word.length > 1 && !one_of(word.back(2), "siu")) {
    word.cut(1);
  }
}

void cut_past_and_ing(Word& word) {
  if (word.length > 4 && word.ends("ied")) {
    word.cut(2);
    word.text[word.length - 1] = 'y';
    return;
  }
  if (word.ends("eed")) return;
  const std::size_t ending = word.ends("ed") ? 2 : word.ends("ing") ? 3 : 0;
  if (ending == 0 || word.length < ending + 3) return;
  const std::string_view base(word.text, word.length - ending);
  if (base.find_first_of("aeiouy") == std::string_view::npos) return;
  word.cut(ending);
  if (word.length >= 4 && word.back(1) == word.back(2) && one_of(word.back(1), "bdfgmnprt")) word.cut(1);
}

}  // namespace

std::size_t cut_endings(char* text, std::size_t length) noexcept {
  if (length < 4) return length;
  Word word{text, length};
  cut_plural(word);
  cut_past_and_ing(word);
  if (word.length >= 6 && word.ends("ly")) word.cut(2);
  if (word.length >= 4 && word.back(1) == 'e') word.cut(1);
  return word.length;
}

std::size_t stem_light(const char* key, std::size_t length, char* out) noexcept {
  if (length != 0) std::memcpy(out, key, length);
  if (length < kShortest) return length;
  std::uint64_t code = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (key[i] < 'a' || key[i] > 'z') return length;
    code = with_letter(code, key[i]);  // beyond kLongest it is not looked at
  }
  Word word{out, length};
  if (length <= kLongest) {
    for (std::size_t at = slot_of(code); kSlotTable[at].code != 0; at = (at + 1) % kSlots) {
      if (kSlotTable[at].code != code) continue;
      word.length = kSlotTable[at].length;
      std::memcpy(out, kIrregular.data() + kSlotTable[at].base, word.length);
      break;
    }
  }
  return cut_endings(out, word.length);
}

std::string stem(std::string_view word) {
  std::string out(word.size() + 1, '\0');
  out.resize(stem_light(word.data(), word.size(), out.data()));
  return out;
}

}  // namespace paritas
