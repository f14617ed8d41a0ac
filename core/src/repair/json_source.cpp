#include "json_source.hpp"

#include <algorithm>

namespace paritas {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kNear = 64;  // a key without its closing quote and its value are no longer than that

ByteSet stops_of(std::string_view bytes) {
  ByteSet out;
  for (const char byte : bytes) out.add(static_cast<unsigned char>(byte));
  return out;
}

const ByteSet& stops_of(Closers closers) {
  // The first bytes of what closes, and the backslash.
  static const ByteSet kStops[] = {stops_of("\\\""), stops_of("\\'"), stops_of("\\`\xC2"), stops_of("\\\"\xE2"),
                                   stops_of("\\'`\xC2\xE2")};
  return kStops[static_cast<std::size_t>(closers)];
}

Closers closers_of(char32_t quote) {
  if (quote == '"') return Closers::doubled;
  if (quote == '\'') return Closers::single;
  if (quote == '`') return Closers::backtick;
  return is_double(quote) ? Closers::any_double : Closers::any_single;
}

}  // namespace

std::size_t comment_end(std::string_view text, std::size_t i) noexcept {
  if (text[i] == '/' && text[i + 1] == '*') {
    const std::size_t close = text.find("*/", i + 2);
    return close == kNone ? text.size() : close + 2;
  }
  return std::min(text.size(), text.find_first_of("\n\r", i));
}

std::size_t JsonSource::limit(std::size_t i, std::size_t points) const noexcept {
  if (ascii_ || end() - i <= points) return std::min(end(), i + points);
  while (points > 0 && i < end()) {
    i = next(i);
    --points;
  }
  return i;
}

Seen JsonSource::peek(std::size_t i) const noexcept {
  bool broke = false;
  for (std::size_t left = kLook; i < end(); --left) {
    const char32_t ch = at(i);
    if (left == 0) return {i, broke, false};
    if (!is_white(ch)) return {i, broke, true};
    broke = broke || is_line_end(ch);
    i = next(i);
  }
  return {i, broke, false};
}

std::size_t JsonSource::peek(std::size_t i, std::size_t limit) const noexcept {
  while (i < limit && is_white(at(i))) i = next(i);
  return i;
}

bool JsonSource::comment_at(std::size_t i) const noexcept {
  return is(i, '#') || (is(i, '/') && (is(i + 1, '/') || is(i + 1, '*')));
}

std::size_t JsonSource::ellipsis(std::size_t i) const noexcept {
  std::size_t size = 0;
  if (is(i, '.')) {
    if (is(i + 1, '.') && is(i + 2, '.')) size = 3;
  } else if (i < end() && text_[i] == '\xE2' && at(i) == 0x2026) {
    size = 3;
  }
  if (size == 0) return 0;
  const Seen seen = peek(i + size);
  const char32_t ch = at(seen.at);
  const bool fits = seen.at == end() || seen.broke || is_comma(ch) || is_quote(ch);
  return fits || ch == '}' || ch == ']' || ch == ')' || ch == '[' || ch == '{' ? size : 0;
}

std::optional<Opening> JsonSource::opening(std::size_t i) {
  std::size_t prefix = i;
  bool raw = false;
  while (prefix < i + 2 && prefix < end() && std::string_view("rRbBuUfF").find(text_[prefix]) != kNone) {
    raw = raw || (text_[prefix] | 0x20) == 'r';
    ++prefix;
  }
  const char32_t quote = at(prefix);
  if (prefix > i) {
    if (quote != '"' && quote != '\'') return std::nullopt;
  } else if (quote == '\\') {
    if (!is(i + 1, '"') && !is(i + 1, '\'')) return std::nullopt;
    return Opening{2, closers_of(at(i + 1)), false, true, false};
  } else if (!is_quote(quote)) {
    return std::nullopt;
  }
  const std::size_t size_before = prefix - i;
  if ((quote == '"' || quote == '\'') && triple(prefix, static_cast<char>(quote))) {
    return Opening{size_before + 3, closers_of(quote), true, false, raw};
  }
  return Opening{size_before + size(prefix), closers_of(quote), false, false, raw};
}

bool JsonSource::triple(std::size_t i, char quote) {
  if (!is(i + 1, quote) || !is(i + 2, quote)) return false;
  std::size_t& last = last_triple_[quote == '"' ? 0 : 1];
  if (last == 0) {
    const char three[] = {quote, quote, quote};
    last = text_.rfind(std::string_view(three, 3)) + 1;
  }
  return last > i + 3;
}

bool JsonSource::key_at(std::size_t i, bool bare) const noexcept {
  if (i >= end()) return false;
  const std::size_t stop = limit(i);
  const bool escaped = text_[i] == '\\';
  const std::size_t start = escaped ? i + 1 : i;
  const char32_t quote = at(start);
  if (start < end() && is_quote(quote)) {
    const Closers closers = closers_of(quote);
    i = next(start);
    while (i < stop) {
      char32_t ch = at(i);
      if (is_line_end(ch)) return false;
      if (ch == '\\') {
        if (!(escaped && i + 1 < end() && at(i + 1) == quote)) {
          i = i + 1 < end() ? next(i + 1) : i + 2;
          continue;
        }
        ++i;
        ch = at(i);
      }
      if (i < end() && closes(closers, ch)) {
        const Seen seen = peek(next(i));
        if (!seen.more || is_colon(at(seen.at)) || text_[seen.at] == '=') return true;
        const std::size_t content = next(start);
        while (i > content && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) --i;
        // "key: "value", without its quote
        return i > content && before(i) > content && is_colon(at(before(i)));
      }
      i = next(i);
    }
    return true;
  }
  const std::size_t from = i;
  const bool number = is_digit(at(i));  // 2.5 may be a key; a word ends at its full stop
  while (i < stop && (is_name(at(i)) || (number && text_[i] == '.'))) i = next(i);
  if (!bare || i == from || i >= stop) return false;
  i = peek(i, stop);
  return i < stop && is_colon(at(i));
}

bool JsonSource::element_at(std::size_t i) const noexcept {
  const std::size_t stop = limit(i);
  if (i >= stop) return true;
  const char32_t ch = at(i);
  if (is_quote(ch) || is_opener(ch) || ch == '\\') return true;
  while (i < stop && is_word(at(i))) i = next(i);
  bool broke = false;
  while (i < stop && is_white(at(i))) {
    broke = broke || is_line_end(at(i));
    i = next(i);
  }
  return i >= stop || broke || is_comma(at(i)) || is_closer(at(i)) || comment_at(i);
}

bool JsonSource::literal_at(std::size_t i) const {
  std::size_t stop = i;
  for (int left = 10; left > 0 && stop < end() && is_name(at(stop)); --left) stop = next(stop);
  return is_literal(cut(i, stop));
}

bool JsonSource::key_ends(std::size_t after) const {
  const Seen seen = peek(after);
  if (!seen.more) return true;
  const char32_t ch = at(seen.at);
  if (is_colon(ch) || is_comma(ch) || is_quote(ch) || is_closer(ch) || is_digit(ch)) return true;
  if (ch == '=' || ch == '{' || ch == '[' || ch == '-' || ch == '\\') return true;
  return comment_at(seen.at) || literal_at(seen.at);
}

bool JsonSource::value_ends(std::size_t after, Place place, bool parens) {
  const Seen seen = peek(after);
  if (!seen.more) return true;
  const char32_t ch = at(seen.at);
  if (is_comma(ch)) return comma_ends(seen.at, place);
  if (ch == '}' || ch == ']' || (ch == ')' && parens) || comment_at(seen.at)) return true;
  if (ch == '+') return opening(peek(seen.at + 1).at).has_value();
  if (place == Place::object) return (is_quote(ch) || ch == '\\' || seen.broke) && key_at(seen.at, seen.broke);
  if (place == Place::nothing) return false;
  return is_quote(ch) || ch == '{' || ch == '[' || ch == '\\' || is_colon(ch);
}

bool JsonSource::comma_ends(std::size_t i, Place place) const noexcept {
  for (std::size_t left = kLook;; --left) {
    if (i >= end() || left == 0) return true;
    const char32_t ch = at(i);
    if (!is_comma(ch) && !is_white(ch)) break;
    i = next(i);
  }
  if (is_closer(at(i)) || comment_at(i) || ellipsis(i) > 0) return true;
  if (place == Place::nothing) return false;
  return place == Place::object ? key_at(i, true) : element_at(i);
}

std::size_t JsonSource::lost_value(std::size_t start, std::size_t i) const noexcept {
  bool broke = false;
  for (std::size_t left = kLook; left > 0 && i > start && is_json_space(static_cast<unsigned char>(text_[i - 1]));
       --left) {
    --i;
    broke = broke || is_line_end(static_cast<unsigned char>(text_[i]));
  }
  if (i > start && is_comma(at(before(i)))) return before(i);
  return broke ? i : kNone;
}

std::size_t JsonSource::lost_key(std::size_t start, std::size_t i) const noexcept {
  const std::size_t quote = i;
  for (std::size_t left = kLook; left > 0 && i > start && is_json_space(static_cast<unsigned char>(text_[i - 1]));
       --left)
    --i;
  if (i <= start || before(i) == start) return kNone;
  const std::size_t last = before(i);
  if (is_colon(at(last))) return last;
  if (is_comma(at(last)) && limit(start, kNear) >= quote) {
    const std::size_t colon = cut(0, quote).find(':', start);
    if (colon != kNone && colon > start) return colon;
  }
  return kNone;
}

Ending JsonSource::find_end(std::size_t start, const Opening& opening, Place place, bool parens) {
  const ByteSet& stops = stops_of(opening.closers);
  std::size_t i = start, lost = kNone, inner = 0;
  std::size_t& endless = endless_[static_cast<std::size_t>(opening.closers)];
  // So that a text of such keys is not read to its end for each of them.
  if (place == Place::key && start >= endless) i = end();
  while (i < end() && (i = stops.find(text_, i, end())) < end()) {
    std::size_t width = size(i);
    if (text_[i] == '\\') {
      const bool closer = i + 1 < end() && closes(opening.closers, static_cast<unsigned char>(text_[i + 1]));
      if (!(opening.escaped && closer)) {
        const bool twice = opening.escaped && is(i + 1, '\\') && is(i + 2, '\\') && i + 3 < end() &&
                           closes(opening.closers, static_cast<unsigned char>(text_[i + 3]));
        i = twice ? i + 4 : i + 1 < end() ? next(i + 1) : i + 2;
        continue;
      }
      width = 2;
    } else if (!closes(opening.closers, at(i))) {
      i += width;
      continue;
    } else if (opening.triple) {
      if (!is(i + 1, text_[i]) || !is(i + 2, text_[i])) {
        ++i;
        continue;
      }
      while (is(i + 3, text_[i])) ++i;
      return {i, i + 3, true};
    }
    if (place == Place::key ? key_ends(i + width) : value_ends(i + width, place, parens)) {
      // ["a, "b"]: the one quote within opens the next element.
      if (place == Place::array && inner == 1 && lost != kNone) return {lost, lost, true, true};
      return {i, i + width, true};
    }
    ++inner;
    if (place == Place::key) {
      lost = lost_key(start, i);
      if (lost != kNone) return {lost, lost, true, true};
    } else if (place != Place::nothing) {
      if (place == Place::object && lost != kNone) {
        const Seen seen = peek(i + width);
        if (seen.at < end() && is_colon(at(seen.at))) return {lost, lost, true, true};
      }
      const std::size_t candidate = lost_value(start, i);
      if (candidate != kNone) lost = candidate;
    }
    i += width;
  }
  if (place == Place::key && !arriving_) {
    endless = std::min(endless, start);
    const std::size_t colon = cut(0, limit(start)).find(':', start);
    if (colon != kNone && colon > start) return {colon, colon, false, true};
  }
  return {end(), end(), false};
}

}  // namespace paritas
