#pragma once
#include <string>

#include "paritas/stream/canonical_json.hpp"
#include "vectors.hpp"

namespace paritas::tests {

/// Tells a value of the vectors to a writer.
inline void tell(CanonicalWriter& writer, const Json& value) {
  if (value.is_object() && value.size() == 1 && value.contains("float")) return writer.number(number(value));
  if (value.is_object() && value.size() == 1 && value.contains("integer")) {
    // The digits in base 16, by division in base 10.
    std::string decimal = value.at("integer").get<std::string>(), hexadecimal;
    const bool negative = decimal[0] == '-';
    if (negative) decimal.erase(0, 1);
    while (!decimal.empty()) {
      int rest = 0;
      std::string quotient;
      for (const char c : decimal) {
        rest = 10 * rest + (c - '0');
        if (!quotient.empty() || rest >= 16) quotient += static_cast<char>('0' + rest / 16);
        rest %= 16;
      }
      hexadecimal.insert(hexadecimal.begin(), "0123456789abcdef"[rest]);
      decimal = quotient;
    }
    return writer.whole(negative, hexadecimal);
  }
  if (value.is_null()) return writer.null();
  if (value.is_boolean()) return writer.boolean(value.get<bool>());
  if (value.is_number_integer()) return writer.whole(value.get<std::int64_t>());
  if (value.is_number()) return writer.number(value.get<double>());
  if (value.is_string()) return writer.text(value.get<std::string>());
  value.is_object() ? writer.begin_object() : writer.begin_array();
  for (const auto& [key, item] : value.items()) {
    if (value.is_object()) writer.text(key);
    tell(writer, item);
  }
  writer.end();
}

inline Result<std::string> canonical(const Json& value) {
  CanonicalWriter writer;
  tell(writer, value);
  if (writer.failed()) return writer.error();
  return writer.written();
}

}  // namespace paritas::tests
