#include "paritas/base/hash.hpp"

#include <cstdio>
#include <limits>
#include <memory>

#include "paritas/base/random.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

std::string hex(std::uint64_t bits) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(bits));
  return digits;
}

}  // namespace

TEST_CASE("xxh3 agrees with its vectors") {
  for (const auto& test : load_vectors("hash")) {
    DYNAMIC_SECTION(test["id"]) {
      const auto size = test["given"].at("size").get<std::size_t>();
      const auto bytes = std::make_unique<char[]>(size);  // exactly so long: a sanitizer sees a read past the end
      Random random(size);
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(random.next() & 255u);
      const std::uint64_t seed = std::stoull(test["given"].at("seed").get<std::string>(), nullptr, 16);
      const std::string_view data(bytes.get(), size);
      const Hash128 wide = xxh3_128(data, seed);
      const Json value = {{"xxh3_64", hex(xxh3_64(data, seed))}, {"xxh3_128", hex(wide.high) + hex(wide.low)}};
      CHECK(Json{{"value", value}} == test["expect"]);
    }
  }
}

TEST_CASE("no bytes at no address have a hash") { CHECK(xxh3_64({}) == 0x2d06800538d394c2u); }

}  // namespace paritas::tests
