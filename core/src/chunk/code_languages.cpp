#include "chunk/code_languages.hpp"

#include <algorithm>
#include <string>

#include "paritas/chunk/doc_type.hpp"

namespace paritas {
namespace {

// The first is for code of no known language.
constexpr std::array<Language, 25> kLanguages = {{
    {"",
     {{"#", "//"}, 2},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}}}, 2},
     "^",
     {{"@"}, 1},
     true,
     true,
     {}},
    {"python",
     {{"#"}, 1},
     "",
     "",
     false,
     {{{{"\"\"\"", "\"\"\"", true, true},
        {"'''", "'''", true, true},
        {"\"", "\"", true, false},
        {"'", "'", true, false}}},
      4},
     "",
     {{"@"}, 1},
     true,
     true,
     {}},
    {"javascript",
     {{"//"}, 1},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}, {"`", "`", true, true}}}, 3},
     "/",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"typescript",
     {{"//"}, 1},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}, {"`", "`", true, true}}}, 3},
     "/",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"java",
     {{"//"}, 1},
     "/*",
     "*/",
     false,
     {{{{"\"\"\"", "\"\"\"", true, true}, {"\"", "\"", true, false}, {"'", "'", true, false}}}, 3},
     "",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"c", {{"//"}, 1}, "/*", "*/", false, {{{{"\"", "\"", true, false}}}, 1}, "'", {}, false, true, {}},
    {"cpp", {{"//"}, 1}, "/*", "*/", false, {{{{"\"", "\"", true, false}}}, 1}, "'R", {{"[["}, 1}, false, true, {}},
    {"csharp",
     {{"//"}, 1},
     "/*",
     "*/",
     false,
     {{{{"\"\"\"", "\"\"\"", false, true},
        {"@\"", "\"", false, true},
        {"@$\"", "\"", false, true},
        {"\"", "\"", true, false},
        {"'", "'", true, false}}},
      5},
     "",
     {{"["}, 1},
     false,
     true,
     {}},
    {"go",
     {{"//"}, 1},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}, {"`", "`", false, true}}}, 3},
     "",
     {},
     false,
     true,
     {}},
    {"rust",
     {{"//"}, 1},
     "/*",
     "*/",
     true,
     {{{{"\"", "\"", true, true}}}, 1},
     "'#",
     {{"#[", "#!["}, 2},
     false,
     true,
     {}},
    {"php",
     {{"//", "#"}, 2},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}}}, 2},
     "",
     {{"#["}, 1},
     false,
     true,
     {}},
    {"ruby",
     {{"#"}, 1},
     "=begin",
     "=end",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}}}, 2},
     "",
     {},
     false,
     true,
     {{"end"}, 1}},
    {"swift",
     {{"//"}, 1},
     "/*",
     "*/",
     true,
     {{{{"\"\"\"", "\"\"\"", true, true}, {"\"", "\"", true, false}}}, 2},
     "",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"kotlin",
     {{"//"}, 1},
     "/*",
     "*/",
     true,
     {{{{"\"\"\"", "\"\"\"", false, true}, {"\"", "\"", true, false}, {"'", "'", true, false}}}, 3},
     "",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"scala",
     {{"//"}, 1},
     "/*",
     "*/",
     true,
     {{{{"\"\"\"", "\"\"\"", false, true}, {"\"", "\"", true, false}}}, 2},
     "'",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"sql",
     {{"--"}, 1},
     "/*",
     "*/",
     false,
     {{{{"'", "'", false, true}, {"\"", "\"", false, true}, {"$$", "$$", false, true}}}, 3},
     "",
     {},
     false,
     true,
     {}},
    {"html", {}, "<!--", "-->", false, {}, "", {}, false, false, {}},
    {"css",
     {},
     "/*",
     "*/",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}}}, 2},
     "",
     {},
     false,
     true,
     {}},
    {"shell",
     {{"#"}, 1},
     "",
     "",
     false,
     {{{{"'", "'", false, true}, {"\"", "\"", true, true}}}, 2},
     "^<",
     {},
     false,
     true,
     {{"fi", "done", "esac"}, 3}},
    {"lua",
     {{"--"}, 1},
     "--[[",
     "]]",
     false,
     {{{{"[[", "]]", false, true}, {"\"", "\"", true, false}, {"'", "'", true, false}}}, 3},
     "",
     {},
     false,
     true,
     {{"end"}, 1}},
    {"perl",
     {{"#"}, 1},
     "",
     "",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}}}, 2},
     "^",
     {},
     false,
     true,
     {}},
    {"r",
     {{"#"}, 1},
     "",
     "",
     false,
     {{{{"\"", "\"", true, false}, {"'", "'", true, false}, {"`", "`", true, true}}}, 3},
     "",
     {},
     false,
     true,
     {}},
    {"dart",
     {{"//"}, 1},
     "/*",
     "*/",
     true,
     {{{{"\"\"\"", "\"\"\"", true, true},
        {"'''", "'''", true, true},
        {"\"", "\"", true, false},
        {"'", "'", true, false}}},
      4},
     "",
     {{"@"}, 1},
     false,
     true,
     {}},
    {"elixir",
     {{"#"}, 1},
     "",
     "",
     false,
     {{{{"\"\"\"", "\"\"\"", true, true}, {"\"", "\"", true, false}}}, 2},
     "",
     {{"@"}, 1},
     false,
     true,
     {{"end"}, 1}},
    {"haskell", {{"--"}, 1}, "{-", "-}", true, {{{{"\"", "\"", true, false}}}, 1}, "'", {}, true, true, {}},
}};

struct Named {
  std::string_view name, value;
};

// Names of languages but their own, most of them endings of files; sorted.
constexpr std::array<Named, 53> kAliases = {{
    {"bash", "shell"}, {"c#", "csharp"},      {"c++", "cpp"},        {"cc", "cpp"},         {"cjs", "javascript"},
    {"cs", "csharp"},  {"cts", "typescript"}, {"cu", "cpp"},         {"cuh", "cpp"},        {"cxx", "cpp"},
    {"ex", "elixir"},  {"exs", "elixir"},     {"fish", "shell"},     {"gemspec", "ruby"},   {"golang", "go"},
    {"h", "c"},        {"hh", "cpp"},         {"hpp", "cpp"},        {"hs", "haskell"},     {"htm", "html"},
    {"hxx", "cpp"},    {"ino", "cpp"},        {"js", "javascript"},  {"jsx", "javascript"}, {"ksh", "shell"},
    {"kt", "kotlin"},  {"kts", "kotlin"},     {"less", "css"},       {"m", "cpp"},          {"mjs", "javascript"},
    {"mm", "cpp"},     {"mts", "typescript"}, {"phtml", "php"},      {"pl", "perl"},        {"pm", "perl"},
    {"py", "python"},  {"pyi", "python"},     {"python3", "python"}, {"pyw", "python"},     {"rake", "ruby"},
    {"rb", "ruby"},    {"rs", "rust"},        {"sass", "css"},       {"sbt", "scala"},      {"sc", "scala"},
    {"scss", "css"},   {"sh", "shell"},       {"svelte", "html"},    {"ts", "typescript"},  {"tsx", "typescript"},
    {"vue", "html"},   {"xhtml", "html"},     {"zsh", "shell"},
}};

// Sorted.
constexpr std::array<Named, 31> kTypes = {{
    {"atom", "xml"},    {"csv", "csv"},        {"geojson", "json"}, {"htm", "html"},     {"html", "html"},
    {"ipynb", "json"},  {"json", "json"},      {"json5", "json"},   {"jsonl", "json"},   {"markdown", "markdown"},
    {"md", "markdown"}, {"mdown", "markdown"}, {"mdx", "markdown"}, {"mkd", "markdown"}, {"mkdn", "markdown"},
    {"ndjson", "json"}, {"plist", "xml"},      {"qmd", "markdown"}, {"rmd", "markdown"}, {"rss", "xml"},
    {"svg", "xml"},     {"tsv", "csv"},        {"wsdl", "xml"},     {"xhtml", "html"},   {"xlf", "xml"},
    {"xml", "xml"},     {"xsd", "xml"},        {"xsl", "xml"},      {"xslt", "xml"},     {"yaml", "yaml"},
    {"yml", "yaml"},
}};

constexpr std::array<std::string_view, 7> kCodeFiles = {"cmakelists.txt", "dockerfile", "gemfile",    "jenkinsfile",
                                                        "makefile",       "rakefile",   "vagrantfile"};

template <std::size_t N>
std::string_view find(const std::array<Named, N>& table, std::string_view name) {
  const auto found = std::lower_bound(table.begin(), table.end(), name,
                                      [](const Named& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != table.end() && found->name == name ? found->value : std::string_view();
}

const Language* known(std::string_view name) {
  const std::string_view own = find(kAliases, name);
  for (const Language& language : kLanguages) {
    if (!language.name.empty() && language.name == (own.empty() ? name : own)) return &language;
  }
  return nullptr;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& ch : out) ch = ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch;
  return out;
}

}  // namespace

const Language& general_language() { return kLanguages[0]; }

Result<const Language*> language_of(std::string_view name) {
  const std::string key = lower(name);
  const std::string_view bare = key;
  if (const Language* language = known(bare.substr(bare.starts_with('.') ? 1 : 0))) return language;
  std::string names;
  for (const Language& language : kLanguages) {
    if (language.name.empty()) continue;
    if (!names.empty()) names += ", ";
    names += language.name;
  }
  return Error{ErrorCode::invalid_argument, "language must be one of " + names + ", not " + std::string(name)};
}

std::string_view detect_doc_type(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  const std::string name = lower(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
  if (std::find(kCodeFiles.begin(), kCodeFiles.end(), name) != kCodeFiles.end()) return "code";
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return "text";
  const std::string_view ending = std::string_view(name).substr(dot + 1);
  if (const std::string_view type = find(kTypes, ending); !type.empty()) return type;
  return known(ending) != nullptr ? "code" : "text";
}

}  // namespace paritas
