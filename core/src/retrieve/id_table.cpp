#include "retrieve/id_table.hpp"

#include "base/bytes.hpp"
#include "retrieve/well_formed.hpp"

namespace paritas {

std::string id_key(const DocId& id) {
  std::string key;
  if (const auto* number = std::get_if<std::int64_t>(&id)) {
    key.push_back(1);
    bytes::put_u64(key, static_cast<std::uint64_t>(*number));
  } else {
    key.push_back(0);
    key += repaired(*std::get_if<std::string>(&id));
  }
  return key;
}

DocId id_of(std::string_view key) {
  if (key.empty() || key[0] == 0) return std::string(key.substr(key.empty() ? 0 : 1));
  bytes::Reader in(key.substr(1));
  return static_cast<std::int64_t>(in.u64());
}

}  // namespace paritas
