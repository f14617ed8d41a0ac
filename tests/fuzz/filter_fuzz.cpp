// Any bytes as a filter, and any as metadata: an answer or an error with a path, and masks that say the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/retrieve/metadata.hpp"
#include "retrieve/filter_masks.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::optional<std::string_view> metadata_at(const void* owner, std::size_t ordinal) {
  if (ordinal == 1) return std::nullopt;
  return *static_cast<const std::string_view*>(owner);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t cut = data[0] < all.size() ? data[0] : all.size();
  const std::string_view metadata = all.substr(0, cut);
  const auto filter = paritas::Filter::parse(all.substr(cut));
  if (!filter.ok()) {
    const bool names_a_path = filter.error().message.rfind("filter", 0) == 0;
    require(names_a_path || filter.error().code != paritas::ErrorCode::invalid_argument);
    return 0;
  }
  const bool with = filter.value().matches(metadata), without = filter.value().matches(std::nullopt);
  if (filter.value().passes_all()) require(with && without);
  paritas::FilterMasks masks;
  masks.of(filter.value(), 2, &metadata, metadata_at);
  const auto mask = masks.of(filter.value(), 3, &metadata, metadata_at);
  require((*mask)[0] == with && (*mask)[1] == without && (*mask)[2] == with);
  return 0;
}
