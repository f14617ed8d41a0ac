#include "chunk/unit_stream.hpp"

#include <algorithm>
#include <cstring>

#include "paritas/text/graphemes.hpp"
#include "paritas/text/sentences.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"

namespace paritas {
namespace {

constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr Level finer(Level level) { return static_cast<Level>(static_cast<unsigned>(level) + 1); }

std::size_t line_end(std::string_view text, std::size_t at, std::size_t end) {
  const void* found = std::memchr(text.data() + at, '\n', end - at);
  return found == nullptr ? end : static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
}

/// Whether the line that starts at `at` is blank, and where it ends.
bool blank_line(std::string_view text, std::size_t at, std::size_t end, std::size_t& after) {
  while (at < end && (text[at] == ' ' || text[at] == '\t' || (text[at] >= '\v' && text[at] <= '\r'))) ++at;
  if (at < end && text[at] != '\n') return false;
  after = std::min(at + 1, end);
  return true;
}

std::size_t paragraph_end(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t after = at;
  while (after < end && blank_line(text, after, end, after)) {
  }
  at = after;
  while (at < end) {
    at = line_end(text, at, end);
    const std::size_t line = at;
    after = at;
    while (after < end && blank_line(text, after, end, after)) {
    }
    if (after != line || after == end) return after;
  }
  return end;
}

std::size_t word_end(std::string_view text, std::size_t at, std::size_t end) {
  bool inside = false;
  while (at < end) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const Decoded here = byte < 0x80 ? Decoded{byte, 1} : decode_utf8(text, at);
    const bool space = is_white_space(here.code_point);
    if (space && inside) {
      // White space at the very end goes with the last word.
      std::size_t rest = at;
      while (rest < end) {
        const Decoded ahead = decode_utf8(text, rest);
        if (!is_white_space(ahead.code_point)) return at;
        rest += ahead.bytes;
      }
      return end;
    }
    inside = inside || !space;
    at += here.bytes;
  }
  return end;
}

}  // namespace

std::size_t UnitStream::end_of(std::size_t at, std::size_t end, Level level) const {
  switch (level) {
    case Level::section:
    case Level::sentence:
      return end;
    case Level::paragraph:
      return paragraph_end(text_, at, end);
    case Level::line:
      return line_end(text_, at, end);
    case Level::word:
      return word_end(text_, at, end);
    case Level::grapheme:
      return std::min(grapheme_end(text_, at), end);
    case Level::code_point:
      return at + decode_utf8(text_, at).bytes;
  }
  return end;
}

void UnitStream::scan(Frame& frame, Piece& piece) const {
  piece = frame.like;
  piece.start = frame.at;
  std::size_t end = end_of(frame.at, frame.end, piece.level);
  if (piece.level < Level::grapheme) {
    while (end < frame.end && !is_grapheme_edge(text_, end)) end = end_of(end, frame.end, piece.level);
  }
  piece.end = end;
  frame.at = end;
  frame.like.begins = piece.level;
}

void UnitStream::push(std::vector<Unit> units, std::size_t end) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i > 0 && units[i].start <= units[kept - 1].start) continue;
    if (i > 0 && units[i].level < Level::grapheme && !is_grapheme_edge(text_, units[i].start)) continue;
    units[kept++] = units[i];
  }
  units.resize(kept);
  if (kept == 0) return;
  Frame& frame = frames_.emplace_back();
  frame.end = end;
  frame.units = std::move(units);
}

void UnitStream::push(Span range, Level level) {
  if (range.start == range.end) return;
  if (level == Level::sentence) {
    push(units_of(text_, range, level), range.end);
    return;
  }
  Frame& frame = frames_.emplace_back();
  frame.at = range.start;
  frame.end = range.end;
  frame.like.level = level;
}

void UnitStream::push(std::vector<Piece> pieces) {
  if (pieces.empty()) return;
  frames_.emplace_back().pieces = std::move(pieces);
}

bool UnitStream::refine(const Piece& piece) {
  const Span span{piece.start, piece.end};
  if (refiner_ != nullptr) {
    std::vector<Unit> units;
    refiner_->refine(text_, {piece.start, piece.level, piece.begins, piece.hard, piece.tag}, span, units);
    if (!units.empty()) {
      units[0].begins = piece.begins;
      push(std::move(units), piece.end);
      return true;
    }
  }
  for (Level level = piece.level; level < Level::code_point;) {
    level = finer(level);
    const bool hard = piece.hard || level >= Level::word;
    if (level == Level::sentence) {
      std::vector<Unit> units = units_of(text_, span, level);
      for (std::size_t i = 0; i < units.size(); ++i) {
        units[i] = {units[i].start, level, i == 0 ? piece.begins : units[i].begins, hard, piece.tag};
      }
      push(std::move(units), piece.end);
      if (frames_.back().units.size() > 1) return true;
      frames_.pop_back();
      continue;
    }
    Frame frame;
    frame.at = piece.start;
    frame.end = piece.end;
    frame.like = piece;
    frame.like.level = level;
    frame.like.hard = hard;
    Piece first;
    Frame probe = frame;
    scan(probe, first);
    if (first.end == piece.end) continue;
    frames_.push_back(std::move(frame));
    return true;
  }
  return false;
}

bool UnitStream::next(Piece& piece) {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (!frame.pieces.empty()) {
      if (frame.index < frame.pieces.size()) {
        piece = frame.pieces[frame.index++];
        return true;
      }
    } else if (!frame.units.empty()) {
      if (frame.index < frame.units.size()) {
        const Unit& unit = frame.units[frame.index++];
        const std::size_t end = frame.index < frame.units.size() ? frame.units[frame.index].start : frame.end;
        piece = {unit.start, end, 0, unit.level, unit.begins, unit.hard, unit.tag};
        return true;
      }
    } else if (frame.at < frame.end) {
      scan(frame, piece);
      return true;
    }
    frames_.pop_back();
  }
  return false;
}

bool UnitStream::take(std::size_t most, std::size_t single, bool strip, Piece& piece) {
  if (frames_.empty()) return false;
  Frame& frame = frames_.back();
  if (!frame.units.empty() || !frame.pieces.empty() || frame.like.level != Level::grapheme) return false;
  std::size_t end = frame.at + std::min(most, frame.end - frame.at);
  // The single ones are counted from the end of what is left of a stripped chunk.
  while (strip && single > 0 && end > frame.at && is_ascii_space(text_[end - 1])) --end;
  end -= std::min(single, end - frame.at);
  if (end > frame.at && end < frame.end && text_[end] == '\n' && text_[end - 1] == '\r') --end;
  if (end <= frame.at) return false;
  piece = frame.like;
  piece.start = frame.at;
  piece.end = frame.at = end;
  frame.like.begins = Level::grapheme;
  return true;
}

void UnitStream::skip_spaces() {
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  if (!frame.units.empty() || !frame.pieces.empty() || frame.like.level != Level::grapheme) return;
  while (frame.at < frame.end && is_ascii_space(text_[frame.at])) ++frame.at;
}

std::vector<Unit> units_of(std::string_view text, Span range, Level level) {
  std::vector<Unit> units;
  if (range.start >= range.end) return units;
  if (level != Level::sentence) {
    UnitStream stream(text, nullptr);
    stream.push(range, level);
    for (Piece piece; stream.next(piece);) units.push_back({piece.start, piece.level, piece.begins, false, 0});
    return units;
  }
  std::vector<Span> found;
  if (trimmed(text, range).size() != 0) found = sentences(range.of(text));
  for (const Span& sentence : found) {
    const std::size_t start = range.start + sentence.start;
    if (units.empty()) {
      units.push_back({range.start, Level::sentence, Level::section, false, 0});
    } else if (is_grapheme_edge(text, start)) {
      // A blank line before it: two line ends with nothing but spaces between them.
      std::size_t breaks = 0, at = start;
      while (at > range.start && breaks < 2) {
        const char ch = text[at - 1];
        if (ch != ' ' && ch != '\t' && !(ch >= '\n' && ch <= '\r')) break;
        breaks += ch == '\n' ? 1 : 0;
        --at;
      }
      units.push_back({start, Level::sentence, breaks == 2 ? Level::paragraph : Level::sentence, false, 0});
    }
  }
  if (units.empty()) units.push_back({range.start, Level::sentence, Level::section, false, 0});
  return units;
}

}  // namespace paritas
