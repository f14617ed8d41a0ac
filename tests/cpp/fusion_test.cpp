#include "paritas/retrieve/fusion.hpp"

#include "documents.hpp"

namespace paritas::tests {

TEST_CASE("rrf and weighted_fusion agree with their vectors") {
  for (const auto& test : load_vectors("fusion")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json given = test.at("given");
      std::vector<std::vector<Hit>> lists;
      for (const Json& list : given.at("lists")) {
        std::vector<Hit>& hits = lists.emplace_back();
        for (const Json& item : list) {
          hits.push_back(item.is_array() ? Hit{id_of(item[0]), number(item[1])} : Hit{id_of(item), 0.0});
        }
      }
      std::vector<double> values;
      std::optional<std::span<const double>> weights;
      if (given.contains("weights")) weights = values = numbers(given["weights"]);
      FusionOptions options;
      if (given.contains("k")) options.k = number(given["k"]);
      if (given.contains("norm")) options.norm = given["norm"];
      if (given.contains("n_results")) options.n_results = given["n_results"];
      const auto fused =
          given.at("call") == "rrf" ? rrf(lists, weights, options) : weighted_fusion(lists, weights, options);
      Json actual = outcome(fused.ok() ? Result<bool>(true) : Result<bool>(fused.error()));
      if (fused.ok()) {
        actual["value"] = Json::array();
        for (const Hit& hit : fused.value()) actual["value"].push_back({json_of(hit.id), hit.score});
      }
      CHECK(actual.dump() == test.at("expect").dump());
    }
  }
}

}  // namespace paritas::tests
