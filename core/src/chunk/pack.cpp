#include "paritas/chunk/pack.hpp"

#include <algorithm>
#include <utility>

#include "chunk/token_counter.hpp"
#include "chunk/unit_stream.hpp"
#include "paritas/text/graphemes.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {

/// The trimmed slice of a run of pieces and its length, while pieces are added. A counter's is asked when it is needed.
class RunMeter {
 public:
  RunMeter(Meter& meter, bool strip) : meter_(&meter), strip_(strip) {}

  /// Starts with a slice that is trimmed; an empty one is nothing yet.
  void begin(Span slice) {
    slice_ = slice;
    tokens_ = {};
    length_ = 0;
    if (slice.size() != 0) grow(slice);
  }
  /// Adds a piece unless the slice would be longer than `most` with it.
  bool add(const Piece& piece, std::size_t most) {
    Span more{piece.start, piece.end};
    if (strip_) {
      more = trimmed(meter_->text(), more);
      if (more.size() == 0) return true;
    }
    const Span before = slice_;
    const std::size_t length = length_;
    const TokenCounter tokens = tokens_;
    if (slice_.size() == 0) slice_.start = more.start;
    slice_.end = more.end;
    grow({before.size() == 0 ? more.start : before.end, more.end});
    if (length_ <= most) return true;
    slice_ = before;
    length_ = length;
    tokens_ = tokens;
    return false;
  }
  [[nodiscard]] Span slice() const { return slice_; }
  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  void grow(Span rest) {
    switch (meter_->unit_) {
      case LengthUnit::tokens:
        tokens_.feed(rest.of(meter_->text_));
        length_ = tokens_.total();
        break;
      case LengthUnit::words:
        length_ += meter_->length(rest);
        // The word at the seam is one.
        if (rest.start > slice_.start && !space_before(rest.start) && !space_after(rest.start)) --length_;
        break;
      case LengthUnit::counter:
        break;
      default:
        length_ += meter_->length(rest);
    }
  }
  [[nodiscard]] bool space_after(std::size_t at) const {
    return is_white_space(decode_utf8(meter_->text_, at).code_point);
  }
  [[nodiscard]] bool space_before(std::size_t at) const {
    std::size_t start = at - 1;
    while (start > 0 && at - start < 4 && (static_cast<unsigned char>(meter_->text_[start]) & 0xC0) == 0x80) --start;
    const Decoded here = decode_utf8(meter_->text_, start);
    return start + here.bytes == at && is_white_space(here.code_point);
  }

  Meter* meter_;
  bool strip_;
  Span slice_;
  std::size_t length_ = 0;
  TokenCounter tokens_;
};

namespace {

class Packer {
 public:
  Packer(Meter& meter, UnitStream& stream, const PackOptions& options, std::vector<Chunk>& chunks)
      : meter_(meter),
        stream_(stream),
        options_(options),
        chunks_(chunks),
        run_(meter, options.strip),
        counter_(meter.sizer().unit == LengthUnit::counter),
        bulk_(meter.plain() && !options.balanced && !(options.keep_paragraphs && options.min_units > 1)) {}

  bool work() {
    std::size_t kept = 0;  // pieces at the front that the chunk before had too
    while (have(kept + 1)) {
      const std::size_t count = counter_ ? longest_counted(kept) : longest(kept);
      if (meter_.error() != nullptr) return false;
      if (count > kept) {
        emit(count);
        kept = overlapped(count);
        if (meter_.error() != nullptr) return false;
        drop(count - kept);
      } else if (kept > 0) {
        drop(kept);
        kept = 0;
      } else {
        cut_first();
        if (meter_.error() != nullptr) return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] const Piece& piece(std::size_t i) const { return pieces_[head_ + i]; }
  [[nodiscard]] std::size_t known() const { return pieces_.size() - head_; }
  [[nodiscard]] bool have(std::size_t count) {
    while (known() < count) {
      Piece next;
      if (!stream_.next(next)) return false;
      append(next);
    }
    return true;
  }
  void drop(std::size_t count) {
    head_ += count;
    if (head_ * 2 < pieces_.size() && head_ < 1024) return;
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  /// What is left of pieces [from, to) when they are one slice.
  [[nodiscard]] Span slice(std::size_t from, std::size_t to) const {
    const Span whole{piece(from).start, piece(to - 1).end};
    return options_.strip ? trimmed(meter_.text(), whole) : whole;
  }
  [[nodiscard]] std::size_t length(std::size_t from, std::size_t to) {
    const Span span = slice(from, to);
    return span.size() == 0 ? 0 : meter_.length(span);
  }

  [[nodiscard]] std::size_t longest(std::size_t kept) {
    run_.begin(kept == 0 ? Span{} : slice(0, kept));
    std::size_t count = kept;
    std::size_t best = 0;  // where to stop, with `balanced`
    bool ended = false;
    for (;; ++count) {
      if (bulk_ && known() == count) take_many(kept, count);
      if (!have(count + 1)) {
        ended = true;
        break;
      }
      if (count > kept && stops(count, run_.length())) break;
      if (count > kept && near_full(run_.length()) && (best == 0 || piece(count).begins <= piece(best).begins))
        best = count;
      if (!run_.add(piece(count), options_.chunk_size)) break;
    }
    if (!options_.balanced || ended || best == 0 || best == count) return count;
    run_.begin(slice(0, best));
    return best;
  }
  /// Of ASCII letters without end, as many as fit at once; those that the next chunk may share stay single.
  void take_many(std::size_t kept, std::size_t count) {
    if (options_.strip && run_.slice().size() == 0) stream_.skip_spaces();
    // White space at the run's end is not counted until something follows it.
    const std::size_t uncounted = run_.slice().size() == 0 ? 0 : pieces_.back().end - run_.slice().end;
    if (count < kept || run_.length() + uncounted >= options_.chunk_size) return;
    Piece many;
    const std::size_t single = options_.overlap == 0 ? 0 : options_.overlap + 2;
    if (stream_.take(options_.chunk_size - run_.length() - uncounted, single, options_.strip, many)) append(many);
  }
  void append(Piece& next) {
    hards_ += next.hard ? 1 : 0;
    next.hards = hards_;
    pieces_.push_back(next);
  }
  /// Whether a paragraph that begins at this piece begins a chunk.
  [[nodiscard]] bool stops(std::size_t count, std::size_t length) const {
    return options_.keep_paragraphs && piece(count).begins <= Level::paragraph && count >= options_.min_units &&
           2 * length >= options_.chunk_size;
  }
  [[nodiscard]] bool near_full(std::size_t length) const {
    return options_.balanced && 4 * length >= 3 * options_.chunk_size;
  }

  /// With few calls of a counter: by steps that double, from the last count on, and then by halves.
  [[nodiscard]] std::size_t longest_counted(std::size_t kept) {
    std::size_t low = kept, high = Chunk::kNone;  // `low` fits, `high` does not
    const auto fits = [&](std::size_t count) {
      const bool fit = length(0, count) <= options_.chunk_size;
      (fit ? low : high) = count;
      return fit;
    };
    std::size_t count = std::max(kept + 1, guess_), step = 1;
    if (!have(count)) count = known();
    if (fits(count)) {
      for (; have(low + 1); step *= 2) {
        std::size_t next = low + step;
        if (!have(next)) next = known();
        if (!fits(next)) break;
      }
    } else {
      for (; high > kept + 1; step *= 2) {
        if (fits(std::max(kept + 1, high > step ? high - step : 0))) break;
      }
    }
    if (high != Chunk::kNone) {
      while (high - low > 1) fits(low + (high - low) / 2);
    }
    if (low > kept) guess_ = low;
    low = stop_earlier(kept, low);
    if (low > kept) run_.begin(slice(0, low));
    return low;
  }
  [[nodiscard]] std::size_t stop_earlier(std::size_t kept, std::size_t count) {
    if (options_.keep_paragraphs) {
      for (std::size_t i = kept + 1; i < count; ++i) {
        if (piece(i).begins <= Level::paragraph && i >= options_.min_units && stops(i, length(0, i))) return i;
      }
    }
    if (!options_.balanced || !have(count + 1)) return count;
    std::size_t best = count;
    for (std::size_t i = count; i > kept + 1 && near_full(length(0, i - 1));) {
      --i;
      if (piece(i).begins < piece(best).begins) best = i;
    }
    return best;
  }

  void emit(std::size_t count) {
    const Span span = run_.slice();
    if (span.size() == 0) return;
    if (span.end <= last_end_) return;
    const std::size_t hards = piece(count - 1).hards - piece(0).hards + (piece(0).hard ? 1 : 0);
    put(span, hards > 0, piece(0).tag);
  }
  void put(Span span, bool hard, std::uint32_t tag) {
    Chunk& chunk = chunks_.emplace_back();
    chunk.span = span;
    chunk.length = counter_ ? meter_.length(span) : run_.length();
    chunk.hard = hard;
    chunk.tag = tag;
    last_end_ = span.end;
  }

  /// How many of the last pieces of a run the next chunk has too.
  [[nodiscard]] std::size_t overlapped(std::size_t count) {
    if (options_.overlap == 0 || !have(count + 1)) return 0;
    std::size_t first = 0;  // the first piece that is not blank: the next chunk must start after it
    if (options_.strip) {
      while (first + 1 < count && piece(first).end <= run_.slice().start) ++first;
    }
    const std::size_t most = count - first - 1;
    if (most == 0) return 0;
    const auto fits = [&](std::size_t kept) {
      return length(count - kept, count) <= options_.overlap && length(count - kept, count + 1) <= options_.chunk_size;
    };
    std::size_t low = 0, high = most + 1;  // `low` fits, `high` does not
    std::size_t kept = std::clamp<std::size_t>(guess_overlap_, 1, most), step = 1;
    if (fits(kept)) {
      low = kept;
      for (; low < most; step *= 2) {
        kept = std::min(low + step, most);
        if (!fits(kept)) {
          high = kept;
          break;
        }
        low = kept;
      }
    } else {
      high = kept;
      for (; high > 1; step *= 2) {
        kept = high > step ? high - step : 1;
        if (fits(kept)) {
          low = kept;
          break;
        }
        high = kept;
      }
    }
    while (high - low > 1) {
      kept = low + (high - low) / 2;
      (fits(kept) ? low : high) = kept;
    }
    guess_overlap_ = low;
    return low;
  }

  /// The first piece alone is over the size.
  void cut_first() {
    const Piece first = piece(0);
    std::vector<Piece> ahead(pieces_.begin() + static_cast<std::ptrdiff_t>(head_) + 1, pieces_.end());
    pieces_.clear();
    head_ = 0;
    stream_.push(std::move(ahead));
    if (stream_.refine(first)) return;
    run_.begin(options_.strip ? trimmed(meter_.text(), {first.start, first.end}) : Span{first.start, first.end});
    if (run_.slice().size() != 0) put(run_.slice(), first.hard, first.tag);
  }

  Meter& meter_;
  UnitStream& stream_;
  const PackOptions& options_;
  std::vector<Chunk>& chunks_;
  RunMeter run_;
  bool counter_;
  bool bulk_;                  // clusters of ASCII are of length 1
  std::vector<Piece> pieces_;  // those that were read and are not done with, from head_ on
  std::size_t head_ = 0;
  std::size_t hards_ = 0;
  std::size_t last_end_ = 0;
  std::size_t guess_ = 1, guess_overlap_ = 1;
};

}  // namespace

bool pack(Meter& meter, Span range, std::vector<Unit> units, const PackOptions& options, std::vector<Chunk>& chunks) {
  UnitStream stream(meter.text(), options.refiner);
  stream.push(std::move(units), range.end);
  return Packer(meter, stream, options, chunks).work();
}

bool pack_level(Meter& meter, Span range, Level level, const PackOptions& options, std::vector<Chunk>& chunks) {
  UnitStream stream(meter.text(), options.refiner);
  stream.push(range, level);
  return Packer(meter, stream, options, chunks).work();
}

}  // namespace paritas
