#include "paritas/verify/facts.hpp"

#include <atomic>
#include <thread>

#include "documents.hpp"
#include "paritas/base/hash.hpp"

namespace paritas::tests {
namespace {

Json fact_of(const Fact& fact) {
  Json metadata;
  if (fact.metadata) metadata = json_of(decode_metadata(*fact.metadata).value());
  return {{"id", json_of(fact.id)}, {"text", fact.text}, {"score", fact.score}, {"metadata", metadata}};
}

template <class T, class Convert>
Json settled(const Result<T>& result, Convert convert) {
  if (!result.ok()) return outcome(Result<bool>(result.error()));
  return {{"value", convert(result.value())}};
}

std::string hex(std::string_view bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    out += kDigits[static_cast<unsigned char>(byte) >> 4];
    out += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

Json call(FactStore& store, const Json& step) {
  const std::string name = step[0];
  const auto string = [&](std::size_t i) { return step.size() > i ? step[i].get<std::string>() : std::string(); };
  const std::int64_t k = step.size() > 2 && step[2].is_number() ? step[2].get<std::int64_t>() : FactStoreOptions{}.k;
  if (name == "add") {
    std::optional<std::string> metadata;
    if (step.size() > 4) metadata = metadata_of(step[4]);
    return settled(store.add(id_of(step[1]), string(2), string(3), metadata), [](bool fresh) { return fresh; });
  }
  if (name == "remove") return {{"value", store.remove(id_of(step[1]), string(2))}};
  if (name == "get") {
    const auto found = store.get(id_of(step[1]), string(2));
    return {{"value", found ? fact_of(*found) : Json()}};
  }
  if (name == "count") return {{"value", store.count(string(1))}};
  if (name == "clear") {
    store.clear(string(1));
    return {{"value", nullptr}};
  }
  if (name == "tenants") return {{"value", store.tenants()}};
  if (name == "query") {
    return settled(store.query(string(1), k, string(3)), [](const std::vector<Fact>& facts) {
      Json out = Json::array();
      for (const Fact& fact : facts) out.push_back(fact_of(fact));
      return out;
    });
  }
  if (name == "retrieve_context") {
    return settled(store.retrieve_context(string(1), k, string(3)),
                   [](const std::optional<std::string>& found) { return found ? Json(*found) : Json(); });
  }
  REQUIRE(name == "to_bytes");
  return {{"value", hex(store.to_bytes())}};
}

FactStore small_store() {
  FactStore store = FactStore::create().value();
  REQUIRE(store.add(std::string("a"), "Refunds within 30 days.", "", metadata_of({{"k", {1, "x"}}})).ok());
  REQUIRE(store.add(std::int64_t{7}, "red fox", "t").ok());
  return store;
}

}  // namespace

TEST_CASE("FactStore agrees with its vectors") {
  for (const auto& test : load_vectors("facts")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json given = test.at("given");
      const Json chosen = given.value("options", Json::object());
      FactStoreOptions options;
      for (const auto& [key, value] : chosen.items()) {
        if (key == "k1")
          options.k1 = number(value);
        else if (key == "b")
          options.b = number(value);
        else
          FAIL("unknown option " << key);
      }
      auto made = FactStore::create(options);
      Json actual = settled(made, [](const FactStore&) { return nullptr; });
      if (made.ok()) {
        FactStore store = std::move(made).value();
        for (const Json& step : given.value("steps", Json::array())) call(store, step);
        actual = call(store, given.at("call"));
      }
      CHECK(actual.dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("a fact store goes through its bytes, and damaged ones are refused") {
  const std::string data = small_store().to_bytes();
  const FactStore again = FactStore::from_bytes(data).value();
  CHECK(again.to_bytes() == data);
  CHECK(again.retrieve_context("days for refunds").value() == "Refunds within 30 days.");
  for (std::size_t at = 0; at < data.size(); ++at) {
    INFO(at);
    // Blocks of exactly the right size, so that AddressSanitizer sees a read past the end.
    const std::vector<char> cut(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(at));
    CHECK(FactStore::from_bytes({cut.data(), cut.size()}).error().code == ErrorCode::corrupt_data);
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    CHECK(FactStore::from_bytes(damaged).error().code == ErrorCode::corrupt_data);
  }
  CHECK(FactStore::from_bytes(data + '\0').error().offset == data.size() + 1);
}

TEST_CASE("many tenants come and go") {
  FactStore store = FactStore::create().value();
  for (int i = 0; i < 3'000; ++i) REQUIRE(store.add(std::int64_t{i}, "red", std::to_string(i % 300)).ok());
  CHECK(store.tenants().size() == 300);
  for (int i = 0; i < 3'000; ++i) {
    if (i % 300 != 7) REQUIRE(store.remove(std::int64_t{i}, std::to_string(i % 300)));
  }
  CHECK(store.tenants() == std::vector<std::string>{"7"});
  CHECK(store.count("7") == 10);
  const std::vector<Fact> facts = store.query("red", 100, "7").value();
  REQUIRE(facts.size() == 10);
  CHECK(std::get<std::int64_t>(facts[0].id) == 7);
}

TEST_CASE("ill-formed names and texts count as U+FFFD") {
  FactStore store = FactStore::create().value();
  REQUIRE(store.add(std::string("\xff"), "red \xff", "\xfe").ok());
  const auto found = store.get(std::string("\xef\xbf\xbd"), "\xef\xbf\xbd");
  REQUIRE(found);
  CHECK(found->text == "red \xef\xbf\xbd");
  CHECK(FactStore::from_bytes(store.to_bytes()).ok());
}

TEST_CASE("facts are found while others are added") {
  FactStore store = FactStore::create().value();
  for (int i = 0; i < 50; ++i) REQUIRE(store.add(std::int64_t{i}, "red fox").ok());
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int r = 0; r < 3; ++r) {
    readers.emplace_back([&] {
      while (!stop) {
        if (store.query("red", 50).value().size() < 50) ++wrong;
      }
    });
  }
  for (std::int64_t i = 0; i < 500; ++i) {
    (void)store.add(1'000 + i % 20, "red cat").ok();
    (void)store.add(i % 9, "blue", std::to_string(i % 5)).ok();
    store.remove(1'000 + i % 7);
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
}

}  // namespace paritas::tests
