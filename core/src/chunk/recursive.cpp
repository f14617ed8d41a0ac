#include "paritas/chunk/recursive.hpp"

#include <algorithm>
#include <utility>

#include "match/regex_engine.hpp"
#include "match/regex_syntax.hpp"
#include "paritas/chunk/pack.hpp"
#include "paritas/text/graphemes.hpp"

namespace paritas {
namespace {

struct Part {  // a piece of a run
  std::size_t start, end, length;
};

struct EngineDelete {
  void operator()(const regex::Engine* engine) const { regex::engine_delete(engine); }
};

/// What cuts a text; an empty one cuts anywhere.
struct Separator {
  std::string text;
  std::shared_ptr<const regex::Engine> engine;  // where it is a regular expression

  /// The first one in text[from, to), where a piece starts at `start`; empty without one.
  [[nodiscard]] Span find(std::string_view all, std::size_t start, std::size_t from, std::size_t to) const {
    if (engine == nullptr) {
      const std::size_t at = all.substr(0, to).find(text, from);
      return at == std::string_view::npos ? Span{} : Span{at, at + text.size()};
    }
    // A piece is a text of its own: what stands around it is not seen.
    const std::string_view piece = all.substr(start, to - start);
    std::size_t found[2];
    if (!regex::engine_find(engine.get(), piece.data(), piece.size(), from - start, piece.size(), 0, found)) return {};
    return {start + found[0], start + found[1]};
  }
};

Result<std::vector<Separator>> separators_of(const RecursiveChunkerOptions& options) {
  std::vector<Separator> out;
  for (const std::string& text : options.separators) {
    out.push_back({text, nullptr});
    if (!options.regex || text.empty()) continue;
    const auto failed = [&](const Error& error) {  // the offset would be one in a text that the caller does not see
      return Error{error.code, "separator " + std::to_string(out.size()) + ": " + error.message};
    };
    const Result<regex::Regex> parsed = regex::parse(text, false);
    if (!parsed.ok()) return failed(parsed.error());
    if (!regex::engine_loaded()) {
      return Error{ErrorCode::regex_unavailable,
                   "regular expressions are a module of their own: call `await initRegex()` first"};
    }
    const std::string printed = regex::printed(parsed.value().root);
    const auto* engine =
        regex::engine_create(printed.data(), printed.size(), static_cast<std::size_t>(parsed.value().root.steps));
    if (engine == nullptr) return failed({ErrorCode::regex_unsupported, "RE2 refuses this pattern"});
    out.back().engine = std::shared_ptr<const regex::Engine>(engine, EngineDelete());
  }
  return out;
}

/// One text being cut.
class Cutter {
 public:
  Cutter(Meter& meter, const RecursiveChunkerOptions& options, const std::vector<Separator>& separators,
         const ChunkSizes& sizes, std::vector<Chunk>& chunks)
      : meter_(meter),
        text_(meter.text()),
        options_(options),
        separators_(separators),
        sizes_(sizes),
        chunks_(chunks) {}

  bool work() {
    if (!text_.empty()) cut({0, text_.size()}, 0);
    return meter_.error() == nullptr;
  }

 private:
  void cut(Span span, std::size_t from) {
    if (stripped(span).size() == 0) return;
    const std::vector<Separator>& separators = separators_;
    std::size_t k = from;
    Span found;
    for (; k < separators.size() && !separators[k].text.empty(); ++k) {
      found = separators[k].find(text_, span.start, span.start, span.end);
      if (found.size() != 0) break;
    }
    const bool single = k < separators.size() && separators[k].text.empty();
    whole_ = single ? stripped(span) : Span{};
    joiner_ = 0;
    const std::size_t left = single ? separators.size() : std::min(k + 1, separators.size());
    if (single && meter_.plain() && sizes_.chunk_size > 1 &&
        text_.substr(span.start, span.size()).find('\r') == std::string_view::npos) {
      cut_anywhere(span);
    } else if (single) {
      for (std::size_t at = span.start; at < span.end && meter_.error() == nullptr;) {
        const std::size_t end = std::min(grapheme_end(text_, at), span.end);
        add({at, end}, left);
        at = end;
      }
    } else if (k == separators.size()) {
      add(span, left);
    } else {
      cut_at(separators[k], span, found, left);
    }
    flush();
  }

  /// What merging pieces of one letter comes to.
  void cut_anywhere(Span span) {
    const std::size_t shared = std::min(sizes_.overlap, sizes_.chunk_size - 1);
    for (std::size_t start = span.start;;) {
      const std::size_t end = std::min(start + sizes_.chunk_size, span.end);
      const Span chunk = stripped({start, end});
      if (chunk.size() != 0) put(chunk, chunk.size(), is_part(chunk));
      if (end == span.end) break;
      start = end - shared;
    }
  }

  void cut_at(const Separator& separator, Span span, Span found, std::size_t left) {
    const KeepSeparator keep = options_.keep_separator;
    const std::size_t joiner = keep == KeepSeparator::no ? meter_.length(found) : 0;
    joiner_ = joiner;
    std::size_t start = span.start;
    while (found.size() != 0 && meter_.error() == nullptr) {
      const std::size_t end = keep == KeepSeparator::end ? found.end : found.start;
      if (keep == KeepSeparator::no || is_edge(end)) {
        if (end > start) {
          add({start, end}, left);
          joiner_ = joiner;
          whole_ = {};
        }
        start = keep == KeepSeparator::start ? found.start : found.end;
      }
      found = separator.find(text_, span.start, found.end, span.end);
    }
    if (span.end > start) add({start, span.end}, left);
  }

  /// Whether a cut here leaves grapheme clusters whole. Where the ends of chunks are stripped CR LF is never cut, and a cut
  /// between them counts as LangChain does.
  [[nodiscard]] bool is_edge(std::size_t at) const {
    if (is_grapheme_edge(text_, at)) return true;
    return options_.strip && text_[at] == '\n' && at > 0 && text_[at - 1] == '\r';
  }

  /// A piece: into the run, or, when it is too long, by the separators that are left.
  void add(Span piece, std::size_t left) {
    const std::size_t length = meter_.length(piece);
    if (length < sizes_.chunk_size) {
      merge({piece.start, piece.end, length});
      return;
    }
    const Span whole = whole_;
    flush();
    if (left < separators_.size()) {
      cut(piece, left);
    } else {
      oversize(piece);
    }
    whole_ = whole;
  }

  void merge(const Part& part) {
    const auto over = [&] { return total_ + part.length + (count() > 0 ? joiner_ : 0) > sizes_.chunk_size; };
    if (count() > 0 && over()) {
      emit();
      // Pieces of length 0, as spaces have in words, are shared by LangChain even where nothing is to be.
      const bool none = sizes_.overlap == 0 && !options_.keep_nested;
      while (count() > 0 && (none || total_ > sizes_.overlap || (over() && total_ > 0))) {
        const std::size_t gone = parts_[head_].length + (count() > 1 ? joiner_ : 0);
        total_ -= std::min(gone, total_);
        ++head_;
      }
      if (head_ == parts_.size()) {
        parts_.clear();
        head_ = 0;
      } else if (head_ > 4096 && head_ * 2 > parts_.size()) {
        parts_.erase(parts_.begin(), parts_.begin() + static_cast<std::ptrdiff_t>(head_));
        head_ = 0;
      }
    }
    total_ += part.length + (count() > 0 ? joiner_ : 0);
    parts_.push_back(part);
  }
  [[nodiscard]] std::size_t count() const { return parts_.size() - head_; }

  void flush() {
    if (count() > 0) emit();
    parts_.clear();
    head_ = 0;
    total_ = 0;
  }

  void emit() {
    const Span span = stripped({parts_[head_].start, parts_.back().end});
    if (span.size() == 0) return;
    const std::size_t length = meter_.length(span);
    if (length <= sizes_.chunk_size) {
      put(span, length, is_part(span));
      return;
    }
    // The slice is longer than the sum of its pieces: as many of them as fit, by their slices.
    std::size_t first = head_;
    while (first < parts_.size() && meter_.error() == nullptr) {
      std::size_t last = first;
      Span best = stripped({parts_[first].start, parts_[first].end});
      std::size_t best_length = best.size() == 0 ? 0 : meter_.length(best);
      if (best_length > sizes_.chunk_size) {
        oversize({parts_[first].start, parts_[first].end});
        ++first;
        continue;
      }
      while (last + 1 < parts_.size()) {
        const Span more = stripped({parts_[first].start, parts_[last + 1].end});
        const std::size_t more_length = more.size() == 0 ? 0 : meter_.length(more);
        if (more_length > sizes_.chunk_size) break;
        best = more;
        best_length = more_length;
        ++last;
      }
      if (best.size() != 0) put(best, best_length, is_part(best));
      first = last + 1;
    }
  }

  /// No separator is left for it.
  void oversize(Span piece) {
    const Span span = stripped(piece);
    if (span.size() == 0) return;
    const std::size_t length = meter_.length(span);
    if (length <= sizes_.chunk_size || options_.keep_oversize) {
      put(span, length, is_part(span));
      return;
    }
    std::vector<Chunk> chunks;
    PackOptions options;
    options.chunk_size = sizes_.chunk_size;
    options.overlap = std::min(sizes_.overlap, sizes_.chunk_size - 1);
    options.strip = options_.strip;
    if (!pack_level(meter_, piece, Level::word, options, chunks)) return;
    for (const Chunk& chunk : chunks) put(chunk.span, chunk.length, true);
  }

  [[nodiscard]] bool is_part(Span span) const { return whole_.size() != 0 && span != whole_; }
  [[nodiscard]] Span stripped(Span span) const { return options_.strip ? trimmed(text_, span) : span; }

  void put(Span span, std::size_t length, bool hard) {
    if (!options_.keep_nested && !chunks_.empty()) {
      if (span.end <= chunks_.back().span.end) return;
      while (!chunks_.empty() && span.start <= chunks_.back().span.start) chunks_.pop_back();
    }
    Chunk& chunk = chunks_.emplace_back();
    chunk.span = span;
    chunk.length = length;
    chunk.hard = hard;
  }

  Meter& meter_;
  std::string_view text_;
  const RecursiveChunkerOptions& options_;
  const std::vector<Separator>& separators_;
  const ChunkSizes& sizes_;
  std::vector<Chunk>& chunks_;
  std::vector<Part> parts_;  // of the run, from head_ on
  std::size_t head_ = 0, total_ = 0;
  std::size_t joiner_ = 0;  // length of what stands between two pieces of the run
  Span whole_;              // what is cut into grapheme clusters, without white space at its ends; else empty
};

class RecursiveChunker final : public Chunker {
 public:
  RecursiveChunker(RecursiveChunkerOptions options, std::vector<Separator> separators, const ChunkSizes& sizes,
                   Sizer sizer)
      : options_(std::move(options)), separators_(std::move(separators)), sizes_(sizes), sizer_(std::move(sizer)) {}

  [[nodiscard]] Result<std::vector<Chunk>> cut(std::string_view text) const override {
    std::vector<Chunk> chunks;
    Meter meter(text, sizer_);
    if (!Cutter(meter, options_, separators_, sizes_, chunks).work()) return *meter.error();
    return chunks;
  }
  [[nodiscard]] const Sizer& sizer() const noexcept override { return sizer_; }

 private:
  RecursiveChunkerOptions options_;
  std::vector<Separator> separators_;
  ChunkSizes sizes_;
  Sizer sizer_;
};

}  // namespace

Result<KeepSeparator> keep_separator_named(std::string_view name) {
  if (name == "start") return KeepSeparator::start;
  if (name == "end") return KeepSeparator::end;
  return Error{ErrorCode::invalid_argument,
               "keep_separator must be true, false, \"start\" or \"end\", not \"" + std::string(name) + "\""};
}

Result<bool> keep_oversize_named(std::string_view name) {
  if (name == "split" || name == "keep") return name == "keep";
  return Error{ErrorCode::invalid_argument,
               "oversize must be \"split\" or \"keep\", not \"" + std::string(name) + "\""};
}

Result<std::unique_ptr<Chunker>> recursive_chunker(RecursiveChunkerOptions options, Sizer sizer) {
  const Result<ChunkSizes> sizes = chunk_sizes(options.chunk_size, options.overlap, true);
  if (!sizes.ok()) return sizes.error();
  if (options.separators.empty()) {
    return Error{ErrorCode::invalid_argument, "separators must have at least one, \"\" to cut anywhere, not []"};
  }
  Result<std::vector<Separator>> separators = separators_of(options);
  if (!separators.ok()) return separators.error();
  return std::unique_ptr<Chunker>(
      new RecursiveChunker(std::move(options), std::move(separators).value(), sizes.value(), std::move(sizer)));
}

}  // namespace paritas
