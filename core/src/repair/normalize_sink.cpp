#include "repair/normalize_sink.hpp"

#include <algorithm>
#include <utility>

namespace paritas::normalize {

void Sink::append(std::string_view bytes) {
  if (alike_) {
    if (source_.substr(written_, bytes.size()) == bytes) {
      written_ += bytes.size();
      return;
    }
    alike_ = false;
    out_.reserve(source_.size() + source_.size() / 64 + 16);
    out_.assign(source_.substr(0, written_));
  }
  out_ += bytes;
  written_ += bytes.size();
}

void Sink::pass(std::string_view bytes, std::size_t from) {
  if (mapped() && from > covered_) edits_->push_back({{written_, written_}, {covered_, from}});
  covered_ = from + bytes.size();
  if (alike_ && from == written_) {
    written_ += bytes.size();
  } else {
    append(bytes);
  }
}

void Sink::write(std::string_view character, std::size_t from, std::size_t to, bool same) {
  const std::size_t start = written_;
  append(character);
  if (!mapped()) return;
  if (from < covered_) {  // one more character of the same change
    covered_ = std::max(covered_, to);
    edits_->back().result.end = written_;
    edits_->back().source.end = covered_;
    return;
  }
  if (from > covered_) edits_->push_back({{start, start}, {covered_, from}});
  if (!same) edits_->push_back({{start, written_}, {from, to}});
  covered_ = to;
}

void Sink::finish() {
  if (mapped() && covered_ < source_.size()) edits_->push_back({{written_, written_}, {covered_, source_.size()}});
}

NormalizedText Sink::take() {
  if (!alike_) return {true, std::exchange(out_, {})};
  if (written_ == source_.size()) return {false, {}};
  return {true, std::string(source_.substr(0, written_))};
}

}  // namespace paritas::normalize
