// Passwords that stand in a call of a known name: NetworkCredential("user", "password").
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "secret_assignments.hpp"
#include "secret_rules.hpp"
#include "secret_scan.hpp"
#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

constexpr std::size_t kLongestName = 64, kArguments = 1024;

struct Call {
  std::string_view name;
  int place;  // of the password among the arguments
};

using Calls = std::array<std::vector<Call>, 256>;

std::size_t slot_of(std::string_view name) {
  return (static_cast<unsigned char>(lowered(name.back())) * 7u +
          static_cast<unsigned char>(lowered(name[name.size() - 2]))) %
         256u;
}

/// By the last two letters of the name, which say at once that most calls are none.
const Calls& all_calls() {
  static const Calls calls = [] {
    Calls made;
    for (const std::string_view item : split(kCallNames, '|')) {
      const std::size_t colon = item.find(':');
      const std::string_view text = item.substr(0, colon);
      made[slot_of(text)].push_back({text, item[colon + 1] - '0'});
    }
    return made;
  }();
  return calls;
}

const Call* find_call(const std::vector<Call>& calls, std::string_view name) {
  for (const Call& call : calls) {
    if (call.name.size() != name.size()) continue;
    std::size_t same = 0;
    while (same < name.size() && lowered(name[same]) == call.name[same]) ++same;
    if (same == name.size()) return &call;
  }
  return nullptr;
}

bool is_space(char c) { return is_one_of(c, " \t\r\n"); }

/// A string in quotes without an escape, and its span; false leaves the reader where it was.
bool read_quoted(Reader& reader, Span& span) {
  const Reader before = reader;
  reader.one_of("bBuUrRnNL@");
  const char quote = reader.peek();
  if (reader.one_of("\"'")) {
    span.start = reader.at();
    reader.run([quote](char c) { return c != quote && c != '\\' && c != '\r' && c != '\n'; }, 0, 512);
    span.end = reader.at();
    if (!reader.done() && reader.one_of(std::string_view(&quote, 1))) return true;
  }
  reader = before;
  return false;
}

}  // namespace

void Scan::read_call(std::size_t parenthesis) {
  const std::vector<Call>& calls = all_calls()[slot_of(text_.substr(0, parenthesis))];
  if (calls.empty()) return;
  std::size_t start = parenthesis;
  while (start > 0 && parenthesis - start <= kLongestName && is_word_byte(text_[start - 1])) --start;
  if (parenthesis - start < 2 || parenthesis - start > kLongestName) return;
  const Call* call = find_call(calls, text_.substr(start, parenthesis - start));
  if (call == nullptr) return;
  Reader reader(text_, parenthesis + 1);
  for (int place = 0; reader.at() <= parenthesis + 1 + kArguments; ++place) {
    reader.run(is_space, 0, 64);
    Span span;
    const bool quoted = read_quoted(reader, span);
    if (!quoted && !reader.run([](char c) { return !is_one_of(c, ",()\"'`"); }, 1, 256)) return;
    reader.run(is_space, 0, 64);
    if (place == call->place) {
      if (!quoted || span.size() == 0 || !reader.one_of(",)")) return;
      const std::string_view value = span.of(text_);
      if (is_password(value, true)) add(catalog_.code().code_password, Rank::header, span, is_placeholder(value));
      return;
    }
    if (!reader.one_of(",")) return;
  }
}

}  // namespace paritas::secrets
