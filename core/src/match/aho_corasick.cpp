#include "paritas/match/aho_corasick.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "match/aho_corasick_impl.hpp"
#include "match/match_stream_impl.hpp"
#include "match/native_offsets.hpp"
#include "match/search.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

using match::PreparedText;

constexpr std::size_t kMostPatterns = std::size_t{1} << 24;
constexpr std::size_t kMostBytes = std::size_t{1} << 28;
constexpr std::string_view kKinds[] = {"standard", "leftmost_first", "leftmost_longest", "overlapping"};
constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

bool is_leftmost(MatchKind kind) { return kind == MatchKind::leftmost_first || kind == MatchKind::leftmost_longest; }

void count_units(AhoCorasick::Impl& self) {
  if (match::is_ascii(self.bytes)) return;
  const std::size_t patterns = self.starts.size() - 1;
  self.codepoints.resize(patterns);
  self.units.resize(patterns);
  for (std::size_t i = 0; i < patterns; ++i) {
    const std::string_view pattern = self.pattern(i);
    for (std::size_t at = 0; at < pattern.size();) {
      const Decoded next = decode_utf8(pattern, at);
      at += next.bytes;
      ++self.codepoints[i];
      self.units[i] += next.code_point > 0xFFFF ? 2 : 1;
    }
  }
}

std::vector<std::string_view> views(const std::string& bytes, const std::vector<std::uint32_t>& starts) {
  std::vector<std::string_view> out(starts.size() - 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = std::string_view(bytes).substr(starts[i], starts[i + 1] - starts[i]);
  }
  return out;
}

/// The patterns as the automaton reads them.
struct Prepared {
  std::string bytes;
  std::vector<std::uint32_t> starts;
};
Prepared prepare(const AhoCorasick::Impl& self) {
  Prepared out;
  out.bytes.reserve(self.bytes.size());
  const CaseFolding folding = self.options.case_insensitive;
  for (std::size_t i = 0; i + 1 < self.starts.size(); ++i) {
    out.starts.push_back(static_cast<std::uint32_t>(out.bytes.size()));
    match::append_prepared(out.bytes, self.pattern(i), folding == CaseFolding::ascii, folding == CaseFolding::unicode);
  }
  out.starts.push_back(static_cast<std::uint32_t>(out.bytes.size()));
  return out;
}

/// Offsets of the original text in the unit, from those of the prepared one; the ends ascend.
class Converter {
 public:
  Converter(const AhoCorasick::Impl& self, std::string_view text, const PreparedText& prepared, OffsetUnit unit)
      : self_(self),
        prepared_(prepared),
        cursor_(text, unit),
        unit_(unit == OffsetUnit::byte || match::is_ascii(text) ? OffsetUnit::byte : unit) {}
  void operator()(std::span<PatternMatch> matches) {
    if (unit_ == OffsetUnit::byte) {
      if (!prepared_.shifted()) return;
      for (PatternMatch& match : matches) {
        match.start = prepared_.original(match.start);
        match.end = prepared_.original(match.end);
      }
      return;
    }
    // Folding keeps the number of code points and of units, so the end tells the start.
    const auto& lengths = unit_ == OffsetUnit::codepoint ? self_.codepoints : self_.units;
    for (PatternMatch& match : matches) {
      const std::size_t length = lengths.empty() ? match.end - match.start : lengths[match.pattern];
      match.end = cursor_.advance(prepared_.shifted() ? prepared_.original(match.end) : match.end);
      match.start = match.end - length;
    }
  }

 private:
  const AhoCorasick::Impl& self_;
  const PreparedText& prepared_;
  match::UnitCursor cursor_;
  OffsetUnit unit_;
};

template <class Item, class Make>
Result<std::vector<Item>> for_each(std::span<const std::string_view> texts, std::int64_t threads, Make make) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  std::vector<Item> out(texts.size());
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = static_cast<Item>(make(texts[i]));
  });
  return out;
}

template <class Replacement>
std::string replaced(const AhoCorasick& self, std::string_view text, Replacement replacement) {
  std::string out;
  std::size_t from = 0;
  for (const PatternMatch& match : self.find_all(text)) {
    out += text.substr(from, match.start - from);
    out += replacement(match);
    from = match.end;
  }
  out += text.substr(from);
  return out;
}

}  // namespace

Result<MatchKind> match_kind_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (name == kKinds[i]) return static_cast<MatchKind>(i);
  }
  return Error{
      ErrorCode::invalid_argument,
      "match_kind must be standard, leftmost_first, leftmost_longest or overlapping, not " + std::string(name)};
}
std::string_view name(MatchKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

Result<CaseFolding> case_folding_of(std::string_view name) {
  if (name == "ascii") return CaseFolding::ascii;
  if (name == "unicode") return CaseFolding::unicode;
  return Error{ErrorCode::invalid_argument,
               "case_insensitive must be a bool, ascii or unicode, not " + std::string(name)};
}
std::string_view name(CaseFolding folding) noexcept {
  return folding == CaseFolding::none ? "none" : folding == CaseFolding::ascii ? "ascii" : "unicode";
}

Result<AhoCorasick> AhoCorasick::build(std::span<const std::string_view> patterns, const AhoCorasickOptions& options,
                                       MatchEngine engine) {
  if (patterns.size() > kMostPatterns) {
    return Error{ErrorCode::limit_exceeded, "there must be at most 2^24 patterns", kMostPatterns};
  }
  auto impl = std::make_shared<Impl>();
  impl->options = options;
  std::size_t total = 0;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].empty()) {
      return Error{ErrorCode::pattern_empty, "pattern " + std::to_string(i) + " is empty: leave it out", i};
    }
    total += patterns[i].size();
    if (total > kMostBytes) {
      return Error{ErrorCode::limit_exceeded, "all patterns together must have at most 2^28 bytes", i};
    }
  }
  impl->bytes.reserve(total);
  impl->starts.reserve(patterns.size() + 1);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    impl->starts.push_back(static_cast<std::uint32_t>(impl->bytes.size()));
    if (match::is_ascii(patterns[i])) {
      impl->bytes += patterns[i];
    } else {
      match::append_prepared(impl->bytes, patterns[i], false, false);
      if (impl->bytes.size() > kMostBytes) {  // a stray byte takes three as U+FFFD
        return Error{ErrorCode::limit_exceeded, "all patterns together must have at most 2^28 bytes", i};
      }
    }
  }
  impl->starts.push_back(static_cast<std::uint32_t>(impl->bytes.size()));
  impl->clean = impl->bytes.find(kReplacementBytes) != std::string::npos;
  count_units(*impl);
  const Prepared prepared = prepare(*impl);
  const auto direction = is_leftmost(options.match_kind) ? match::Direction::backward : match::Direction::forward;
  const auto texts = views(prepared.bytes, prepared.starts);
  impl->automaton = match::build_automaton(texts, direction, options, engine, true, impl->same);
  const bool fits =
      !texts.empty() && texts.size() <= match::Fingerprints::kMostPatterns &&
      impl->automaton.longest <= match::Fingerprints::kLongest && impl->automaton.dense &&
      std::none_of(texts.begin(), texts.end(), [](std::string_view pattern) { return pattern.size() < 2; });
  if (fits && (engine == MatchEngine::automatic || engine == MatchEngine::prefilter)) {
    impl->fingerprints = std::make_unique<match::Fingerprints>(texts, options.case_insensitive != CaseFolding::none);
  }
  return AhoCorasick(std::move(impl));
}

const match::Automaton& AhoCorasick::Impl::made_to_look_ahead() const {
  std::call_once(made_ahead, [&] {
    const Prepared prepared = prepare(*this);
    std::vector<std::uint32_t> unused;
    ahead = match::build_automaton(views(prepared.bytes, prepared.starts), match::Direction::forward, options,
                                   automaton.dense ? MatchEngine::dense : MatchEngine::contiguous, false, unused);
  });
  return ahead;
}

std::vector<PatternMatch> AhoCorasick::find_all(std::string_view text, OffsetUnit unit) const {
  const PreparedText prepared = impl_->prepared(text);
  std::vector<PatternMatch> out;
  match::search(*impl_, prepared.view(), true, [&](std::span<const PatternMatch> matches) {
    if (out.size() + matches.size() > out.capacity()) {
      // What is left of the text will hold about as much as what was read.
      const std::uint64_t more =
          std::uint64_t{out.size() + matches.size()} * prepared.view().size() / matches.back().end;
      out.reserve(out.size() + matches.size() +
                  static_cast<std::size_t>(std::min<std::uint64_t>(more, 8 * out.capacity())));
    }
    out.insert(out.end(), matches.begin(), matches.end());
    return true;
  });
  Converter(*impl_, text, prepared, unit)(out);
  return out;
}

Result<std::vector<std::vector<PatternMatch>>> AhoCorasick::find_all_batch(std::span<const std::string_view> texts,
                                                                           OffsetUnit unit,
                                                                           std::int64_t threads) const {
  return for_each<std::vector<PatternMatch>>(texts, threads,
                                             [&](std::string_view text) { return find_all(text, unit); });
}

bool AhoCorasick::find_first(std::string_view text, PatternMatch& match, OffsetUnit unit) const {
  const PreparedText prepared = impl_->prepared(text);
  const bool none = match::search(*impl_, prepared.view(), false, [&](std::span<const PatternMatch> matches) {
    match = matches.front();
    return false;
  });
  if (none) return false;
  Converter(*impl_, text, prepared, unit)({&match, 1});
  return true;
}

bool AhoCorasick::contains(std::string_view text) const {
  PatternMatch match;
  return find_first(text, match);
}

std::size_t AhoCorasick::count(std::string_view text) const {
  return match::search_count(*impl_, impl_->prepared(text).view());
}

Result<std::vector<bool>> AhoCorasick::contains_batch(std::span<const std::string_view> texts,
                                                      std::int64_t threads) const {
  // The bits of a vector<bool> are no places of their own.
  auto found = for_each<std::uint8_t>(texts, threads, [&](std::string_view text) { return contains(text) ? 1 : 0; });
  if (!found.ok()) return found.error();
  return std::vector<bool>(found.value().begin(), found.value().end());
}

Result<std::vector<std::size_t>> AhoCorasick::count_batch(std::span<const std::string_view> texts,
                                                          std::int64_t threads) const {
  return for_each<std::size_t>(texts, threads, [&](std::string_view text) { return count(text); });
}

std::vector<std::size_t> AhoCorasick::count_by_pattern(std::string_view text) const {
  std::vector<std::size_t> out(pattern_count());
  match::search(*impl_, impl_->prepared(text).view(), true, [&](std::span<const PatternMatch> matches) {
    for (const PatternMatch& match : matches) ++out[match.pattern];
    return true;
  });
  return out;
}

std::vector<std::uint32_t> AhoCorasick::matched_patterns(std::string_view text) const {
  std::vector<bool> found(pattern_count());
  match::search_patterns(*impl_, impl_->prepared(text).view(), found);
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    if (found[i]) out.push_back(i);
  }
  return out;
}

Result<bool> AhoCorasick::replaceable() const {
  if (impl_->options.match_kind != MatchKind::overlapping) return true;
  return Error{ErrorCode::kind_unsupported,
               "replace_all needs matches that do not overlap: build with another match_kind than overlapping"};
}

Result<std::string> AhoCorasick::replace_all(std::string_view text, std::string_view replacement) const {
  if (auto can = replaceable(); !can.ok()) return can.error();
  return replaced(*this, text, [&](const PatternMatch&) { return replacement; });
}

Result<std::string> AhoCorasick::replace_all(std::string_view text,
                                             std::span<const std::string_view> replacements) const {
  if (auto can = replaceable(); !can.ok()) return can.error();
  if (replacements.size() != pattern_count()) {
    return Error{ErrorCode::length_mismatch, std::to_string(replacements.size()) + " replacements for " +
                                                 std::to_string(pattern_count()) + " patterns: give one for each"};
  }
  return replaced(*this, text, [&](const PatternMatch& match) { return replacements[match.pattern]; });
}

std::string AhoCorasick::replace_each(std::string_view text, std::span<const std::string> replacements) const {
  std::size_t next = 0;
  return replaced(*this, text, [&](const PatternMatch&) -> std::string_view {
    return next < replacements.size() ? std::string_view(replacements[next++]) : std::string_view();
  });
}

bool AhoCorasick::visit_batches(std::string_view text,
                                const std::function<bool(std::span<const PatternMatch>)>& visit) const {
  const PreparedText prepared = impl_->prepared(text);
  if (!prepared.shifted()) return match::search_all(*impl_, prepared.view(), visit);
  std::vector<PatternMatch> moved;
  Converter convert(*impl_, text, prepared, OffsetUnit::byte);
  return match::search_all(*impl_, prepared.view(), [&](std::span<const PatternMatch> matches) {
    moved.assign(matches.begin(), matches.end());
    convert(moved);
    return visit(moved);
  });
}

MatchStream AhoCorasick::stream(OffsetUnit unit) const {
  return MatchStream(std::make_unique<MatchStream::Impl>(impl_, unit));
}

std::size_t AhoCorasick::pattern_count() const noexcept { return impl_->starts.size() - 1; }
std::string_view AhoCorasick::pattern(std::size_t index) const { return impl_->pattern(index); }
const AhoCorasickOptions& AhoCorasick::options() const noexcept { return impl_->options; }

std::size_t AhoCorasick::memory_bytes() const noexcept {
  const auto size = [](const auto& items) { return items.capacity() * sizeof items[0]; };
  return sizeof *impl_ + impl_->bytes.capacity() + size(impl_->starts) + size(impl_->codepoints) + size(impl_->units) +
         size(impl_->same) + impl_->automaton.memory_bytes();
}

std::string_view AhoCorasick::engine() const noexcept {
  return impl_->fingerprints != nullptr ? "prefilter" : impl_->automaton.dense ? "dense" : "contiguous";
}

}  // namespace paritas
