#include "paritas/retrieve/filter.hpp"

#include <atomic>
#include <thread>

#include "documents.hpp"
#include "filters.hpp"
#include "paritas/base/random.hpp"
#include "retrieve/filter_masks.hpp"

namespace paritas::tests {
namespace {

std::optional<std::string_view> metadata_at(const void* owner, std::size_t ordinal) {
  const std::string& metadata = (*static_cast<const std::vector<std::string>*>(owner))[ordinal];
  if (metadata.empty()) return std::nullopt;
  return metadata;
}

std::vector<std::string> documents(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    Json metadata = Json::object();
    if (random.below(4) != 0) metadata["lang"] = std::string("l").append(std::to_string(random.below(7)));
    if (random.below(4) != 0) metadata["n"] = random.below(2) == 0 ? Json(random.below(5)) : Json(0.5);
    if (random.below(4) == 0) metadata["tags"] = {"a", random.below(3)};
    out.push_back(random.below(9) == 0 ? std::string() : metadata_of(metadata));
  }
  return out;
}

const std::vector<Json>& filters() {
  static const std::vector<Json> all = {
      {{"lang", "l3"}},
      {{"n", 2}},
      {{"n", {{"$in", {0.5, 4.0, 9}}}}},
      {{"lang", {{"$in", {"l1", "l1", "none", "l6"}}}}, {"n", {{"$gte", 1}}}},
      {{"$and", {{{"n", {{"$lt", 3}}}}, {{"lang", "l0"}}}}},
      {{"$or", {{{"n", 1}}, {{"lang", "l5"}}}}},
      {{"lang", {{"$ne", "l2"}}}},
      {{"tags", {{"$contains", 2}}}},
      {{"none", "x"}},
      Json::object(),
  };
  return all;
}

}  // namespace

TEST_CASE("matches_filter agrees with its vectors") {
  for (const auto& test : load_vectors("filter")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      std::optional<std::string> metadata;
      if (!given.at("metadata").is_null()) {
        metadata = metadata_of(given["metadata"]);
        metadata->shrink_to_fit();
      }
      const auto filter = filter_of(given.at("filter"));
      CHECK((filter.ok() ? outcome(Result<bool>(filter.value().matches(metadata)))
                         : outcome(Result<bool>(filter.error())))
                .dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("a filter without keys passes all, and only that says so") {
  CHECK(Filter().passes_all());
  CHECK(filter_of(Json::object()).value().passes_all());
  CHECK_FALSE(filter_of({{"$not", Json::object()}}).value().passes_all());
  CHECK(Filter().matches(std::nullopt));
}

TEST_CASE("bytes that are no filter are refused wherever they end") {
  FilterBytes out;
  write(out, {{"$or", {{{"a", {{"$in", {1, 0.5, "x", nullptr, true}}}}}, {{"b", {1, 2}}}}}});
  REQUIRE(Filter::parse(out.bytes()).ok());
  for (std::size_t size = 0; size < out.bytes().size(); ++size) {
    const std::vector<char> cut(out.bytes().begin(), out.bytes().begin() + static_cast<std::ptrdiff_t>(size));
    const auto filter = Filter::parse({cut.data(), cut.size()});
    REQUIRE_FALSE(filter.ok());
    if (size > 0) CHECK(filter.error().code == ErrorCode::corrupt_data);
  }
  CHECK(Filter::parse(out.bytes() + '\0').error().code == ErrorCode::corrupt_data);
}

TEST_CASE("damaged metadata has no keys, and is read within its bytes") {
  const std::string whole = metadata_of({{"a", {1, "x", nullptr}}, {"b", 0.5}, {"c", "text"}});
  const auto filter = filter_of({{"c", {{"$exists", true}}}}).value();
  CHECK(filter.matches(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(filter.matches(std::string_view(cut.data(), cut.size())));
  }
}

TEST_CASE("masks say what matches says, after any growth") {
  const std::vector<std::string> all = documents(1'000, 1);
  FilterMasks masks;
  std::vector<std::shared_ptr<const Mask>> held;
  for (const std::size_t count : {0, 1, 63, 64, 65, 500, 500, 1'000}) {
    for (const Json& json : filters()) {
      const Filter filter = filter_of(json).value();
      const auto mask = masks.of(filter, count, &all, metadata_at);
      REQUIRE((mask->count == count && mask->words.size() == (count + 63) / 64));
      std::size_t passing = 0;
      for (std::size_t i = 0; i < 64 * mask->words.size(); ++i) {
        const bool expected = i < count && filter.matches(metadata_at(&all, i));
        REQUIRE((*mask)[i] == expected);
        passing += expected ? 1 : 0;
      }
      CHECK(mask->passing == passing);
      held.push_back(mask);
    }
  }
  for (std::size_t i = 0; i < held.size(); ++i) CHECK(held[i]->words.size() == (held[i]->count + 63) / 64);
  CHECK(masks.heap_bytes() > 0);
  masks.clear();
  CHECK(masks.heap_bytes() == 0);
  const std::vector<std::string> others = documents(100, 2);
  const Filter filter = filter_of(filters()[0]).value();
  const auto mask = masks.of(filter, 100, &others, metadata_at);
  for (std::size_t i = 0; i < 100; ++i) CHECK((*mask)[i] == filter.matches(metadata_at(&others, i)));
}

TEST_CASE("many threads ask for masks at once") {
  const std::vector<std::string> all = documents(2'000, 3);
  FilterMasks masks;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t round = 0; round < 40; ++round) {
        const Filter filter = filter_of(filters()[(t + round) % filters().size()]).value();
        const auto mask = masks.of(filter, all.size(), &all, metadata_at);
        for (std::size_t i = t; i < all.size(); i += 97) {
          wrong += (*mask)[i] != filter.matches(metadata_at(&all, i)) ? 1 : 0;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

}  // namespace paritas::tests
