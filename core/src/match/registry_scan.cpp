#include "match/registry_scan.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "paritas/text/utf8.hpp"
#include "paritas/text/word_points.hpp"

namespace paritas::registry {
namespace {

constexpr std::size_t kKeywordBytes = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Whether it stands anywhere in the text, without regard to ASCII case.
bool stands_in(std::string_view text, std::string_view keyword) {
  const auto found = std::search(text.begin(), text.end(), keyword.begin(), keyword.end(),
                                 [](char a, char b) { return lower(a) == lower(b); });
  return found != text.end();
}

bool has_keyword(std::string_view text, Span span, const std::vector<std::string>& keywords) {
  if (keywords.empty()) return true;
  const std::size_t first = span.start - std::min(span.start, kKeywordBytes);
  const std::string_view before = text.substr(first, span.start - first);
  const std::string_view after = text.substr(span.end, kKeywordBytes);
  return std::any_of(keywords.begin(), keywords.end(), [&](const std::string& keyword) {
    return stands_in(before, keyword) || stands_in(after, keyword);
  });
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

/// One pass over one text.
class Search {
 public:
  Search(const Compiled& compiled, std::string_view text, const Wanted& wanted, bool one)
      : compiled_(compiled), text_(text), wanted_(wanted), one_(one), states_(compiled.entries_.size()) {}

  std::vector<Found> run() {
    if (literals()) expressions();
    return std::move(found_);
  }

 private:
  // A window is where literals announce a match: a range in which every match around them lies whole, whatever the
  // expression does elsewhere. Ranges that touch become one, so each match lies in one alone, and the leftmost match that
  // begins in it is that of the whole text.
  struct State {
    std::size_t from = 0;  // no match may begin before the end of the last one
    std::size_t window_start = 0;
    std::size_t window_end = 0;
    bool announced = false;
  };

  /// False once the search can stop; so do the others.
  bool literals() {
    if (!compiled_.automaton_) return true;
    return compiled_.automaton_->each_overlapping(
        text_, [&](std::uint32_t pattern, std::size_t start, std::size_t end) {
          for (const auto& use : compiled_.uses_[pattern]) {
            if (wanted_[use.entry] && !occurrence(use.entry, use.literal, {start, end})) return false;
          }
          return true;
        });
  }

  bool occurrence(std::size_t at, std::size_t literal, Span span) {
    const Entry& entry = *compiled_.entries_[at];
    State& state = states_[at];
    if (compiled_.folds_ && !entry.folds && span.of(text_) != entry.literals[literal]) return true;
    if (entry.engine == nullptr) {
      if (span.start < state.from || (entry.definition->whole_words && !whole(span))) return true;
      state.from = span.end;
      return keep(at, span);
    }
    if (entry.window == 0) {
      state.announced = true;
      return true;
    }
    // The ends of occurrences ascend, and with them these starts; a window is searched once none can touch it any more.
    const std::size_t start = span.end - std::min(span.end, entry.window);
    const std::size_t end = std::min(span.start + entry.window, text_.size());
    if (state.announced && start > state.window_end && !matches(at, state.window_start, state.window_end)) return false;
    if (!state.announced || start > state.window_end) {
      state.window_start = start;
      state.window_end = end;
    }
    state.announced = true;
    state.window_end = std::max(state.window_end, end);
    return true;
  }

  void expressions() {
    for (std::size_t at = 0; at < states_.size(); ++at) {
      const State& state = states_[at];
      if (!state.announced) continue;
      const bool whole_text = compiled_.entries_[at]->window == 0;
      if (!matches(at, whole_text ? 0 : state.window_start, whole_text ? text_.size() : state.window_end)) return;
    }
    for (const std::size_t at : compiled_.unfiltered_) {
      if (wanted_[at] && !matches(at, 0, text_.size())) return;
    }
  }

  /// All matches of an expression in a range.
  bool matches(std::size_t at, std::size_t from, std::size_t to) {
    const Entry& entry = *compiled_.entries_[at];
    State& state = states_[at];
    from = std::max(from, state.from);
    while (to < text_.size() && continues(text_[to])) ++to;
    std::size_t bounds[4];
    while (from < to &&
           regex::engine_find(entry.engine.get(), text_.data(), text_.size(), from, to, entry.group, bounds)) {
      from = state.from = bounds[1];
      const Span span = entry.group == 0 ? Span{bounds[0], bounds[1]} : Span{bounds[2], bounds[3]};
      if (span.size() == 0 || (entry.definition->whole_words && !whole({bounds[0], bounds[1]}))) continue;
      if (!keep(at, span)) return false;
    }
    return true;
  }

  [[nodiscard]] bool whole(Span span) const {
    return is_word_boundary(text_, span.start) && is_word_boundary(text_, span.end);
  }

  bool keep(std::size_t at, Span span) {
    if (!has_keyword(text_, span, compiled_.entries_[at]->definition->keywords)) return true;
    found_.push_back({at, span});
    return !one_;
  }

  const Compiled& compiled_;
  std::string_view text_;
  const Wanted& wanted_;
  bool one_;
  std::vector<State> states_;
  std::vector<Found> found_;
};

Result<std::shared_ptr<const Compiled>> Compiled::build(std::vector<std::shared_ptr<const Entry>> entries) {
  auto out = std::make_shared<Compiled>();
  out->entries_ = std::move(entries);
  std::vector<std::string_view> literals;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t at = 0; at < out->entries_.size(); ++at) {
    const Entry& entry = *out->entries_[at];
    if (!entry.definition->enabled) continue;
    if (entry.literals.empty()) out->unfiltered_.push_back(at);
    for (std::size_t i = 0; i < entry.literals.size(); ++i) {
      out->folds_ = out->folds_ || entry.folds;
      const auto [place, fresh] = places.emplace(entry.literals[i], literals.size());
      if (fresh) {
        literals.push_back(entry.literals[i]);
        out->uses_.emplace_back();
      }
      out->uses_[place->second].push_back({at, i});
    }
  }
  if (literals.empty()) return std::shared_ptr<const Compiled>(std::move(out));
  AhoCorasickOptions options;
  options.match_kind = MatchKind::overlapping;
  options.case_insensitive = out->folds_ ? CaseFolding::unicode : CaseFolding::none;
  auto automaton = AhoCorasick::build(literals, options);
  if (!automaton.ok()) return automaton.error();
  out->automaton_ = std::move(automaton).value();
  return std::shared_ptr<const Compiled>(std::move(out));
}

std::vector<Found> Compiled::find(std::string_view text, const Wanted& wanted, bool one) const {
  return Search(*this, text, wanted, one).run();
}

void sort_hits(std::vector<Found>& hits) {
  std::sort(hits.begin(), hits.end(), [](const Found& a, const Found& b) {
    if (a.span.start != b.span.start) return a.span.start < b.span.start;
    return a.span.end != b.span.end ? a.span.end > b.span.end : a.entry < b.entry;
  });
}

void keep_longest(std::vector<Found>& hits) {
  std::size_t end = 0;
  const auto dropped = std::remove_if(hits.begin(), hits.end(), [&end](const Found& hit) {
    if (hit.span.start < end) return true;
    end = hit.span.end;
    return false;
  });
  hits.erase(dropped, hits.end());
}

void keep_priority(std::vector<Found>& hits, std::string_view text,
                   const std::vector<std::shared_ptr<const Entry>>& entries) {
  struct Ranked {
    Severity severity;
    std::size_t length;  // code points
    std::size_t at;
  };
  std::vector<Ranked> ranked;
  for (std::size_t at = 0; at < hits.size(); ++at) {
    const std::string_view match = hits[at].span.of(text);
    const auto length = match.size() - static_cast<std::size_t>(std::count_if(match.begin(), match.end(), continues));
    ranked.push_back({entries[hits[at].entry]->severity, length, at});
  }
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.length != b.length ? a.length > b.length : a.at < b.at;
  });
  std::set<std::pair<std::size_t, std::size_t>> taken;  // end, place: none overlaps another
  std::vector<Found> kept;
  for (const Ranked& item : ranked) {
    const Span span = hits[item.at].span;
    const auto next =
        taken.upper_bound({span.start, static_cast<std::size_t>(-1)});  // the first that ends behind the start
    if (next != taken.end() && hits[next->second].span.start < span.end) continue;
    taken.insert({span.end, item.at});
  }
  for (const auto& [end, at] : taken) kept.push_back(hits[at]);
  hits = std::move(kept);
}

}  // namespace paritas::registry
