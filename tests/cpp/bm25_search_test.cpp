#include "retrieve/bm25_search.hpp"

#include <catch2/catch.hpp>

#include "paritas/base/random.hpp"
#include "retrieve/bm25_impl.hpp"

namespace paritas::tests {
namespace {

Terms terms_of(Random& random, std::uint64_t most) {
  Terms terms;
  for (std::uint64_t left = 1 + random.below(most); left > 0; --left) {
    terms.bytes += "w" + std::to_string(random.below(1 + random.below(1 + random.below(400))));
    terms.ends.push_back(terms.bytes.size());
  }
  return terms;
}

std::string key_of(std::uint64_t number) { return id_key(static_cast<std::int64_t>(number)); }

std::vector<std::pair<double, std::uint32_t>> found(const Bm25Segments& index, const Terms& query, std::size_t count,
                                                    double least, const std::uint64_t* allowed, Effort effort) {
  SearchScratch scratch;
  scratch.terms = query;
  REQUIRE_FALSE(resolve(index, scratch).has_value());
  search(index, scratch, count, least, allowed, effort);
  std::vector<std::pair<double, std::uint32_t>> out;
  for (const Scored& item : scratch.top.finish()) out.emplace_back(item.score, item.doc);
  return out;
}

}  // namespace

TEST_CASE("bounds find what scoring every document finds, through any history") {
  constexpr Variant kVariants[] = {Variant::lucene, Variant::okapi, Variant::robertson,
                                   Variant::atire,  Variant::bm25l, Variant::bm25_plus};
  Random random(5);
  for (int round = 0; round < 36; ++round) {
    Bm25Segments index;
    index.options = write_bm25_options({}, Analyzer::plain());
    index.formula.variant = kVariants[round % 6];
    if (round % 5 == 0) index.formula.k1 = 0.0;
    if (round % 7 == 0) index.formula.b = 1.0;
    const std::uint64_t length = round % 4 == 0 ? 2000 : 30;  // longer than the table of values, and shorter
    for (int step = 0; step < 8; ++step) {
      for (std::uint64_t left = random.below(round % 3 == 0 ? 3000 : 600); left > 0; --left) {
        const bool longer = random.below(200) == 0;
        index.add(key_of(random.below(6000)), terms_of(random, longer ? length : 12), std::nullopt, std::nullopt);
      }
      if (random.below(2) == 0) index.settle();
      for (std::uint64_t left = random.below(400); left > 0; --left) index.remove(key_of(random.below(6000)));
      index.reclaim();
      if (random.below(6) == 0) index.optimize();
      if (index.live == 0) continue;
      std::vector<std::uint64_t> allowed(index.ordinals() / 64 + 1);
      for (std::uint64_t& word : allowed) word = random.next() & random.next();
      for (int query = 0; query < 6; ++query) {
        const Terms terms = terms_of(random, query == 5 ? 60 : 5);
        for (const std::size_t count : {std::size_t{1}, std::size_t{10}, std::size_t{33}, std::size_t{700}}) {
          const double least = random.below(3) == 0 ? random.unit() : 0.0;
          const std::uint64_t* words = random.below(2) == 0 ? allowed.data() : nullptr;
          const auto all = found(index, terms, count, least, words, Effort::exhaustive);
          CHECK(found(index, terms, count, least, words, Effort::pruned) == all);
        }
      }
    }
  }
}

TEST_CASE("the best scores are chosen and sorted with ties in order of documents") {
  Random random(6);
  for (int round = 0; round < 300; ++round) {
    const std::size_t count = random.below(round % 2 == 0 ? 40 : 300);
    const std::uint64_t different = 1 + random.below(50);
    TopScores top;
    top.start(count, 0.0);
    std::vector<Scored> all;
    for (std::uint32_t doc = 0; doc < 2000; ++doc) {
      double score = static_cast<double>(1 + random.below(different)) / 7.0;
      if (random.below(50) == 0) score *= 1e-300;
      all.push_back({score, doc});
      if (score > top.least()) top.offer(score, doc);
    }
    std::stable_sort(all.begin(), all.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
    all.resize(count);
    const auto& best = top.finish();
    REQUIRE(best.size() == count);
    for (std::size_t i = 0; i < count; ++i) {
      CHECK(best[i].score == all[i].score);
      CHECK(best[i].doc == all[i].doc);
    }
  }
}

}  // namespace paritas::tests
