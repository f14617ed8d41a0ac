#pragma once
#include <shared_mutex>

#include "paritas/retrieve/bm25.hpp"
#include "retrieve/bm25_search.hpp"
#include "retrieve/bm25_segments.hpp"

namespace paritas {

struct Bm25::Impl : Bm25Segments {
  Bm25Options given;
  Analyzer analyzer = Analyzer::plain();
  mutable std::shared_mutex mutex;
  ScratchPool pool;
};

/// The section of a file that tells how the index was made.
std::string write_bm25_options(const Bm25Options& options, const Analyzer& analyzer);

/// Appends tokens of the caller's, ill-formed UTF-8 repaired.
void put_tokens(std::span<const std::string_view> tokens, Terms& terms);

/// Errors: `invalid_argument` for options without meaning.
std::optional<Error> check_bm25_options(const Bm25Options& options);

}  // namespace paritas
