#include "paritas/retrieve/bm25.hpp"

#include "filter.hpp"
#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

namespace {

void pack(Packer& out, const std::vector<Hit>& hits) {
  for (const Hit& hit : hits) {
    pack(out, hit.id);
    out.f64(hit.score);
  }
}

inline constexpr auto as_hits = [](const std::vector<Hit>& hits) {
  Packer out;
  pack(out, hits);
  return out.out();
};

}  // namespace

WASM(Reply, bm25Defaults)() {
  const Bm25Options options;
  Packer out;
  out.f64(options.k1);
  out.f64(options.b);
  out.f64(options.delta);
  out.text(options.variant);
  out.u8(options.store_text);
  return out.out();
}

WASM(Reply, bm25CallDefaults)() {
  const Bm25Options options;
  Packer out;
  out.f64(static_cast<double>(options.n_results));
  out.f64(options.min_score);
  out.text(options.on_duplicate);
  return out.out();
}

WASM(Reply, bm25Create)
(double k1, double b, double delta, std::uintptr_t variant, std::size_t variant_bytes, bool store_text,
 const Analyzer& analyzer) {
  Bm25Options settled;
  settled.k1 = k1;
  settled.b = b;
  settled.delta = delta;
  settled.variant = text(variant, variant_bytes);
  settled.store_text = store_text;
  return outcome(Bm25::create(settled, analyzer), handle);
}
WASM(Reply, bm25FromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(Bm25::from_bytes(text(at, bytes)), handle);
}
WASM(void, bm25Delete)(Bm25* self) { delete self; }

/// One block: id, text, metadata.
WASM(Reply, bm25AddDocument)(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  const std::string_view body = in.text();
  return outcome(self.add_document(id, body, in.optional()), number);
}

/// One block: id, metadata, tokens.
WASM(Reply, bm25AddTokens)(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  const auto metadata = in.optional();
  std::vector<std::string_view> tokens;
  while (!in.done()) tokens.push_back(in.text());
  return outcome(self.add_tokens(id, tokens, metadata), number);
}

/// One block: id, text, metadata, as often as there are documents.
WASM(Reply, bm25AddDocuments)
(Bm25& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t mode_at, std::size_t mode_bytes) {
  std::vector<DocId> ids;
  std::vector<std::string_view> texts;
  std::vector<std::optional<std::string_view>> metadatas;
  for (Unpacker in(at, bytes); !in.done();) {
    ids.push_back(in.id());
    texts.push_back(in.text());
    metadatas.push_back(in.optional());
  }
  return outcome(self.add_documents(ids, texts, metadatas, text(mode_at, mode_bytes)), number);
}

WASM(bool, bm25Remove)(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return self.remove(Unpacker(at, bytes).id());
}

WASM(double, bm25RemoveMany)(Bm25& self, std::uintptr_t at, std::size_t bytes) {
  std::vector<DocId> ids;
  for (Unpacker in(at, bytes); !in.done();) ids.push_back(in.id());
  return static_cast<double>(self.remove_many(ids));
}

WASM(void, bm25Clear)(Bm25& self) { self.clear(); }

// Of the queries: the question, how many results, above which score, and a selection.

WASM(Reply, bm25Query)
(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score,
 std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query(text(at, bytes), n_results, min_score, selection), as_hits);
  });
}

WASM(Reply, bm25QueryTokens)
(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score,
 std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query_tokens(texts(at, bytes), n_results, min_score, selection), as_hits);
  });
}

WASM(Reply, bm25QueryBatch)
(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score,
 std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query_batch(texts(at, bytes), n_results, min_score, 1, selection), [](const auto& all) {
      Packer out;
      for (const std::vector<Hit>& hits : all) {
        out.u32(hits.size());
        pack(out, hits);
      }
      return out.out();
    });
  });
}

/// Columns, then a float64 position and a float64 score of each cell, all positions first.
WASM(Reply, bm25QueryBatchArrays)
(const Bm25& self, std::uintptr_t at, std::size_t bytes, std::int32_t n_results, double min_score,
 std::uintptr_t filter_at, std::size_t filter_bytes) {
  return with_selection(filter_at, filter_bytes, [&](const Selection& selection) {
    return outcome(self.query_batch_arrays(texts(at, bytes), n_results, min_score, 1, selection),
                   [](const Bm25Rows& rows) {
                     Packer out;
                     out.f64(static_cast<double>(rows.columns));
                     for (const auto position : rows.positions) out.f64(static_cast<double>(position));
                     for (const double score : rows.scores) out.f64(score);
                     return out.out();
                   });
  });
}

WASM(Reply, bm25GetScores)(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.get_scores(text(at, bytes)), typed);
}

WASM(Reply, bm25GetScoresBatch)(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return outcome(self.get_scores_batch(texts(at, bytes)), typed);
}

/// One block: id, text.
WASM(Reply, bm25Explain)(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  return outcome(self.explain(in.text(), id), [](const Bm25Explanation& found) {
    Packer out;
    out.f64(found.score);
    out.f64(static_cast<double>(found.doc_length));
    out.f64(found.avg_doc_length);
    out.f64(static_cast<double>(found.doc_count));
    for (const Bm25Part& part : found.terms) {
      out.text(part.term);
      out.f64(static_cast<double>(part.weight));
      out.f64(static_cast<double>(part.tf));
      out.f64(static_cast<double>(part.df));
      out.f64(part.idf);
      out.f64(part.tf_part);
      out.f64(part.contribution);
    }
    return out.out();
  });
}

WASM(Reply, bm25Highlight)
(const Bm25& self, std::uintptr_t query_at, std::size_t query_bytes, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  const OffsetMap offsets(lent);
  Packer out;
  for (const Span& span : self.highlight(text(query_at, query_bytes), lent)) pack(out, span, offsets);
  return out.out();
}

WASM(double, bm25Count)(const Bm25& self) { return static_cast<double>(self.count()); }

WASM(bool, bm25Contains)(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  return self.contains(Unpacker(at, bytes).id());
}

/// Nothing, or length, text, metadata.
WASM(Reply, bm25Get)(const Bm25& self, std::uintptr_t at, std::size_t bytes) {
  const auto found = self.get(Unpacker(at, bytes).id());
  Packer out;
  if (found) {
    out.f64(static_cast<double>(found->length));
    out.optional(found->text);
    out.optional(found->metadata);
  }
  return out.out();
}

WASM(Reply, bm25Ids)(const Bm25& self) {
  Packer out;
  for (const DocId& id : self.ids()) pack(out, id);
  return out.out();
}

/// The metadata of each document.
WASM(Reply, bm25Metadatas)(const Bm25& self) {
  Packer out;
  for (const auto& metadata : self.metadatas()) out.optional(metadata);
  return out.out();
}

WASM(void, bm25Optimize)(Bm25& self) { self.optimize(); }

WASM(Reply, bm25Stats)(const Bm25& self) {
  const Bm25Stats s = self.stats();
  Packer out;
  for (const auto count : {s.documents, s.removed, s.terms, s.postings, s.total_length}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(s.avg_doc_length);
  for (const auto count : {s.segments, s.posting_bytes, s.forward_bytes, s.vocabulary_bytes, s.document_bytes}) {
    out.f64(static_cast<double>(count));
  }
  out.f64(s.bytes_per_posting);
  return out.out();
}

WASM(Reply, bm25ToBytes)(const Bm25& self) { return typed(self.to_bytes()); }

}  // namespace paritas::wasm
