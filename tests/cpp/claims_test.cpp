#include "paritas/verify/claims.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("split_claims agrees with its vectors") {
  for (const auto& test : load_vectors("claims")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      const Json found = Exact::list(split_claims(text.view(), given.value("atomic", false)), [&](const Claim& claim) {
        return Json{{"text", std::string(text.view().substr(claim.span.start, claim.span.end - claim.span.start))},
                    {"span", text.span(claim.span)},
                    {"sentence_index", claim.sentence_index},
                    {"is_atomic", claim.is_atomic}};
      });
      CHECK(Json{{"value", found}} == test.at("expect"));
    }
  }
}

}  // namespace paritas::tests
