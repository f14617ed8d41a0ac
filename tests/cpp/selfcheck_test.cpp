#include "paritas/selfcheck/selfcheck.hpp"

#include <set>

#include "selfcheck/texts.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("selfcheck agrees with its vectors") {
  for (const auto& test : load_vectors("selfcheck")) {
    DYNAMIC_SECTION(test["id"]) {
      const auto cases = test.at("given").at("cases").get<std::int64_t>();
      CHECK(outcome(selfcheck(cases)).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("the report has the digest of selfcheck and counts every case once") {
  const SelfcheckReport report = selfcheck_report(1'001).value();
  CHECK(report.digest == selfcheck(1'001).value());
  std::int64_t counted = 0;
  std::set<std::string> stems;
  for (const FeatureDigest& item : report.features) {
    CHECK(item.digest.size() == 16);
    CHECK(item.digest != "0000000000000000");
    counted += item.cases;
    stems.insert(item.feature);
  }
  CHECK(counted == 1'001);
  CHECK(stems.size() == report.features.size());
}

TEST_CASE("every digest depends on the seed") {
  const SelfcheckReport one = selfcheck_report(2'000, 0).value(), other = selfcheck_report(2'000, 1'000'000).value();
  CHECK(one.digest != other.digest);
  for (std::size_t i = 0; i < one.features.size(); ++i) {
    INFO(one.features[i].feature);
    CHECK(one.features[i].digest != other.features[i].digest);  // a check that draws nothing would check nothing
  }
}

TEST_CASE("random texts are of many kinds") {
  std::set<std::string> seen;
  bool empty = false, ill_formed = false, long_one = false;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    Random random(seed);
    const std::string text = random_text(random, 20);
    empty |= text.empty();
    ill_formed |= text.find('\xff') != std::string::npos;
    long_one |= text.size() > 100;
    seen.insert(text);
  }
  CHECK((empty && ill_formed && long_one));
  CHECK(seen.size() > 1'500);
}

}  // namespace paritas::tests
