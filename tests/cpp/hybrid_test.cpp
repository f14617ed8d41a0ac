#include "paritas/retrieve/hybrid.hpp"

#include "documents.hpp"

namespace paritas::tests {
namespace {

const std::vector<Hit> kSparse = {{std::string("a"), 2.0}, {std::string("b"), 1.0}, {std::string("c"), 0.5}};
const std::vector<Hit> kDense = {{std::string("c"), 0.9}, {std::string("a"), 0.5}, {std::int64_t{4}, 0.1}};

}  // namespace

TEST_CASE("two parts are fused, and each result tells where they had it") {
  const Hybrid hybrid = Hybrid::create().value();
  const auto hits = hybrid.join(kSparse, kDense, 10).value();
  const auto fused = rrf(std::vector<std::vector<Hit>>{kSparse, kDense}).value();
  REQUIRE((hits.size() == 4 && fused.size() == 4));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK((hits[i].id == fused[i].id && hits[i].score == fused[i].score));
  }
  CHECK(hits[0].id == DocId(std::string("a")));
  CHECK((hits[0].sparse_score == 2.0 && hits[0].sparse_rank == 1u));
  CHECK((hits[0].dense_score == 0.5 && hits[0].dense_rank == 2u));
  CHECK((hits[3].id == DocId(std::int64_t{4}) && !hits[3].sparse_score && !hits[3].sparse_rank));
  CHECK(hybrid.join(kSparse, kDense, 2).value().size() == 2);
}

TEST_CASE("a part alone ranks by its own scores") {
  const Hybrid hybrid = Hybrid::create().value();
  const auto words = hybrid.join(kSparse, std::nullopt, 2).value();
  REQUIRE(words.size() == 2);
  CHECK((words[1].score == 1.0 && words[1].sparse_rank == 2u && !words[1].dense_rank));
  const auto vectors = hybrid.join(std::nullopt, kDense, 5).value();
  REQUIRE(vectors.size() == 3);
  CHECK((vectors[2].score == 0.1 && vectors[2].dense_score == 0.1 && !vectors[2].sparse_score));
  CHECK(hybrid.join(std::nullopt, std::nullopt, 5).error().code == ErrorCode::invalid_argument);
  CHECK(hybrid.join(kSparse, kDense, -1).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a part is asked for as much as is fused") {
  const Hybrid hybrid = Hybrid::create().value();
  CHECK(hybrid.fetch(10, true).value() == 30);
  CHECK(hybrid.fetch(10, false).value() == 10);
  CHECK(hybrid.fetch(std::int64_t{1} << 62, true).value() == (std::int64_t{1} << 31) - 1);
  CHECK(hybrid.fetch(-1, true).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("options without meaning are refused") {
  CHECK_FALSE(Hybrid::create({.rrf_k = 0.0}).ok());
  CHECK_FALSE(Hybrid::create({.sparse_weight = -1.0}).ok());
  CHECK_FALSE(Hybrid::create({.dense_weight = std::nan("")}).ok());
  CHECK_FALSE(Hybrid::create({.fetch_multiplier = 0}).ok());
  CHECK_FALSE(Hybrid::create({.fusion = "sum"}).ok());
  CHECK_FALSE(Hybrid::create({.norm = "l2"}).ok());
}

TEST_CASE("a hybrid file keeps options and parts, and is refused when cut or changed") {
  const Hybrid hybrid = Hybrid::create({.rrf_k = 7.5, .fusion = "weighted", .norm = "max"}).value();
  const std::string data = hybrid.to_bytes("words", "rows");
  const HybridFile file = open_hybrid(data).value();
  CHECK((file.bm25 == "words" && file.vectors == "rows"));
  CHECK((file.hybrid.options().rrf_k == 7.5 && file.hybrid.options().norm == "max"));
  CHECK(file.hybrid.to_bytes(file.bm25, file.vectors) == data);
  for (std::size_t at = 0; at < data.size(); ++at) {
    const std::vector<char> cut(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(at));
    REQUIRE(open_hybrid({cut.data(), cut.size()}).error().code == ErrorCode::corrupt_data);
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    REQUIRE(open_hybrid(damaged).error().code == ErrorCode::corrupt_data);
  }
}

}  // namespace paritas::tests
