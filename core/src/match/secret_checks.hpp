#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/match/secrets.hpp"
#include "secret_masks.hpp"
#include "secret_shapes.hpp"

namespace paritas::secrets {

constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_word_byte(char c) noexcept { return has_trait(c, kWordByte); }
constexpr bool is_hex(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_escape_letter(char c) noexcept { return c == 'n' || c == 'r' || c == 't'; }
constexpr char lowered(char c) noexcept { return is_upper(c) ? static_cast<char>(c + 32) : c; }

/// Shannon's entropy in bits a code point: log2(n) - sum of c * log2(c) / n, the counts c by ascending code point. 0 for
/// an empty text.
double entropy(std::string_view value);

/// Whether a value says by its marks that something else belongs in its place: ***, <...>, ${ and the like.
bool is_marked(std::string_view value);

/// Whether a value stands for a secret without being one.
/// skip: code points at its start that are no evidence; aws: an id that ends in EXAMPLE is one
bool is_placeholder(std::string_view value, std::size_t skip = 0, bool aws = false);

/// The bytes that letters of base64 or base64url stand for, up to the first other byte; bits behind the last are dropped.
std::string from_base64(std::string_view text);

/// Whether base64 stands for printable ASCII with a colon.
bool holds_name_and_password(std::string_view text);

SecretChecksum checksum(Check check, std::string_view value);

}  // namespace paritas::secrets
