// Any bytes as a graph of vectors: refused, or of use, whatever it answers. The sums are put right first, or nothing would
// come past them.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "paritas/base/hash.hpp"
#include "paritas/vectors/hnsw.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void put(std::string& data, std::size_t at, std::uint64_t value) { std::memcpy(data.data() + at, &value, 8); }

void seal(std::string& data) {
  constexpr std::size_t kHeader = 64, kEntry = 32, kSections = 10;
  std::memcpy(data.data(), "PHNW", 4);
  for (std::size_t i = 0; i < kSections; ++i) {
    const std::size_t at = kHeader + i * kEntry;
    std::uint64_t offset = 0, length = 0;
    std::memcpy(&offset, data.data() + at + 8, 8);
    std::memcpy(&length, data.data() + at + 16, 8);
    if (offset > data.size() || length > data.size() - offset) continue;
    put(data, at + 24, paritas::xxh3_64(std::string_view(data).substr(offset, length)));
  }
  put(data, 16, data.size());
  put(data, 24, paritas::xxh3_64(std::string_view(data).substr(kHeader, kSections * kEntry)));
  put(data, 56, paritas::xxh3_64(std::string_view(data).substr(0, 56)));
}

constexpr float kRows[] = {0.1F, 0.9F, -0.3F, 0.4F, -0.7F, 0.2F, 1.1F, 0.8F, -0.2F, -0.6F, 0.5F, 0.35F};

/// A small graph, with one run of its bytes replaced by the input.
std::string forged(std::string_view input) {
  paritas::HnswOptions options;
  options.dimension = 2;
  options.m = 2;
  options.ef_construction = 4;
  options.exact_below = 0;
  auto created = paritas::HnswIndex::create(options);
  require(created.ok());
  paritas::HnswIndex index = std::move(created).value();
  for (int i = 0; i < 5; ++i) require(index.add_batch({kRows, 6, 2}, std::nullopt, {}, 1).ok());
  require(index.add({kRows, 2}, 99, "{}").ok());
  require(index.remove(3).ok());
  std::string data = index.to_bytes();
  if (input.size() < 2) return data;
  const std::size_t at = static_cast<std::uint8_t>(input[0]) << 8 | static_cast<std::uint8_t>(input[1]);
  const std::string_view rest = input.substr(2);
  for (std::size_t i = 0; i < rest.size(); ++i) data[(at + i) % data.size()] = rest[i];
  return data;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string data = forged({reinterpret_cast<const char*>(bytes), size});
  seal(data);
  for (const bool verify : {true, false}) {
    auto opened = paritas::HnswIndex::from_bytes(data, nullptr, verify);
    if (!opened.ok()) {
      require(opened.error().code == paritas::ErrorCode::corrupt_data);
      continue;
    }
    paritas::HnswIndex index = std::move(opened).value();
    const std::vector<float> query(static_cast<std::size_t>(index.options().dimension), 0.3F);
    paritas::HnswSearch search;
    search.k = 3;
    const auto found = index.search(query, search);
    require(found.ok() && found.value().size() == std::min<std::size_t>(3, index.size()));
    if (!verify) {
      (void)index.add(query);
      continue;
    }
    require(paritas::HnswIndex::from_bytes(index.to_bytes()).ok());
    (void)index.add(query);
    for (const std::int64_t id : index.ids()) require(index.remove(id).ok());
    require(index.size() == 0);
  }
  return 0;
}
