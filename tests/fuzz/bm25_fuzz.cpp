// Any bytes as a snapshot: refused, or of use, whatever it answers. The sums are put right first, or nothing would come
// past them.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "paritas/base/hash.hpp"
#include "paritas/retrieve/bm25.hpp"

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

void seal(std::string& data) {
  constexpr std::size_t kHeader = 64, kEntry = 32, kSections = 15;
  if (data.size() < kHeader + kSections * kEntry) return;
  std::memcpy(data.data(), "PBM1", 4);
  for (std::size_t i = 0; i < kSections; ++i) {
    const std::size_t at = kHeader + i * kEntry;
    const auto offset = number<std::uint64_t>(data, at + 8), length = number<std::uint64_t>(data, at + 16);
    if (offset > data.size() || length > data.size() - offset) continue;
    put(data, at + 24, paritas::xxh3_64(std::string_view(data).substr(offset, length)));
  }
  put(data, 16, data.size());
  put(data, 24, paritas::xxh3_64(std::string_view(data).substr(kHeader, kSections * kEntry)));
  put(data, 56, paritas::xxh3_64(std::string_view(data).substr(0, 56)));
}

/// A small index, with one run of its bytes replaced by the input: most inputs reach the sections.
std::string forged(std::string_view input) {
  paritas::Bm25 index = paritas::Bm25::create({.store_text = true}).value();
  for (std::int64_t i = 0; i < 300; ++i) require(index.add_document(i, i % 3 == 0 ? "red red" : "red fox").ok());
  require(index.add_document(std::string("a"), "red fox red").ok());
  require(index.add_document(std::int64_t{7}, "blue fox", std::string_view("\1\1k\3\1\0\0\0\0\0\0\0", 12)).ok());
  std::string data = index.to_bytes();
  if (input.size() < 2) return data;
  const std::size_t at = static_cast<std::uint8_t>(input[0]) << 8 | static_cast<std::uint8_t>(input[1]);
  const std::string_view rest = input.substr(2);
  for (std::size_t i = 0; i < rest.size(); ++i) data[(at + i) % data.size()] = rest[i];
  return data;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  for (std::string data : {std::string(input), forged(input)}) {
    seal(data);
    auto made = paritas::Bm25::from_bytes(data);
    if (!made.ok()) continue;
    paritas::Bm25 index = std::move(made).value();
    (void)index.query("red fox", 5);
    (void)index.get_scores("red blue");
    (void)index.explain("red fox", std::string("a"));
    (void)index.stats();
    for (const paritas::DocId& id : index.ids()) (void)index.get(id);
    (void)index.remove(std::string("a"));
    (void)index.add_document(std::string("a"), "red again");
    (void)index.query("red again", 5);
    index.optimize();
    require(index.to_bytes() == index.to_bytes());
  }
  return 0;
}
