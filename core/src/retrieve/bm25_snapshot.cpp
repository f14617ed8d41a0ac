#include <algorithm>
#include <array>

#include "paritas/base/hash.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "retrieve/bm25_index.hpp"
#include "retrieve/well_formed.hpp"

// The file: a header of 64 bytes, a table of sections, the sections. All numbers are little-endian, every section starts
// at the next multiple of 64, what lies between is 0. Only live documents are written, in order, with terms sorted by
// their bytes, so that the bytes follow from the contents alone.
//   header: "PBM1", u32 version, u32 flags (0), u32 sections, u64 size of all, u64 XXH3 of the table, 24 bytes of 0,
//           u64 XXH3 of the 56 bytes before
//   table:  for each section u32 number, u32 0, u64 offset, u64 length, u64 XXH3
namespace paritas {
namespace {

constexpr std::string_view kMagic = "PBM1";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeader = 64, kEntry = 32, kAlign = 64;
enum Section : std::size_t { kOptions, kIds, kLengths, kVocabulary, kPostings, kMetadata, kTexts, kSections };
constexpr std::array<const char*, kSections> kNames{"options",  "ids",      "lengths", "vocabulary",
                                                    "postings", "metadata", "texts"};

constexpr std::size_t aligned(std::size_t at) { return (at + kAlign - 1) / kAlign * kAlign; }

Error corrupt(std::string what, std::size_t offset) {
  return {ErrorCode::corrupt_data, "these bytes are no BM25 index of version 1: " + std::move(what), offset};
}

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
  const Error damaged = corrupt("its options are damaged", 0);
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

/// Splits the bytes into sections whose sums are right.
Result<std::array<std::string_view, kSections>> open_sections(std::string_view data) {
  if (data.size() < kHeader || data.substr(0, 4) != kMagic) return corrupt("they do not begin with PBM1", 0);
  bytes::Reader header(data.substr(0, kHeader));
  header.take(4);
  const std::uint32_t version = header.u32(), flags = header.u32(), count = header.u32();
  const std::uint64_t size = header.u64(), table_sum = header.u64();
  const std::string_view reserved = header.take(24);
  if (header.u64() != xxh3_64(data.substr(0, kHeader - 8))) return corrupt("the header is damaged", 0);
  if (version != kVersion) {
    return Error{ErrorCode::corrupt_data,
                 "this BM25 index has format " + std::to_string(version) + ": this Paritas reads format 1", 4};
  }
  const bool empty = std::all_of(reserved.begin(), reserved.end(), [](char byte) { return byte == 0; });
  if (flags != 0 || count != kSections || !empty) return corrupt("the header is damaged", 0);
  if (size != data.size()) return corrupt("they are cut off, or something follows", data.size());
  const std::string_view table = data.substr(kHeader, kSections * kEntry);
  if (xxh3_64(table) != table_sum) return corrupt("the table of sections is damaged", kHeader);
  bytes::Reader entries(table);
  std::array<std::string_view, kSections> sections;
  std::size_t end = kHeader + kSections * kEntry;
  for (std::size_t i = 0; i < kSections; ++i) {
    const std::uint32_t number = entries.u32(), zero = entries.u32();
    const std::uint64_t offset = entries.u64(), length = entries.u64(), sum = entries.u64();
    const std::size_t start = aligned(end);
    if (number != i || zero != 0 || offset != start || start > data.size() || length > data.size() - start) {
      return corrupt("the table of sections is damaged", kHeader + i * kEntry);
    }
    const std::string_view gap = data.substr(end, start - end);
    if (std::any_of(gap.begin(), gap.end(), [](char byte) { return byte != 0; })) {
      return corrupt("there is something between the sections", end);
    }
    sections[i] = data.substr(start, static_cast<std::size_t>(length));
    end = start + sections[i].size();
    if (xxh3_64(sections[i]) != sum) return corrupt(std::string("section ") + kNames[i] + " is damaged", start);
  }
  if (end != data.size()) return corrupt("something follows the last section", end);
  return sections;
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

  std::string table;
  std::size_t end = kHeader + kSections * kEntry;
  for (std::size_t i = 0; i < kSections; ++i) {
    const std::size_t start = aligned(end);
    bytes::put_u32(table, static_cast<std::uint32_t>(i));
    bytes::put_u32(table, 0);
    bytes::put_u64(table, start);
    bytes::put_u64(table, sections[i].size());
    bytes::put_u64(table, xxh3_64(sections[i]));
    end = start + sections[i].size();
  }
  std::string out(kMagic);
  out.reserve(end);
  bytes::put_u32(out, kVersion);
  bytes::put_u32(out, 0);
  bytes::put_u32(out, kSections);
  bytes::put_u64(out, end);
  bytes::put_u64(out, xxh3_64(table));
  out.append(24, '\0');
  bytes::put_u64(out, xxh3_64(out));
  out += table;
  for (std::string& section : sections) {
    out.resize(aligned(out.size()), '\0');
    out += section;
    std::string().swap(section);
  }
  return out;
}

Result<Bm25> Bm25::from_bytes(std::string_view data) {
  const auto opened = open_sections(data);
  if (!opened.ok()) return opened.error();
  const auto& sections = opened.value();
  const auto damaged = [&](Section section) {
    return corrupt(std::string("section ") + kNames[section] + " is damaged",
                   static_cast<std::size_t>(sections[section].data() - data.data()));
  };
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
