#include "match/search.hpp"

#include <algorithm>

#include "match/scan.hpp"
#include "paritas/text/word_points.hpp"

namespace paritas::match {
namespace {

using Impl = AhoCorasick::Impl;
constexpr std::size_t kGroup = 16;  // positions that are skipped together where nothing is found

bool bound(std::string_view text, std::size_t at) {
  if (at == 0 || at == text.size()) return true;
  const auto before = static_cast<unsigned char>(text[at - 1]), after = static_cast<unsigned char>(text[at]);
  if (before < 128 && after < 128) return !kAsciiWordPoint[before] || !kAsciiWordPoint[after];
  return is_word_boundary(text, at);
}

/// The stretches of a text in order, each with the automaton's value for every byte of it; or, where fingerprints say that
/// little can be found, for the bytes where something is found alone.
class Blocks {
 public:
  Blocks(const Impl& self, std::string_view text, bool patient)
      : a_(self.automaton),
        fingerprints_(self.fingerprints.get()),
        text_(text),
        block_(scan_block(a_)),
        size_(patient ? block_ : std::min<std::size_t>(block_, 256)) {}

  bool next() {
    begin_ = end_;
    if (begin_ >= text_.size()) return false;
    end_ = std::min(text_.size(), begin_ + size_);
    size_ = std::min(block_, size_ * 4);
    values_.resize(std::max(values_.size(), end_ - begin_ + kGroup));
    listed_ = fingerprints_ != nullptr && wait_ == 0 && list();
    if (listed_) return true;
    if (wait_ == 0) {
      wait_ = kWait;
    } else {
      --wait_;
    }
    scan(a_, text_, begin_, end_, values_.data());
    read_ = end_;
    value_ = values_[size() - 1];
    until_ = end_ + a_.longest;
    if (!a_.dense) {
      steps_.resize(values_.size());
      for (std::size_t i = 0; i < size(); ++i) steps_[i] = a_.step[values_[i]];
    }
    return true;
  }
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] const std::uint32_t* values() const { return values_.data(); }
  [[nodiscard]] const std::uint8_t* steps() const { return steps_.data(); }
  [[nodiscard]] std::uint32_t output(std::size_t i) const { return a_.output[a_.state_of(values_[i])]; }
  /// Whether places() are all that is found; otherwise every byte has its value.
  [[nodiscard]] bool listed() const { return listed_; }
  [[nodiscard]] const std::vector<std::uint32_t>& places() const { return places_; }

 private:
  // Without a gain, this many blocks are read by the automaton before the fingerprints are asked again.
  static constexpr std::size_t kWait = 16;

  bool list() {
    if (!fingerprints_->candidates(text_, begin_, end_, size() / 16 + 4, candidates_)) return false;
    places_.clear();
    if (a_.direction == Direction::forward) {
      list_ends();
    } else {
      for (const std::uint32_t i : candidates_) list_start(i);
    }
    return true;
  }
  void list_start(std::uint32_t i) {
    const std::size_t start = begin_ + i;
    std::uint32_t value = 0;
    for (std::size_t at = std::min(text_.size(), start + a_.longest); at > start; --at)
      value = step(value, text_[at - 1]);
    if ((value & 128) == 0) return;
    values_[i] = value;
    places_.push_back(i);
  }
  // What is found begins at a candidate: the automaton reads on from each as far as a pattern can reach.
  void list_ends() {
    for (const std::uint32_t i : candidates_) {
      const std::size_t start = begin_ + i;
      if (start >= until_) {
        read_to(until_);
        read_ = start;
        value_ = 0;
      }
      until_ = start + a_.longest;
    }
    read_to(std::min(until_, end_));
  }
  void read_to(std::size_t end) {
    for (; read_ < end; ++read_) {
      value_ = step(value_, text_[read_]);
      if ((value_ & 128) == 0) continue;
      values_[read_ - begin_] = value_;
      places_.push_back(static_cast<std::uint32_t>(read_ - begin_));
    }
  }
  [[nodiscard]] std::uint32_t step(std::uint32_t value, char byte) const {
    return a_.table[(value >> 8) + a_.class_of[static_cast<unsigned char>(byte)]];
  }

  const Automaton& a_;
  const Fingerprints* fingerprints_;  // only of a dense automaton
  std::string_view text_;
  std::size_t block_;
  std::size_t size_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::vector<std::uint32_t> values_;
  std::vector<std::uint8_t> steps_;  // of the values; a dense value has its own
  bool listed_ = false;
  std::size_t wait_ = 0;
  std::vector<std::uint32_t> candidates_, places_;
  // Reading forwards: what has been read last, and how far what has begun there may reach.
  std::size_t read_ = 0;
  std::uint32_t value_ = 0;
  std::size_t until_ = 0;
};

struct DenseSteps {
  const std::uint32_t* values;
  unsigned operator[](std::size_t i) const { return values[i] & 255; }
  [[nodiscard]] bool none(std::size_t i) const {
    std::uint32_t any = 0;
    for (std::size_t k = 0; k < kGroup; ++k) any |= values[i + k];
    return (any & 128) == 0;
  }
};
struct ListedSteps {
  const std::uint8_t* steps;
  unsigned operator[](std::size_t i) const { return steps[i]; }
  [[nodiscard]] bool none(std::size_t i) const {
    unsigned any = 0;
    for (std::size_t k = 0; k < kGroup; ++k) any |= steps[i + k];
    return (any & 128) == 0;
  }
};

/// at(i) for each position of the block from `from` on where something is found; it returns the position to go on from.
template <class Steps, class At>
std::size_t each_found(const Steps& steps, std::size_t from, std::size_t size, At at) {
  std::size_t i = from;
  while (i < size) {
    if ((steps[i] & 128) != 0) {
      i = at(i);
    } else if (i + kGroup <= size && steps.none(i)) {
      i += kGroup;
    } else {
      ++i;
    }
  }
  return i;
}

/// As each_found, where something is found every few bytes: without branches that nobody can predict. found[i] are
/// positions; returns how many, and moves `from` to where the next block goes on.
template <class Steps, class Length>
std::size_t list_found(const Steps& steps, std::size_t& from, std::size_t size, std::uint32_t* found, Length length) {
  std::size_t i = from, count = 0;
  while (i < size) {
    const unsigned step = steps[i];
    found[count] = static_cast<std::uint32_t>(i);
    count += step >> 7;
    std::size_t on = step & 127;
    if (on == 127) [[unlikely]] {
      on = length(i);
    }
    i += on;
  }
  from = i;
  return count;
}

template <class Steps, class Take>
bool leftmost_block(const Impl& self, std::string_view text, const Blocks& blocks, const Steps& steps, bool& many,
                    std::size_t& cursor, std::vector<std::uint32_t>& found, Take take) {
  const Automaton& a = self.automaton;
  std::size_t from = cursor - blocks.begin();
  const auto picked = [&](std::size_t i) { return a.outputs[blocks.output(i)].pick; };
  std::size_t count = 0;
  if (blocks.listed()) {
    for (const std::uint32_t i : blocks.places()) {
      if (i < from) continue;
      const std::uint32_t output = pick_leftmost(self, text, blocks.begin() + i, blocks.output(i));
      if (output == 0) continue;
      found[count++] = i;
      from = i + a.outputs[output].length;
    }
    from = std::max(from, blocks.size());
  } else if (self.options.whole_words) {
    from = each_found(steps, from, blocks.size(), [&](std::size_t i) {
      const std::uint32_t output = pick_leftmost(self, text, blocks.begin() + i, blocks.output(i));
      if (output == 0) return i + 1;
      found[count++] = static_cast<std::uint32_t>(i);
      return i + a.outputs[output].length;
    });
  } else if (many) {
    count = list_found(steps, from, blocks.size(), found.data(),
                       [&](std::size_t i) { return std::size_t{a.outputs[picked(i)].length}; });
  } else {
    from = each_found(steps, from, blocks.size(), [&](std::size_t i) {
      found[count++] = static_cast<std::uint32_t>(i);
      const std::size_t on = steps[i] & 127;
      return i + (on == 127 ? a.outputs[picked(i)].length : on);
    });
  }
  many = count > blocks.size() / 16;
  cursor = blocks.begin() + from;
  return take(count);
}

/// take(blocks, found, count) for each block, for the leftmost kinds; false stops.
template <class Take>
bool leftmost(const Impl& self, std::string_view text, bool patient, Take take) {
  Blocks blocks(self, text, patient);
  std::vector<std::uint32_t> found;
  std::size_t cursor = 0;
  bool many = false;
  while (blocks.next()) {
    if (cursor >= blocks.begin() + blocks.size()) continue;
    found.resize(std::max(found.size(), blocks.size() + 1));
    const auto taken = [&](std::size_t count) { return take(blocks, found, count); };
    const bool go_on =
        self.automaton.dense
            ? leftmost_block(self, text, blocks, DenseSteps{blocks.values()}, many, cursor, found, taken)
            : leftmost_block(self, text, blocks, ListedSteps{blocks.steps()}, many, cursor, found, taken);
    if (!go_on) return false;
  }
  return true;
}

/// at(position, output) for each position where something ends (or starts, where the automaton reads backwards).
template <class At, class Done>
bool each_position(const Impl& self, std::string_view text, bool patient, At at, Done done) {
  Blocks blocks(self, text, patient);
  const auto next = [&](std::size_t i) {
    at(blocks.begin() + i, blocks.output(i));
    return i + 1;
  };
  while (blocks.next()) {
    if (blocks.listed()) {
      for (const std::uint32_t i : blocks.places()) next(i);
    } else if (self.automaton.dense) {
      each_found(DenseSteps{blocks.values()}, 0, blocks.size(), next);
    } else {
      each_found(ListedSteps{blocks.steps()}, 0, blocks.size(), next);
    }
    if (!done()) return false;
  }
  return true;
}

/// The longest output at the end of text[begin, end) alone.
std::uint32_t output_of(const Automaton& a, std::string_view text, std::size_t begin, std::size_t end) {
  std::uint32_t state = 0;
  for (std::size_t i = begin; i < end; ++i) state = a.next(state, static_cast<std::uint8_t>(text[i]));
  return a.output[state];
}

bool standard(const Impl& self, std::string_view text, bool patient, const Visit& visit) {
  const Automaton& a = self.automaton;
  std::vector<PatternMatch> matches;
  std::size_t from = 0;
  return each_position(
      self, text, patient,
      [&](std::size_t at, std::uint32_t output) {
        const std::uint32_t id = pick_standard(self, text, from, at + 1, output);
        if (id == 0) return;
        matches.push_back({a.outputs[id].pattern, at + 1 - a.outputs[id].length, at + 1});
        from = at + 1;
      },
      [&] {
        const bool go_on = matches.empty() || visit(matches);
        matches.clear();
        return go_on;
      });
}

/// take(output) for all that end (or start) at the position and pass whole_words, the longest first.
template <class Take>
void each_output(const Impl& self, std::string_view text, std::size_t at, std::uint32_t output, Take take) {
  const Automaton& a = self.automaton;
  if (!self.options.whole_words) {
    for (; output != 0; output = a.outputs[output].next) take(output);
    return;
  }
  const bool forward = a.direction == Direction::forward;
  const std::size_t near = forward ? at + 1 : at;
  if (!bound(text, near)) return;
  const std::size_t length = a.outputs[output].length;
  if (bound(text, forward ? near - length : near + length)) take(output);
  for (output = a.outputs[output].next_word; output != 0; output = a.outputs[output].next_word) take(output);
}

}  // namespace

std::uint32_t pick_standard(const Impl& self, std::string_view text, std::size_t from, std::size_t end,
                            std::uint32_t output) {
  const Automaton& a = self.automaton;
  const std::size_t room = end - from;
  const auto fits = [&](std::uint32_t id) { return id != 0 && a.outputs[id].length <= room; };
  if (!self.options.whole_words) {
    if (fits(output)) return output;
    // Too long, but a shorter one fits: what the automaton says when it starts behind the last match. All the bytes that
    // are read twice for it lie before this match, so they are read no third time.
    return fits(a.outputs[output].pick) ? output_of(a, text, from, end) : 0;
  }
  if (!bound(text, end)) return 0;
  const auto starts_word = [&](std::uint32_t id) { return bound(text, end - a.outputs[id].length); };
  if (!fits(output)) {
    if (!fits(a.outputs[output].pick_word)) return 0;
    output = output_of(a, text, from, end);
  }
  return starts_word(output) ? output : a.outputs[output].next_word;
}

void append_outputs(const Impl& self, std::string_view text, std::size_t at, std::uint32_t output,
                    std::vector<PatternMatch>& matches) {
  const bool forward = self.automaton.direction == Direction::forward;
  each_output(self, text, at, output, [&](std::uint32_t id) {
    const Output& found = self.automaton.outputs[id];
    const std::size_t start = forward ? at + 1 - found.length : at;
    matches.push_back({found.pattern, start, start + found.length});
    if (self.same.empty()) return;
    for (std::uint32_t p = self.same[found.pattern]; p != Automaton::kNone; p = self.same[p]) {
      matches.push_back({p, start, start + found.length});
    }
  });
}

std::uint32_t pick_leftmost(const Impl& self, std::string_view text, std::size_t at, std::uint32_t output) {
  const std::vector<Output>& outputs = self.automaton.outputs;
  if (!self.options.whole_words) return outputs[output].pick;
  if (output == 0 || !bound(text, at)) return 0;
  const std::uint32_t shorter = outputs[output].pick_word;
  if (!bound(text, at + outputs[output].length)) return shorter;
  if (self.options.match_kind == MatchKind::leftmost_longest || shorter == 0) return output;
  return outputs[shorter].pattern < outputs[output].pattern ? shorter : output;
}

bool search(const Impl& self, std::string_view text, bool patient, const Visit& visit) {
  if (self.options.match_kind == MatchKind::overlapping) return search_all(self, text, visit);
  if (self.options.match_kind == MatchKind::standard) return standard(self, text, patient, visit);
  const std::vector<Output>& outputs = self.automaton.outputs;
  std::vector<PatternMatch> matches;
  return leftmost(self, text, patient,
                  [&](const Blocks& blocks, const std::vector<std::uint32_t>& found, std::size_t count) {
                    if (count == 0) return true;
                    matches.resize(count);
                    for (std::size_t i = 0; i < count; ++i) {
                      const std::size_t start = blocks.begin() + found[i];
                      const Output& output = outputs[pick_leftmost(self, text, start, blocks.output(found[i]))];
                      matches[i] = {output.pattern, start, start + output.length};
                    }
                    return visit(matches);
                  });
}

bool search_all(const Impl& self, std::string_view text, const Visit& visit) {
  std::vector<PatternMatch> matches;
  bool go_on = true;
  each_position(
      self, text, false,
      [&](std::size_t at, std::uint32_t output) {
        if (!go_on) return;
        append_outputs(self, text, at, output, matches);
        if (matches.size() < 4096) return;
        go_on = visit(matches);
        matches.clear();
      },
      [&] {
        if (go_on && !matches.empty()) go_on = visit(matches);
        matches.clear();
        return go_on;
      });
  return go_on;
}

std::size_t search_count(const Impl& self, std::string_view text) {
  std::size_t total = 0;
  if (self.automaton.direction == Direction::backward) {
    leftmost(self, text, true, [&](const Blocks&, const std::vector<std::uint32_t>&, std::size_t count) {
      total += count;
      return true;
    });
    return total;
  }
  search(self, text, true, [&](std::span<const PatternMatch> matches) {
    total += matches.size();
    return true;
  });
  return total;
}

void search_patterns(const Impl& self, std::string_view text, std::vector<bool>& found) {
  const Automaton& a = self.automaton;
  std::vector<bool> taken(a.outputs.size()), whole(a.outputs.size());  // this one; this one and all behind it
  const bool forward = a.direction == Direction::forward;
  each_position(
      self, text, true,
      [&](std::size_t at, std::uint32_t output) {
        if (!self.options.whole_words) {
          for (; output != 0 && !taken[output]; output = a.outputs[output].next) taken[output] = true;
          return;
        }
        const std::size_t near = forward ? at + 1 : at;
        const std::size_t length = a.outputs[output].length;
        if (!bound(text, near)) return;
        if (bound(text, forward ? near - length : near + length)) taken[output] = true;
        for (output = a.outputs[output].next_word; output != 0 && !whole[output];
             output = a.outputs[output].next_word) {
          taken[output] = whole[output] = true;
        }
      },
      [] { return true; });
  for (std::size_t id = 1; id < taken.size(); ++id) {
    if (!taken[id]) continue;
    std::uint32_t p = a.outputs[id].pattern;
    found[p] = true;
    while (!self.same.empty() && (p = self.same[p]) != Automaton::kNone) found[p] = true;
  }
}

}  // namespace paritas::match
