#include "paritas/retrieve/bm25.hpp"

#include "features.hpp"
#include "paritas/base/hash.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

std::string some_words(Random& random, std::uint64_t most) {
  std::string text;
  for (std::uint64_t left = random.below(most + 1); left > 0; --left) text += random_word(random) + " ";
  return text;
}

DocId some_id(Random& random) {
  const std::uint64_t number = random.below(5);
  if (random.below(2) == 0) return static_cast<std::int64_t>(number);
  return std::to_string(number);
}

void add_hits(Digest& digest, const std::vector<Hit>& hits) {
  for (const Hit& hit : hits) {
    if (const auto* number = std::get_if<std::int64_t>(&hit.id)) {
      digest.add(static_cast<std::uint64_t>(*number));
    } else {
      digest.add(*std::get_if<std::string>(&hit.id));
    }
    digest.add(hit.score);
  }
}

std::string skewed_words(Random& random, std::uint64_t least, std::uint64_t most) {
  std::string text;
  for (std::uint64_t left = least + random.below(most + 1 - least); left > 0; --left) {
    text += "w" + std::to_string(random.below(1 + random.below(40))) + " ";
  }
  return text;
}

/// So many documents that they are frozen, lists of several blocks, and results that bounds have found.
void check_many(Random& random, Digest& digest, Bm25& index) {
  const std::uint64_t count = 100 + random.below(500);
  std::vector<DocId> ids;
  std::vector<std::string> texts;
  for (std::uint64_t i = 0; i < count; ++i) {
    ids.emplace_back(static_cast<std::int64_t>(i));
    texts.push_back(skewed_words(random, 1, 6));
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  digest.add(index.add_documents(ids, views, {}, "replace", 1).value());
  for (std::uint64_t left = random.below(80); left > 0; --left) {
    digest.add(index.remove(static_cast<std::int64_t>(random.below(count))));
  }
  for (std::uint64_t left = random.below(4); left > 0; --left) {
    const auto id = static_cast<std::int64_t>(random.below(count));  // drawn before the words
    digest.add(index.add_document(id, skewed_words(random, 1, 6)).value());
  }
  if (random.below(2) == 0) index.optimize();
  constexpr std::int64_t kMost[] = {1, 10, 200};
  for (const std::int64_t most : kMost) add_hits(digest, index.query(skewed_words(random, 1, 3), most).value());
  digest.add(xxh3_64(index.to_bytes()));
}

}  // namespace

void check_bm25(Random& random, Digest& digest) {
  constexpr const char* kVariants[] = {"lucene", "okapi", "robertson", "atire", "bm25l", "bm25+"};
  Bm25Options options;
  options.variant = kVariants[random.below(6)];
  options.k1 = random.below(8) == 0 ? 0.0 : 3.0 * random.unit();
  options.b = random.unit();
  options.delta = random.unit();
  Bm25 index = Bm25::create(options).value();
  if (random.below(64) == 0) {
    check_many(random, digest, index);
    return;
  }
  const std::uint64_t steps = 1 + random.below(7);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const bool removes = random.below(5) == 0;
    const DocId id = some_id(random);
    digest.add(removes ? index.remove(id) : index.add_document(id, some_words(random, 6)).value());
  }
  const std::string text = some_words(random, 4);
  const std::vector<Hit> hits = index.query(text, static_cast<std::int64_t>(random.below(6))).value();
  add_hits(digest, hits);
  digest.add(index.count());
  if (random.below(4) == 0) digest.add(xxh3_64(index.to_bytes()));
}

}  // namespace paritas
