// The scalars that JsonMachine reads: strings, numbers, literals, bare words.
#include <algorithm>

#include "json_machine.hpp"
#include "paritas/repair/coerce.hpp"

namespace paritas {

void JsonMachine::string_value(const Opening& opening) {
  const std::size_t written = out_.size(), start = at_;
  string(opening, place());
  if (cut_) path_ = path();
  if (!cut_) coerce(written, start);
  settle();
  if (cut_) over();
}

/// Writes what the string says in place of it, if that is wanted. written: where it begins in the output; start: in the text
void JsonMachine::coerce(std::size_t written, std::size_t start) {
  if (!options_.coerce) return;
  const CoercedValue value = coerce_string_type(json_string_text(std::string_view(out_).substr(written)));
  if (value.type == JsonType::string) return;
  out_.resize(written);
  out_ += value.json;
  note(ChangeKind::coerced, start, at_);
}

/// Writes a string and what is joined to it; cut_ says whether the text ends within it.
void JsonMachine::string(Opening opening, Place place) {
  out_ += '"';
  for (;;) {
    const std::size_t start = at_ + opening.size;
    const Ending ending = source_.find_end(start, opening, place, counts_[2] > 0);
    if (opening.size > 1 || text_[at_] != '"') note(ChangeKind::quote, at_, start);
    std::size_t stop = ending.end, resume = ending.resume;
    cut_ = false;
    if (!ending.closed && !ending.lost) {
      stop = resume = unclosed(start, stop, place);
      cut_ = stop == text_.size();
    }
    string_content(start, stop, opening);
    if (ending.lost || !ending.closed) {
      note(cut_ ? ChangeKind::unclosed_string : ChangeKind::missing_quote, resume, resume);
    } else if (source_.cut(stop, resume) != "\"") {
      note(ChangeKind::quote, stop, resume);
    }
    at_ = resume;
    const std::size_t next = ending.closed && !ending.lost ? joined() : kNone;
    const auto following = next == kNone ? std::nullopt : source_.opening(next);
    if (!following) break;
    note(ChangeKind::concat, at_, next);
    at_ = next;
    opening = *following;
  }
  out_ += '"';
}

void JsonMachine::string_content(std::size_t start, std::size_t stop, const Opening& opening) {
  if (opening.escaped) {
    const std::string inner = unescape_once(source_.cut(start, stop));
    append_content(out_, inner, 0, inner.size(), {nullptr, opening.raw, cut_, options_.partial}, nullptr);
    return;
  }
  const Closers* closers = opening.triple ? nullptr : &opening.closers;
  append_content(out_, text_, start, stop, {closers, opening.raw, cut_, options_.partial}, &notes_);
}

/// Where the string begins that a plus joins to the one before.
std::size_t JsonMachine::joined() const {
  const Seen seen = source_.peek(at_);
  return source_.is(seen.at, '+') ? source_.peek(seen.at + 1).at : kNone;
}

/// Where a string without a closing quote ends: before the closers of the containers it stands in, at the end.
std::size_t JsonMachine::unclosed(std::size_t start, std::size_t stop, Place place) const {
  if (options_.partial || place == Place::key || place == Place::nothing) return stop;
  std::size_t i = stop, closers = 0;
  while (i > start && (is_closer(static_cast<unsigned char>(text_[i - 1])) ||
                       is_json_space(static_cast<unsigned char>(text_[i - 1])))) {
    closers += is_closer(static_cast<unsigned char>(text_[--i])) ? 1 : 0;
  }
  if (closers == 0 || closers > stack_.size()) return stop;
  std::size_t level = stack_.size();
  for (std::size_t k = i; k < stop; ++k) {
    const auto ch = static_cast<unsigned char>(text_[k]);
    if (is_closer(ch) && slot(char32_t{ch}) != slot(stack_[--level].kind)) return stop;
  }
  return i;
}

void JsonMachine::word() {
  if (wrapper()) return;
  if (place() == Place::object && grouped()) return;
  const std::size_t start = at_;
  std::size_t end = start, points = 0;
  while (end < text_.size() && is_word(source_.at(end))) {
    end = source_.next(end);
    ++points;
  }
  const std::string_view word = source_.cut(start, end);
  if (points > 0) {
    std::optional<std::string> written;
    ChangeKind kind = ChangeKind::literal;
    if (points <= kLook) {
      written = literal_of(word, options_.non_finite);
      if (!written && end == text_.size() && !options_.partial) written = cut_literal(word, options_.non_finite);
    }
    if (!written && starts_number(word[0])) {
      kind = ChangeKind::number;
      written = number_of(word);
      if (points > kLook && written != word) written.reset();
    }
    if (written && ends_word(end, word)) {
      write_word(*written, kind, start, end);
      return;
    }
  }
  bare_value();
}

void JsonMachine::write_word(std::string_view written, ChangeKind kind, std::size_t start, std::size_t end) {
  at_ = end;
  if (end == text_.size() && options_.partial && kind == ChangeKind::number) {
    cut_ = true;
    over();
    return;
  }
  if (written != source_.cut(start, end)) note(kind, start, end);
  finish(written);
}

/// Whether a number or a literal may end here: what follows begins something else.
bool JsonMachine::ends_word(std::size_t after, std::string_view word) const {
  const Seen seen = source_.peek(after);
  if (!seen.more || seen.broke || source_.comment_at(seen.at) || source_.ellipsis(seen.at) > 0) return true;
  const char32_t ch = source_.at(seen.at);
  if (is_comma(ch) || is_closer(ch)) return true;
  if (word == "+" || word == "-") return false;
  if (place() == Place::object) {
    return (seen.at > after && (is_quote(ch) || ch == '\\')) || ch == '{' || ch == '[' || ch == '"' ||
           source_.key_at(seen.at, true);
  }
  if (is_quote(ch) || is_opener(ch) || ch == '\\' || is_colon(ch)) return true;
  const std::size_t limit = source_.limit(seen.at);
  std::size_t stop = seen.at;
  while (stop < limit && is_word(source_.at(stop))) stop = source_.next(stop);
  const std::string_view following = source_.cut(seen.at, stop);
  if (following.empty()) return false;
  return is_literal(following) || (starts_number(following[0]) && number_of(following).has_value());
}

/// 1,234 in an object: a number with commas between its thousands.
bool JsonMachine::grouped() {
  if (text_[at_] != '-' && !is_digit(static_cast<unsigned char>(text_[at_]))) return false;
  const std::size_t start = at_, limit = source_.limit(start);
  const auto digit = [&](std::size_t i) { return i < limit && is_digit(static_cast<unsigned char>(text_[i])); };
  std::size_t i = text_[start] == '-' ? start + 1 : start;
  const std::size_t digits = i;
  while (i < digits + 4 && digit(i)) ++i;
  if (i == digits || i - digits > 3 || text_[digits] == '0') return false;
  if (i >= limit || text_[i] != ',') return false;
  std::string written(source_.cut(start, i));
  const std::size_t first = i;
  while (i < limit && text_[i] == ',' && digit(i + 1) && digit(i + 2) && digit(i + 3)) {
    written += source_.cut(i + 1, i + 4);
    i += 4;
  }
  if (i == first || i >= limit || is_word(source_.at(i)) || is_quote(source_.at(i))) return false;
  const std::size_t after = source_.peek(i, limit);
  if (after >= limit || (text_[after] != ',' && text_[after] != '}' && text_[after] != ']')) return false;
  at_ = i;
  note(ChangeKind::number, start, i);
  finish(written);
  return true;
}

/// A name and a parenthesis: what is within counts.
bool JsonMachine::wrapper() {
  const auto first = static_cast<unsigned char>(text_[at_]);
  if (!is_letter(first) && first != '_' && first != '$' && first != '.') return false;
  const std::size_t limit = source_.limit(at_);
  std::size_t i = at_;
  if (text_.substr(i, 4) == "new ") i += 4;
  const std::size_t start = i;
  while (i < limit) {
    const auto ch = static_cast<unsigned char>(text_[i]);
    if (!is_letter(ch) && !is_digit(ch) && ch != '_' && ch != '$' && ch != '.') break;
    ++i;
  }
  if (i == start || i >= limit || text_[i] != '(' || is_digit(static_cast<unsigned char>(text_[start]))) return false;
  open(Kind::wrapper, i + 1 - at_);
  return true;
}

void JsonMachine::bare_value() {
  const std::size_t start = at_;
  at_ = source_.next(at_);
  while (at_ < text_.size()) {
    const char32_t ch = source_.at(at_);
    if (ch == ',' || ch == 0xFF0C || ch == '}' || ch == ']' || is_line_end(ch) || (ch == ')' && counts_[2] > 0)) break;
    if ((ch == ' ' || ch == '\t') && source_.comment_at(at_ + 1)) break;
    at_ = source_.next(at_);
  }
  if (at_ == text_.size() && options_.partial) {
    cut_ = true;
    over();
    return;
  }
  std::size_t end = at_;
  while (end > source_.next(start) && is_white(source_.at(source_.before(end)))) end = source_.before(end);
  bare_text(start, end, ChangeKind::bare_string);
  settle();
}

}  // namespace paritas
