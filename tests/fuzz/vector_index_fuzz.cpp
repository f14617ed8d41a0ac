// Any bytes as an index or as quantised vectors: refused, or read and written again without a change, and of use. The sums
// are put right first, or nothing would come past them. Without verification nothing may be read past the bytes.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "paritas/base/hash.hpp"
#include "paritas/retrieve/vector_index.hpp"
#include "paritas/vectors/quantize.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

template <class T>
T number(const std::string& data, std::size_t at) {
  T value;
  std::memcpy(&value, data.data() + at, sizeof value);
  return value;
}
void put(std::string& data, std::size_t at, std::uint64_t value) {
  std::memcpy(data.data() + at, &value, sizeof value);
}

void seal(std::string& data, const char* magic, std::size_t sections) {
  constexpr std::size_t kHeader = 64, kEntry = 32;
  if (data.size() < kHeader + sections * kEntry) return;
  std::memcpy(data.data(), magic, 4);
  for (std::size_t i = 0; i < sections; ++i) {
    const std::size_t at = kHeader + i * kEntry;
    const auto offset = number<std::uint64_t>(data, at + 8), length = number<std::uint64_t>(data, at + 16);
    if (offset > data.size() || length > data.size() - offset) continue;
    put(data, at + 24, paritas::xxh3_64(std::string_view(data).substr(offset, length)));
  }
  put(data, 16, data.size());
  put(data, 24, paritas::xxh3_64(std::string_view(data).substr(kHeader, sections * kEntry)));
  put(data, 56, paritas::xxh3_64(std::string_view(data).substr(0, 56)));
}

/// The bytes with one run replaced by the input: most inputs reach the sections.
std::string forged(std::string data, std::string_view input) {
  if (input.size() < 3) return data;
  const std::size_t at = static_cast<std::uint8_t>(input[1]) << 8 | static_cast<std::uint8_t>(input[2]);
  const std::string_view rest = input.substr(3);
  for (std::size_t i = 0; i < rest.size(); ++i) data[(at + i) % data.size()] = rest[i];
  return data;
}

constexpr float kRows[] = {0.5F, -1.0F, 0.25F, 1.0F, 2.0F, -0.5F};

std::string small_index(std::size_t which) {
  const char* const dtypes[] = {"float32", "float16", "int8", "binary"};
  paritas::VectorIndexOptions options;
  options.dim = 3;
  options.dtype = dtypes[which % 4];
  options.keep_full = which / 4 % 2 != 0;
  paritas::VectorIndex index = paritas::VectorIndex::create(options).value();
  require(index.add(std::string("a"), {kRows, 3}, std::string_view("\1\1k\3\1\0\0\0\0\0\0\0", 12)).ok());
  require(index.add(std::int64_t{7}, {kRows + 3, 3}).ok());
  return index.to_bytes();
}

void use(paritas::VectorIndex index) {
  const std::size_t dim = index.stats().dim;
  const std::vector<float> query(dim, 0.5F);
  require(index.query(query).ok());
  for (const paritas::DocId& id : index.ids()) require(index.get(id).has_value() && index.remove(id));
  require(index.count() == 0 && index.add(std::int64_t{1}, query).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t which = size == 0 ? 0 : bytes[0];
  for (std::string data : {std::string(input), forged(small_index(which), input)}) {
    seal(data, "PVI1", 12);
    auto checked = paritas::VectorIndex::from_bytes(data);
    if (checked.ok()) {
      require(checked.value().to_bytes() == data);
      use(std::move(checked).value());
    }
    const auto owner = std::make_shared<std::string>(data);
    auto trusted = paritas::VectorIndex::from_bytes(*owner, owner, false);
    if (trusted.ok()) use(std::move(trusted).value());
  }
  const auto dtype = static_cast<paritas::Dtype>(which % 3 + 1);
  const std::string vectors = paritas::quantize({kRows, 2, 3}, dtype).value().to_bytes();
  for (std::string data : {std::string(input), forged(vectors, input)}) {
    seal(data, "PQV1", 3);
    const auto made = paritas::QuantizedVectors::from_bytes(data);
    if (made.ok()) require(made.value().to_bytes() == data);
  }
  return 0;
}
