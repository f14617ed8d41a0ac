#include "paritas/retrieve/bm25.hpp"

#include <emscripten/bind.h>

#include "packed.hpp"

namespace paritas::wasm {
namespace {

val defaults() {
  const Bm25Options options;
  val out = val::object();
  out.set("k1", options.k1);
  out.set("b", options.b);
  out.set("delta", options.delta);
  out.set("variant", options.variant);
  out.set("storeText", options.store_text);
  return out;
}

val call_defaults() {
  const Bm25Options options;
  val out = val::object();
  out.set("nResults", static_cast<double>(options.n_results));
  out.set("minScore", options.min_score);
  out.set("onDuplicate", options.on_duplicate);
  return out;
}

val create(const val& options, const Analyzer& analyzer) {
  Bm25Options settled;
  settled.k1 = options["k1"].as<double>();
  settled.b = options["b"].as<double>();
  settled.delta = options["delta"].as<double>();
  settled.variant = options["variant"].as<std::string>();
  settled.store_text = options["storeText"].as<bool>();
  return outcome(Bm25::create(settled, analyzer), handle);
}

inline constexpr auto as_number = [](auto value) { return val(static_cast<double>(value)); };
inline constexpr auto as_bool = [](bool value) { return val(value); };

void pack(Packer& out, const std::vector<Hit>& hits) {
  for (const Hit& hit : hits) {
    out.id(hit.id);
    out.number(hit.score);
  }
}

inline constexpr auto as_hits = [](const std::vector<Hit>& hits) {
  Packer out;
  pack(out, hits);
  return out.out();
};

val from_bytes(std::uintptr_t at, std::size_t bytes) { return outcome(Bm25::from_bytes(text(at, bytes)), handle); }

// One block: id, text, metadata.
val add_document(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  const std::string_view body = in.text();
  return outcome(self.add_document(id, body, in.optional()), as_bool);
}

// One block: id, metadata, tokens.
val add_tokens(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  const auto metadata = in.optional();
  std::vector<std::string_view> tokens;
  while (!in.done()) tokens.push_back(in.text());
  return outcome(self.add_tokens(id, tokens, metadata), as_bool);
}

// One block: id, text, metadata, as often as there are documents.
val add_documents(Bm25& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t mode_at, std::size_t mode_bytes) {
  std::vector<DocId> ids;
  std::vector<std::string_view> texts;
  std::vector<std::optional<std::string_view>> metadatas;
  for (Unpacker in(at, bytes); !in.done();) {
    ids.push_back(in.id());
    texts.push_back(in.text());
    metadatas.push_back(in.optional());
  }
  return outcome(self.add_documents(ids, texts, metadatas, text(mode_at, mode_bytes)), as_number);
}

bool remove(Bm25& self, std::uintptr_t at, std::size_t bytes) { return self.remove(Unpacker(at, bytes).id()); }

double remove_many(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return static_cast<double>(self.remove_many(ids(at, bytes)));
}

val query(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score) {
  return outcome(self.query(text(at, bytes), n_results, min_score), as_hits);
}

val query_tokens(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score) {
  return outcome(self.query_tokens(texts(at, bytes), n_results, min_score), as_hits);
}

val query_batch(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score) {
  return outcome(self.query_batch(texts(at, bytes), n_results, min_score), [](const auto& all) {
    Packer out;
    for (const std::vector<Hit>& hits : all) {
      out.number(static_cast<std::uint32_t>(hits.size()));
      pack(out, hits);
    }
    return out.out();
  });
}

val query_batch_arrays(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results,
                       double min_score) {
  return outcome(self.query_batch_arrays(texts(at, bytes), n_results, min_score), [](const Bm25Rows& rows) {
    const std::vector<std::int32_t> positions(rows.positions.begin(), rows.positions.end());
    val out = val::object();
    out.set("columns", static_cast<double>(rows.columns));
    out.set("positions", val(emscripten::typed_memory_view(positions.size(), positions.data())).call<val>("slice"));
    out.set("scores", val(emscripten::typed_memory_view(rows.scores.size(), rows.scores.data())).call<val>("slice"));
    return out;
  });
}

val get_scores(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.get_scores(text(at, bytes)), [](const std::vector<double>& scores) {
    return val(emscripten::typed_memory_view(scores.size(), scores.data())).call<val>("slice");
  });
}

// One block: id, text.
val explain(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  return outcome(self.explain(in.text(), id), [](const Bm25Explanation& found) {
    val out = val::object();
    out.set("score", found.score);
    out.set("docLength", found.doc_length);
    out.set("avgDocLength", found.avg_doc_length);
    out.set("docCount", static_cast<double>(found.doc_count));
    val terms = val::array();
    for (const Bm25Part& part : found.terms) {
      val item = val::object();
      item.set("term", part.term);
      item.set("weight", part.weight);
      item.set("tf", part.tf);
      item.set("df", part.df);
      item.set("idf", part.idf);
      item.set("tfPart", part.tf_part);
      item.set("contribution", part.contribution);
      terms.call<void>("push", item);
    }
    out.set("terms", terms);
    return out;
  });
}

double count(const Bm25& self) { return static_cast<double>(self.count()); }

bool contains(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return self.contains(Unpacker(at, bytes).id());
}

// Nothing, or one block: length, text, metadata.
val get(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  const auto found = self.get(Unpacker(at, bytes).id());
  Packer out;
  if (found) {
    out.number(found->length);
    out.optional(found->text);
    out.optional(found->metadata);
  }
  return out.out();
}

val all_ids(const Bm25& self) {
  Packer out;
  for (const DocId& id : self.ids()) out.id(id);
  return out.out();
}

val stats(const Bm25& self) {
  const Bm25Stats s = self.stats();
  val out = val::object();
  const auto set = [&](const char* name, auto value) { out.set(name, static_cast<double>(value)); };
  set("documents", s.documents);
  set("removed", s.removed);
  set("terms", s.terms);
  set("postings", s.postings);
  set("totalLength", s.total_length);
  set("avgDocLength", s.avg_doc_length);
  set("postingBytes", s.posting_bytes);
  set("forwardBytes", s.forward_bytes);
  set("vocabularyBytes", s.vocabulary_bytes);
  set("documentBytes", s.document_bytes);
  set("bytesPerPosting", s.bytes_per_posting);
  return out;
}

val to_bytes(const Bm25& self) { return copied(self.to_bytes()); }

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_bm25) {
  emscripten::function("bm25Defaults", &defaults);
  emscripten::function("bm25CallDefaults", &call_defaults);
  emscripten::class_<Bm25>("Bm25")
      .smart_ptr<std::shared_ptr<Bm25>>("Bm25Handle")
      .class_function("create", &create)
      .class_function("fromBytes", &from_bytes)
      .function("addDocument", &add_document)
      .function("addTokens", &add_tokens)
      .function("addDocuments", &add_documents)
      .function("remove", &remove)
      .function("removeMany", &remove_many)
      .function("clear", &Bm25::clear)
      .function("query", &query)
      .function("queryTokens", &query_tokens)
      .function("queryBatch", &query_batch)
      .function("queryBatchArrays", &query_batch_arrays)
      .function("getScores", &get_scores)
      .function("explain", &explain)
      .function("count", &count)
      .function("contains", &contains)
      .function("get", &get)
      .function("ids", &all_ids)
      .function("stats", &stats)
      .function("toBytes", &to_bytes);
}

}  // namespace paritas::wasm
