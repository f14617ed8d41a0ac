#include <hwy/highway.h>

#include <cstring>
#include <memory>

#include "paritas/vectors/cosine.hpp"
#include "paritas/vectors/distance.hpp"
#include "paritas/vectors/dot.hpp"
#include "paritas/vectors/embedding_index.hpp"
#include "paritas/vectors/matrix.hpp"
#include "paritas/vectors/narrow.hpp"
#include "paritas/vectors/normalize.hpp"
#include "paritas/vectors/topk.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

// float32 values in a heap block of exactly the right size, so that AddressSanitizer sees a read past the end.
struct Block {
  std::unique_ptr<float[]> values;
  std::size_t rows = 1, dim = 0;

  operator std::span<const float>() const { return {values.get(), dim}; }
  operator Matrix() const { return {values.get(), rows, dim}; }
  [[nodiscard]] std::span<float> all() const { return {values.get(), rows * dim}; }
};

bool is_matrix(const Json& items) { return items.empty() || items[0].is_array(); }

Result<Block> block(const Json& items, bool matrix) {
  Block out;
  std::vector<double> flat;
  if (matrix && !is_matrix(items)) return Error{ErrorCode::invalid_argument, "a matrix is needed"};
  if (!matrix) {
    flat = numbers(items);
    out.dim = flat.size();
  } else {
    out.rows = items.size();
    out.dim = out.rows == 0 ? 0 : items[0].size();
    for (std::size_t i = 0; i < out.rows; ++i) {
      if (items[i].size() != out.dim) return ragged(i, items[i].size(), out.dim);
      for (const double value : numbers(items[i])) flat.push_back(value);
    }
  }
  out.values = std::make_unique<float[]>(flat.size());
  const auto done =
      matrix && out.dim > 0 ? narrow_rows(flat, out.dim, out.values.get()) : narrow(flat, out.values.get());
  if (!done.ok()) return done.error();
  return out;
}

Json plain(std::span<const float> values) {
  Json out = Json::array();
  for (const float value : values) out.push_back(outcome(static_cast<double>(value)).at("value"));
  return out;
}
Json plain_rows(std::span<const float> values, std::size_t rows) {
  Json out = Json::array();
  const std::size_t width = rows == 0 ? 0 : values.size() / rows;
  for (std::size_t i = 0; i < rows; ++i) out.push_back(plain(values.subspan(i * width, width)));
  return out;
}
Json plain_hits(std::span<const Neighbour> hits) {
  Json out = Json::array();
  for (const Neighbour& hit : hits) {
    out.push_back(Json::array({hit.index, outcome(static_cast<double>(hit.score)).at("value")}));
  }
  return out;
}
Json value(Json item) { return {{"value", std::move(item)}}; }
Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

using Pair = Result<float> (*)(std::span<const float>, std::span<const float>);
const std::map<std::string, Pair> kPairs{{"dot_product", &dot_product},
                                         {"cosine_similarity", &cosine_similarity},
                                         {"cosine_distance", &cosine_distance},
                                         {"squared_euclidean", &squared_euclidean},
                                         {"squared_euclidean_distance", &squared_euclidean},
                                         {"euclidean_distance", &euclidean_distance}};

Json pair(Pair call, const Json& given) {
  const auto a = block(given.at("a"), false), b = block(given.at("b"), false);
  if (!a.ok()) return failed(a.error());
  if (!b.ok()) return failed(b.error());
  const auto result = call(a.value(), b.value());
  return result.ok() ? outcome(static_cast<double>(result.value())) : failed(result.error());
}

Json normalizing(const std::string& function, const Json& given) {
  const bool many = given.contains("m");
  const auto items = block(given.at(many ? "m" : "v"), many);
  if (!items.ok()) return failed(items.error());
  const Block& v = items.value();
  if (function == "norm") return outcome(static_cast<double>(norm(v)));
  std::vector<float> norms(v.rows);
  if (many) {
    CHECK(normalize_batch(v, v.all(), norms).ok());
  } else {
    norms[0] = normalize(v, v.all());
  }
  Json values = many ? plain_rows(v.all(), v.rows) : plain(v.all());
  if (function.find("inplace") == std::string::npos) return value(values);
  return value({{"result", many ? plain(norms) : plain(norms)[0]}, {"values", values}});
}

Json scoring(const std::string& function, const Json& given) {
  std::string left = "query", right = "corpus";
  if (given.contains("queries")) left = "queries";
  if (given.contains("a")) left = "a", right = "b";
  if (given.contains("normalized_corpus")) right = "normalized_corpus";
  if (given.contains("vectors")) left = right = "vectors";
  const bool by_rank = function == "cosine_similarity_batch";
  if (by_rank && is_matrix(given.at("a")) && !is_matrix(given.at("b"))) std::swap(left, right);
  if (by_rank && !is_matrix(given.at(left)) && !is_matrix(given.at(right))) return pair(&cosine_similarity, given);
  const bool one = left == "query" || (by_rank && !is_matrix(given.at(left)));
  const auto a = block(given.at(left), !one), b = block(given.at(right), true);
  if (!a.ok()) return failed(a.error());
  if (!b.ok()) return failed(b.error());
  std::vector<float> out(a.value().rows * b.value().rows);
  Result<bool> done = true;
  if (function == "pairwise_distances") {
    const auto metric = parse_metric(given.at("metric").get<std::string>());
    if (!metric.ok()) return failed(metric.error());
    done = pairwise_distances(a.value(), metric.value(), 0, out);
  } else if (function == "batch_cosine_similarity_normalized") {
    done = batch_cosine_similarity_normalized(a.value(), b.value(), 0, out);
  } else {
    done = similarity_matrix(a.value(), b.value(), given.value("normalize", true), 0, out);
  }
  if (!done.ok()) return failed(done.error());
  return value(one ? plain(out) : plain_rows(out, a.value().rows));
}

Json searching(const std::string& function, const Json& given) {
  const Json& asked = given.contains("query") ? given.at("query") : given.at("queries");
  const bool normalized = given.contains("normalized_corpus");
  const bool many = is_matrix(asked);
  const auto queries = block(asked, many), corpus = block(given.at(normalized ? "normalized_corpus" : "corpus"), true);
  if (!queries.ok()) return failed(queries.error());
  const auto metric = parse_metric(given.value("metric", "cosine"));
  if (!metric.ok()) return failed(metric.error());
  TopKOptions options{given.value("k", TopKOptions{}.k), metric.value(), std::nullopt, 0, normalized};
  if (given.contains("threshold")) options.threshold = number(given.at("threshold"));
  Result<RowFilter> filter = RowFilter();
  if (given.contains("filter_ids")) {
    const Json& ids = given.at("filter_ids");
    if (!ids.empty() && ids[0].is_boolean()) {
      std::vector<std::uint8_t> mask;
      for (const Json& id : ids) mask.push_back(id.get<bool>() ? 1 : 0);
      filter = RowFilter::of_mask(mask, corpus.value().rows);
    } else {
      filter = RowFilter::of_ids(ids.get<std::vector<std::int64_t>>(), corpus.value().rows);
    }
    if (!filter.ok()) return failed(filter.error());
  }
  const auto found =
      top_k(queries.value(), corpus.value(), options, given.contains("filter_ids") ? &filter.value() : nullptr);
  if (!found.ok()) return failed(found.error());
  if (function == "top_k_arrays") {
    Json indices = Json::array(), scores = Json::array();
    for (const auto& hits : found.value()) {
      for (std::size_t j = 0; j < static_cast<std::size_t>(options.k); ++j) {
        indices.push_back(j < hits.size() ? hits[j].index : -1);
        scores.push_back(outcome(j < hits.size() ? static_cast<double>(hits[j].score) : std::nan("")).at("value"));
      }
    }
    return value({{"indices", indices}, {"scores", scores}});
  }
  if (!many) return value(plain_hits(found.value()[0]));
  Json out = Json::array();
  for (const auto& hits : found.value()) out.push_back(plain_hits(hits));
  return value(out);
}

Json called(const Json& given) {
  const auto function = given.at("function").get<std::string>();
  const Json& arguments = given.at("arguments");
  if (const auto found = kPairs.find(function); found != kPairs.end()) return pair(found->second, arguments);
  if (arguments.contains("v") || arguments.contains("m")) return normalizing(function, arguments);
  if (function.rfind("top_k", 0) == 0 || function == "batch_cosine_similarity_topk")
    return searching(function, arguments);
  return scoring(function, arguments);
}

Json indexed(const Json& given) {
  EmbeddingIndex index;
  const auto rows = block(given.at("vectors"), true), query = block(given.at("query"), false);
  auto done = index.add(rows.value(), given.at("labels").size());
  std::vector<std::string> labels = given.at("labels");
  if (done.ok() && given.contains("more")) {
    done = index.add(block(given.at("more"), true).value(), given.at("more_labels").size());
    for (const Json& label : given.at("more_labels")) labels.push_back(label);
  }
  if (!done.ok()) return failed(done.error());
  const auto hits = index.query(query.value(), given.at("k").get<std::int64_t>(), number(given.at("threshold")));
  if (!hits.ok()) return failed(hits.error());
  Json named = plain_hits(hits.value());
  for (Json& hit : named) hit[0] = labels[hit[0].get<std::size_t>()];
  const auto scores = index.similarities(query.value());
  return value(
      {{"hits", named}, {"similarities", plain(scores.value())}, {"size", index.size()}, {"dim", index.dim()}});
}

std::vector<float> irregular(std::size_t count, std::uint32_t seed) {
  std::vector<float> out(count);
  for (float& item : out) {
    seed = seed * 1664525U + 1013904223U;
    item = (static_cast<float>(seed >> 8) / 8388608.0F - 1.0F) * 1.37F;
  }
  return out;
}

template <class Call>
void at_every_level(const Call& call) {
  const std::int64_t native = hwy::SupportedTargets() & HWY_TARGETS;
  for (std::int64_t left = native; left != 0; left &= left - 1) {
    const std::int64_t target = left & -left;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    INFO(hwy::TargetName(target));
    call();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace

TEST_CASE("functions on vectors agree with their vectors at every SIMD level") {
  for (const char* stem : {"dot", "cosine", "distance", "normalize", "matrix", "topk"}) {
    for (const auto& test : load_vectors(stem)) {
      INFO(stem << " " << test["id"]);
      at_every_level([&] { CHECK(called(test.at("given")).dump() == test.at("expect").dump()); });
    }
  }
}

TEST_CASE("the golden bits at every SIMD level") {
  for (const auto& test : load_vectors("dot_golden")) {
    const auto n = test["given"]["n"].get<std::size_t>();
    std::vector<float> a, b;
    for (std::size_t i = 0; i < n; ++i) {
      const auto x = static_cast<double>(i);
      a.push_back(static_cast<float>(1.0 / (x + 1.0)));
      b.push_back(static_cast<float>((static_cast<double>(i % 7) - 3.0) / (x + 2.0)));
    }
    at_every_level([&] {
      for (const auto& [function, bits] : test["expect"]["value"].items()) {
        INFO(function << " " << n);
        CHECK(static_cast<double>(kPairs.at(function)(a, b).value()) == bits.get<double>());
      }
    });
  }
}

TEST_CASE("EmbeddingIndex agrees with its vectors") {
  for (const auto& test : load_vectors("embedding_index")) {
    INFO(test["id"]);
    CHECK(indexed(test.at("given")).dump() == test.at("expect").dump());
  }
}

TEST_CASE("batches give the bits of the scalar functions, for every length, at every SIMD level") {
  for (std::size_t dim = 0; dim <= 130; ++dim) {
    const std::vector<float> all = irregular(9 * dim, static_cast<std::uint32_t>(dim));
    const Matrix rows{all.data(), 9, dim};
    const auto row = [&](std::size_t i) { return std::span<const float>(rows.row(i), dim); };
    std::vector<float> first;
    at_every_level([&] {
      std::vector<float> out(81), dots(81), line(9);
      REQUIRE(similarity_matrix(rows, rows, true, 1, out).ok());
      REQUIRE(similarity_matrix(rows, rows, false, 1, dots).ok());
      REQUIRE(similarity_matrix({all.data(), 1, dim}, rows, true, 1, line).ok());
      for (std::size_t i = 0; i < 81; ++i) {
        CHECK(out[i] == cosine_similarity(row(i / 9), row(i % 9)).value());
        CHECK(dots[i] == dot_product(row(i / 9), row(i % 9)).value());
      }
      CHECK(std::memcmp(line.data(), out.data(), 36) == 0);
      if (first.empty()) first = out;
      CHECK(std::memcmp(first.data(), out.data(), 81 * sizeof(float)) == 0);
    });
  }
}

}  // namespace paritas::tests
