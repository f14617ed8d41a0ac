#include "paritas/retrieve/bm25.hpp"

#include <atomic>
#include <thread>

#include "documents.hpp"
#include "paritas/base/random.hpp"

namespace paritas::tests {
namespace {

std::vector<std::string> strings(const Json& items) { return items.get<std::vector<std::string>>(); }
std::vector<std::string_view> views(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

Json hits_of(const std::vector<Hit>& hits) {
  Json out = Json::array();
  for (const Hit& hit : hits) out.push_back({json_of(hit.id), hit.score});
  return out;
}

template <class T, class Convert>
Json settled(const Result<T>& result, Convert convert) {
  if (!result.ok()) return outcome(result.ok() ? Result<bool>(true) : Result<bool>(result.error()));
  return {{"value", convert(result.value())}};
}
template <class T>
Json settled(const Result<T>& result) {
  return settled(result, [](const T& value) { return Json(value); });
}

Json call(Bm25& index, const Json& step, const Json& keywords) {
  const std::string name = step[0];
  const auto has = [&](std::size_t i) { return step.size() > i && !step[i].is_null(); };
  const std::int64_t most = has(2) && step[2].is_number_integer() ? step[2].get<std::int64_t>() : 10;
  const double least = keywords.contains("min_score") ? number(keywords["min_score"]) : 0.0;
  const auto hits = [](const std::vector<Hit>& found) { return hits_of(found); };
  if (name == "add_document" || name == "upsert") {
    std::optional<std::string> metadata;
    if (has(3)) metadata = metadata_of(step[3]);
    return settled(index.add_document(id_of(step[1]), step[2].get<std::string>(), metadata));
  }
  if (name == "add_tokens") {
    const auto tokens = strings(step[2]);
    return settled(index.add_tokens(id_of(step[1]), views(tokens)));
  }
  if (name == "add_documents") {
    std::vector<DocId> ids;
    for (const Json& id : step[1]) ids.push_back(id_of(id));
    const auto texts = strings(step[2]);
    const std::string mode = has(4) ? step[4].get<std::string>() : "replace";
    return settled(index.add_documents(ids, views(texts), {}, mode));
  }
  if (name == "remove") return {{"value", index.remove(id_of(step[1]))}};
  if (name == "remove_many") {
    std::vector<DocId> ids;
    for (const Json& id : step[1]) ids.push_back(id_of(id));
    return {{"value", index.remove_many(ids)}};
  }
  if (name == "clear") {
    index.clear();
    return {{"value", nullptr}};
  }
  if (name == "query") return settled(index.query(step[1].get<std::string>(), most, least), hits);
  if (name == "query_tokens") {
    const auto tokens = strings(step[1]);
    return settled(index.query_tokens(views(tokens), most, least), hits);
  }
  if (name == "query_batch") {
    const auto texts = strings(step[1]);
    return settled(index.query_batch(views(texts), most, least), [&](const auto& all) {
      Json out = Json::array();
      for (const auto& found : all) out.push_back(hits_of(found));
      return out;
    });
  }
  if (name == "query_batch_arrays") {
    const auto texts = strings(step[1]);
    return settled(index.query_batch_arrays(views(texts), most),
                   [](const Bm25Rows& rows) { return Json(rows.scores); });
  }
  if (name == "get_scores") return settled(index.get_scores(step[1].get<std::string>()));
  if (name == "explain") {
    return settled(index.explain(step[1].get<std::string>(), id_of(step[2])), [](const Bm25Explanation& found) {
      Json terms = Json::array();
      for (const Bm25Part& part : found.terms) {
        terms.push_back({{"term", part.term},
                         {"weight", part.weight},
                         {"tf", part.tf},
                         {"df", part.df},
                         {"idf", part.idf},
                         {"tf_part", part.tf_part},
                         {"contribution", part.contribution}});
      }
      return Json({{"score", found.score},
                   {"doc_length", found.doc_length},
                   {"avg_doc_length", found.avg_doc_length},
                   {"doc_count", found.doc_count},
                   {"terms", terms}});
    });
  }
  if (name == "count") return {{"value", index.count()}};
  if (name == "contains") return {{"value", index.contains(id_of(step[1]))}};
  if (name == "ids") {
    Json out = Json::array();
    for (const DocId& id : index.ids()) out.push_back(json_of(id));
    return {{"value", out}};
  }
  REQUIRE(name == "get");
  const auto found = index.get(id_of(step[1]));
  if (!found) return {{"value", nullptr}};
  Json metadata;
  if (found->metadata) metadata = json_of(decode_metadata(*found->metadata).value());
  return {{"value",
           {{"id", json_of(found->id)},
            {"length", found->length},
            {"text", found->text ? Json(*found->text) : Json()},
            {"metadata", metadata}}}};
}

Result<Bm25> create(const Json& given) {
  Bm25Options options;
  AnalyzerOptions words;
  for (const auto& [key, value] : given.items()) {
    if (key == "k1")
      options.k1 = number(value);
    else if (key == "b")
      options.b = number(value);
    else if (key == "delta")
      options.delta = number(value);
    else if (key == "variant")
      options.variant = value;
    else if (key == "store_text")
      options.store_text = value;
    else if (key == "stemmer")
      words.stemmer = value;
    else if (key == "stopwords" && value.is_array())
      words.stopword_list = strings(value);
    else if (key == "stopwords")
      words.stopwords = value.get<std::string>();
    else if (key == "cjk")
      words.cjk = value;
    else if (key == "fold_accents")
      words.fold_accents = value;
    else if (key == "min_length")
      words.min_length = value;
    else if (key == "max_length")
      words.max_length = value;
    else
      FAIL("unknown option " << key);
  }
  auto analyzer = Analyzer::create(words);
  if (!analyzer.ok()) return analyzer.error();
  return Bm25::create(options, std::move(analyzer).value());
}

}  // namespace

TEST_CASE("BM25 agrees with its vectors") {
  for (const auto& test : load_vectors("bm25")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json given = test.at("given");
      auto made = create(given.value("options", Json::object()));
      Json actual;
      if (made.ok()) {
        Bm25 index = std::move(made).value();
        for (const Json& step : given.value("steps", Json::array())) call(index, step, {});
        actual = call(index, given.at("call"), given.value("keywords", Json::object()));
      } else {
        actual = settled(made, [](const Bm25&) { return Json(); });
      }
      CHECK(actual.dump() == test.at("expect").dump());
    }
  }
}

Analyzer analyzer_of(const Json& given) {
  if (given.contains("plain")) return Analyzer::plain();
  AnalyzerOptions words;
  const Json options = given.value("options", Json::object());
  for (const auto& [key, value] : options.items()) {
    if (key == "stemmer")
      words.stemmer = value;
    else if (key == "stopwords" && value.is_array())
      words.stopword_list = strings(value);
    else if (key == "stopwords")
      words.stopwords = value.get<std::string>();
    else if (key == "cjk")
      words.cjk = value;
    else if (key == "fold_accents")
      words.fold_accents = value;
    else if (key == "min_length")
      words.min_length = value;
    else if (key == "max_length")
      words.max_length = value;
    else
      FAIL("unknown option " << key);
  }
  return std::move(Analyzer::create(words)).value();
}

void check_spans(const std::vector<Span>& spans, const Json& expect) {
  Json actual = Json::array(), expected = Json::array();
  for (const Span& span : spans) actual.push_back({span.start, span.end});
  for (const Json& span : expect) expected.push_back(span.at("utf8"));
  CHECK(actual == expected);
}

TEST_CASE("Analyzer agrees with its vectors") {
  for (const auto& test : load_vectors("analyzer")) {
    DYNAMIC_SECTION(test["id"]) {
      const Analyzer analyzer = analyzer_of(test.at("given"));
      const std::string text = test.at("given").at("text");
      const Json& expect = test.at("expect").at("value");
      CHECK(Json(analyzer.analyze(text)) == expect.at("terms"));
      check_spans(analyzer.spans(text), expect.at("spans"));
    }
  }
}

TEST_CASE("Analyzer::highlight agrees with its vectors") {
  for (const auto& test : load_vectors("analyzer_highlight")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json given = test.at("given");
      const Analyzer analyzer = analyzer_of(given);
      const std::string query = given.at("query_text"), text = given.at("text");
      check_spans(analyzer.highlight(query, text), test.at("expect").at("value"));
      check_spans(Bm25::create({}, analyzer).value().highlight(query, text), test.at("expect").at("value"));
    }
  }
}

TEST_CASE("every prefix and every changed byte of a snapshot is refused") {
  Bm25 index = Bm25::create({.store_text = true}).value();
  REQUIRE(index.add_document(std::string("a"), "red fox red", metadata_of({{"k", {1, "x"}}})).ok());
  REQUIRE(index.add_document(std::int64_t{7}, "blue").ok());
  const std::string data = index.to_bytes();
  CHECK(Bm25::from_bytes(data).value().to_bytes() == data);
  for (std::size_t size = 0; size < data.size(); ++size) {
    const std::vector<char> cut(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(size));
    const auto made = Bm25::from_bytes({cut.data(), cut.size()});
    REQUIRE((!made.ok() && made.error().code == ErrorCode::corrupt_data));
  }
  for (std::size_t at = 0; at < data.size(); ++at) {
    std::string damaged = data;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const auto made = Bm25::from_bytes(damaged);
    REQUIRE((!made.ok() && made.error().code == ErrorCode::corrupt_data));
  }
}

TEST_CASE("ill-formed bytes are replaced wherever they come in") {
  Bm25 index = Bm25::create({.store_text = true}).value();
  REQUIRE(index
              .add_document(std::string("\xFF"),
                            "red\xFF"
                            "fox")
              .ok());
  const std::string_view token = "a\xFF";
  REQUIRE(index.add_tokens(std::string("t"), {&token, 1}).ok());
  CHECK(index.get(std::string("\uFFFD"))->text == "red\uFFFDfox");
  CHECK(Bm25::from_bytes(index.to_bytes()).value().to_bytes() == index.to_bytes());
}

TEST_CASE("readers see one state while a writer writes") {
  Bm25 index = Bm25::create().value();
  for (std::int64_t i = 0; i < 300; ++i) REQUIRE(index.add_document(i, "red fox").ok());
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 3; ++r) {
    readers.emplace_back([&] {
      while (!stop) {
        const auto hits = index.query("red fox", 1000).value();
        if (hits.size() < 300) ++wrong;
        for (std::size_t i = 1; i < hits.size(); ++i) wrong += hits[i - 1].score < hits[i].score ? 1 : 0;
      }
    });
  }
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    const auto id = static_cast<std::int64_t>(1000 + random.below(40));
    if (random.below(3) == 0) {
      index.remove(id);
    } else {
      REQUIRE(index.add_document(id, random.below(2) == 0 ? "red" : "fox fox").ok());
    }
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
}

}  // namespace paritas::tests
