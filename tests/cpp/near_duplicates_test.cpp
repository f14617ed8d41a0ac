#include "paritas/repair/near_duplicates.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Json answer(const Json& given) {
  const Json fields = given.at("options");
  NearOptions options;
  if (fields.contains("threshold")) options.threshold = number(fields.at("threshold"));
  options.sketch.num_perm = fields.value("num_perm", options.sketch.num_perm);
  options.sketch.seed = fields.value("seed", options.sketch.seed);
  options.sketch.k = fields.value("k", options.sketch.k);
  const auto kind = shingle_kind(fields.value("shingle", "word"));
  if (!kind.ok()) return failed(kind.error());
  options.sketch.shingle = kind.value();
  const auto method = near_method(fields.value("method", "minhash"));
  if (!method.ok()) return failed(method.error());
  options.method = method.value();
  const auto owned = given.at("texts").get<std::vector<std::string>>();
  const std::vector<std::string_view> texts(owned.begin(), owned.end());
  const auto pairs = near_duplicates(texts, options);
  const auto groups = near_duplicate_groups(texts, options);
  const auto kept = keep_indices(texts, options);
  if (!pairs.ok()) {
    CHECK((!groups.ok() && !kept.ok()));
    return failed(pairs.error());
  }
  Json shown = Json::array();
  for (const NearPair& pair : pairs.value()) shown.push_back({pair.i, pair.j, pair.similarity});
  return {{"value", {{"pairs", shown}, {"groups", groups.value()}, {"kept", kept.value()}}}};
}

}  // namespace

TEST_CASE("near-duplicates agree with their vectors") {
  for (const auto& test : load_vectors("near_duplicates")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(answer(test.at("given")).dump() == test.at("expect").dump()); }
  }
}

}  // namespace paritas::tests
