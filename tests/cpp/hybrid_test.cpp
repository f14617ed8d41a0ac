#include "paritas/retrieve/hybrid.hpp"

#include "documents.hpp"
#include "filters.hpp"
#include "paritas/retrieve/bm25.hpp"
#include "paritas/retrieve/vector_index.hpp"

namespace paritas::tests {
namespace {

const std::vector<Hit> kSparse = {{std::string("a"), 2.0}, {std::string("b"), 1.0}, {std::string("c"), 0.5}};
const std::vector<Hit> kDense = {{std::string("c"), 0.9}, {std::string("a"), 0.5}, {std::int64_t{4}, 0.1}};

/// What a caller builds of the two indexes: each change in both, vectors first, as they refuse more.
struct Both {
  Hybrid rules;
  Bm25 words = Bm25::create({.store_text = true}).value();
  std::optional<VectorIndex> rows = std::nullopt;

  Json add(const Json& step) {
    std::vector<float> vector;
    for (const Json& value : step[2]) vector.push_back(static_cast<float>(number(value)));
    std::optional<std::string> metadata;
    if (step.size() > 3 && !step[3].is_null()) metadata = metadata_of(step[3]);
    VectorIndexOptions options;
    options.dim = static_cast<std::int64_t>(vector.size());
    if (!rows) rows = VectorIndex::create(options).value();
    const auto added = rows->add(id_of(step[0]), vector, metadata);
    if (!added.ok()) return outcome(Result<bool>(added.error()));
    return outcome(words.add_document(id_of(step[0]), step[1].get<std::string>(), metadata));
  }

  Json add_batch(const Json& step) {
    std::vector<DocId> ids;
    for (const Json& id : step[1]) ids.push_back(id_of(id));
    const auto texts = step[2].get<std::vector<std::string>>();
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<float> values;
    for (const Json& row : step[3]) {
      for (const Json& value : row) values.push_back(static_cast<float>(number(value)));
    }
    const std::string mode = step.size() > 5 ? step[5].get<std::string>() : "replace";
    if (ids.size() != texts.size()) return outcome(Result<bool>(Error{ErrorCode::length_mismatch, ""}));
    const Matrix matrix{values.data(), step[3].size(), values.size() / step[3].size()};
    const auto added = rows->add_batch(ids, matrix, {}, mode);
    if (!added.ok()) return outcome(Result<bool>(added.error()));
    return outcome(words.add_documents(ids, views, {}, mode));
  }

  Json query(const Json& step) const {
    const bool both = !step[1].is_null() && !step[2].is_null();
    const std::int64_t most = step.size() > 3 ? step[3].get<std::int64_t>() : HybridOptions{}.n_results;
    const auto fetch = rules.fetch(most, both);
    if (!fetch.ok()) return outcome(Result<bool>(fetch.error()));
    Filter filter;
    if (step.size() > 4) {
      auto parsed = filter_of(step[4]);
      if (!parsed.ok()) return outcome(Result<bool>(parsed.error()));
      filter = std::move(parsed).value();
    }
    const Selection selection{&filter, std::nullopt};
    std::optional<std::vector<Hit>> sparse, dense;
    if (!step[1].is_null()) {
      sparse = words.query(step[1].get<std::string>(), fetch.value(), 0.0, selection).value();
    }
    if (!step[2].is_null()) {
      std::vector<float> vector;
      for (const Json& value : step[2]) vector.push_back(static_cast<float>(number(value)));
      dense.emplace();
      if (rows) {
        VectorQuery asked;
        asked.k = fetch.value();
        asked.selection = selection;
        auto found = rows->query(vector, asked);
        if (!found.ok()) return outcome(Result<bool>(found.error()));
        dense = std::move(found).value();
      }
    }
    std::optional<std::span<const Hit>> one, two;
    if (sparse) one = *sparse;
    if (dense) two = *dense;
    const auto joined = rules.join(one, two, most);
    if (!joined.ok()) return outcome(Result<bool>(joined.error()));
    Json out = Json::array();
    for (const HybridHit& hit : joined.value()) {
      out.push_back({{"id", json_of(hit.id)},
                     {"score", hit.score},
                     {"sparse_score", hit.sparse_score ? Json(*hit.sparse_score) : Json()},
                     {"sparse_rank", hit.sparse_rank ? Json(*hit.sparse_rank) : Json()},
                     {"dense_score", hit.dense_score ? Json(*hit.dense_score) : Json()},
                     {"dense_rank", hit.dense_rank ? Json(*hit.dense_rank) : Json()}});
    }
    return {{"value", out}};
  }

  Json call(const Json& step) {
    const std::string name = step[0];
    if (name == "add" || name == "upsert") {
      Json rest = Json::array();
      for (std::size_t i = 1; i < step.size(); ++i) rest.push_back(step[i]);
      return add(rest);
    }
    if (name == "add_batch") return add_batch(step);
    if (name == "query") return query(step);
    if (name == "remove") {
      const bool removed = words.remove(id_of(step[1]));
      if (removed) CHECK(rows->remove(id_of(step[1])));
      return {{"value", removed}};
    }
    if (name == "remove_many") {
      std::vector<DocId> ids;
      for (const Json& id : step[1]) ids.push_back(id_of(id));
      const std::uint64_t removed = words.remove_many(ids);
      CHECK(rows->remove_many(ids) == removed);
      return {{"value", removed}};
    }
    if (name == "clear") {
      words.clear();
      rows->clear();
      return {{"value", nullptr}};
    }
    if (name == "reload") {
      const std::string data = rules.to_bytes(words.to_bytes(), rows->to_bytes());
      HybridFile file = open_hybrid(data).value();
      rules = std::move(file.hybrid);
      words = Bm25::from_bytes(file.bm25).value();
      rows = VectorIndex::from_bytes(file.vectors).value();
      return {{"value", nullptr}};
    }
    if (name == "ids") {
      Json out = Json::array();
      for (const DocId& id : words.ids()) out.push_back(json_of(id));
      return {{"value", out}};
    }
    if (name == "count") return {{"value", words.count()}};
    if (name == "contains") return {{"value", words.contains(id_of(step[1]))}};
    REQUIRE(name == "highlights");
    const auto found = words.get(id_of(step[1]));
    if (!found) return outcome(Result<bool>(Error{ErrorCode::not_found, ""}));
    Json out = Json::array();
    for (const Span& span : words.highlight(step[2].get<std::string>(), *found->text)) {
      out.push_back(
          {{"utf8", {span.start, span.end}}, {"codepoint", {span.start, span.end}}, {"utf16", {span.start, span.end}}});
    }
    return {{"value", out}};
  }
};

}  // namespace

TEST_CASE("HybridIndex agrees with its vectors") {
  for (const auto& test : load_vectors("hybrid")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json given = test.at("given");
      HybridOptions options;
      for (const auto& [key, value] : given.at("options").items()) {
        if (key == "rrf_k") {
          options.rrf_k = value;
        } else if (key == "sparse_weight") {
          options.sparse_weight = value;
        } else if (key == "dense_weight") {
          options.dense_weight = value;
        } else if (key == "fetch_multiplier") {
          options.fetch_multiplier = value;
        } else if (key == "fusion") {
          options.fusion = value;
        } else {
          REQUIRE(key == "norm");
          options.norm = value;
        }
      }
      auto made = Hybrid::create(options);
      Json actual;
      if (made.ok()) {
        Both both{std::move(made).value()};
        for (const Json& document : given.at("documents")) REQUIRE(both.add(document).contains("value"));
        for (const Json& step : given.at("steps")) both.call(step);
        actual = both.call(given.at("call"));
      } else {
        actual = outcome(Result<bool>(made.error()));
      }
      CHECK(actual.dump() == test.at("expect").dump());
    }
  }
}

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
