#include <algorithm>
#include <string>
#include <string_view>

#include "paritas/chunk/recursive.hpp"

namespace paritas {
namespace {

struct Language {
  std::string_view name;
  std::string_view words;  // each opens a line: the separator is an LF, the word, a space
};

// After LangChain's lists (langchain_text_splitters.character, MIT), which have no SQL.
constexpr Language kLanguages[] = {
    {"c", "class void int float double if for while switch case"},
    {"cpp", "class void int float double if for while switch case"},
    {"csharp",
     "interface enum delegate event class abstract public protected private static return if continue for foreach "
     "while "
     "switch break case else try throw finally catch"},
    {"go", "func var const type if for switch case"},
    {"java", "class public protected private static if for while switch case"},
    {"js", "function const let var class if for while switch case default"},
    {"kotlin", "class public protected private internal companion fun val var if for while when else"},
    {"php", "function class if foreach while do switch case"},
    {"python", "class def \tdef"},
    {"ruby", "def class if unless while for do begin rescue"},
    {"rust", "fn const let if while for loop match"},
    {"scala", "class object def val var if for while match case"},
    {"sql",
     "CREATE create ALTER alter DROP drop INSERT insert UPDATE update DELETE delete WITH with SELECT select FROM from "
     "WHERE "
     "where GROUP group HAVING having ORDER order UNION union"},
    {"swift", "func class struct enum if for while do switch case"},
    {"ts", "enum interface namespace type class function const let var if for while switch case default"},
};

void add_words(std::vector<std::string>& out, std::string_view words, std::string_view before, std::string_view after) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    out.push_back(std::string(before) + std::string(word) + std::string(after));
  }
}

}  // namespace

Result<std::vector<std::string>> language_separators(std::string_view language) {
  std::vector<std::string> out;
  if (language == "html") {
    add_words(
        out,
        "body div p br li h1 h2 h3 h4 h5 h6 span table tr td th ul ol header footer nav head style script meta title",
        "<", "");
    out.insert(out.end(), {"\n", " ", ""});
    return out;
  }
  if (language == "latex") {
    add_words(out, "chapter section subsection subsubsection", "\n\\", "{");
    add_words(out, "enumerate itemize description list quote quotation verse verbatim align", "\n\\begin{", "}");
    out.insert(out.end(), {"$$", "$", "\n\n", "\n", " ", ""});
    return out;
  }
  if (language == "markdown") {
    add_words(out, "# ## ### #### ##### ######", "\n", " ");
    out.insert(out.end(), {"```\n", "\n***\n", "\n---\n", "\n___\n", "\n\n", "\n", " ", ""});
    return out;
  }
  std::string known = "html, latex, markdown";
  for (const Language& one : kLanguages) {
    if (one.name != language) {
      known += ", " + std::string(one.name);
      continue;
    }
    add_words(out, one.words, "\n", " ");
    out.insert(out.end(), {"\n\n", "\n", " ", ""});
    return out;
  }
  return Error{ErrorCode::invalid_argument,
               "language must be one of " + known + ", not \"" + std::string(language) + "\""};
}

}  // namespace paritas
