#pragma once
#include <string>
#include <string_view>

namespace paritas {

/// Prose as it is compared with other prose: trimmed, every run of white space (Unicode's White_Space) one space, simple
/// lower case, without the full stops, commas, semicolons, colons and spaces at its end.
///
/// Idempotent. Ill-formed bytes become U+FFFD. "  Hello,\n World! " gives "hello, world!", "..." gives nothing.
std::string normalize_block(std::string_view block);

}  // namespace paritas
