#include "match/regex_engine.hpp"
#include "paritas/match/registry.hpp"

#ifdef __EMSCRIPTEN__

namespace paritas {
namespace {
bool loaded = false;  // the one thing that changes: what the loader has loaded
}
bool regex::engine_loaded() noexcept { return loaded; }
void say_regex_loaded() noexcept { loaded = true; }
}  // namespace paritas

#else

bool paritas::regex::engine_loaded() noexcept { return true; }

#endif
