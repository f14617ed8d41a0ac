#pragma once
#include <cstddef>
#include <cstdint>

namespace paritas {

/// In how many bits the words at signs + slots[i] * words differ from those of a query.
void sign_differences(const std::uint64_t* query, const std::uint64_t* signs, std::size_t words,
                      const std::uint32_t* slots, std::size_t count, std::uint16_t* out);

}  // namespace paritas
