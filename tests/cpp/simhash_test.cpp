#include "paritas/repair/simhash.hpp"

#include <string>

#include "exact.hpp"
#include "paritas/base/random.hpp"

namespace paritas::tests {
namespace {

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }
std::uint64_t bits(const Json& hex) { return std::stoull(hex.get<std::string>(), nullptr, 16); }

Json answer(const Json& given) {
  const std::string call = given.at("call");
  const Json options = given.value("options", Json::object());
  if (call == "hamming") return {{"value", simhash_hamming(bits(given.at("a")), bits(given.at("b")))}};
  if (call == "hash") {
    const auto made = SimHash::create(options.value("k", 3));
    if (!made.ok()) return failed(made.error());
    char hex[17];
    (void)std::snprintf(hex, sizeof hex, "%016llx",
                        static_cast<unsigned long long>(made.value().hash(Exact(given.at("text")).view())));
    return {{"value", hex}};
  }
  auto made = SimHashIndex::create(options.value("max_distance", 3));
  if (!made.ok()) return failed(made.error());
  SimHashIndex index = std::move(made).value();
  for (const Json& item : given.at("insert")) {
    const auto done = index.insert(item[0].get<std::int64_t>(), bits(item[1]));
    if (!done.ok()) return failed(done.error());
  }
  for (const Json& id : given.at("remove")) {
    const auto done = index.remove(id.get<std::int64_t>());
    if (!done.ok()) return failed(done.error());
  }
  Json found = Json::array();
  for (const Json& hash : given.at("query")) found.push_back(index.query(bits(hash)));
  return {{"value", {{"found", found}, {"size", index.size()}}}};
}

}  // namespace

TEST_CASE("SimHash and its index agree with their vectors") {
  for (const auto& test : load_vectors("simhash")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(answer(test.at("given")).dump() == test.at("expect").dump()); }
  }
}

TEST_CASE("an index of fingerprints finds every one within its distance") {
  Random random(11);
  for (const std::int64_t most : {0, 1, 3, 6, 12}) {
    SimHashIndex index = std::move(SimHashIndex::create(most)).value();
    std::vector<std::uint64_t> all;
    for (std::int64_t id = 0; id < 300; ++id) {
      std::uint64_t hash = all.empty() || random.below(3) == 0 ? random.next() : all[random.below(all.size())];
      for (std::uint64_t flips = random.below(16); flips > 0; --flips) hash ^= std::uint64_t{1} << random.below(64);
      REQUIRE(index.insert(id, hash).ok());
      all.push_back(hash);
    }
    for (std::int64_t id = 0; id < 300; id += 7) REQUIRE(index.remove(id).ok());
    for (const std::uint64_t hash : all) {
      std::vector<std::int64_t> expected;
      for (std::size_t id = 0; id < all.size(); ++id) {
        if (id % 7 != 0 && simhash_hamming(hash, all[id]) <= most) expected.push_back(static_cast<std::int64_t>(id));
      }
      REQUIRE(index.query(hash) == expected);
    }
  }
}

}  // namespace paritas::tests
