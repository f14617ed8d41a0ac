#include "match/regex_engine.hpp"

#include <re2/re2.h>

#include <array>
#include <cstdint>
#include <new>
#include <string_view>

namespace paritas::regex {
namespace {

using re2::RE2;
using re2::StringPiece;

// What RE2 may use for one pattern. It takes the program, forwards and backwards, at 32 bytes a step out of a part of it; the
// rest are the states of its automaton, which it makes as texts need them and drops when the room is used up.
constexpr std::int64_t kRoom = 8 << 20;
constexpr std::int64_t kLargeRoom = 64 << 20;
constexpr std::size_t kLargeSteps = 1 << 16;

const RE2& re2_of(const Engine* engine) { return *reinterpret_cast<const RE2*>(engine); }

}  // namespace

const Engine* engine_create(const char* pattern, std::size_t bytes, std::size_t steps) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(steps < kLargeSteps ? kRoom : kLargeRoom);
  const auto* made = new (std::nothrow) RE2(StringPiece(pattern, bytes), options);
  if (made != nullptr && !made->ok()) {
    delete made;
    return nullptr;
  }
  return reinterpret_cast<const Engine*>(made);
}

void engine_delete(const Engine* engine) { delete &re2_of(engine); }

bool engine_find(const Engine* engine, const char* text, std::size_t bytes, std::size_t from, std::size_t to,
                 std::size_t group, std::size_t* found) {
  std::array<StringPiece, 100> parts;  // the parser allows 99 groups
  if (!re2_of(engine).Match(StringPiece(text, bytes), from, to, RE2::UNANCHORED, parts.data(),
                            static_cast<int>(group) + 1)) {
    return false;
  }
  found[0] = static_cast<std::size_t>(parts[0].data() - text);
  found[1] = found[0] + parts[0].size();
  if (group == 0) return true;
  const StringPiece& part = parts[group];
  found[2] = part.data() == nullptr ? 0 : static_cast<std::size_t>(part.data() - text);
  found[3] = found[2] + part.size();
  return true;
}

}  // namespace paritas::regex
