#include "repair/normalize_machine.hpp"

#include <algorithm>
#include <utility>

#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"
#include "text/unicode_tables.hpp"

namespace paritas::normalize {
namespace {

constexpr char32_t kGraphemeJoiner = 0x34F;  // what divides more marks than kMaxMarks

unsigned combining(char32_t c) noexcept { return c < 0x300 ? 0 : unicode::facts(c).combining; }

bool is_line_end(char32_t c) noexcept { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_zero_width(char32_t c) noexcept {
  return c == 0xAD || c == 0xFEFF || c == 0x200B || c == 0x200E || c == 0x200F || c == 0x2060 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// Stable, by class: marks are few, and nearly always in order.
void order(std::u32string& group) {
  for (std::size_t i = 1; i < group.size(); ++i) {
    const char32_t c = group[i];
    const unsigned own = combining(c);
    if (own == 0) continue;
    std::size_t to = i;
    for (; to > 0 && combining(group[to - 1]) > own; --to) group[to] = group[to - 1];
    group[to] = c;
  }
}

/// Composes the marks into their starter; those that stay follow it.
void compose(std::u32string& group) {
  if (group.empty() || combining(group[0]) != 0) return;
  std::size_t kept = 1;
  unsigned last = 0;
  for (std::size_t i = 1; i < group.size(); ++i) {
    const char32_t c = group[i];
    const unsigned own = combining(c);
    if (kept == 1 || last < own) {
      if (const char32_t composite = compose_pair(group[0], c); composite != 0) {
        group[0] = composite;
        continue;
      }
    }
    last = own;
    group[kept++] = c;
  }
  group.resize(kept);
}

}  // namespace

// ---- newlines

void Machine::newline(const Piece& piece) {
  std::size_t from = piece.from;
  if (cr_held_) {
    cr_held_ = false;
    if (piece.ch == '\n') return clean({'\n', cr_, piece.to, false});
    clean({'\n', cr_, from, false});
  }
  if (options_.newlines == Newlines::lf) {
    if (piece.ch == '\r') {
      cr_held_ = true;
      cr_ = from;
      return;
    }
    if (piece.ch != '\n' && is_line_end(piece.ch)) return clean({'\n', from, piece.to, false});
  }
  clean(piece);
}

// ---- controls and zero_width

void Machine::clean(Piece piece) {
  const char32_t c = piece.ch;
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  if (control && options_.controls != Controls::keep && c != '\t' && !is_line_end(c)) {
    if (options_.controls == Controls::remove) return;
    piece.ch = ' ';
    piece.same = false;
  }
  if (options_.zero_width == ZeroWidth::remove && is_zero_width(piece.ch)) return;
  if (options_.form == NormalForm::none) {
    code(piece);
  } else {
    form(piece);
  }
}

// ---- form

void Machine::form(const Piece& piece) {
  if (piece.ch < 0x80) {  // nothing before it joins it
    end_group();
    group_.assign(1, piece.ch);
    read_.push_back(piece);
    return;
  }
  parts_.clear();
  append_decomposed(piece.ch, options_.form == NormalForm::nfkc ? Form::compatible : Form::canonical, parts_);
  std::size_t leading = 0;
  while (leading < parts_.size() && combining(parts_[leading]) != 0) ++leading;
  if (marks_ + leading > kMaxMarks) {
    end_group();
    group_.assign(1, kGraphemeJoiner);
    read_.push_back({0, piece.from, piece.from, false});
  }
  bool read = false;
  for (const char32_t part : parts_) {
    if (combining(part) != 0) {
      ++marks_;
      group_.push_back(part);
    } else {
      order(group_);
      compose(group_);
      const bool alone = group_.size() == 1 && combining(group_[0]) == 0;
      const char32_t composite = alone ? compose_pair(group_[0], part) : 0;
      if (composite == 0) {
        end_group();
        read = false;
      }
      group_.assign(1, composite != 0 ? composite : part);
      marks_ = 0;
    }
    if (!read) read_.push_back(piece);
    read = true;
  }
}

void Machine::end_group() {
  if (group_.empty()) return;
  order(group_);
  compose(group_);
  bool same = group_.size() == read_.size();
  for (std::size_t i = 0; same && i < read_.size(); ++i) same = group_[i] == read_[i].ch;
  if (group_.size() == 1) {
    const Piece only{group_[0], read_[0].from, read_.back().to, same && read_[0].same};
    group_.clear();
    read_.clear();
    marks_ = 0;
    return code(only);
  }
  for (std::size_t i = 0; i < group_.size(); ++i) {
    code(same ? read_[i] : Piece{group_[i], read_[0].from, read_.back().to, false});
  }
  group_.clear();
  read_.clear();
  marks_ = 0;
}

// ---- Fenced code is done here; fences are those of the result.

void Machine::code(const Piece& piece) {
  if (code_cr_held_) {
    code_cr_held_ = false;
    if (piece.ch == '\n') {
      white(code_cr_);
      return white(piece);
    }
    write(code_cr_);
  }
  if (fences_.open() && !in_run_) {
    if (!fences_.closing() || (piece.ch != '\n' && piece.ch != '\r')) return write(piece);
    if (piece.ch == '\r') {
      code_cr_held_ = true;
      code_cr_ = piece;
      return;
    }
  }
  characters(piece);
}

// ---- spaces, quotes, dashes, ellipsis

void Machine::characters(Piece piece) {
  const char32_t c = piece.ch;
  if (c >= 0x80) {
    if (options_.spaces == Spaces::ascii && category(c) == Category::Zs) {
      piece.ch = ' ';
    } else if (options_.quotes == Quotes::straight && ((c >= 0x2018 && c <= 0x201B) || c == 0x2032)) {
      piece.ch = '\'';
    } else if (options_.quotes == Quotes::straight && ((c >= 0x201C && c <= 0x201F) || c == 0x2033)) {
      piece.ch = '"';
    } else if (options_.dashes == Dashes::ascii && ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)) {
      piece.ch = '-';
    } else if (options_.ellipsis == Ellipsis::dots && c == 0x2026) {
      piece.ch = '.';
    }
    if (piece.ch != c) piece.same = false;
    if (piece.ch == '.') {
      collapse(piece);
      collapse(piece);
    }
  }
  collapse(piece);
}

// ---- collapse and trim

void Machine::collapse(const Piece& piece) {
  if (is_white_space(piece.ch)) {
    end_ticks();
    return white(piece);
  }
  if (!ticks_.empty() && piece.ch != ticks_[0].ch) end_ticks();
  if (!ticks_.empty() || may_open(piece.ch)) {
    ticks_.push_back(piece);
    if (ticks_.size() < 3) return;
    end_run(true);
    for (const Piece& tick : ticks_) write(tick);
    ticks_.clear();
    return;
  }
  end_run();
  write(piece);
}

/// In a text that becomes one line, a line feed before a fence stays.
bool Machine::may_open(char32_t ch) const {
  return options_.collapse == Collapse::all && options_.respect_code && (ch == '`' || ch == '~') && in_run_ &&
         !run_breaks_ && has_line_feed_ && indent_ <= 3;
}

void Machine::end_ticks() {
  if (ticks_.empty()) return;
  end_run();
  for (const Piece& tick : ticks_) write(tick);
  ticks_.clear();
}

void Machine::white(const Piece& piece) {
  const char32_t c = piece.ch;
  if (!in_run_) {
    in_run_ = true;
    run_breaks_ = fences_.closing();
    has_line_feed_ = space_last_ = false;
    indent_ = 0;
    run_from_ = piece.from;
    run_first_ = c;
    run_same_ = piece.same;
    before_ = 0;
    line_ends_ = 0;
    line_started_ = sink_.started();
  } else {
    run_same_ = false;
  }
  run_to_ = piece.to;
  if (c == '\n') {
    has_line_feed_ = true;
    indent_ = 0;
  } else {
    indent_ = c == ' ' ? std::min<std::size_t>(indent_ + 1, 4) : 4;
  }
  if (!options_.trim || sink_.started()) keep(piece);
  before_ = c;
  if (c == '\n' && fences_.opening()) end_run(true);  // what follows is code
}

void Machine::keep(const Piece& piece) {
  const char32_t c = piece.ch;
  Piece kept = piece;
  switch (options_.collapse) {
    case Collapse::all:
      return;
    case Collapse::none:
      break;
    case Collapse::spaces:
    case Collapse::lines:
      if (c == ' ' || c == '\t') {
        if (before_ == ' ' || before_ == '\t') return;
        kept.ch = ' ';
        kept.same = piece.same && c == ' ';
        space_last_ = true;
      } else {
        if (options_.collapse == Collapse::lines) {
          if (is_line_end(c)) {
            drop_space();
            if (c != '\n' || before_ != '\r') ++line_ends_;  // CRLF ends one line
            const auto most = static_cast<std::uint64_t>(options_.max_blank_lines) + (line_started_ ? 1 : 0);
            if (line_ends_ > most) return;
          } else {
            line_ends_ = 0;
            line_started_ = true;
          }
        }
        space_last_ = false;
      }
      break;
  }
  const std::size_t size = run_.size();
  append_utf8(run_, kept.ch);
  if (sink_.mapped()) kept_.push_back({run_.size() - size, kept.from, kept.to, kept.same});
}

void Machine::drop_space() {
  if (!space_last_) return;
  space_last_ = false;
  run_.pop_back();
  if (sink_.mapped()) kept_.pop_back();
}

void Machine::end_run(bool breaks, bool last) {
  if (!in_run_) return;
  in_run_ = false;
  const bool outer = options_.trim && (last || !sink_.started());
  if (!outer && options_.collapse == Collapse::all) {
    const char32_t ch = breaks || run_breaks_ ? U'\n' : U' ';
    write({ch, run_from_, run_to_, run_same_ && run_first_ == ch});
  } else if (!outer) {
    if (last && options_.collapse == Collapse::lines) drop_space();
    if (sink_.mapped()) {
      std::size_t at = 0;
      for (const Kept& kept : kept_) {
        sink_.write(std::string_view(run_).substr(at, kept.bytes), kept.from, kept.to, kept.same);
        at += kept.bytes;
      }
    } else {
      sink_.write(run_, run_from_, run_to_, false);
    }
    if (options_.respect_code) fences_.feed(run_);
  }
  run_.clear();
  kept_.clear();
}

void Machine::write(const Piece& piece) {
  char bytes[4];
  std::size_t size = 1;
  if (piece.ch < 0x80) {
    bytes[0] = static_cast<char>(piece.ch);
  } else {
    std::string utf8;  // fits into the string itself
    append_utf8(utf8, piece.ch);
    size = utf8.copy(bytes, 4);
  }
  sink_.write({bytes, size}, piece.from, piece.to, piece.same);
  if (options_.respect_code) fences_.feed({bytes, size});
}

// ---- the stream

/// Nothing is held back, and nothing stands on the way that what comes could change.
bool Machine::settled() const {
  return group_.empty() && !in_run_ && !cr_held_ && !code_cr_held_ && ticks_.empty() && !fences_.opening() &&
         !fences_.closing();
}

void Machine::feed(std::string_view text) {
  const std::size_t base = at_;
  std::size_t at = 0;
  while (at < text.size()) {
    if (!group_.empty() && plan_->prose.starts_group(text, at)) end_group();
    if (settled() && (sink_.started() || !is_white_space(static_cast<unsigned char>(text[at])))) {
      const std::size_t end = (fences_.open() ? plan_->code : plan_->prose).end(text, at);
      if (end > at) {
        sink_.pass(text.substr(at, end - at), base + at);
        if (options_.respect_code) fences_.feed_plain(text.substr(at, end - at));
        at = end;
        continue;
      }
    }
    if (group_.empty() && !cr_held_ && plan_->prose.alone(text, at)) {
      code({static_cast<unsigned char>(text[at]), base + at, base + at + 1, true});
      ++at;
      continue;
    }
    const Decoded next = decode_utf8(text, at);
    const bool ill_formed = next.code_point == kReplacement && text.substr(at, next.bytes) != "\xEF\xBF\xBD";
    newline({next.code_point, base + at, base + at + next.bytes, !ill_formed});
    at += next.bytes;
  }
  at_ = base + text.size();
}

void Machine::finish() {
  if (cr_held_) {
    cr_held_ = false;
    clean({'\n', cr_, at_, false});
  }
  end_group();
  if (code_cr_held_) {
    code_cr_held_ = false;
    white(code_cr_);
  }
  end_ticks();
  end_run(false, true);
  sink_.finish();
}

}  // namespace paritas::normalize
