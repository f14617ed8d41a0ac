#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

/// None, a truth value, a whole number, a finite number or a text.
using MetadataScalar = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct MetadataValue {
  bool is_list = false;
  std::vector<MetadataScalar> items;  // exactly one unless it is a list

  friend bool operator==(const MetadataValue&, const MetadataValue&) = default;
};

/// What is known of a document besides its words: flat, keys in the caller's order, none twice.
using Metadata = std::vector<std::pair<std::string, MetadataValue>>;

/// The bytes in which an index and a snapshot keep metadata, and in which it crosses to JavaScript:
/// varint count, then for each key varint length, key, value. A value is a tag and its bytes: 0 None, 1 false, 2 true,
/// 3 int64, 4 float64, 5 varint length and UTF-8, 6 varint count and that many values that are no lists.
/// Errors: `invalid_argument` for a number that is not finite, or a key that stands twice.
Result<std::string> encode_metadata(const Metadata& metadata);

/// Errors: `corrupt_data` for bytes that encode_metadata does not write, `invalid_argument` as there.
Result<Metadata> decode_metadata(std::string_view bytes);

}  // namespace paritas
