#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace paritas {

/// What a scan has found.
struct JsonScan {
  bool ok;          ///< one value stands there
  std::size_t end;  ///< behind it; where the text stops being JSON if there is none
};

/// The JSON value (RFC 8259, of any depth, well-formed UTF-8) that starts at byte `at`, without white space before it. What
/// stands behind it is not looked at. Linear in what is read; one bit of memory for each level.
JsonScan scan_json_value(std::string_view text, std::size_t at);

/// Whether a text is one JSON value with nothing but white space around it.
bool is_valid_json(std::string_view text);

enum class JsonType : std::uint8_t { object, array, string, number, boolean, null };

/// The published name of a type: "object".
constexpr std::string_view name(JsonType type) noexcept {
  constexpr std::string_view kNames[] = {"object", "array", "string", "number", "boolean", "null"};
  return kNames[static_cast<std::size_t>(type)];
}

/// The type of the value; none for what is not valid JSON.
std::optional<JsonType> json_type(std::string_view text);

}  // namespace paritas
