#include "paritas/repair/near_duplicates.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

NearOptions options_of(const Real& threshold, const Text& method, const Whole& num_perm, const Whole& seed,
                       const Whole& k, const Text& shingle, const Whole& threads) {
  if (!(threshold >= 0.0 && threshold <= 1.0)) {  // first, as the reference asks
    raise({ErrorCode::invalid_argument, "threshold must be from 0 to 1"});
  }
  const ShingleKind kind = unwrap(shingle_kind(shingle));
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  return {threshold,
          unwrap(near_method(method)),
          {num_perm, seed, k, kind},
          static_cast<std::size_t>(static_cast<std::int64_t>(threads))};
}

template <class Call>
void define(py::module_& m, const char* name, Call call, const char* doc) {
  const NearOptions defaults;
  m.def(
      name,
      [call](const Texts& texts, const Real& threshold, const Text& method, const Whole& num_perm, const Whole& seed,
             const Whole& k, const Text& shingle, const Whole& threads) {
        return call(texts, options_of(threshold, method, num_perm, seed, k, shingle, threads));
      },
      py::arg("texts"), py::arg("threshold") = defaults.threshold, py::arg("method") = "minhash", py::kw_only(),
      py::arg("num_perm") = defaults.sketch.num_perm, py::arg("seed") = defaults.sketch.seed,
      py::arg("k") = defaults.sketch.k, py::arg("shingle") = "word", py::arg("threads") = defaults.threads, doc);
}

}  // namespace

void bind_near_duplicates(py::module_& m) {
  define(
      m, "near_duplicates",
      [](const Texts& texts, const NearOptions& options) {
        static const Record record("Pair", "paritas.results_dedup");
        const auto pairs = unwrap(unlocked([&] { return near_duplicates(texts, options); }));
        return list_of(pairs, [](const NearPair& pair) { return record.make(pair.i, pair.j, pair.similarity); });
      },
      R"(The pairs of texts, by their numbers, whose likeness is estimated as at least threshold, in order of (i, j).

threshold: 0 to 1
method:    "minhash": pairs that share a band of MinHashLSH for the threshold; the estimate is MinHash.jaccard.
           "simhash": (64 - differing bits) / 64, for words alone; below 0.9 all texts are compared with all
num_perm, seed, k, shingle: those of MinHash
threads:   0 for all cores; they change nothing
Errors:    invalid_argument for an option out of its range)");
  define(
      m, "near_duplicate_groups",
      [](const Texts& texts, const NearOptions& options) {
        return unwrap(unlocked([&] { return near_duplicate_groups(texts, options); }));
      },
      R"(All texts, by their numbers, in groups of those that pairs of near_duplicates connect; most groups have one text.

Errors: those of near_duplicates)");
  define(
      m, "keep_indices",
      [](const Texts& texts, const NearOptions& options) {
        return unwrap(unlocked([&] { return keep_indices(texts, options); }));
      },
      R"(The first text of each group of near_duplicate_groups, by its number: what stays of a corpus.

Errors: those of near_duplicates)");
}

}  // namespace paritas::python
