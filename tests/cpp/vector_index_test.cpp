#include "paritas/retrieve/vector_index.hpp"

#include <cstring>

#include "documents.hpp"
#include "filters.hpp"
#include "paritas/base/random.hpp"
#include "paritas/vectors/narrow.hpp"

namespace paritas::tests {
namespace {

struct Rows {
  std::unique_ptr<float[]> values;  // of exactly the right size, so that AddressSanitizer sees a read past the end
  std::size_t rows = 0, dim = 0;
  operator Matrix() const { return {values.get(), rows, dim}; }
};

Rows rows_of(const Json& items) {
  Rows out;
  std::vector<double> flat;
  for (const Json& row : items) {
    out.dim = row.size();
    for (const double value : numbers(row)) flat.push_back(value);
  }
  out.rows = items.size();
  out.values = std::make_unique<float[]>(flat.size());
  REQUIRE(narrow(flat, out.values.get()).ok());
  return out;
}

Json value(Json item) { return {{"value", std::move(item)}}; }
Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Json plain(std::span<const float> values) {
  Json out = Json::array();
  for (const float item : values) out.push_back(static_cast<double>(item));
  return out;
}
Json hits(const std::vector<Hit>& found) {
  Json out = Json::array();
  for (const Hit& hit : found) out.push_back(Json::array({json_of(hit.id), hit.score}));
  return out;
}

std::string unhex(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    out.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
  }
  return out;
}
std::string hex(const std::string& bytes) {
  std::string out;
  for (const char byte : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

Json add_batch(VectorIndex& index, const Json& given) {
  std::vector<DocId> ids;
  std::vector<std::string> owned;
  for (const Json& id : given.at("ids")) ids.push_back(id_of(id));
  std::vector<std::optional<std::string_view>> metadatas;
  const Json known = given.value("metadatas", Json::array());
  for (const Json& item : known) owned.push_back(item.is_null() ? std::string() : metadata_of(item));
  for (std::size_t i = 0; i < known.size(); ++i) {
    metadatas.push_back(known[i].is_null() ? std::nullopt : std::optional<std::string_view>(owned[i]));
  }
  return outcome(index.add_batch(ids, rows_of(given.at("vectors")), metadatas, given.value("on_duplicate", "replace"),
                                 given.value("threads", 0)));
}

Json query(const VectorIndex& index, const Json& given, const std::string& call) {
  VectorQuery query;
  query.k = given.value("k", query.k);
  query.exact = given.value("exact", false);
  query.rescore = given.value("rescore", 0);
  query.threads = given.value("threads", 0);
  if (given.contains("ef")) query.ef = given.at("ef").get<std::int64_t>();
  const auto filter = filter_of(given.value("filter", Json::object()));
  if (!filter.ok()) return failed(filter.error());
  query.selection.filter = &filter.value();
  const Rows rows = rows_of(call == "query" ? Json::array({given.at("vector")}) : given.at("vectors"));
  if (call == "query") {
    const auto found = index.query({rows.values.get(), rows.dim}, query);
    return found.ok() ? value(hits(found.value())) : failed(found.error());
  }
  Json out = Json::array();
  if (call == "query_batch") {
    const auto found = index.query_batch(rows, query);
    if (!found.ok()) return failed(found.error());
    for (const auto& list : found.value()) out.push_back(hits(list));
    return value(out);
  }
  const auto found = index.query_batch_arrays(rows, query);
  if (!found.ok()) return failed(found.error());
  const std::size_t columns = found.value().columns;
  Json positions = Json::array(), scores = Json::array();
  for (std::size_t i = 0; i < rows.rows; ++i) {
    positions.push_back(Json::array());
    scores.push_back(Json::array());
    for (std::size_t j = i * columns; j < (i + 1) * columns; ++j) {
      positions.back().push_back(found.value().positions[j]);
      scores.back().push_back(found.value().scores[j]);
    }
  }
  return value({{"positions", positions}, {"scores", scores}});
}

Json step(std::optional<VectorIndex>& index, const Json& given) {
  const std::string call = given.at("call");
  if (call.starts_with("query")) return query(*index, given, call);
  if (call == "add_batch") return add_batch(*index, given);
  if (call == "add" || call == "upsert") {
    const Rows row = rows_of(Json::array({given.at("vector")}));
    const Json known = given.value("metadata", Json());
    const std::string metadata = known.is_null() ? std::string() : metadata_of(known);
    return outcome(index->add(id_of(given.at("id")), {row.values.get(), row.dim},
                              known.is_null() ? std::nullopt : std::optional<std::string_view>(metadata)));
  }
  if (call == "from_bytes" || call == "reload") {
    auto loaded = VectorIndex::from_bytes(call == "reload" ? index->to_bytes() : unhex(given.at("data")));
    if (!loaded.ok()) return failed(loaded.error());
    index = std::move(loaded).value();
    return value(nullptr);
  }
  if (call == "remove_many") {
    std::vector<DocId> ids;
    for (const Json& id : given.at("ids")) ids.push_back(id_of(id));
    return value(index->remove_many(ids));
  }
  if (call == "remove") return value(index->remove(id_of(given.at("id"))));
  if (call == "contains") return value(index->contains(id_of(given.at("id"))));
  if (call == "count") return value(index->count());
  if (call == "to_bytes") return value(hex(index->to_bytes()));
  if (call == "clear" || call == "compact") {
    call == "clear" ? index->clear() : index->compact();
    return value(nullptr);
  }
  if (call == "get") {
    const auto found = index->get(id_of(given.at("id")));
    if (!found) return value(nullptr);
    const Json metadata = found->metadata ? json_of(decode_metadata(*found->metadata).value()) : Json();
    return value(Json::array({json_of(found->id), plain(found->vector), metadata}));
  }
  if (call == "stats") {
    const VectorIndexStats stats = index->stats();
    return value(
        Json::array({stats.count, stats.removed, stats.dim, stats.metric, stats.dtype, stats.kind, stats.path}));
  }
  REQUIRE(call == "ids");
  Json out = Json::array();
  for (const DocId& id : index->ids()) out.push_back(json_of(id));
  return value(out);
}

}  // namespace

TEST_CASE("VectorIndex agrees with its vectors") {
  for (const auto& test : load_vectors("vector_index")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& asked = test.at("given").at("options");
      VectorIndexOptions options;
      options.dim = asked.at("dim");
      options.metric = asked.value("metric", options.metric);
      options.dtype = asked.value("dtype", options.dtype);
      options.kind = asked.value("kind", options.kind);
      options.m = asked.value("m", options.m);
      options.ef = asked.value("ef", options.ef);
      options.ef_construction = asked.value("ef_construction", options.ef_construction);
      options.seed = asked.value("seed", options.seed);
      options.keep_full = asked.value("keep_full", false);
      auto made = VectorIndex::create(options);
      Json actual = Json::array();
      if (made.ok()) {
        std::optional<VectorIndex> index = std::move(made).value();
        for (const Json& given : test.at("given").at("steps")) actual.push_back(step(index, given));
      }
      CHECK((made.ok() ? value(actual) : failed(made.error())).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("a file is read where its owner keeps it, until something changes") {
  VectorIndexOptions options;
  options.dim = 20;
  options.kind = GENERATE("flat", "hnsw");
  VectorIndex index = VectorIndex::create(options).value();
  std::vector<float> row(20);
  for (std::int64_t id = 0; id < 70; ++id) {
    for (std::size_t i = 0; i < row.size(); ++i)
      row[i] = static_cast<float>((id * 7 + static_cast<int>(i) * 3) % 11) - 5.5F;
    REQUIRE(index.add(id, row).ok());
  }
  const std::string bytes = index.to_bytes();
  struct Aligned {
    alignas(64) char bytes[65536];
  };
  const auto owner = std::make_shared<Aligned>();
  REQUIRE(bytes.size() <= sizeof owner->bytes);
  std::memcpy(owner->bytes, bytes.data(), bytes.size());
  const std::weak_ptr<Aligned> watched = owner;
  {
    auto loaded = VectorIndex::from_bytes({owner->bytes, bytes.size()}, owner, false);
    REQUIRE(loaded.ok());
    CHECK(watched.use_count() > 1);
    CHECK(hits(loaded.value().query(row).value()) == hits(index.query(row).value()));
    VectorIndex changed = std::move(loaded).value();
    CHECK(changed.remove(std::int64_t{3}));
    REQUIRE(changed.add(std::int64_t{99}, row).ok());
    CHECK(changed.query(row, {}).value()[0].score == index.query(row).value()[0].score);
    CHECK(std::memcmp(owner->bytes, bytes.data(), bytes.size()) == 0);
  }
  CHECK(watched.use_count() == 1);
}

TEST_CASE("a batch links the same graph, and finds the same in it, on any number of threads") {
  VectorIndexOptions options;
  options.dim = 12;
  options.kind = "hnsw";
  options.ef = 20;
  Random random(11);
  std::vector<DocId> ids;
  std::vector<float> values;
  for (std::int64_t id = 0; id < 3000; ++id) {
    ids.emplace_back(id);
    for (int i = 0; i < 12; ++i) values.push_back(static_cast<float>(random.below(2001)) / 1000.0F - 1.0F);
  }
  const Matrix vectors{values.data(), ids.size(), 12};
  std::string bytes;
  std::vector<double> scores;
  for (const std::int64_t threads : {1, 3}) {
    VectorIndex index = VectorIndex::create(options).value();
    REQUIRE(index.add_batch(ids, vectors, {}, "replace", threads).value() == 3000);
    CHECK(index.remove_many(std::span(ids).first(100)) == 100);
    CHECK(index.stats().path == "graph");
    VectorQuery query;
    query.threads = threads;
    const VectorRows found = index.query_batch_arrays({values.data() + 12 * 500, 40, 12}, query).value();
    CHECK(found.positions[0] == 400);
    if (threads == 1) {
      bytes = index.to_bytes();
      scores = found.scores;
    }
    CHECK(index.to_bytes() == bytes);
    CHECK(found.scores == scores);
  }
}

}  // namespace paritas::tests
