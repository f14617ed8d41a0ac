#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/retrieve/bm25.hpp"

namespace paritas {

/// A text of a FactStore.
struct Fact {
  DocId id;
  std::string text;
  double score;                         // how well it fits the query; 0.0 where there was none
  std::optional<std::string> metadata;  // as encode_metadata writes it
};

struct FactStoreOptions {
  double k1 = 1.2;     // how much a repeated term still adds, 0 to 1e100
  double b = 0.75;     // how much long facts pay, 0 to 1
  std::int64_t k = 5;  // of query() and retrieve_context()
};

/// Facts that answers may lean on, by tenant, ranked by BM25 (lucene) over their content stems and numbers: "2 hours" in
/// a query finds "120 minutes".
///
/// Every tenant has an index of its own: it never sees, counts or influences another. The tenant "" is one like others.
/// After any history of changes, results and bytes equal those of a fresh store of the facts in their order.
/// Memory:  owns all it needs; a tenant without facts needs none.
/// Threads: many readers or one writer; a query sees one state.
/// Source:  Robertson and Zaragoza 2009, as Lucene 8 computes it; see Bm25.
class FactStore {
 public:
  /// Errors: `invalid_argument` for options without meaning.
  static Result<FactStore> create(const FactStoreOptions& options = {});

  /// Reads every text again, so that a later Paritas finds by its own terms.
  /// Errors: `corrupt_data`, with the offset where it was noticed, for bytes that to_bytes did not write.
  static Result<FactStore> from_bytes(std::string_view data);

  FactStore(FactStore&&) noexcept;
  FactStore& operator=(FactStore&&) noexcept;
  ~FactStore();

  /// Adds a fact, or replaces the one of that id, which moves to the end. True if the id is new.
  /// metadata: as encode_metadata writes it.
  /// Errors:   `invalid_argument` or `corrupt_data` for metadata, `limit_exceeded` for more than 2^31 - 1 terms.
  Result<bool> add(const DocId& id, std::string_view text, std::string_view tenant_id = {},
                   std::optional<std::string_view> metadata = std::nullopt);

  /// True if there was a fact of that id.
  bool remove(const DocId& id, std::string_view tenant_id = {});
  /// Removes all facts of a tenant.
  void clear(std::string_view tenant_id = {});

  [[nodiscard]] std::optional<Fact> get(const DocId& id, std::string_view tenant_id = {}) const;
  [[nodiscard]] std::uint64_t count(std::string_view tenant_id = {}) const;
  /// Those that have facts, sorted by bytes.
  [[nodiscard]] std::vector<std::string> tenants() const;

  /// The best facts of a tenant: score descending, then order of adding; none that shares no term with the text.
  /// Errors: `invalid_argument` for a negative k.
  Result<std::vector<Fact>> query(std::string_view text, std::int64_t k = FactStoreOptions{}.k,
                                  std::string_view tenant_id = {}) const;

  /// The texts of the best facts joined by "; "; nothing when there is none.
  /// Errors: `invalid_argument` for a negative top_k.
  Result<std::optional<std::string>> retrieve_context(std::string_view text, std::int64_t top_k = FactStoreOptions{}.k,
                                                      std::string_view tenant_id = {}) const;

  /// The store in one form: equal facts in equal order give equal bytes, on every target.
  [[nodiscard]] std::string to_bytes() const;

 private:
  struct Impl;
  explicit FactStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
