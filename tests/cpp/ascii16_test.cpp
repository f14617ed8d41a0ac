#include "text/ascii16.hpp"

#include <catch2/catch.hpp>

#include "paritas/base/random.hpp"

using namespace paritas;

namespace {

/// The plain reading of sixteen bytes.
Ascii16 one_by_one(const unsigned char* bytes) {
  Ascii16 out;
  for (unsigned i = 0; i < 16; ++i) {
    std::uint64_t byte = bytes[i];
    const bool capital = byte >= 'A' && byte <= 'Z', small = byte >= 'a' && byte <= 'z';
    if (capital || small) out.letters |= 1u << i;
    if (capital) out.upper |= 1u << i;
    if (byte >= '0' && byte <= '9') out.digits |= 1u << i;
    if (capital) byte += 'a' - 'A';
    (i < 8 ? out.low : out.high) |= byte << i % 8 * 8;
  }
  return out;
}

bool same(const Ascii16& a, const Ascii16& b) {
  return a.letters == b.letters && a.upper == b.upper && a.digits == b.digits && a.low == b.low && a.high == b.high;
}

}  // namespace

TEST_CASE("sixteen bytes are classed alike by every means") {
  Random random(16);
  unsigned char bytes[16];
  const auto agree = [&] {
    const char* at = reinterpret_cast<const char*>(bytes);
    const Ascii16 expected = one_by_one(bytes);
    return same(Ascii16::of(at), expected) && same(Ascii16::by_words(at), expected);
  };
  for (unsigned round = 0; round < 20000; ++round) {
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random.next());
    REQUIRE(agree());
  }
  for (unsigned value = 0; value < 256; ++value) {  // each byte at each place, among the least and the greatest
    for (const unsigned around : {0x00u, 0x7Fu, 0x80u, 0xFFu}) {
      for (unsigned place = 0; place < 16; ++place) {
        for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(around);
        bytes[place] = static_cast<unsigned char>(value);
        REQUIRE(agree());
      }
    }
  }
}
