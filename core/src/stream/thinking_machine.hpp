#pragma once
#include <cstddef>
#include <string_view>
#include <utility>

#include "paritas/match/thinking_markers.hpp"
#include "paritas/text/code_regions.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "text/byte_scan.hpp"

namespace paritas {

/// The rules by which markers act.
struct ThinkingRules {
  bool start_in_thinking = false, nesting = false, keep_orphans = false, respect_code = true, trim_after = false;
};

/// Reads a text once, and tells a sink of each part what it is. The text may come in pieces that end with a code point.
///
/// A sink has text(bool thinking, std::string_view), and opened, closed, orphan and channel, each with the marker's span in the
/// text that is read.
class ThinkingMachine {
 public:
  ThinkingMachine(MarkerTable table, ThinkingRules rules) : table_(std::move(table)), rules_(rules) {
    for (const char byte : table_.first_bytes()) first_.add(static_cast<unsigned char>(byte));
    triggers_ = first_;
    if (rules_.respect_code) {
      triggers_.add('`');
      triggers_.add('~');
    }
    reset();
  }

  void reset() {
    state_ = {};
    fence_ = {};
    state_.depth = rules_.start_in_thinking ? 1 : 0;
    state_.thoughts = state_.depth;
  }

  [[nodiscard]] bool thinking() const noexcept { return state_.depth > 0; }
  [[nodiscard]] std::uint64_t thoughts() const noexcept { return state_.thoughts; }
  [[nodiscard]] std::uint64_t orphans() const noexcept { return state_.orphans; }

  /// Up to where it is decided; the caller brings the rest again, with what follows it. final: nothing follows.
  template <class Sink>
  std::size_t read(std::string_view text, bool final, Sink& sink) {
    std::size_t at = 0;    // what is before it has been looked at
    std::size_t from = 0;  // what is before it has been told
    std::size_t line_end = 0;
    while (at < text.size()) {
      const bool in_answer = state_.depth == 0;
      if (in_answer && rules_.respect_code && fence_.open()) {  // nothing in it acts
        const std::size_t used = fence_.advance(text.substr(at));
        sink.text(false, text.substr(at, used));
        from = at += used;
        continue;
      }
      std::size_t stop = text.size();
      if (in_answer && fence_.opening()) {  // the end of this line opens the fence
        if (line_end <= at) {
          const std::size_t end = text.find('\n', at);
          line_end = end == std::string_view::npos ? stop : end + 1;
        }
        stop = line_end;
      }
      at = (in_answer ? triggers_ : first_).find(text, at, stop);
      if (at == stop) {
        tell(text.substr(from, at - from), true, sink);
        from = at;
        continue;
      }
      MarkerMatch found;
      if (first_.has(text[at])) found = table_.match(text, at, final, state_.header_seen);
      std::size_t end = at + found.bytes;
      bool acts = found.kind == MarkerMatch::Kind::found;
      bool waits = found.kind == MarkerMatch::Kind::more;
      if (acts && rules_.respect_code && (at > 0 ? text[at - 1] == '`' : state_.behind_backtick)) {
        waits = end == text.size() && !final;
        acts = end == text.size() || text[end] != '`';  // between backticks it is talked about
      }
      if (waits) break;
      if (acts) {
        tell(text.substr(from, at - from), true, sink);
        act(text, {at, end}, found.id, sink);
        from = end;
      } else if (found.kind == MarkerMatch::Kind::none) {
        end = at + 1;
      }
      if (!acts && in_answer && rules_.respect_code && may_be_code(text, at, end)) {
        const char run = text[at];
        // A run is read as one, unless a marker of the caller's may begin within it.
        while (found.kind == MarkerMatch::Kind::none && end < stop && text[end] == run && !first_.has(run)) ++end;
        tell(text.substr(from, at - from), true, sink);
        tell(text.substr(at, end - at), false, sink);
        from = end;
      }
      at = end;
    }
    tell(text.substr(from, at - from), true, sink);
    if (at > 0) state_.behind_backtick = text[at - 1] == '`';
    return at;
  }

 private:
  struct State {
    std::uint64_t depth = 0, thoughts = 0, orphans = 0;
    bool header_seen = false, trimming = false, behind_backtick = false;
  };

  static bool may_be_code(std::string_view text, std::size_t at, std::size_t end) noexcept {
    return text.substr(at, end - at).find_first_of("`~") != std::string_view::npos;
  }

  /// Text of the current kind; plain: without backticks and tildes.
  template <class Sink>
  void tell(std::string_view text, bool plain, Sink& sink) {
    if (state_.depth == 0) {
      while (state_.trimming && !text.empty()) {
        const Decoded next = decode_utf8(text, 0);
        state_.trimming = text_class(next.code_point) == TextClass::space;
        if (state_.trimming) text.remove_prefix(next.bytes);
      }
      if (rules_.respect_code) plain ? fence_.feed_plain(text) : fence_.feed(text);
    }
    if (!text.empty()) sink.text(state_.depth > 0, text);
  }

  template <class Sink>
  void act(std::string_view text, Span span, std::uint32_t id, Sink& sink) {
    const std::string_view marker = span.of(text);
    const ThinkingMarker told{span, id};
    if (id == kChannelMarker || id == kFinalChannelMarker) state_.header_seen = true;
    if (told.opens()) {
      if (state_.depth == 0) {
        state_.depth = 1;
        ++state_.thoughts;
        sink.opened(told);
        return;
      }
      tell(marker, false, sink);
      if (rules_.nesting) ++state_.depth;
    } else if (state_.depth > 1) {
      tell(marker, false, sink);
      --state_.depth;
    } else if (state_.depth == 1) {
      state_.depth = 0;
      state_.trimming = rules_.trim_after;
      sink.closed(told);
    } else if (id == kFinalChannelMarker) {
      sink.channel(told);  // the answer's own header, and the end of its message: no thought is missing
    } else {
      ++state_.orphans;
      if (rules_.keep_orphans) {
        tell(marker, false, sink);
      } else {
        sink.orphan(told);
      }
    }
  }

  MarkerTable table_;
  ThinkingRules rules_;
  ByteSet first_, triggers_;
  State state_;
  FenceTracker fence_;
};

}  // namespace paritas
