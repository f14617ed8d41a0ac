#include "paritas/retrieve/analyzer.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <unordered_set>

#include "paritas/text/fold.hpp"
#include "paritas/text/stem_english.hpp"
#include "paritas/text/stem_light.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::string_view kEnglish[] = {"a",    "an",   "and",  "are",  "as",   "at",    "be",   "but",   "by",
                                         "for",  "if",   "in",   "into", "is",   "it",    "no",   "not",   "of",
                                         "on",   "or",   "such", "that", "the",  "their", "then", "there", "these",
                                         "they", "this", "to",   "was",  "will", "with"};

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

bool ascii_word(unsigned char c) {
  return c < 0x80 && (kAsciiClass[c] == TextClass::letter || kAsciiClass[c] == TextClass::digit);
}

/// Letters, marks and numbers that may go on a word.
bool goes_on(char32_t c, TextClass kind) {
  return kind == TextClass::letter || kind == TextClass::mark || kind == TextClass::digit ||
         (kind == TextClass::other && is_number(category(c)));
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

/// What a folded word is without its apostrophes and a final 's.
void drop_apostrophes(std::string& bytes, std::size_t begin) {
  if (bytes.size() - begin >= 2 && bytes.compare(bytes.size() - 2, 2, "'s") == 0) bytes.resize(bytes.size() - 2);
  bytes.erase(std::remove(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end(), '\''), bytes.end());
}

}  // namespace

struct Analyzer::Impl {
  enum class Cut : std::uint8_t { bigram, unigram, run };

  AnalyzerOptions options;
  bool plain = false;
  std::size_t (*stem)(const char* key, std::size_t length, char* out) noexcept = nullptr;
  Cut cut = Cut::bigram;
  Accents accents = Accents::drop;
  std::size_t min_length = 1;
  std::size_t max_length = 128;
  std::unordered_set<std::string, Hash, std::equal_to<>> stopwords;

  /// One call's work: reads the text and appends terms.
  struct Reader {
    const Impl& rules;
    std::string_view text;
    Terms& out;
    std::vector<Span>* spans;
    std::string raw;  // a term that needs folding: no transparent characters, apostrophes as '
    std::size_t at = 0;

    [[nodiscard]] Decoded peek(std::size_t i) const { return decode_utf8(text, i); }
    [[nodiscard]] bool letter_at(std::size_t i) const {
      return i < text.size() && text_class(peek(i).code_point) == TextClass::letter;
    }

    void read() {
      while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
          if (ascii_word(byte)) {
            word();
          } else {
            ++at;
          }
          continue;
        }
        const Decoded next = peek(at);
        const TextClass kind = text_class(next.code_point);
        if (kind == TextClass::unspaced) {
          unspaced();
        } else if (kind != TextClass::mark && goes_on(next.code_point, kind)) {
          folded_word();
        } else {
          at += next.bytes;
        }
      }
    }

    /// A word that starts in ASCII; most end there too.
    void word() {
      const std::size_t start = at, begin = out.bytes.size();
      while (at < text.size() && ascii_word(static_cast<unsigned char>(text[at]))) {
        const char c = text[at++];
        out.bytes.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
      }
      if (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80 || kAsciiClass[byte] == TextClass::apostrophe) {  // it may go on
          out.bytes.resize(begin);
          at = start;
          folded_word();
          return;
        }
      }
      finish({start, at}, begin);
    }

    void folded_word() {
      const std::size_t start = at;
      std::size_t end = at;
      raw.clear();
      TextClass last = TextClass::other;
      while (at < text.size()) {
        const Decoded next = peek(at);
        const TextClass kind = text_class(next.code_point);
        if (kind == TextClass::transparent) {
          at += next.bytes;
          continue;
        }
        if (kind == TextClass::apostrophe) {
          const bool after_letter = last == TextClass::letter || last == TextClass::mark;
          if (!after_letter || !letter_at(at + next.bytes)) break;
          raw.push_back('\'');  // not left to fold, which makes a space of U+00B4
        } else if (goes_on(next.code_point, kind)) {
          raw.append(text, at, next.bytes);
        } else {
          break;
        }
        last = kind;
        at += next.bytes;
        end = at;
      }
      fold_raw({start, end});
    }

    void fold_raw(Span span) {
      const std::size_t begin = out.bytes.size();
      fold(raw, out.bytes, rules.accents);
      drop_apostrophes(out.bytes, begin);
      finish(span, begin);
    }

    /// A run of an unspaced script; transparent characters do not end it.
    void unspaced() {
      const std::size_t run_start = at;
      Span last, run{at, at};
      std::size_t count = 0;
      raw.clear();
      while (at < text.size()) {
        const Decoded next = peek(at);
        const TextClass kind = text_class(next.code_point);
        if (kind != TextClass::unspaced && kind != TextClass::transparent) break;
        const Span here{at, at + next.bytes};
        at = here.end;
        if (kind == TextClass::transparent) continue;
        ++count;
        run.end = here.end;
        if (rules.cut == Cut::unigram || (rules.cut == Cut::bigram && count > 1)) {
          raw.assign(rules.cut == Cut::bigram ? last.of(text) : std::string_view());
          raw.append(here.of(text));
          fold_raw({rules.cut == Cut::bigram ? last.start : here.start, here.end});
        } else {
          raw.append(here.of(text));  // the first of pairs, or the whole run
        }
        last = here;
      }
      if (rules.cut == Cut::run || (rules.cut == Cut::bigram && count == 1)) fold_raw({run_start, run.end});
    }

    void read_plain() {
      std::u32string lower;
      while (at < text.size()) {
        const std::size_t start = at, begin = out.bytes.size();
        bool inside = false;
        while (at < text.size()) {
          const auto byte = static_cast<unsigned char>(text[at]);
          if (byte < 0x80) {
            if (!ascii_word(byte)) break;
            out.bytes.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte));
            ++at;
          } else {
            const Decoded next = peek(at);
            const Category kind = category(next.code_point);
            if (!is_letter(kind) && !is_number(kind) && !(inside && is_mark(kind))) break;
            lower.clear();
            append_lower(lower, next.code_point);
            for (const char32_t c : lower) append_utf8(out.bytes, c);
            at += next.bytes;
          }
          inside = true;
        }
        if (inside) {
          finish({start, at}, begin);
        } else {
          at += peek(at).bytes;
        }
      }
    }

    /// The key that starts at `begin` becomes a term, or vanishes.
    void finish(Span span, std::size_t begin) {
      std::string& bytes = out.bytes;
      if (bytes.size() == begin) return;
      if (bytes.size() - begin > rules.max_length) cut_to_length(begin);
      if (rules.min_length > 1 && code_points(std::string_view(bytes).substr(begin)) < rules.min_length) {
        bytes.resize(begin);
        return;
      }
      if (!rules.stopwords.empty() && rules.stopwords.contains(std::string_view(bytes).substr(begin))) {
        bytes.resize(begin);
        return;
      }
      if (const std::size_t length = bytes.size() - begin; rules.stem != nullptr && length >= 3) {
        bytes.resize(begin + 2 * length + 1);
        char* key = bytes.data() + begin;
        const std::size_t stemmed = rules.stem(key, length, key + length);
        std::memmove(key, key + length, stemmed);
        bytes.resize(begin + stemmed);
      }
      out.ends.push_back(bytes.size());
      if (spans != nullptr) spans->push_back(span);
    }

    void cut_to_length(std::size_t begin) {
      std::size_t left = rules.max_length, end = begin;
      while (end < out.bytes.size()) {
        if ((out.bytes[end] & 0xC0) != 0x80 && left-- == 0) break;
        ++end;
      }
      out.bytes.resize(end);
    }
  };

  void read(std::string_view text, Terms& out, std::vector<Span>* spans) const {
    Reader reader{*this, text, out, spans, {}};
    if (plain) {
      reader.read_plain();
    } else {
      reader.read();
    }
  }
};

Analyzer::Analyzer(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<Analyzer> Analyzer::create(const AnalyzerOptions& options) {
  auto impl = std::make_shared<Impl>();
  impl->options = options;
  if (options.stemmer == "light") {
    impl->stem = stem_light;
  } else if (options.stemmer == "english") {
    impl->stem = stem_english;
  } else if (options.stemmer != "none") {
    return Error{ErrorCode::invalid_argument, "stemmer must be \"none\", \"light\" or \"english\""};
  }
  if (options.cjk != "bigram" && options.cjk != "unigram" && options.cjk != "run") {
    return Error{ErrorCode::invalid_argument, "cjk must be \"bigram\", \"unigram\" or \"run\""};
  }
  impl->cut = options.cjk == "bigram"    ? Impl::Cut::bigram
              : options.cjk == "unigram" ? Impl::Cut::unigram
                                         : Impl::Cut::run;
  impl->accents = options.fold_accents ? Accents::drop : Accents::keep;
  if (options.min_length < 1) return Error{ErrorCode::invalid_argument, "min_length must be at least 1"};
  constexpr std::int64_t kLongest = std::numeric_limits<std::int32_t>::max();
  if (options.max_length < options.min_length || options.max_length > kLongest) {
    return Error{ErrorCode::invalid_argument, "max_length must be from min_length to 2147483647"};
  }
  impl->min_length = static_cast<std::size_t>(options.min_length);
  impl->max_length = static_cast<std::size_t>(options.max_length);
  if (options.stopwords == "english") {
    for (const std::string_view word : kEnglish) impl->stopwords.emplace(word);
  } else if (options.stopwords) {
    return Error{ErrorCode::invalid_argument, "stopwords must be \"english\" or a list of words"};
  }
  for (const std::string& word : options.stopword_list) {
    std::string key;
    fold(word, key, impl->accents);
    drop_apostrophes(key, 0);
    if (!key.empty()) impl->stopwords.insert(std::move(key));
  }
  impl->options.stopwords.reset();
  impl->options.stopword_list.assign(impl->stopwords.begin(), impl->stopwords.end());
  std::sort(impl->options.stopword_list.begin(), impl->options.stopword_list.end());
  return Analyzer(std::move(impl));
}

Analyzer Analyzer::plain() {
  auto impl = std::make_shared<Impl>();
  impl->plain = true;
  impl->options.stemmer = "none";
  impl->options.cjk = "run";
  impl->options.fold_accents = false;
  impl->options.max_length = std::numeric_limits<std::int32_t>::max();
  impl->max_length = std::numeric_limits<std::int32_t>::max();
  return Analyzer(std::move(impl));
}

std::vector<std::string> Analyzer::analyze(std::string_view text) const {
  Terms terms;
  impl_->read(text, terms, nullptr);
  std::vector<std::string> out;
  out.reserve(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) out.emplace_back(terms[i]);
  return out;
}

std::vector<Span> Analyzer::spans(std::string_view text) const {
  Terms terms;
  std::vector<Span> out;
  impl_->read(text, terms, &out);
  return out;
}

std::vector<Span> Analyzer::highlight(std::string_view query_text, std::string_view text) const {
  Terms asked, terms;
  impl_->read(query_text, asked, nullptr);
  std::unordered_set<std::string, Hash, std::equal_to<>> wanted;
  for (std::size_t i = 0; i < asked.size(); ++i) wanted.emplace(asked[i]);
  std::vector<Span> spans, out;
  impl_->read(text, terms, &spans);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (wanted.find(terms[i]) == wanted.end()) continue;
    if (!out.empty() && spans[i].start < out.back().end) {
      out.back().end = spans[i].end;
    } else {
      out.push_back(spans[i]);
    }
  }
  return out;
}

void Analyzer::analyze(std::string_view text, Terms& out) const { impl_->read(text, out, nullptr); }

const AnalyzerOptions& Analyzer::options() const noexcept { return impl_->options; }

bool Analyzer::is_plain() const noexcept { return impl_->plain; }

}  // namespace paritas
