#include "paritas/vectors/hnsw.hpp"

#include <catch2/catch.hpp>

#include "paritas/base/hash.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

struct Rows {  // in a heap block of exactly the right size
  std::unique_ptr<float[]> values;
  std::size_t rows = 0, dim = 0;
  explicit Rows(const Json& items) : rows(items.size()), dim(items.empty() ? 0 : items[0].size()) {
    values.reset(new float[rows * dim]);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < dim; ++j) values[i * dim + j] = static_cast<float>(number(items[i][j]));
    }
  }
  operator Matrix() const { return {values.get(), rows, dim}; }
};

std::optional<std::string> text_of(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.dump());
}

Json pairs(const std::vector<HnswHit>& hits) {
  Json out = Json::array();
  for (const HnswHit& hit : hits) out.push_back({hit.id, static_cast<double>(hit.distance)});
  return out;
}

HnswOptions options_of(const Json& given, std::string& metric, std::string& storage) {
  HnswOptions out;
  const auto take = [&](const char* key, std::int64_t& into) {
    if (given.contains(key)) into = given.at(key).get<std::int64_t>();
  };
  take("dimension", out.dimension);
  take("m", out.m);
  take("ef_construction", out.ef_construction);
  take("ef_search", out.ef_search);
  take("exact_below", out.exact_below);
  if (given.contains("seed")) out.seed = given.at("seed").get<std::uint64_t>();
  metric = given.value("metric", std::string(out.metric));
  storage = given.value("storage", std::string(out.storage));
  out.metric = metric;
  out.storage = storage;
  return out;
}

/// What one step of a case gives.
Result<Json> step(HnswIndex& index, const Json& given) {
  const std::string what = given[0];
  const Json first = given.size() > 1 ? given[1] : Json(), second = given.size() > 2 ? given[2] : Json();
  const Json third = given.size() > 3 ? given[3] : Json();
  const auto as_json = [](const auto& result) -> Result<Json> {
    if (!result.ok()) return result.error();
    return Json(result.value());
  };
  if (what == "add" || what == "add_batch") {
    const bool one = what == "add";
    const Rows rows(one ? Json::array({first}) : first);
    std::vector<std::int64_t> ids;
    std::optional<std::span<const std::int64_t>> named;
    std::vector<std::optional<std::string>> texts;
    if (!second.is_null()) {
      ids = one ? std::vector<std::int64_t>{second.get<std::int64_t>()} : second.get<std::vector<std::int64_t>>();
      named = ids;
    }
    if (!third.is_null()) {
      for (const Json& value : one ? Json::array({third}) : third) texts.push_back(text_of(value));
    }
    const std::vector<std::optional<std::string_view>> views(texts.begin(), texts.end());
    const auto added = index.add_batch(rows, named, views, 2);
    if (!added.ok()) return added.error();
    return one ? Json(added.value()[0]) : Json(added.value());
  }
  if (what == "search" || what == "search_batch") {
    const bool one = what == "search";
    const Rows rows(one ? Json::array({first}) : first);
    HnswSearch search;
    std::vector<std::int64_t> ids;
    std::function<bool(std::int64_t)> filter;
    if (one && second.is_object()) {
      search.k = second.value("k", search.k);
      if (second.contains("ef")) search.ef = second["ef"].get<std::int64_t>();
      if (second.contains("filter_ids"))
        search.filter_ids = ids = second["filter_ids"].get<std::vector<std::int64_t>>();
      if (second.contains("every")) {
        filter = [every = second["every"].get<std::int64_t>()](std::int64_t id) { return id % every == 0; };
        search.filter = &filter;
      }
    } else if (!one) {
      search.k = second.get<std::int64_t>();
    }
    const auto found = index.search_batch(rows, search, 2);
    if (!found.ok()) return found.error();
    if (one) return pairs(found.value()[0]);
    Json out = Json::array();
    for (const auto& hits : found.value()) out.push_back(pairs(hits));
    return out;
  }
  if (what == "delete") return as_json(index.remove(first.get<std::int64_t>()));
  if (what == "has") return Json(index.contains(first.get<std::int64_t>()));
  if (what == "ids") return Json(index.ids());
  if (what == "get") return as_json(index.get(first.get<std::int64_t>()));
  if (what == "hash") {
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(xxh3_64(index.to_bytes())));
    return Json(hex);
  }
  if (what == "stats") {
    const HnswStats s = index.stats();
    return Json({s.count, s.holes, s.layers, s.exact});
  }
  if (what == "get_metadata") {
    const auto text = index.get_metadata(first.get<std::int64_t>());
    if (!text.ok()) return text.error();
    return text.value() ? Json::parse(*text.value()) : Json();
  }
  if (what == "compact") {
    const auto done = index.compact(2);
    if (!done.ok()) return done.error();
    return Json();
  }
  REQUIRE(what == "reload");
  auto loaded = HnswIndex::from_bytes(index.to_bytes());
  if (!loaded.ok()) return loaded.error();
  index = std::move(loaded).value();
  return Json();
}

Json run(const Json& given) {
  std::string metric, storage;
  auto created = HnswIndex::create(options_of(given.at("options"), metric, storage));
  if (!created.ok()) return failed(created.error());
  HnswIndex index = std::move(created).value();
  Json out = Json::array();
  for (const Json& each : given.at("steps")) {
    auto value = step(index, each);
    if (!value.ok()) return failed(value.error());
    out.push_back(value.value());
  }
  return {{"value", out}};
}

}  // namespace

TEST_CASE("HNSWIndex agrees with its vectors") {
  for (const auto& test : load_vectors("hnsw")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(run(test.at("given")) == test.at("expect")); }
  }
}

TEST_CASE("progress stops a batch after a round, and what is in stays") {
  HnswOptions options;
  options.dimension = 4;
  options.m = 4;
  auto index = HnswIndex::create(options);
  REQUIRE(index.ok());
  std::vector<float> values(400);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>((i * 7919) % 101) - 50.5F;
  HnswIndex made = std::move(index).value();
  std::vector<std::size_t> told;
  const HnswProgress progress = [&](std::size_t done, std::size_t total) {
    CHECK(total == 100);
    CHECK(made.size() == done);  // with no lock held
    told.push_back(done);
    return done < 50;
  };
  const auto added = made.add_batch({values.data(), 100, 4}, std::nullopt, {}, 1, &progress);
  REQUIRE(added.ok());
  CHECK(added.value().size() == told.back());
  CHECK((told.back() >= 50 && told.back() < 100));
  CHECK(HnswIndex::from_bytes(made.to_bytes()).ok());
}

}  // namespace paritas::tests
