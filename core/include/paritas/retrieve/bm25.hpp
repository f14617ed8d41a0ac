#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/retrieve/analyzer.hpp"
#include "paritas/retrieve/doc_id.hpp"
#include "paritas/retrieve/filter.hpp"

namespace paritas {

struct Bm25Options {
  double k1 = 1.2;                       // how much a repeated word still adds, 0 to 1e100
  double b = 0.75;                       // how much long documents pay, 0 to 1
  double delta = 0.5;                    // what a match is worth at least, for bm25l and bm25+, 0 to 1e100
  std::string variant = "lucene";        // "lucene", "okapi", "robertson", "atire", "bm25l" or "bm25+"
  bool store_text = false;               // keep the texts, for get()
  std::int64_t n_results = 10;           // of query()
  double min_score = 0.0;                // of query()
  std::string on_duplicate = "replace";  // of add_documents(): "replace", "keep" or "error"
};

/// What the index knows of one document.
struct Bm25Document {
  DocId id;
  std::uint32_t length = 0;             // terms
  std::optional<std::string> text;      // with store_text
  std::optional<std::string> metadata;  // as encode_metadata writes it
};

/// One query term that a document holds, and what it adds.
struct Bm25Part {
  std::string term;
  std::uint32_t weight;  // occurrences in the query
  std::uint32_t tf;      // occurrences in the document
  std::uint32_t df;      // documents that hold it
  double idf;
  double tf_part;
  double contribution;  // weight * (idf * tf_part)
};

/// How a score came about: the contributions, added in their order, are the score.
struct Bm25Explanation {
  double score = 0.0;
  std::uint32_t doc_length = 0;
  double avg_doc_length = 0.0;
  std::uint64_t doc_count = 0;
  std::vector<Bm25Part> terms;
};

struct Bm25Stats {
  std::uint64_t documents = 0;
  std::uint64_t removed = 0;   // documents whose postings wait to be dropped
  std::uint64_t terms = 0;     // different ones
  std::uint64_t postings = 0;  // pairs of term and document, removed ones included
  std::uint64_t total_length = 0;
  double avg_doc_length = 0.0;
  std::uint64_t segments = 0;          // frozen ones
  std::uint64_t posting_bytes = 0;     // posting lists
  std::uint64_t forward_bytes = 0;     // the terms of each document that is not frozen yet, for exact removal
  std::uint64_t vocabulary_bytes = 0;  // terms, their records and their table
  std::uint64_t document_bytes = 0;    // ids, lengths, texts, metadata
  double bytes_per_posting = 0.0;      // the first three over postings
};

/// Rows of one result for each query: where a document stands among the live ones, and its score.
struct Bm25Rows {
  std::size_t columns = 0;
  std::vector<std::int64_t> positions;  // -1 where there are fewer results
  std::vector<double> scores;           // 0.0 there
};

/// BM25 over the terms of documents: exact, updatable, the same order and bits on every target.
///
/// After any history of changes, results and bytes equal those of a fresh index of the live documents in their order.
/// Memory:  owns all it needs; no view of an input outlives a call.
/// Threads: many readers or one writer; a query sees one state.
/// Source:  Robertson and Zaragoza 2009 (robertson), Lucene 8 (lucene), Trotman et al. 2014 (atire), Lv and Zhai 2011
///          (bm25l, bm25+); only matching terms add.
class Bm25 {
 public:
  /// Errors: `invalid_argument` for options without meaning.
  static Result<Bm25> create(const Bm25Options& options = {}, std::optional<Analyzer> analyzer = std::nullopt);

  /// Errors: `corrupt_data`, with the offset of the section, for bytes that to_bytes did not write.
  static Result<Bm25> from_bytes(std::string_view data);

  /// The same over bytes that are read in place as long as `owner` lives: a file that is mapped opens at once.
  /// verify: whether to compare the sums of all sections, which reads every byte. Without, bytes that were damaged may
  ///         give wrong results; they are never read past.
  static Result<Bm25> open(std::string_view data, std::shared_ptr<const void> owner, bool verify);

  Bm25(Bm25&&) noexcept;
  Bm25& operator=(Bm25&&) noexcept;
  ~Bm25();

  /// Adds a document, or replaces the one of that id, which moves to the end. True if the id is new.
  /// metadata: as encode_metadata writes it.
  /// Errors:   `invalid_argument` or `corrupt_data` for metadata, `limit_exceeded` for more than 2^31 - 1 terms.
  Result<bool> add_document(const DocId& id, std::string_view text,
                            std::optional<std::string_view> metadata = std::nullopt);

  /// Adds or replaces many; returns how many. With "keep" the first document of an id wins. An error changes nothing.
  /// metadatas: none, or one for each document.
  /// threads:   for reading the texts; 0 for all cores.
  /// Errors:    as add_document, with the index of the document; `length_mismatch`; `duplicate_key` with "error".
  Result<std::uint64_t> add_documents(std::span<const DocId> ids, std::span<const std::string_view> texts,
                                      std::span<const std::optional<std::string_view>> metadatas = {},
                                      std::string_view on_duplicate = Bm25Options{}.on_duplicate,
                                      std::int64_t threads = 0);

  /// As add_document, for callers with a tokeniser of their own; with store_text no text is kept.
  Result<bool> add_tokens(const DocId& id, std::span<const std::string_view> tokens,
                          std::optional<std::string_view> metadata = std::nullopt);

  /// True if there was a document of that id.
  bool remove(const DocId& id);
  std::uint64_t remove_many(std::span<const DocId> ids);
  void clear();

  /// Brings all documents into the form that is smallest and read fastest. Never needed for a right result.
  void optimize();

  /// The best documents above min_score: score descending, then order of adding. A word said twice counts twice, an
  /// unknown one adds nothing; a document with none of the words is no hit.
  /// selection: which documents may be results; the statistics are those of all.
  /// Errors:    `invalid_argument` for a negative n_results or min_score, `limit_exceeded` for more than 1,024 different
  ///            terms, `length_mismatch` for a selection that is not of one byte for each live document.
  Result<std::vector<Hit>> query(std::string_view text, std::int64_t n_results = Bm25Options{}.n_results,
                                 double min_score = Bm25Options{}.min_score, const Selection& selection = {}) const;
  Result<std::vector<Hit>> query_tokens(std::span<const std::string_view> tokens,
                                        std::int64_t n_results = Bm25Options{}.n_results,
                                        double min_score = Bm25Options{}.min_score,
                                        const Selection& selection = {}) const;

  /// Many queries on one state. threads: 0 for all cores; never changes a result.
  /// Errors: as query, with the index of the text.
  Result<std::vector<std::vector<Hit>>> query_batch(std::span<const std::string_view> texts,
                                                    std::int64_t n_results = Bm25Options{}.n_results,
                                                    double min_score = Bm25Options{}.min_score,
                                                    std::int64_t threads = 0, const Selection& selection = {}) const;
  Result<Bm25Rows> query_batch_arrays(std::span<const std::string_view> texts,
                                      std::int64_t n_results = Bm25Options{}.n_results,
                                      double min_score = Bm25Options{}.min_score, std::int64_t threads = 0,
                                      const Selection& selection = {}) const;

  /// The score of every live document in order of adding, 0.0 without a match; for many texts one row after the other.
  /// Errors: as query, with the index of the text; `limit_exceeded` for more than 2^27 scores.
  Result<std::vector<double>> get_scores(std::string_view text) const;
  Result<std::vector<double>> get_scores_batch(std::span<const std::string_view> texts, std::int64_t threads = 0) const;

  /// Errors: `not_found` for an unknown id; as query.
  Result<Bm25Explanation> explain(std::string_view text, const DocId& id) const;

  /// Where a term of the query stands in a text, of a document or any other, as Analyzer::highlight says it.
  [[nodiscard]] std::vector<Span> highlight(std::string_view query_text, std::string_view text) const;

  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] bool contains(const DocId& id) const;
  [[nodiscard]] std::optional<Bm25Document> get(const DocId& id) const;
  [[nodiscard]] std::vector<DocId> ids() const;
  /// The metadata of every document in order of adding.
  [[nodiscard]] std::vector<std::optional<std::string>> metadatas() const;
  [[nodiscard]] Bm25Stats stats() const;

  /// The live index in one form: equal live documents in equal order give equal bytes, on every target.
  [[nodiscard]] std::string to_bytes() const;

 private:
  struct Impl;
  explicit Bm25(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
