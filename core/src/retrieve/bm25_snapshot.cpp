#include <algorithm>
#include <array>

#include "base/sections.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/well_formed.hpp"

// Only live documents are written, in order, with terms sorted by their bytes, so that the bytes follow from the contents.
namespace paritas {
namespace {

enum Section : std::size_t { kOptions, kIds, kLengths, kVocabulary, kPostings, kMetadata, kTexts, kSections };
constexpr std::array<const char*, kSections> kNames{"options",  "ids",      "lengths", "vocabulary",
                                                    "postings", "metadata", "texts"};

constexpr FileKind kKind{"PBM1", 1, "BM25 index", kNames};

void put_text(std::string& out, std::string_view text) {
  bytes::put_varint(out, text.size());
  out += text;
}

void put_optional(std::string& out, const std::optional<std::string>* text) {
  if (text == nullptr || !text->has_value()) {
    out.push_back(0);
  } else {
    bytes::put_varint(out, (*text)->size() + 1);
    out += **text;
  }
}

constexpr std::array<std::string_view, 3> kStemmers{"none", "light", "english"};
constexpr std::array<std::string_view, 3> kCuts{"bigram", "unigram", "run"};

template <class Names>
char index_of(const Names& names, std::string_view name) {
  return static_cast<char>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string write_options(const Bm25Options& options, Variant variant, const Analyzer& analyzer) {
  std::string out;
  bytes::put_f64(out, options.k1);
  bytes::put_f64(out, options.b);
  bytes::put_f64(out, options.delta);
  const AnalyzerOptions& words = analyzer.options();
  out.push_back(static_cast<char>(variant));
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
  const Bm25Options copy = options;
  const Analyzer made = std::move(analyzer).value();
  if (write_options(copy, static_cast<Variant>(variant), made) != section) return damaged;  // another form of the same
  Result<Bm25> index = Bm25::create(options, made);
  return index.ok() ? std::move(index) : Result<Bm25>(damaged);
}

}  // namespace

std::string Bm25::to_bytes() const {
  const std::shared_lock lock(impl_->mutex);
  const Impl& index = *impl_;
  std::array<std::string, kSections> sections;
  sections[kOptions] = write_options(index.options, index.variant, index.analyzer);
  std::vector<std::uint32_t> new_doc(index.ordinals(), kNoOrdinal);
  std::uint32_t count = 0;
  bytes::put_varint(sections[kIds], index.live);
  for (std::uint32_t doc = 0; doc < index.ordinals(); ++doc) {
    if (index.forward[doc] == nullptr) continue;
    new_doc[doc] = count++;
    put_text(sections[kIds], index.id_at(doc));
    bytes::put_u32(sections[kLengths], index.lengths[doc]);
    const Extra* extra = index.extra(doc);
    put_optional(sections[kMetadata], extra == nullptr ? nullptr : &extra->metadata);
    put_optional(sections[kTexts], extra == nullptr ? nullptr : &extra->text);
  }
  std::vector<std::uint32_t> sorted;
  for (std::uint32_t term = 0; term < index.terms.size(); ++term) {
    if (index.terms[term].df != 0) sorted.push_back(term);
  }
  std::sort(sorted.begin(), sorted.end(),
            [&](std::uint32_t a, std::uint32_t b) { return index.term_at(a) < index.term_at(b); });
  bytes::put_varint(sections[kVocabulary], sorted.size());
  for (const std::uint32_t number : sorted) {
    put_text(sections[kVocabulary], index.term_at(number));
    PostedTerm live;
    each_posting(index.terms[number], [&](std::uint32_t doc, std::uint32_t tf) {
      if (new_doc[doc] != kNoOrdinal) put_posting(live, new_doc[doc], tf);
    });
    bytes::put_varint(sections[kPostings], live.entries);
    sections[kPostings].append(reinterpret_cast<const char*>(live.postings.data()), live.postings.size());
  }

  const std::vector<std::string_view> views(sections.begin(), sections.end());
  return write_sections(kKind, views);
}

Result<Bm25> Bm25::from_bytes(std::string_view data) {
  const auto opened = open_sections(kKind, data, true);
  if (!opened.ok()) return opened.error();
  const auto& sections = opened.value();
  const auto damaged = [&](Section section) { return damaged_section(kKind, data, sections[section], section); };
  Result<Bm25> made = read_options(sections[kOptions]);
  if (!made.ok()) return damaged(kOptions);
  Bm25 loaded = std::move(made).value();
  Impl& index = *loaded.impl_;

  // Every count is compared with the bytes that are left before anything of its size is made.
  bytes::Reader ids(sections[kIds]), lengths(sections[kLengths]), metadata(sections[kMetadata]),
      texts(sections[kTexts]);
  const std::uint64_t count = ids.varint();
  if (ids.bad() || count > ids.left() || count >= kNoOrdinal) return damaged(kIds);
  if (sections[kLengths].size() != count * 4) return damaged(kLengths);
  const auto optional = [](bytes::Reader& in, std::optional<std::string>& text) {
    const std::uint64_t size = in.varint();
    if (size != 0) text = std::string(in.take(size - 1));
    return !in.bad();
  };
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view key = ids.text();
    const bool known_kind = !key.empty() && (key[0] == 0 ? well_formed(key) : key[0] == 1 && key.size() == 9);
    if (ids.bad() || !known_kind || index.find(id_of(key)) != kNoOrdinal) return damaged(kIds);
    index.append_document(key, lengths.u32());
    Extra extra;
    if (!optional(metadata, extra.metadata)) return damaged(kMetadata);
    if (extra.metadata && !decode_metadata(*extra.metadata).ok()) return damaged(kMetadata);
    if (!optional(texts, extra.text)) return damaged(kTexts);
    if (extra.text && (!index.options.store_text || !well_formed(*extra.text))) return damaged(kTexts);
    if (extra.text || extra.metadata) {
      index.extras.resize(index.lengths.size());
      index.extras.back() = std::make_unique<Extra>(std::move(extra));
    }
  }
  if (!index.extras.empty()) index.extras.resize(index.lengths.size());
  if (ids.left() != 0) return damaged(kIds);
  if (metadata.left() != 0) return damaged(kMetadata);
  if (texts.left() != 0) return damaged(kTexts);

  bytes::Reader vocabulary(sections[kVocabulary]), postings(sections[kPostings]);
  const std::uint64_t words = vocabulary.varint();
  if (vocabulary.bad() || words > sections[kVocabulary].size()) return damaged(kVocabulary);
  std::vector<std::uint32_t> left = index.lengths;  // occurrences that no posting has told of yet
  std::vector<std::uint32_t> different(index.lengths.size(), 0);
  std::string_view before;
  for (std::uint64_t i = 0; i < words; ++i) {
    const std::string_view word = vocabulary.text();
    if (vocabulary.bad() || (i != 0 && !(before < word)) || !well_formed(word)) return damaged(kVocabulary);
    before = word;
    PostedTerm& term = index.terms[index.number_of_term(word)];
    const std::uint64_t holders = postings.varint();
    if (holders == 0 || holders > count) return damaged(kPostings);
    std::uint64_t next = 0;
    for (std::uint64_t j = 0; j < holders; ++j) {
      const std::uint64_t code = postings.varint();
      const std::uint64_t more = (code & 3) == 3 ? postings.varint() : 0;
      if (postings.bad() || code >> 2 >= count - next) return damaged(kPostings);
      const auto doc = static_cast<std::size_t>(next + (code >> 2));
      const std::uint64_t tf = (code & 3) + 1 + more;
      if (more >= kNoOrdinal || tf > left[doc]) return damaged(kPostings);
      left[doc] -= static_cast<std::uint32_t>(tf);
      ++different[doc];
      put_posting(term, static_cast<std::uint32_t>(doc), static_cast<std::uint32_t>(tf));
      next = doc + 1;
    }
    term.df = term.entries;
    term.postings.trim();
    index.postings += term.entries;
  }
  if (vocabulary.left() != 0) return damaged(kVocabulary);
  if (postings.bad() || postings.left() != 0) return damaged(kPostings);
  if (std::any_of(left.begin(), left.end(), [](std::uint32_t terms) { return terms != 0; })) return damaged(kLengths);

  // The forward lists follow from the postings.
  std::vector<std::string> kept(index.lengths.size());
  for (std::size_t doc = 0; doc < kept.size(); ++doc) bytes::put_varint(kept[doc], different[doc]);
  for (std::uint32_t number = 0; number < index.terms.size(); ++number) {
    each_posting(index.terms[number], [&](std::uint32_t doc, std::uint32_t) { bytes::put_varint(kept[doc], number); });
  }
  for (const std::string& list : kept) index.forward.push_back(index.forward_bytes.keep(list));
  return loaded;
}

}  // namespace paritas
