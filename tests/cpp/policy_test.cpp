#include "paritas/verify/verifier.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("wrong answers about policies are refused and right ones approved") {
  const VerifiedScorer scorer = VerifiedScorer::create({}).value();
  double wrong = 0, refused = 0, right = 0, approved = 0;
  for (const auto& test : load_vectors("policy")) {
    const std::string response = test.at("given").at("response"), source = test.at("given").at("source");
    const bool said = scorer.verify(response, source).value().approved;
    if (test.at("expect").at("value").get<bool>()) {
      ++right;
      approved += said ? 1 : 0;
    } else {
      ++wrong;
      refused += said ? 0 : 1;
    }
  }
  CHECK(refused >= 0.9 * wrong);
  CHECK(approved >= 0.8 * right);
}

}  // namespace paritas::tests
