#pragma once
#include <cstddef>

// RE2 behind functions of addresses and numbers alone: in WebAssembly they lie in a module of their own, which is loaded when
// somebody asks for it, so that whoever needs no regular expression does not pay for RE2.
namespace paritas::regex {

struct Engine;  // immutable, for any number of threads

/// False in WebAssembly until the module is there; then nothing below may be called.
bool engine_loaded() noexcept;

/// The engine of a pattern that `printed` has written, to be deleted; null where RE2 refuses it. steps: its size.
const Engine* engine_create(const char* pattern, std::size_t bytes, std::size_t steps);
void engine_delete(const Engine* engine);

/// The leftmost match, of the alternatives the first, that lies in text[from, to); what stands around it is seen by anchors
/// and word boundaries. The text must be well-formed.
/// found: start and end of the match; with a group, start and end of that too, equal where it took no part
bool engine_find(const Engine* engine, const char* text, std::size_t bytes, std::size_t from, std::size_t to,
                 std::size_t group, std::size_t* found);

}  // namespace paritas::regex
