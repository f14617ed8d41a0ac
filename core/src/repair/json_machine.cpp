#include "json_machine.hpp"

#include <algorithm>

namespace paritas {
namespace {

// Stands where a wrapper may have to become an array; no JSON has it otherwise.
constexpr char kHold = '\x01';

/// Behind the container that opens at i, in whatever shape; strings in double quotes are passed over.
std::size_t skip_container(std::string_view text, std::size_t i) {
  std::size_t depth = 0;
  for (; i < text.size(); ++i) {
    const char ch = text[i];
    if (ch == '{' || ch == '[' || ch == '(') {
      ++depth;
    } else if (ch == '}' || ch == ']' || ch == ')') {
      if (--depth == 0) return i + 1;
    } else if (ch == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\') ++i;
      }
    }
  }
  return text.size();
}

int hex_value(char ch) { return ch <= '9' ? ch - '0' : (ch | 0x20) - 'a' + 10; }

char32_t unit_at(std::string_view key, std::size_t i) {  // of a \u escape at i
  char32_t unit = 0;
  for (std::size_t k = i + 2; k < i + 6; ++k) unit = unit * 16 + static_cast<char32_t>(hex_value(key[k]));
  return unit;
}

}  // namespace

std::string json_string_text(std::string_view key) {
  std::string out;
  const auto add = [&](char32_t ch) { append_utf8(out, ch); };
  for (std::size_t i = 1; i + 1 < key.size(); ++i) {
    if (key[i] != '\\') {
      if (static_cast<unsigned char>(key[i]) >= 0x80) {
        out += key[i];
      } else {
        add(static_cast<unsigned char>(key[i]));
      }
      continue;
    }
    if (key[i + 1] != 'u') {
      ++i;
      const std::size_t known = std::string_view("bfnrt").find(key[i]);
      add(known == std::string_view::npos ? static_cast<unsigned char>(key[i])
                                          : static_cast<unsigned char>("\b\f\n\r\t"[known]));
      continue;
    }
    char32_t unit = unit_at(key, i);
    i += 5;
    if (unit >= 0xD800 && unit < 0xDC00 && i + 6 < key.size() && key[i + 1] == '\\' && key[i + 2] == 'u') {
      const char32_t low = unit_at(key, i + 1);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
      }
    }
    add(unit);  // a lone surrogate becomes U+FFFD
  }
  return out;
}

void append_pointer_part(std::string& out, std::string_view key) {
  for (const char ch : json_string_text(key)) {
    if (ch == '~') {
      out += "~0";
    } else if (ch == '/') {
      out += "~1";
    } else {
      out += ch;
    }
  }
}

JsonValue JsonMachine::run() {
  out_.reserve(text_.size() - at_ < 4096 ? text_.size() - at_ + 64 : 4096);
  while (!truncated_) {
    if (state_ == State::value) {
      value();
    } else if (state_ == State::key) {
      key();
    } else if (state_ == State::colon) {
      colon();
    } else if (stack_.empty()) {
      break;
    } else {
      after();
    }
  }
  if (wrapped_) std::erase(out_, kHold);
  const bool ok = !out_.empty();
  return {start_,
          at_,
          std::move(out_),
          ok,
          truncated_,
          depth_limited_,
          std::move(notes_.changes()),
          notes_.count(),
          std::move(path_)};
}

JsonValue JsonMachine::scalar(const Opening& opening) {
  string(opening, Place::nothing);
  const bool cut = cut_;
  if (!cut) coerce(0, start_);
  return {start_, at_, std::move(out_), true, cut, false, std::move(notes_.changes()), notes_.count(), {}};
}

char32_t JsonMachine::space() {
  while (at_ < text_.size()) {
    const std::size_t from = at_;
    const char32_t ch = source_.at(at_);
    if (is_json_space(ch)) {
      while (at_ < text_.size() && is_json_space(static_cast<unsigned char>(text_[at_]))) ++at_;
      out_ += text_.substr(from, at_ - from);
    } else if (is_white(ch)) {
      at_ = source_.next(at_);
      note(ChangeKind::whitespace, from, at_);
      if (is_other_space(ch)) out_ += ' ';
    } else if (source_.comment_at(at_)) {
      at_ = comment_end(text_, at_);
      note(ChangeKind::comment, from, at_);
      strip_output(false);
    } else if (ch == '\\' && escaped_space()) {
      at_ += 2;
      note(ChangeKind::whitespace, from, at_);
    } else if (const std::size_t size = source_.ellipsis(at_); size > 0) {
      at_ += size;
      note(ChangeKind::ellipsis, from, at_);
    } else {
      return ch;
    }
  }
  return 0;
}

/// Takes white space off the end of the output; lines: line ends too.
void JsonMachine::strip_output(bool lines) {
  while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\t' ||
                           (lines && is_line_end(static_cast<unsigned char>(out_.back()))))) {
    out_.pop_back();
  }
}

/// A line break or a tab that was escaped together with the quotes.
bool JsonMachine::escaped_space() const {
  const bool known = source_.is(at_ + 1, 'n') || source_.is(at_ + 1, 'r') || source_.is(at_ + 1, 't');
  return known && !(at_ + 2 < text_.size() && is_name(source_.at(at_ + 2)));
}

void JsonMachine::open(Kind kind, std::size_t size) {
  const std::size_t from = at_;
  if (stack_.size() >= static_cast<std::size_t>(options_.max_depth)) {
    at_ = skip_container(text_, from);
    depth_limited_ = true;
    note(ChangeKind::depth, from, at_);
    finish("null");
    return;
  }
  at_ += size;
  if (kind == Kind::object && set_follows()) {
    note(ChangeKind::set, from, at_);
    kind = Kind::set;
  } else if (kind == Kind::tuple) {
    note(ChangeKind::tuple, from, at_);
  } else if (kind == Kind::wrapper) {
    note(ChangeKind::wrapper, from, at_);
    wrapped_ = true;
  }
  ++counts_[slot(kind)];
  stack_.push_back({kind, out_.size()});
  out_ += kind == Kind::object ? '{' : kind == Kind::wrapper ? kHold : '[';
  stack_.back().settled = out_.size();
  next_state(stack_.back());
}

/// Whether the first two items of a `{` are strings or numbers without colons.
bool JsonMachine::set_follows() const {
  const std::size_t limit = source_.limit(at_);
  std::size_t i = item(source_.peek(at_, limit), limit);
  if (i == kNone) return false;
  i = source_.peek(i, limit);
  if (i >= limit || !is_comma(source_.at(i))) return false;
  i = item(source_.peek(source_.next(i), limit), limit);
  if (i == kNone) return false;
  i = source_.peek(i, limit);
  return i < limit && !is_colon(source_.at(i)) && text_[i] != '=';
}

/// Where a short string or number ends.
std::size_t JsonMachine::item(std::size_t i, std::size_t limit) const {
  if (i >= limit) return kNone;
  const char quote = text_[i];
  if (quote == '"' || quote == '\'' || quote == '`') {
    for (++i; i < limit && text_[i] != quote; i = source_.next(i)) {
      if (text_[i] == '\\' && ++i >= text_.size()) return kNone;
    }
    return i < limit ? i + 1 : kNone;
  }
  const std::size_t start = i;
  while (i < limit && is_word(source_.at(i))) i = source_.next(i);
  const std::string_view word = source_.cut(start, i);
  return !word.empty() && word != "+" && word != "-" && number_of(word) ? i : kNone;
}

/// Writes an element that is complete, and goes on behind it.
void JsonMachine::finish(std::string_view written) {
  out_ += written;
  settle();
}

void JsonMachine::settle() {
  state_ = State::after;
  if (stack_.empty()) return;
  Open& top = stack_.back();
  ++top.count;
  top.settled = out_.size();
  top.comma = kNone;
}

void JsonMachine::drop_comma(Open& top) {
  if (top.comma == kNone) return;
  out_.erase(top.comma, 1);
  top.comma = kNone;
  if (top.comma_at != kNone) note(ChangeKind::comma, top.comma_at, source_.next(top.comma_at));
}

/// Closes the innermost container; ended: its closer is missing.
void JsonMachine::close(bool ended) {
  if (ended) {
    Open& top = stack_.back();
    if (top.comma != kNone && top.comma_at != kNone) note(ChangeKind::comma, top.comma_at, source_.next(top.comma_at));
    out_.resize(top.settled);
    note(ChangeKind::unclosed, at_, at_);
  } else {
    drop_comma(stack_.back());
  }
  const Open top = stack_.back();
  stack_.pop_back();
  --counts_[slot(top.kind)];
  if (top.kind == Kind::wrapper) {
    if (top.count == 0 && ended && options_.partial) {
      out_.resize(top.opened);
      state_ = State::after;
      return;
    }
    if (top.count == 0) out_ += "null";
    if (top.count > 1) {
      out_[top.opened] = '[';
      out_ += ']';
    }
  } else {
    out_ += top.kind == Kind::object ? '}' : ']';
  }
  settle();
}

/// Reads a closer in the place of a key, of an element, or behind one.
void JsonMachine::closer(char32_t ch) {
  const std::size_t from = at_, wanted = slot(ch);
  if (slot(stack_.back().kind) == wanted) {
    ++at_;
    close(false);
    return;
  }
  if (counts_[wanted] == 0) {
    stray(ch);
    return;
  }
  note(ChangeKind::mismatched, from, from + 1);
  if (counts_[wanted] == 1 && slot(stack_.front().kind) == wanted && goes_on(from + 1)) {
    missing_value();
    ++at_;
    close(false);
    return;
  }
  while (slot(stack_.back().kind) != wanted) {
    missing_value();
    close(false);
  }
  missing_value();
  ++at_;
  close(false);
}

/// A closer that nothing has opened: the right one of the outermost container where nothing goes on.
void JsonMachine::stray(char32_t ch) {
  const std::size_t from = at_++;
  const Seen seen = source_.peek(at_);
  const char32_t next = source_.at(seen.at);
  const bool goes_on = seen.at < text_.size() && (is_comma(next) || is_closer(next) || is_quote(next));
  if (stack_.size() > 1 || ch == ')' || goes_on) {
    note(ChangeKind::extra_closer, from, from + 1);
    return;
  }
  note(ChangeKind::mismatched, from, from + 1);
  missing_value();
  close(false);
}

/// Whether a comma and a further key or element of the container around this one follow.
bool JsonMachine::goes_on(std::size_t i) const {
  i = source_.peek(i).at;
  if (i >= text_.size() || !is_comma(source_.at(i))) return false;
  i = source_.peek(source_.next(i)).at;
  if (i >= text_.size() || is_closer(source_.at(i))) return false;
  return stack_[stack_.size() - 2].kind != Kind::object || source_.key_at(i, true);
}

/// The value of a key that has none, before what closes its object.
void JsonMachine::missing_value() {
  if (stack_.back().kind != Kind::object || (state_ != State::colon && state_ != State::value)) return;
  if (state_ == State::colon) {
    note(ChangeKind::colon, at_, at_);
    out_ += ':';
  }
  note(ChangeKind::missing_value, at_, at_);
  if (out_.back() == ':') out_ += ' ';
  finish("null");
}

/// The text has ended inside of the value.
void JsonMachine::over() {
  truncated_ = true;
  at_ = text_.size();
  if (path_.empty()) path_ = path();
  if (!options_.partial && !stack_.empty()) {
    if (stack_.back().kind == Kind::object && (state_ == State::colon || state_ == State::value)) strip_output(true);
    missing_value();
  }
  while (!stack_.empty()) close(true);
}

std::string JsonMachine::path() const {
  std::string out;
  for (std::size_t level = 0; level < stack_.size(); ++level) {
    const Open& opened = stack_[level];
    const bool inner = level + 1 < stack_.size();
    if (opened.kind == Kind::object) {
      if (!inner && state_ != State::value) continue;
      out += '/';
      append_pointer_part(out, opened.key.of(out_));
    } else if (opened.kind != Kind::wrapper && (inner || cut_)) {
      out += '/' + std::to_string(opened.count);
    }
  }
  return out;
}

/// A comma where none belongs.
void JsonMachine::comma() {
  const std::size_t from = at_;
  at_ = source_.next(at_);
  note(ChangeKind::comma, from, at_);
}

void JsonMachine::write_comma() {
  Open& top = stack_.back();
  const std::size_t from = at_;
  at_ = source_.next(at_);
  if (text_[from] != ',') note(ChangeKind::comma, from, at_);
  top.comma = out_.size();
  top.comma_at = from;
  out_ += ',';
  next_state(top);
}

void JsonMachine::after() {
  const char32_t ch = space();
  Open& top = stack_.back();
  if (at_ == text_.size()) {
    over();
  } else if (is_comma(ch) || (is_colon(ch) && top.kind != Kind::object)) {
    write_comma();
  } else if (is_closer(ch)) {
    closer(ch);
  } else {
    note(ChangeKind::missing_comma, at_, at_);
    out_.insert(top.settled, 1, ',');
    top.comma = top.settled;
    top.comma_at = kNone;
    next_state(top);
  }
}

void JsonMachine::key() {
  const char32_t ch = space();
  Open& top = stack_.back();
  if (at_ == text_.size()) {
    over();
  } else if (is_comma(ch)) {
    comma();
  } else if (is_closer(ch)) {
    closer(ch);
  } else if (is_colon(ch) || ch == '=') {
    empty_key();
  } else if (is_opener(ch)) {
    if (top.count > 0) {
      empty_key();
      return;
    }
    note(ChangeKind::set, at_, at_);
    top.kind = Kind::set;
    out_[top.opened] = '[';
    state_ = State::value;
  } else if (const auto opening = source_.opening(at_)) {
    const std::size_t start = out_.size();
    string(*opening, Place::key);
    if (cut_) {
      if (!options_.partial) keyed(start);
      over();
    } else {
      keyed(start);
    }
  } else {
    bare_key();
  }
}

/// The output from `start` on is a key.
void JsonMachine::keyed(std::size_t start) {
  stack_.back().key = {start, out_.size()};
  state_ = State::colon;
}

void JsonMachine::empty_key() {
  note(ChangeKind::key, at_, at_);
  out_ += "\"\"";
  keyed(out_.size() - 2);
}

void JsonMachine::bare_key() {
  const std::size_t start = at_;
  while (at_ < text_.size()) {
    const char32_t ch = source_.at(at_);
    if (is_colon(ch) || ch == '=' || ch == ',' || ch == 0xFF0C || ch == '}' || ch == '{' || is_line_end(ch)) break;
    at_ = source_.next(at_);
  }
  if (at_ == text_.size() && options_.partial) {
    over();
    return;
  }
  std::size_t end = at_;
  while (is_white(source_.at(source_.before(end)))) end = source_.before(end);
  const std::size_t written = out_.size();
  bare_text(start, end, ChangeKind::key);
  keyed(written);
}

void JsonMachine::bare_text(std::size_t start, std::size_t end, ChangeKind kind) {
  const char last = text_[end - 1];
  if (end - start > 1 && (last == '"' || last == '\'' || last == '`') &&
      source_.cut(start, end - 1).find(last) == std::string_view::npos) {
    note(ChangeKind::missing_quote, start, start);
    --end;
  } else {
    note(kind, start, end);
  }
  out_ += '"';
  append_content(out_, text_, start, end, {nullptr, false, false, false}, &notes_);
  out_ += '"';
}

void JsonMachine::colon() {
  const std::size_t key_end = out_.size();
  const char32_t ch = space();
  if (at_ == text_.size()) {
    over();
  } else if (is_colon(ch) || ch == '=') {
    const std::size_t from = at_;
    at_ = ch == '=' && source_.is(at_ + 1, '>') ? at_ + 2 : source_.next(at_);
    if (ch != ':') note(ChangeKind::colon, from, at_);
    out_ += ':';
    state_ = State::value;
  } else if (is_closer(ch) || is_comma(ch)) {
    // A colon and a value right behind a key that has neither.
    out_.resize(key_end);
    missing_value();
    if (is_closer(ch)) closer(ch);
  } else {
    note(ChangeKind::colon, at_, at_);
    out_.insert(key_end, 1, ':');
    state_ = State::value;
  }
}

void JsonMachine::value() {
  const char32_t ch = space();
  const bool inside = !stack_.empty();
  const bool in_object = inside && stack_.back().kind == Kind::object;
  if (at_ == text_.size()) {
    over();
  } else if (inside && is_comma(ch)) {
    if (in_object) {
      missing_value();
    } else {
      comma();
    }
  } else if (inside && is_closer(ch)) {
    missing_value();
    closer(ch);
  } else if (inside && is_colon(ch)) {
    const std::size_t from = at_;
    at_ = source_.next(at_);
    note(in_object ? ChangeKind::colon : ChangeKind::comma, from, at_);
  } else if (is_opener(ch)) {
    open(ch == '{' ? Kind::object : ch == '[' ? Kind::array : Kind::tuple, 1);
  } else if (const auto opening = source_.opening(at_)) {
    string_value(*opening);
  } else {
    word();
  }
}

}  // namespace paritas
