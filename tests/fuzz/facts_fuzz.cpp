// Any bytes as a fact store: refused, or read and written again without a change, and of use. The sums are put right
// first, or nothing would come past them.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "paritas/base/hash.hpp"
#include "paritas/verify/facts.hpp"

namespace {

constexpr std::size_t kHeader = 32;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void put(std::string& data, std::size_t at, std::uint64_t value) {
  std::memcpy(data.data() + at, &value, sizeof value);
}

void seal(std::string& data) {
  if (data.size() < kHeader) return;
  std::memcpy(data.data(), "PFS1\1\0\0\0", 8);
  put(data, 8, data.size());
  put(data, 16, paritas::xxh3_64(std::string_view(data).substr(kHeader)));
  put(data, 24, paritas::xxh3_64(std::string_view(data).substr(0, kHeader - 8)));
}

/// A small store, with one run of its bytes replaced by the input: most inputs reach the facts.
std::string forged(std::string_view input) {
  paritas::FactStore store = paritas::FactStore::create().value();
  require(store.add(std::string("a"), "Refunds within 30 days.").ok());
  require(store.add(std::int64_t{7}, "red fox", "t", std::string_view("\1\1k\3\1\0\0\0\0\0\0\0", 12)).ok());
  std::string data = store.to_bytes();
  if (input.empty()) return data;
  const std::size_t at = static_cast<std::uint8_t>(input[0]);
  const std::string_view rest = input.substr(1);
  for (std::size_t i = 0; i < rest.size(); ++i) data[(at + i) % data.size()] = rest[i];
  return data;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  for (std::string data : {std::string(input), forged(input)}) {
    seal(data);
    auto made = paritas::FactStore::from_bytes(data);
    if (!made.ok()) continue;
    paritas::FactStore store = std::move(made).value();
    require(store.to_bytes() == data);
    for (const std::string& tenant : store.tenants()) {
      require(store.count(tenant) > 0 && store.query("red refunds 30 days", 5, tenant).ok());
      store.clear(tenant);
    }
    require(store.tenants().empty());
  }
  return 0;
}
