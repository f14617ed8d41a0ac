#pragma once
#include <string_view>

namespace paritas {

/// Why a name is none for a tool; empty: it is one.
///
/// A name is 1 to 64 of ASCII letters, digits, "_", "-" and ".", and begins with a letter or "_": "read-file" and
/// "github.search" are names.
/// Returns: "empty", "too_long", "starts_with_digit", "invalid_characters", the first that holds, or nothing
std::string_view tool_name_fault(std::string_view name) noexcept;

}  // namespace paritas
