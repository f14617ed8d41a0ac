#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "retrieve/bm25_impl.hpp"
#include "retrieve/well_formed.hpp"

// The options in a file; the rest of it is segment.cpp's.
namespace paritas {
namespace {

void put_text(std::string& out, std::string_view text) {
  bytes::put_varint(out, text.size());
  out += text;
}

constexpr std::array<std::string_view, 3> kStemmers{"none", "light", "english"};
constexpr std::array<std::string_view, 3> kCuts{"bigram", "unigram", "run"};

template <class Names>
char index_of(const Names& names, std::string_view name) {
  return static_cast<char>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

std::string write_bm25_options(const Bm25Options& options, const Analyzer& analyzer) {
  std::string out;
  bytes::put_f64(out, options.k1);
  bytes::put_f64(out, options.b);
  bytes::put_f64(out, options.delta);
  const AnalyzerOptions& words = analyzer.options();
  out.push_back(static_cast<char>(variant_of(options.variant).value_or(Variant::lucene)));
  out.push_back(options.store_text ? 1 : 0);
  out.push_back(analyzer.is_plain() ? 1 : 0);
  out.push_back(index_of(kStemmers, words.stemmer));
  out.push_back(index_of(kCuts, words.cjk));
  out.push_back(words.fold_accents ? 1 : 0);
  bytes::put_u32(out, static_cast<std::uint32_t>(words.min_length));
  bytes::put_u32(out, static_cast<std::uint32_t>(words.max_length));
  bytes::put_varint(out, words.stopword_list.size());
  for (const std::string& word : words.stopword_list) put_text(out, word);
  return out;
}

namespace {

constexpr std::array<std::string_view, 6> kVariants{"lucene", "okapi", "robertson", "atire", "bm25l", "bm25+"};

Result<Bm25> read_options(std::string_view section) {
  const Error damaged{ErrorCode::corrupt_data, "the options are damaged"};  // the caller says where
  bytes::Reader in(section);
  Bm25Options options;
  AnalyzerOptions words;
  options.k1 = in.f64();
  options.b = in.f64();
  options.delta = in.f64();
  const std::uint8_t variant = in.u8(), store = in.u8(), plain = in.u8(), stemmer = in.u8(), cut = in.u8(),
                     fold = in.u8();
  if (variant >= kVariants.size() || store > 1 || plain > 1 || stemmer >= kStemmers.size() || cut >= kCuts.size() ||
      fold > 1) {
    return damaged;
  }
  options.variant = kVariants[variant];
  options.store_text = store != 0;
  words.stemmer = kStemmers[stemmer];
  words.cjk = kCuts[cut];
  words.fold_accents = fold != 0;
  words.min_length = in.u32();
  words.max_length = in.u32();
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view word = in.text();
    if (in.bad() || !well_formed(word)) return damaged;
    words.stopword_list.emplace_back(word);
  }
  if (in.bad() || in.left() != 0) return damaged;
  Result<Analyzer> analyzer = plain != 0 ? Result<Analyzer>(Analyzer::plain()) : Analyzer::create(words);
  if (!analyzer.ok()) return damaged;
  const Analyzer made = std::move(analyzer).value();
  if (write_bm25_options(options, made) != section) return damaged;  // another form of the same
  Result<Bm25> index = Bm25::create(options, made);
  return index.ok() ? std::move(index) : Result<Bm25>(damaged);
}

}  // namespace

std::string Bm25::to_bytes() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->to_bytes();
}

Result<Bm25> Bm25::from_bytes(std::string_view data) { return open(data, nullptr, true); }

Result<Bm25> Bm25::open(std::string_view data, std::shared_ptr<const void> owner, bool verify) {
  Result<Segment> opened = Segment::open(aligned_image(data, std::move(owner)), verify);
  if (!opened.ok()) return opened.error();
  Segment segment = std::move(opened).value();
  Result<Bm25> made = read_options(segment.options());
  if (!made.ok()) return Segment::damaged_options(segment);
  Bm25 loaded = std::move(made).value();
  loaded.impl_->take(std::move(segment));
  return loaded;
}

}  // namespace paritas
