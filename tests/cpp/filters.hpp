#pragma once
#include <string_view>
#include <vector>

#include "paritas/retrieve/filter.hpp"
#include "vectors.hpp"

// Filters as the vectors say them.
namespace paritas::tests {

inline void write(FilterBytes& out, const Json& value) {
  if (value.is_object() && value.size() == 1 && value.contains("integer")) return out.whole(integer(value));
  if (value.is_object() && value.size() == 1 && value.contains("float")) return out.number(number(value));
  if (value.is_null()) return out.null();
  if (value.is_boolean()) return out.truth(value);
  if (value.is_number_integer()) return out.whole(value);
  if (value.is_number()) return out.number(value);
  if (value.is_string()) return out.text(value.get<std::string>());
  if (value.is_array()) {
    out.list(value.size());
    for (const Json& item : value) write(out, item);
    return;
  }
  out.object(value.size());
  for (const auto& [key, item] : value.items()) {
    out.key(key);
    write(out, item);
  }
}

inline Result<Filter> filter_of(const Json& value) {
  FilterBytes out;
  write(out, value);
  const std::vector<char> exact(out.bytes().begin(), out.bytes().end());  // AddressSanitizer sees a byte more
  return Filter::parse({exact.data(), exact.size()});
}

}  // namespace paritas::tests
