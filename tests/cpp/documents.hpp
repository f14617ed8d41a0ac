#pragma once
#include "paritas/retrieve/bm25.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "vectors.hpp"

// Ids and metadata as the vectors say them.
namespace paritas::tests {

inline DocId id_of(const Json& item) {
  if (item.is_number_integer()) return item.get<std::int64_t>();
  return item.get<std::string>();
}
inline Json json_of(const DocId& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return *number;
  return *std::get_if<std::string>(&id);
}

inline MetadataScalar scalar_of(const Json& item) {
  if (item.is_null()) return std::monostate{};
  if (item.is_object()) return integer(item);
  if (item.is_boolean()) return item.get<bool>();
  if (item.is_number_integer()) return item.get<std::int64_t>();
  if (item.is_number()) return item.get<double>();
  return item.get<std::string>();
}
inline std::string metadata_of(const Json& items) {
  Metadata metadata;
  for (const auto& [key, value] : items.items()) {
    MetadataValue out{value.is_array(), {}};
    if (value.is_array()) {
      for (const Json& item : value) out.items.push_back(scalar_of(item));
    } else {
      out.items.push_back(scalar_of(value));
    }
    metadata.emplace_back(key, out);
  }
  return encode_metadata(metadata).value();
}
inline Json json_of(const MetadataScalar& item) {
  return std::visit(
      [](const auto& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      item);
}
inline Json json_of(const Metadata& metadata) {
  Json out = Json::object();
  for (const auto& [key, value] : metadata) {
    if (value.is_list) {
      out[key] = Json::array();
      for (const MetadataScalar& item : value.items) out[key].push_back(json_of(item));
    } else {
      out[key] = json_of(value.items[0]);
    }
  }
  return out;
}

}  // namespace paritas::tests
