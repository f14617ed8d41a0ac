#include "match/classify_words.hpp"

#include <algorithm>

namespace paritas::classify {
namespace {

// Keywords and their weights in tenths: a tenth of a whole number is the double nearest to it.
struct Standard {
  std::string_view name;
  std::string_view keywords;
};
constexpr Standard kStandard[] = {
    {"action",
     "execute 10,apply 10,run 9,deploy 10,build 8,install 9,start 7,stop 7,restart 8,test 8,commit 9,push 8,pull 7,"
     "merge 8"},
    {"analysis",
     "analyze 10,analyse 10,analysis 9,explore 10,review 9,understand 9,explain 9,describe 8,investigate 9,examine 9,"
     "study 8,assess 8,evaluate 8,summarize 8,summarise 8,summary 7,overview 7,what is 8,what does 8,how does 8,"
     "why does 7"},
    {"generation",
     "create 10,generate 10,write 9,implement 10,add 8,new 7,scaffold 9,initialize 8,initialise 8,setup 8,set up 8,"
     "bootstrap 9"},
    {"search", "find 10,search 10,locate 9,grep 10,look for 9,where is 9,which file 8,list 7"},
    {"edit",
     "modify 10,refactor 10,fix 10,update 9,change 8,edit 9,rename 9,move 7,delete 8,remove 8,replace 9,improve 8,"
     "optimize 9,optimise 9,clean up 8,debug 9"},
};
constexpr std::string_view kNegators =
    "don't,dont,doesn't,didn't,shouldn't,wouldn't,won't,can't,cannot,not,never,needn't,without,no need to,rather than,"
    "instead of";
constexpr std::string_view kVerbNegators =
    "avoid,avoids,avoiding,skip,skips,skipping,ignore,ignores,ignoring,refrain from,refrains from,refraining from";
constexpr std::string_view kNotNegators =
    "not only,not just,don't forget,don't forget to,dont forget,dont forget to,do not forget,do not forget to,"
    "never forget,never forget to,don't hesitate to,dont hesitate to,do not hesitate to,never fail to,why not,"
    "why don't you,why don't we,why dont you,why dont we,can't you,couldn't you,won't you";
constexpr std::string_view kEndScope = "but,however,instead,then,although,though,yet,so";
constexpr std::string_view kSofteners = "just,only,please";

constexpr std::string_view kNoForms =
    "analysis,summary,overview,new,setup,what,where,which,who,whose,when,why,how";  // questions have none
constexpr std::string_view kIrregular[] = {
    "build,builds,built,building",
    "find,finds,found,finding",
    "run,runs,ran,running",
    "set,sets,setting",
    "understand,understands,understood,understanding",
    "write,writes,wrote,written,writing",
};
constexpr std::string_view kDoubles = "bootstrap,commit,debug,submit";  // besides words of one vowel, as "stop"

/// Calls `take` with each item of a list.
template <class Take>
void each(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    take(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

bool contains(std::string_view list, std::string_view word) {
  bool found = false;
  each(list, [&](std::string_view item) { found = found || item == word; });
  return found;
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool ends_with(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

/// Whether the last letter is written twice before -ed and -ing: stop, grep, commit.
bool doubles(std::string_view word) {
  if (contains(kDoubles, word)) return true;
  const std::size_t n = word.size();
  if (n < 2 || std::count_if(word.begin(), word.end(), is_vowel) != 1) return false;
  return is_vowel(word[n - 2]) && word[n - 1] != 'w' && word[n - 1] != 'y';
}

}  // namespace

std::vector<std::string> forms_of(const std::string& word) {
  for (const std::string_view forms : kIrregular) {
    if (forms.substr(0, forms.find(',')) != word) continue;
    std::vector<std::string> out;
    each(forms, [&](std::string_view form) { out.emplace_back(form); });
    return out;
  }
  const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters || contains(kNoForms, word)) return {word};
  const std::size_t n = word.size();
  if (word.back() == 'e') {
    const bool keeps = ends_with(word, "ee") || ends_with(word, "oe") || ends_with(word, "ye");
    const std::string stem = keeps ? word : ends_with(word, "ie") ? word.substr(0, n - 2) + "y" : word.substr(0, n - 1);
    return {word, word + "s", word + "d", stem + "ing"};
  }
  if (word.back() == 'y' && (n < 2 || !is_vowel(word[n - 2]))) {
    const std::string stem = word.substr(0, n - 1);
    return {word, stem + "ies", stem + "ied", word + "ing"};
  }
  const bool hisses =
      word.back() == 's' || word.back() == 'x' || word.back() == 'z' || ends_with(word, "ch") || ends_with(word, "sh");
  if (hisses) return {word, word + "es", word + "ed", word + "ing"};
  const std::string stem = doubles(word) ? word + word.back() : word;
  return {word, word + "s", stem + "ed", stem + "ing"};
}

std::vector<KeywordCategory> standard_categories() {
  std::vector<KeywordCategory> out;
  for (const Standard& standard : kStandard) {
    KeywordCategory category{std::string(standard.name), {}};
    each(standard.keywords, [&](std::string_view item) {
      const std::size_t space = item.rfind(' ');
      const std::string_view tenths = item.substr(space + 1);
      const double weight = (tenths == "10" ? 10.0 : static_cast<double>(tenths[0] - '0')) / 10.0;
      category.keywords.push_back({std::string(item.substr(0, space)), weight});
    });
    out.push_back(std::move(category));
  }
  return out;
}

const std::vector<NegationPhrase>& standard_negations() {
  static const std::vector<NegationPhrase> phrases = [] {
    std::vector<NegationPhrase> out;
    each(kNotNegators, [&](std::string_view text) { out.push_back({text, Negation::no}); });
    each(kNegators, [&](std::string_view text) { out.push_back({text, Negation::plain}); });
    each(kVerbNegators, [&](std::string_view text) { out.push_back({text, Negation::verb}); });
    return out;
  }();
  return phrases;
}

const std::vector<ScopeEntry>& scope_words() {
  static const std::vector<ScopeEntry> words = [] {
    std::vector<ScopeEntry> out;
    each(kEndScope, [&](std::string_view word) { out.push_back({word, kEndsScope}); });
    each(kSofteners, [&](std::string_view word) { out.push_back({word, kSoftener}); });
    out.push_back({"and", kAnd});
    out.push_back({"or", kOr});
    out.push_back({"nor", kOr});
    return out;
  }();
  return words;
}

Result<Phrase> phrase_of(std::string_view text, const std::string& what, std::size_t offset) {
  Phrase out;
  Reader reader(text);
  Word word;
  bool apart = false;
  while (reader.next(word)) {
    if (out.words.empty()) {
      out.start = word.start;
      out.first_end = word.end;
    } else {
      apart = apart || (!is_tight(word.gap) && !is_loose(word.gap));
    }
    if (out.words.size() == kMostWords) {
      return Error{ErrorCode::limit_exceeded, what + " must have at most 64 words", offset};
    }
    out.words.push_back(lowered(text.substr(word.start, word.end - word.start)));
    out.tight.push_back(is_tight(word.gap));
    out.end = word.end;
  }
  if (out.words.empty()) {
    return Error{ErrorCode::invalid_argument, what + " must have a word: \"" + std::string(text) + "\"", offset};
  }
  if (apart) {
    return Error{ErrorCode::invalid_argument,
                 what + " must be words joined by spaces or one hyphen: \"" + std::string(text) + "\"", offset};
  }
  return out;
}

std::string lowered(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "\u2019") {
      out.push_back('\'');
      i += 2;
    } else {
      const char c = text[i];
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }
  return out;
}

}  // namespace paritas::classify

namespace paritas {

TaskTraits task_traits(std::string_view task_type) noexcept {
  if (task_type == "action") return {true, false, false, true, 15};
  if (task_type == "analysis") return {false, true, false, false, 30};
  if (task_type == "generation") return {true, false, true, false, 20};
  if (task_type == "search") return {false, true, false, false, 10};
  if (task_type == "edit") return {true, false, false, false, 15};
  return {};
}

Result<std::vector<std::string>> inflect(std::string_view word) {
  auto phrase = classify::phrase_of(word, "word", 0);
  if (!phrase.ok()) return phrase.error();
  const classify::Phrase& parsed = phrase.value();
  const std::string rest = classify::lowered(word.substr(parsed.first_end, parsed.end - parsed.first_end));
  std::vector<std::string> out = classify::forms_of(parsed.words[0]);
  for (std::string& form : out) form += rest;
  return out;
}

}  // namespace paritas
