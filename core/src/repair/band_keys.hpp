#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paritas/base/hash.hpp"
#include "paritas/repair/minhash_lsh.hpp"

namespace paritas::repair {

/// All targets are little-endian, so the rows are hashed as they lie.
inline void band_keys(const BandShape& shape, const std::uint32_t* signature, std::uint64_t* keys) noexcept {
  for (std::size_t band = 0; band < shape.bands; ++band) {
    const auto* rows = reinterpret_cast<const char*>(signature + band * shape.rows);
    keys[band] = xxh3_64({rows, 4 * shape.rows}, band);
  }
}

}  // namespace paritas::repair
