#include "json_progress.hpp"

#include "json_machine.hpp"

namespace paritas {
namespace {

bool is_space(char ch) { return is_json_space(static_cast<unsigned char>(ch)); }
bool is_decimal(char ch) { return is_digit(static_cast<unsigned char>(ch)); }

/// What ends plain text in a string.
const ByteSet& string_stops() {
  static const ByteSet kStops = [] {
    ByteSet out;
    out.add('"');
    out.add('\\');
    for (unsigned char byte = 0; byte < 0x20; ++byte) out.add(byte);
    return out;
  }();
  return kStops;
}

}  // namespace

void JsonProgress::read(std::string_view text) {
  for (std::size_t i = read_; i < text.size() && state_ != State::bad;) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Decoded ch = decode_utf8(text, i);
    if (ch.code_point == kReplacement && text.substr(i, ch.bytes) != "\xEF\xBF\xBD") state_ = State::bad;
    i += ch.bytes;
  }
  while (read_ < text.size() && state_ != State::bad) {
    if (state_ == State::string) {
      read_ = string_stops().find(text, read_, text.size());
      if (read_ == text.size()) return;
    }
    step(text[read_], read_);
    ++read_;
  }
}

void JsonProgress::step(char ch, std::size_t at) {
  switch (state_) {
    case State::first_value:
      if (ch == ']') {
        close(at);
        return;
      }
      [[fallthrough]];
    case State::value:
      if (!is_space(ch)) begin_value(ch, at);
      return;
    case State::first_key:
      if (ch == '}') {
        close(at);
        return;
      }
      [[fallthrough]];
    case State::key:
      if (is_space(ch)) return;
      state_ = ch == '"' ? State::string : State::bad;
      is_key_ = true;
      token_ = at;
      return;
    case State::colon:
      if (!is_space(ch)) state_ = ch == ':' ? State::value : State::bad;
      return;
    case State::after:
      after(ch, at);
      return;
    case State::string:
      if (ch == '\\') {
        state_ = State::escape;
        escape_ = at;
      } else if (ch != '"') {
        state_ = State::bad;
      } else if (is_key_) {
        levels_.back().key_start = token_;
        levels_.back().key_end = at + 1;
        state_ = State::colon;
      } else {
        settle(at + 1);
      }
      return;
    case State::escape:
      state_ = ch == 'u'                                                           ? State::hex
               : std::string_view("\"\\/bfnrt").find(ch) != std::string_view::npos ? State::string
                                                                                   : State::bad;
      return;
    case State::hex: {
      const auto lower = static_cast<unsigned char>(ch | 0x20);
      const std::size_t digit = at - escape_ - 2;
      if (!is_decimal(ch) && (lower < 'a' || lower > 'f')) state_ = State::bad;
      // D8 to DB begins a pair.
      if (digit == 0) high_half_ = lower == 'd';
      if (digit == 1) high_half_ = high_half_ && (ch == '8' || ch == '9' || lower == 'a' || lower == 'b');
      if (digit == 3 && state_ == State::hex) {
        state_ = State::string;
        if (high_half_) {
          high_ = at + 1;
        }
      }
      return;
    }
    case State::number:
      if (number(ch)) return;
      if (!number_ends()) {
        state_ = State::bad;
        return;
      }
      settle(at);
      after(ch, at);
      return;
    case State::literal:
      if (ch != rest_.front()) {
        state_ = State::bad;
        return;
      }
      rest_.remove_prefix(1);
      if (rest_.empty()) settle(at + 1);
      return;
    case State::bad:
      return;
  }
}

void JsonProgress::begin_value(char ch, std::size_t at) {
  if (levels_.empty()) start_ = at;
  token_ = at;
  switch (ch) {
    case '{':
      open(true, at);
      return;
    case '[':
      open(false, at);
      return;
    case '"':
      is_key_ = false;
      state_ = State::string;
      return;
    case 't':
    case 'f':
    case 'n':
      rest_ = ch == 't' ? "rue" : ch == 'f' ? "alse" : "ull";
      state_ = State::literal;
      return;
    default:
      number_ = ch == '-' ? Number::sign : ch == '0' ? Number::zero : Number::whole;
      state_ = ch == '-' || is_decimal(ch) ? State::number : State::bad;
  }
}

void JsonProgress::open(bool object, std::size_t at) {
  levels_.push_back({object, at + 1, 0, 0, 0});
  if (levels_.size() > max_depth_) {  // a cut text is no valid JSON: what is too deep becomes null
    state_ = State::bad;
    return;
  }
  state_ = object ? State::first_key : State::first_value;
}

void JsonProgress::close(std::size_t at) {
  levels_.pop_back();
  settle(at + 1);
}

void JsonProgress::settle(std::size_t end) {
  state_ = State::after;
  if (levels_.empty()) return;
  levels_.back().settled = end;
  ++levels_.back().count;
}

void JsonProgress::after(char ch, std::size_t at) {
  if (is_space(ch)) return;
  if (levels_.empty()) {
    state_ = State::bad;
  } else if (ch == (levels_.back().object ? '}' : ']')) {
    close(at);
  } else if (ch == ',') {
    state_ = levels_.back().object ? State::key : State::value;
  } else {
    state_ = State::bad;
  }
}

/// Whether a byte continues the number.
bool JsonProgress::number(char ch) {
  const bool digit = is_decimal(ch), e = ch == 'e' || ch == 'E';
  const auto to = [&](Number next) {
    number_ = next;
    return true;
  };
  switch (number_) {
    case Number::sign:
      return digit && to(ch == '0' ? Number::zero : Number::whole);
    case Number::zero:
      return (ch == '.' && to(Number::point)) || (e && to(Number::e));
    case Number::whole:
      return digit || (ch == '.' && to(Number::point)) || (e && to(Number::e));
    case Number::point:
      return digit && to(Number::fraction);
    case Number::fraction:
      return digit || (e && to(Number::e));
    case Number::e:
      return (digit && to(Number::exponent)) || ((ch == '+' || ch == '-') && to(Number::exponent_sign));
    case Number::exponent_sign:
      return digit && to(Number::exponent);
    default:
      return digit;
  }
}

bool JsonProgress::number_ends() const noexcept {
  return number_ == Number::zero || number_ == Number::whole || number_ == Number::fraction ||
         number_ == Number::exponent;
}

bool JsonProgress::complete() const noexcept { return levels_.empty() && state_ == State::after; }

std::string JsonProgress::snapshot(std::string_view text) const {
  if (complete()) return std::string(text);
  if (levels_.empty() && !(in_string())) return "null";
  std::size_t end = levels_.empty() ? 0 : levels_.back().settled;
  const bool string = in_string() && !is_key_;
  if (string) {
    end = text.size();
    if (state_ != State::string) end = escape_;
    if (high_ == end && high_ > token_) end -= 6;  // half of a pair
  }
  std::string out;
  out.reserve(end - start_ + levels_.size() + 1);
  out = text.substr(start_, end - start_);
  if (string) out += '"';
  for (std::size_t level = levels_.size(); level > 0; --level) out += levels_[level - 1].object ? '}' : ']';
  return out;
}

std::string JsonProgress::path(std::string_view text) const {
  std::string out;
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Level& opened = levels_[level];
    const bool inner = level + 1 < levels_.size();
    const bool within = (in_string() && !is_key_) || state_ == State::number || state_ == State::literal;
    if (opened.object ? !inner && !within && state_ != State::value : !inner && !within) continue;
    out += '/';
    if (opened.object) {
      append_pointer_part(out, text.substr(opened.key_start, opened.key_end - opened.key_start));
    } else {
      out += std::to_string(opened.count);
    }
  }
  return out;
}

}  // namespace paritas
