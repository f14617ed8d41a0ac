#pragma once
#include <cstddef>
#include <cstdint>

namespace paritas::graphemes {

/// Grapheme_Cluster_Break and Extended_Pictographic (UAX #29, Unicode 14); the syllables of Hangul are computed.
enum Class : std::uint8_t {
  k_other,
  k_cr,
  k_lf,
  k_control,
  k_extend,
  k_joiner,
  k_flag,  // a regional indicator
  k_prepend,
  k_spacing,
  k_hangul_l,
  k_hangul_v,
  k_hangul_t,
  k_hangul_lv,
  k_hangul_lvt,
  k_picture,
};

struct Range {
  std::uint32_t first;
  std::uint16_t more;  // code points behind the first
  Class kind;
};
extern const Range kRanges[];
extern const std::size_t kRangeCount;

}  // namespace paritas::graphemes
