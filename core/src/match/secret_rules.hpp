#pragma once
#include <string_view>

// What tools/match/make_secret_rules.py writes of tools/match/secret_rules.txt: texts rather than tables of pointers, which
// would take relocations in a module; they are read once, at the first scan.
namespace paritas::secrets {

extern const std::string_view kRules;      // a line each: name, severity, provider, kind, shape, description, by TAB
extern const std::string_view kCodeRules;  // the same without a shape: what is found by code
extern const std::string_view kContexts;   // a line each: word after @, TAB, the names of the provider by |
extern const std::string_view kPlaceholderWords;  // by |, longest first
extern const std::string_view kSampleKeys;        // by |, in base64
extern const std::string_view kUrlSchemes;        // by |
extern const std::string_view kKeyNames;          // by |, each `words of the name:kind`
extern const std::string_view kDroppedWords;      // by |, last words that say nothing of a key
extern const std::string_view kKeyEndings;        // by |, each `ending:kind`
extern const std::string_view kCallNames;         // by |, each `function:index of the password`

}  // namespace paritas::secrets
