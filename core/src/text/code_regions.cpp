#include "paritas/text/code_regions.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t find(std::string_view text, char wanted, std::size_t from) noexcept {
  if (from >= text.size()) return kNone;
  const void* at = std::memchr(text.data() + from, wanted, text.size() - from);
  return at == nullptr ? kNone : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

Span trimmed(std::string_view text, Span span) noexcept {
  const auto blank = [&](std::size_t at) { return text[at] == ' ' || text[at] == '\t'; };
  while (span.start < span.end && blank(span.start)) ++span.start;
  while (span.start < span.end && blank(span.end - 1)) --span.end;
  return span;
}

/// The inline code of one part of a text, which has no blank line and no fence.
class InlineCode {
 public:
  void add(std::string_view text, Span part, std::vector<CodeRegion>& out) {
    runs_.clear();
    const std::string_view within = text.substr(0, part.end);
    for (std::size_t at = part.start; (at = find(within, '`', at)) != kNone;) {
      std::size_t end = at;
      while (end < part.end && text[end] == '`') ++end;
      runs_.push_back({at, end - at, kNone});
      at = end;
    }
    if (runs_.size() < 2) return;
    // From the right: the next run of each length, so that no run looks for its own through all the others.
    seen_.clear();
    for (std::size_t i = runs_.size(); i-- > 0;) {
      const auto [place, fresh] = seen_.try_emplace(runs_[i].length, i);
      if (!fresh) runs_[i].closer = std::exchange(place->second, i);
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (runs_[i].closer == kNone) continue;
      const Run& closer = runs_[runs_[i].closer];
      out.push_back({CodeKind::inline_code, {runs_[i].at, closer.at + closer.length}, {}, true});
      i = runs_[i].closer;
    }
  }

 private:
  struct Run {
    std::size_t at, length, closer;
  };
  std::vector<Run> runs_;
  std::unordered_map<std::size_t, std::size_t> seen_;
};

}  // namespace

bool FenceTracker::end_line() noexcept {
  const bool was_open = open();
  if (was_open) {
    const bool closes = place_ == Place::run || place_ == Place::tail || place_ == Place::cr;
    if (closes && run_length_ >= fence_length_) fence_length_ = 0;
  } else if (opening()) {
    fence_length_ = run_length_;
    fence_ = run_;
  }
  place_ = Place::indent;
  spaces_ = 0;
  run_length_ = 0;
  return was_open != open();
}

void FenceTracker::step(char ch) noexcept {
  switch (place_) {
    case Place::indent:
      if (ch == ' ') {
        if (++spaces_ > 3) place_ = Place::plain;
      } else if (open() ? ch == fence_ : ch == '`' || ch == '~') {
        run_ = ch;
        run_length_ = 1;
        place_ = Place::run;
      } else {
        place_ = Place::plain;
      }
      break;
    case Place::run:
    case Place::info:
    case Place::tail:
      if (place_ == Place::run && ch == run_) {
        ++run_length_;
      } else if (!open()) {
        place_ = run_length_ < 3 || (run_ == '`' && ch == '`') ? Place::plain : Place::info;
      } else if (ch == ' ' || ch == '\t') {
        place_ = Place::tail;
      } else {
        place_ = ch == '\r' ? Place::cr : Place::plain;
      }
      break;
    case Place::cr:
    case Place::plain:
      place_ = Place::plain;
      break;
  }
}

std::size_t FenceTracker::advance(std::string_view piece) noexcept {
  for (std::size_t at = 0; at < piece.size();) {
    if (place_ == Place::plain) {
      at = find(piece, '\n', at);
      if (at == kNone) break;
    }
    const char ch = piece[at++];
    if (ch != '\n') {
      step(ch);
    } else if (end_line()) {
      return at;
    }
  }
  return piece.size();
}

void FenceTracker::feed(std::string_view piece) noexcept {
  for (std::size_t at = 0; at < piece.size();) at += advance(piece.substr(at));
}

void FenceTracker::feed_plain(std::string_view piece) noexcept {
  if (open() || (place_ != Place::indent && place_ != Place::plain)) {
    // The line that is begun may open or close a fence; no later one can.
    const std::size_t end = find(piece, '\n', 0);
    const std::size_t line = end == kNone ? piece.size() : end + 1;
    feed(piece.substr(0, line));
    piece.remove_prefix(line);
  }
  std::size_t blank = 0;
  while (blank < piece.size() && blank <= 3 && piece[piece.size() - 1 - blank] == ' ') ++blank;
  if (blank == piece.size()) return feed(piece);  // nothing but spaces, and few of them
  const bool starts = piece[piece.size() - 1 - blank] == '\n' && blank <= 3;
  place_ = starts ? Place::indent : Place::plain;
  spaces_ = static_cast<std::uint8_t>(blank);
  run_length_ = 0;
}

std::vector<CodeRegion> code_regions(std::string_view text, bool with_inline) {
  std::vector<CodeRegion> out;
  const std::size_t first = std::min(find(text, '`', 0), find(text, '~', 0));
  if (first == kNone) return out;
  InlineCode code;
  FenceTracker tracker;
  std::size_t prose = 0;  // where the prose begins that may have inline code
  const auto inlines = [&](std::size_t end) {
    if (with_inline) code.add(text, {prose, end}, out);
  };
  Span opened, info;
  // The lines before the one with the first of them are of no interest.
  std::size_t start = first;
  while (start > 0 && text[start - 1] != '\n') --start;
  prose = start;
  while (start < text.size()) {
    const std::size_t found = find(text, '\n', start);
    const std::size_t next = found == kNone ? text.size() : found + 1;
    std::size_t end = found == kNone ? text.size() : found;
    if (found != kNone && end > start && text[end - 1] == '\r') --end;
    const bool was_open = tracker.open();
    tracker.feed(text.substr(start, end - start));
    tracker.feed("\n");
    if (!was_open && tracker.open()) {
      inlines(start);
      opened = {start, end};
      info = opened;
      while (text[info.start] == ' ') ++info.start;
      const char run = text[info.start];
      while (info.start < end && text[info.start] == run) ++info.start;
      info = trimmed(text, info);
    } else if (was_open && !tracker.open()) {
      out.push_back({CodeKind::fence, {opened.start, end}, info, true});
      prose = next;
    } else if (!tracker.open() && trimmed(text, {start, end}).size() == 0) {
      inlines(start);
      prose = next;
    }
    start = next;
  }
  if (tracker.open()) {
    out.push_back({CodeKind::fence, {opened.start, text.size()}, info, false});
  } else {
    inlines(text.size());
  }
  return out;
}

}  // namespace paritas
