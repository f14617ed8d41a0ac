#include "paritas/match/match_stream.hpp"

#include <algorithm>

#include "match/match_stream_impl.hpp"
#include "match/native_offsets.hpp"
#include "match/scan.hpp"
#include "match/search.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

using match::Automaton;

// A look back over the window that costs fewer steps is always made, a longer one when as many bytes have come.
constexpr std::size_t kFreeSteps = 1024;

/// How many bytes at the end begin a code point whose end has not come.
std::size_t unfinished(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const std::size_t whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    const bool valid = byte >= 0xC2 && byte <= 0xF4 && decode_utf8(text, text.size() - back).bytes == back;
    return back < whole && valid ? back : 0;
  }
  return 0;
}

std::size_t start_of_last(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t at = text.size() - 1;
  for (std::size_t back = 1; back <= std::min<std::size_t>(4, text.size()); ++back) {
    const std::size_t start = text.size() - back;
    if (decode_utf8(text, start).bytes == back) at = start;
  }
  return at;
}

}  // namespace

MatchStream::MatchStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MatchStream::MatchStream(MatchStream&&) noexcept = default;
MatchStream& MatchStream::operator=(MatchStream&&) noexcept = default;
MatchStream::~MatchStream() = default;

Result<std::vector<PatternMatch>> MatchStream::feed(std::string_view chunk, std::vector<std::string>* texts) {
  if (impl_->finished) return Error{ErrorCode::stream_finished, "this stream is finished: reset() starts another text"};
  return impl_->feed(chunk, false, texts);
}

Result<std::vector<PatternMatch>> MatchStream::finish(std::vector<std::string>* texts) {
  if (impl_->finished) return Error{ErrorCode::stream_finished, "this stream is finished: reset() starts another text"};
  return impl_->feed({}, true, texts);
}

void MatchStream::reset() { impl_->reset(); }

MatchStream::Impl::Impl(std::shared_ptr<const AhoCorasick::Impl> patterns, OffsetUnit unit)
    : self_(std::move(patterns)),
      unit_(unit),
      leftmost_(self_->automaton.direction == match::Direction::backward),
      differs_(self_->clean || self_->options.case_insensitive == CaseFolding::unicode) {}

void MatchStream::Impl::reset() { *this = Impl(self_, unit_); }

std::vector<PatternMatch> MatchStream::Impl::feed(std::string_view chunk, bool last, std::vector<std::string>* texts) {
  finished = last;
  tail_ += chunk;
  const std::size_t whole = tail_.size() - (last ? 0 : unfinished(tail_));
  append(std::string_view(tail_).substr(0, whole));
  tail_.erase(0, whole);
  std::vector<PatternMatch> out;
  if (leftmost_) {
    go_leftmost(known(last), last, out);
  } else {
    go_forwards(known(last), out);
  }
  if (texts != nullptr) {
    for (const PatternMatch& match : out) texts->push_back(text_of(match));
  }
  convert(out);
  forget();
  return out;
}

void MatchStream::Impl::append(std::string_view text) {
  const match::PreparedText prepared = self_->prepared(text);
  const std::size_t before = base_ + window_.size();
  for (const auto& [from, original] : prepared.shifts()) shifts_.push_back({before + from, taken_ + original});
  window_ += prepared.view();
  if (differs_) source_ += text;
  taken_ += text.size();
}

/// Up to where the text is settled: for whole words the last code point still waits for the next one.
std::size_t MatchStream::Impl::known(bool last) const {
  return last || !self_->options.whole_words ? window_.size() : start_of_last(window_);
}

void MatchStream::Impl::go_forwards(std::size_t limit, std::vector<PatternMatch>& out) {
  const Automaton& a = self_->automaton;
  for (; read_ < limit; ++read_) {
    state_ = a.next(state_, static_cast<std::uint8_t>(window_[read_]));
    const std::uint32_t output = a.output[state_];
    if (output == 0) continue;
    if (self_->options.match_kind == MatchKind::overlapping) {
      match::append_outputs(*self_, window_, read_, output, out);
    } else if (const auto id = match::pick_standard(*self_, window_, from_, read_ + 1, output); id != 0) {
      out.push_back({a.outputs[id].pattern, read_ + 1 - a.outputs[id].length, read_ + 1});
      from_ = read_ + 1;
    }
  }
}

void MatchStream::Impl::go_leftmost(std::size_t limit, bool last, std::vector<PatternMatch>& out) {
  const Automaton& a = self_->automaton;
  const Automaton& ahead = self_->made_to_look_ahead();
  saved_ += 4 * (limit - read_);
  for (; read_ < limit; ++read_) state_ = ahead.next(state_, static_cast<std::uint8_t>(window_[read_]));
  // Where the longest pattern may have begun whose end is still to come: every match before that place is settled.
  const auto open_from = [&] {
    if (last) return limit;
    std::uint32_t state = state_;
    while (ahead.first[state] == ahead.first[state + 1] && state != 0) state = ahead.fail[state];
    return limit - ahead.depth[state];
  };
  std::size_t open = open_from();
  if (from_ >= open) return;
  const std::size_t cost = limit - from_;
  if (!last && cost > kFreeSteps && cost > saved_) return;
  saved_ = 0;
  const std::size_t begin = from_;
  values_.resize(std::max(values_.size(), cost));
  match::scan(a, std::string_view(window_).substr(0, limit), begin, limit, values_.data());
  while (from_ < open) {
    const std::uint32_t output = a.output[a.state_of(values_[from_ - begin])];
    const std::uint32_t id = output == 0 ? 0 : match::pick_leftmost(*self_, window_, from_, output);
    if (id == 0) {
      ++from_;
      continue;
    }
    out.push_back({a.outputs[id].pattern, from_, from_ + a.outputs[id].length});
    from_ += a.outputs[id].length;
    if (from_ <= open) continue;
    // What began within this match is over.
    while (ahead.depth[state_] > limit - from_) state_ = ahead.fail[state_];
    open = open_from();
  }
}

std::size_t MatchStream::Impl::original(std::size_t prepared) const {
  const auto behind = std::upper_bound(shifts_.begin(), shifts_.end(), prepared,
                                       [](std::size_t wanted, const Shift& shift) { return wanted < shift.prepared; });
  return behind == shifts_.begin() ? prepared : prepared - (behind - 1)->prepared + (behind - 1)->original;
}

std::string MatchStream::Impl::text_of(const PatternMatch& match) const {
  if (!differs_) return window_.substr(match.start, match.end - match.start);
  const std::size_t start = original(base_ + match.start), end = original(base_ + match.end);
  return source_.substr(start - source_base_, end - start);
}

void MatchStream::Impl::convert(std::vector<PatternMatch>& matches) {
  if (unit_ == OffsetUnit::byte) {
    for (PatternMatch& match : matches) {
      match.start = original(base_ + match.start);
      match.end = original(base_ + match.end);
    }
    return;
  }
  // Folding keeps the number of code points and of UTF-16 units: they are counted in what the automaton has read.
  match::UnitCursor cursor(std::string_view(window_).substr(counted_), unit_);
  const auto& lengths = unit_ == OffsetUnit::codepoint ? self_->codepoints : self_->units;
  const std::size_t counted = counted_, units = units_;
  for (PatternMatch& match : matches) {
    const std::size_t length = lengths.empty() ? match.end - match.start : lengths[match.pattern];
    counted_ = match.end;
    match.end = units_ = units + cursor.advance(match.end - counted);
    match.start = match.end - length;
  }
}

void MatchStream::Impl::forget() {
  // A code point before what may still be needed tells whether a word begins there.
  const std::size_t needed = leftmost_ ? from_ : read_ - std::min(read_, self_->automaton.longest);
  if (needed < 64 || needed < window_.size() / 2) return;
  const std::size_t drop = start_of_last(std::string_view(window_).substr(0, needed));
  if (unit_ != OffsetUnit::byte && counted_ < drop) {
    units_ += match::UnitCursor(std::string_view(window_).substr(counted_), unit_).advance(drop - counted_);
    counted_ = drop;
  }
  window_.erase(0, drop);
  base_ += drop;
  read_ -= drop;
  from_ -= std::min(from_, drop);
  counted_ -= std::min(counted_, drop);
  if (differs_) {
    const std::size_t begin = original(base_);
    source_.erase(0, begin - source_base_);
    source_base_ = begin;
  }
  const auto passed = [&](const Shift& shift) { return shift.prepared <= base_; };
  const auto open = std::find_if_not(shifts_.begin(), shifts_.end(), passed);
  if (open - shifts_.begin() > 1) shifts_.erase(shifts_.begin(), open - 1);
}

}  // namespace paritas
