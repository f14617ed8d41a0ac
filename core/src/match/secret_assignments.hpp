#pragma once
#include <cstdint>
#include <string_view>

namespace paritas::secrets {

enum class KeyKind : std::uint8_t { none, password, secret, api_key, basic };

/// What the last of the words of a key say that its value is.
KeyKind key_kind(std::string_view key);

/// Whether a key has two words or more.
bool has_words(std::string_view key);

/// Two kinds of characters, and in the open a digit or a symbol; or one kind in quotes and long.
bool is_password(std::string_view value, bool quoted);

}  // namespace paritas::secrets
