#include "match/automaton.hpp"

#include <algorithm>
#include <string>

#include "paritas/text/word_points.hpp"

namespace paritas::match {
namespace {

// A dense table of this many entries: 8 MB, the states of some ten thousand words. Without one, the rows of the states
// that a text visits most take a quarter of it.
constexpr std::size_t kDenseEntries = std::size_t{1} << 21;
constexpr std::size_t kHotEntries = std::size_t{1} << 19;

struct Item {
  std::uint64_t key;  // the first eight bytes, so that sorting seldom reads the text
  std::uint32_t index;
};

class Builder {
 public:
  Builder(Automaton& out, std::span<const std::string_view> texts, const AhoCorasickOptions& options, bool with_outputs)
      : out_(out), texts_(texts), options_(options), with_outputs_(with_outputs) {}

  void run(std::vector<std::uint32_t>& same) {
    find_classes();
    sort(same);
    grow();
  }

 private:
  void find_classes() {
    bool used[256] = {};
    for (const std::string_view text : texts_) {
      out_.longest = std::max(out_.longest, text.size());
      for (const char byte : text) used[static_cast<unsigned char>(byte)] = true;
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (used[byte]) out_.class_of[byte] = static_cast<std::uint8_t>(out_.classes++);
    }
    if (options_.case_insensitive == CaseFolding::none) return;
    for (unsigned byte = 'A'; byte <= 'Z'; ++byte) out_.class_of[byte] = out_.class_of[byte + 32];
  }

  void sort(std::vector<std::uint32_t>& same) {
    std::size_t total = 0;
    for (const std::string_view text : texts_) total += text.size();
    bytes_.reserve(total);
    std::vector<std::size_t> starts;
    starts.reserve(texts_.size() + 1);
    for (const std::string_view text : texts_) {
      starts.push_back(bytes_.size());
      bytes_ += text;
      if (out_.direction == Direction::backward) {
        std::reverse(bytes_.end() - static_cast<std::ptrdiff_t>(text.size()), bytes_.end());
      }
    }
    starts.push_back(bytes_.size());
    const auto text_of = [&](std::uint32_t index) {
      return std::string_view(bytes_).substr(starts[index], starts[index + 1] - starts[index]);
    };
    std::vector<Item> items(texts_.size());
    for (std::uint32_t i = 0; i < items.size(); ++i) {
      const std::string_view text = text_of(i);
      std::uint64_t key = 0;
      for (std::size_t at = 0; at < 8; ++at) {
        key = key << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0u);
      }
      items[i] = {key, i};
    }
    std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
      if (a.key != b.key) return a.key < b.key;
      const int order = text_of(a.index).compare(text_of(b.index));
      return order != 0 ? order < 0 : a.index < b.index;
    });
    sorted_.reserve(items.size());
    for (const Item& item : items) {
      const std::string_view text = text_of(item.index);
      if (!sorted_.empty() && sorted_.back() == text) {
        if (same.empty()) same.assign(texts_.size(), Automaton::kNone);
        same[last_] = item.index;
      } else {
        sorted_.push_back(text);
        index_.push_back(item.index);
      }
      last_ = item.index;
    }
  }

  // Level by level: a state is the range of sorted patterns that begin with its text.
  void grow() {
    struct Range {
      std::uint32_t low, high;
    };
    std::vector<Range> level{{0, static_cast<std::uint32_t>(sorted_.size())}}, below;
    out_.label.push_back(0);
    out_.fail.push_back(0);
    if (with_outputs_) out_.outputs.push_back({});
    std::uint32_t state = 0;
    for (std::size_t depth = 0; !level.empty(); ++depth) {
      below.clear();
      for (Range range : level) {
        out_.first.push_back(out_.states());
        if (range.low < range.high && sorted_[range.low].size() == depth) {
          end_here(state, range.low++);
        } else if (with_outputs_) {
          out_.output.push_back(state == 0 ? 0 : out_.output[out_.fail[state]]);
        }
        if (!with_outputs_) out_.depth.push_back(static_cast<std::uint32_t>(depth));
        while (range.low < range.high) {
          const char byte = sorted_[range.low][depth];
          std::uint32_t end = range.low + 1;
          while (end < range.high && sorted_[end][depth] == byte) ++end;
          add_child(state, out_.class_of[static_cast<unsigned char>(byte)]);
          below.push_back({range.low, end});
          range.low = end;
        }
        ++state;
      }
      level.swap(below);
    }
    out_.first.push_back(out_.states());
  }

  void end_here(std::uint32_t state, std::uint32_t place) {
    if (!with_outputs_) return;
    const std::string_view text = texts_[index_[place]];
    Output output{index_[place],
                  static_cast<std::uint32_t>(text.size()),
                  out_.output.empty() ? 0 : out_.output[out_.fail[state]],
                  0,
                  0,
                  0};
    const auto id = static_cast<std::uint32_t>(out_.outputs.size());
    const std::vector<Output>& others = out_.outputs;
    if (options_.whole_words && output.next != 0) {
      const std::size_t length = others[output.next].length;
      const std::size_t border = out_.direction == Direction::backward ? length : text.size() - length;
      output.next_word = is_word_boundary(text, border) ? output.next : others[output.next].next_word;
    }
    output.pick = id;
    output.pick_word = output.next_word;
    if (options_.match_kind == MatchKind::standard) {
      if (output.next != 0) output.pick = others[output.next].pick;
      if (output.next_word != 0 && others[output.next_word].pick_word != 0) {
        output.pick_word = others[output.next_word].pick_word;
      }
    } else if (options_.match_kind == MatchKind::leftmost_first) {
      const auto lower = [&](std::uint32_t a, std::uint32_t b) {
        return others[a].pattern < others[b].pattern ? a : b;
      };
      if (output.next != 0 && others[others[output.next].pick].pattern < output.pattern) {
        output.pick = others[output.next].pick;
      }
      if (output.next_word != 0 && others[output.next_word].pick_word != 0) {
        output.pick_word = lower(output.next_word, others[output.next_word].pick_word);
      }
    }
    out_.outputs.push_back(output);
    out_.output.push_back(id);
  }

  void add_child(std::uint32_t parent, std::uint8_t label) {
    const std::uint32_t child = out_.states();
    std::uint32_t target = 0;
    if (parent == 0) {
      from_root_[label] = child;
    } else {
      for (std::uint32_t at = out_.fail[parent];; at = out_.fail[at]) {
        if (at == 0) {
          target = from_root_[label];
          break;
        }
        target = out_.child(at, label);
        if (target != 0) break;
      }
    }
    out_.label.push_back(label);
    out_.fail.push_back(target);
  }

  Automaton& out_;
  std::span<const std::string_view> texts_;
  const AhoCorasickOptions& options_;
  bool with_outputs_;
  std::string bytes_;  // the texts in the direction of reading
  std::vector<std::string_view> sorted_;
  std::vector<std::uint32_t> index_;  // of sorted_
  std::uint32_t last_ = 0;
  std::uint32_t from_root_[256] = {};
};

void fill_steps(Automaton& a, bool whole_words) {
  a.step.resize(a.states());
  for (std::uint32_t state = 0; state < a.states(); ++state) {
    const Output& longest = a.outputs[a.output[state]];
    const std::uint32_t length = whole_words ? longest.length : a.outputs[longest.pick].length;
    a.step[state] = static_cast<std::uint8_t>(a.output[state] == 0 ? 1u : 128u | std::min(length, 127u));
  }
}

void fill_table(Automaton& a, MatchEngine engine) {
  const std::size_t states = a.states();
  a.dense = engine != MatchEngine::contiguous && states * a.classes <= kDenseEntries;
  const std::size_t hot = engine == MatchEngine::contiguous ? states / 4 : kHotEntries / a.classes;
  a.rows = static_cast<std::uint32_t>(a.dense ? states : std::clamp<std::size_t>(hot, 1, states));
  a.reciprocal = ((std::uint64_t{1} << 40) + a.classes - 1) / a.classes;
  a.table.resize(std::size_t{a.rows} * a.classes);
  for (std::uint32_t state = 0; state < a.rows; ++state) {
    std::uint32_t* row = a.table.data() + std::size_t{state} * a.classes;
    // A shorter state has a lower number, so the row of `fail` is there.
    if (state != 0) std::copy_n(a.table.data() + std::size_t{a.fail[state]} * a.classes, a.classes, row);
    for (std::uint32_t child = a.first[state]; child < a.first[state + 1]; ++child) row[a.label[child]] = child;
  }
  if (!a.dense) return;
  for (std::uint32_t& entry : a.table) {
    entry = static_cast<std::uint32_t>(entry * a.classes << 8 | (a.step.empty() ? 1u : a.step[entry]));
  }
}

}  // namespace

std::uint32_t Automaton::child(std::uint32_t state, std::uint8_t wanted) const noexcept {
  const std::uint32_t begin = first[state], end = first[state + 1];
  if (end - begin <= 8) {
    for (std::uint32_t at = begin; at < end; ++at) {
      if (label[at] == wanted) return at;
    }
    return 0;
  }
  const std::uint8_t *const from = label.data() + begin, *const to = label.data() + end;
  const std::uint8_t* const found = std::lower_bound(from, to, wanted);
  return found != to && *found == wanted ? static_cast<std::uint32_t>(found - label.data()) : 0;
}

std::uint32_t Automaton::next(std::uint32_t state, std::uint8_t byte) const noexcept {
  const std::uint8_t wanted = class_of[byte];
  while (state >= rows) {
    const std::uint32_t found = child(state, wanted);
    if (found != 0) return found;
    state = fail[state];
  }
  const std::uint32_t entry = table[std::size_t{state} * classes + wanted];
  return state_of(entry);
}

std::size_t Automaton::memory_bytes() const noexcept {
  const auto size = [](const auto& items) { return items.capacity() * sizeof items[0]; };
  return sizeof *this + size(first) + size(label) + size(fail) + size(output) + size(step) + size(outputs) +
         size(depth) + size(table);
}

Automaton build_automaton(std::span<const std::string_view> texts, Direction direction,
                          const AhoCorasickOptions& options, MatchEngine engine, bool with_outputs,
                          std::vector<std::uint32_t>& same) {
  Automaton out;
  out.direction = direction;
  Builder(out, texts, options, with_outputs).run(same);
  if (with_outputs) fill_steps(out, options.whole_words);
  fill_table(out, engine);
  const auto fit = [](auto& items) { items.shrink_to_fit(); };
  fit(out.first), fit(out.label), fit(out.fail), fit(out.output), fit(out.outputs), fit(out.depth);
  return out;
}

}  // namespace paritas::match
