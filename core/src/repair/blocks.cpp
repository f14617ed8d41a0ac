#include "repair/blocks.hpp"

#include <algorithm>
#include <cstring>

#include "paritas/text/utf8.hpp"
#include "repair/normal_form.hpp"

namespace paritas::repair {
namespace {

bool all_blank(std::string_view text, std::size_t from, std::size_t to) noexcept {
  while (from < to && is_blank(text[from])) ++from;
  return from == to;
}

}  // namespace

bool BlockSplitter::Count::exceeds(std::size_t most, std::string_view text, std::size_t to) noexcept {
  constexpr std::size_t kStep = 512;
  while (at < to && points <= most) {
    const std::size_t step = std::min(to - at, std::min(most - points + 1, kStep));
    if (step >= 64 && count_starts(text.substr(at, step)).ascii) {
      at += step;
      points += step;
      continue;
    }
    for (const std::size_t stop = at + step; at < stop && points <= most; ++points) at += decode_utf8(text, at).bytes;
  }
  return points > most;
}

void BlockSplitter::feed(std::string_view chunk) {
  if (held_.empty()) {
    text_ = chunk;
  } else {
    held_ += chunk;
    text_ = held_;
  }
  read_lines();
  look_at_line();
  sink_.flush();
  keep();
}

void BlockSplitter::finish() {
  text_ = held_;
  end_text();
}

void BlockSplitter::whole(std::string_view text) {
  text_ = text;
  read_lines();
  end_text();
}

void BlockSplitter::keep() {
  if (text_.data() == held_.data()) {
    held_.erase(0, done_);
  } else {
    held_.assign(text_.substr(done_));
  }
  // As a difference, not as done_: Emscripten 3.1.6 would load that once more for four places at a time, after it is 0.
  const std::size_t gone = text_.size() - held_.size();
  const auto move_back = [gone](std::size_t& place) { place -= std::min(place, gone); };
  move_back(block_);
  move_back(end_);
  move_back(line_);
  move_back(seen_);
  move_back(search_);
  move_back(block_count_.at);
  move_back(line_count_.at);
  done_ = 0;
}

void BlockSplitter::read_lines() {
  while (search_ < text_.size()) {
    const void* found = std::memchr(text_.data() + search_, '\n', text_.size() - search_);
    if (found == nullptr) break;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
    end_line(at > line_ && text_[at - 1] == '\r' ? at - 1 : at, at + 1);
    search_ = line_ = seen_ = at + 1;
    line_count_ = {line_, 0};
    line_blank_ = true;
    line_asked_ = line_undecided_ = false;
  }
  search_ = text_.size();
}

void BlockSplitter::end_text() {
  const std::size_t size = text_.size();
  if (line_ < size || line_passed_) end_line(size, size);
  if (kind_ == Kind::code) extend(size);  // it runs to the end of the text
  end_block();
  pass(size);
  sink_.flush();
}

void BlockSplitter::read_fences(std::size_t to) noexcept {
  fences_.feed(text_.substr(seen_, to - seen_));
  line_blank_ = line_blank_ && all_blank(text_, seen_, to);
  seen_ = to;
}

/// Whether a line outside fences has more than most_ code points that leave open what it is.
bool BlockSplitter::undecided(std::size_t to) noexcept {
  if (line_asked_) return line_undecided_;
  if (fences_.open() || to - line_ <= most_ || !line_count_.exceeds(most_, text_, to)) return false;
  read_fences(line_count_.at);
  line_asked_ = true;
  line_undecided_ = line_blank_ || fences_.may_open();
  return line_undecided_;
}

void BlockSplitter::end_line(std::size_t content_end, std::size_t next) {
  if (line_passed_) return end_passed_line(content_end, next);
  std::size_t first = line_;
  while (first < content_end && is_blank(text_[first])) ++first;
  const bool blank = first == content_end;
  const bool like_fence = !blank && (text_[first] == '`' || text_[first] == '~') && first - line_ <= 3;
  const bool was_open = fences_.open();
  bool ends_before = false;
  if (like_fence || seen_ > line_ || first - line_ > most_) {  // of any other line the tracker need not know
    ends_before = undecided(content_end);
    read_fences(content_end);
    fences_.feed("\n");
  }
  if (was_open) {
    extend(content_end);
    if (!fences_.open()) end_block();
  } else if (fences_.open()) {
    end_block();
    start(Kind::code);
    extend(content_end);
  } else if (blank) {
    end_block();
    if (long_separator_ || next - done_ > most_) {
      long_separator_ = true;
      pass(next);
    }
  } else {
    if (ends_before) end_block();
    if (kind_ == Kind::none) start(Kind::prose);
    extend(content_end);
  }
}

void BlockSplitter::end_passed_line(std::size_t content_end, std::size_t next) {
  const bool was_open = fences_.open();
  read_fences(content_end);
  fences_.feed("\n");
  line_passed_ = false;
  const bool code = was_open || fences_.open();
  if (!code && line_blank_) {
    long_separator_ = true;
    return pass(next);
  }
  kind_ = code ? Kind::code : Kind::prose;
  passing_ = true;
  extend(content_end);
  if (was_open && !fences_.open()) end_block();
}

/// Passes on what no longer can be compared of a line that has not ended.
void BlockSplitter::look_at_line() {
  std::size_t to = text_.size() - unfinished_utf8(text_.substr(line_));
  if (to > line_ && text_[to - 1] == '\r') --to;  // it may belong to a line end
  if (!line_passed_) {
    if (undecided(to)) {
      end_block();
    } else {
      if (!fences_.open()) {
        read_fences(to);
        if (line_blank_ || fences_.may_open()) return;
        if (kind_ == Kind::none) {
          if (to - line_ <= most_ || !line_count_.exceeds(most_, text_, to)) return;
        }
      }
      if (to == line_) return;
      if (kind_ != Kind::none && !passing_ && !is_long(to)) return;
    }
    line_passed_ = true;
  }
  read_fences(to);
  pass(to);
  line_ = to;
}

void BlockSplitter::start(Kind kind) noexcept {
  kind_ = kind;
  block_ = line_;
  block_count_ = {line_, 0};
}

void BlockSplitter::extend(std::size_t content_end) {
  end_ = content_end;
  passing_ = passing_ || is_long(content_end);
  if (passing_) pass(content_end);
}

void BlockSplitter::end_block() {
  if (kind_ == Kind::none) return;
  if (passing_) {
    sink_.ended();
  } else {
    sink_.block(kind_ == Kind::code, text_.substr(done_, block_ - done_), text_.substr(block_, end_ - block_));
    done_ = end_;
  }
  kind_ = Kind::none;
  passing_ = long_separator_ = false;
}

void BlockSplitter::pass(std::size_t to) {
  if (to <= done_) return;
  sink_.passed(text_.substr(done_, to - done_));
  done_ = to;
}

}  // namespace paritas::repair
