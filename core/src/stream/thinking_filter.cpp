#include "paritas/stream/thinking_filter.hpp"

#include <algorithm>
#include <limits>

#include "paritas/text/utf8.hpp"
#include "thinking_machine.hpp"

namespace paritas {
namespace {

/// The segments of one call: text of one kind that lies together is one view, and is put together where it does not.
class Segments {
 public:
  void clear() {
    parts_.clear();
    joined_.clear();
  }
  void add(bool thinking, std::string_view text) {
    if (text.empty()) return;
    if (parts_.empty() || parts_.back().thinking != thinking) {
      parts_.push_back({thinking, false, text.data(), 0, text.size()});
      return;
    }
    Part& last = parts_.back();
    if (!last.joined && last.data + last.size == text.data()) {
      last.size += text.size();
      return;
    }
    if (!last.joined) {
      last.joined = true;
      last.offset = joined_.size();
      joined_.append(last.data, last.size);
    }
    joined_.append(text);
    last.size += text.size();
  }
  /// Views into the text that was read and into this.
  std::span<const FilterSegment> out() {
    views_.clear();
    for (const Part& part : parts_) {
      const char* data = part.joined ? joined_.data() + part.offset : part.data;
      views_.push_back({part.thinking, {data, part.size}});
    }
    return views_;
  }

 private:
  struct Part {
    bool thinking, joined;
    const char* data;
    std::size_t offset, size;
  };
  std::vector<Part> parts_;
  std::string joined_;
  std::vector<FilterSegment> views_;
};

/// The bytes at the end of a text that begin a code point and do not end it.
std::size_t unfinished(std::string_view text) noexcept {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    // A lead: whether more bytes could still make it whole says the decoder, which takes all of them for one subpart.
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return length > back && decode_utf8(text, text.size() - back).bytes == back && byte >= 0xC2 && byte <= 0xF4 ? back
                                                                                                                : 0;
  }
  return 0;
}

bool well_formed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Decoded next = decode_utf8(text, at);
    if (next.code_point == kReplacement && text.substr(at, 3) != "\xEF\xBF\xBD") return false;
    at += next.bytes;
  }
  return true;
}

void append_well_formed(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    append_utf8(out, next.code_point);
    at += next.bytes;
  }
}

}  // namespace

Result<OrphanClose> orphan_close(std::string_view word, bool whole_text) {
  if (word == "drop") return OrphanClose::drop;
  if (word == "text") return OrphanClose::text;
  if (word == "thinking" && whole_text) return OrphanClose::thinking;
  const char* known = whole_text ? R"(orphan_close must be "thinking", "drop" or "text")"  //
                                 : R"(orphan_close must be "drop" or "text")";
  return Error{ErrorCode::invalid_argument, known};
}

struct ThinkingFilter::Impl {
  Impl(bool suppressed, std::int64_t limit, ThinkingMachine made)
      : suppress(suppressed), most(static_cast<std::uint64_t>(limit)), machine(std::move(made)) {}

  // ---- what the machine tells

  void text(bool thinking, std::string_view part) {
    const std::size_t points = ascii ? part.size() : part.size() - count_bytes(part).continuations;
    if (!thinking) {
      stats.answer_length += points;
      segments.add(false, part);
      return;
    }
    const std::uint64_t room = most == 0 ? std::numeric_limits<std::uint64_t>::max() : most - stats.thinking_length;
    if (points <= room) {
      stats.thinking_length += points;
    } else {
      stats.thinking_dropped += points - room;
      stats.thinking_length += room;
      part = part.substr(0, bytes_of(part, static_cast<std::size_t>(room)));
    }
    if (!suppress) segments.add(true, part);
  }
  void opened(const ThinkingMarker&) { entering = true; }
  void closed(const ThinkingMarker&) { exiting = true; }
  void orphan(const ThinkingMarker&) {}
  void channel(const ThinkingMarker&) {}

  // ---- pieces

  [[nodiscard]] std::size_t bytes_of(std::string_view part, std::size_t points) const noexcept {
    if (ascii) return points;
    std::size_t at = 0;
    while (points-- > 0) at += decode_utf8(part, at).bytes;
    return at;
  }

  /// chunk: well-formed, or the reader has made it so.
  Result<FilterResult> read(std::string_view chunk, bool final) {
    segments.clear();
    entering = exiting = false;
    std::string_view all = chunk;
    if (!held.empty()) {
      joined.assign(held).append(chunk);
      all = joined;
    }
    ascii = count_bytes(all).ascii;
    const std::size_t read = machine.read(all, final, *this);
    if (read < all.size() || !held.empty()) held.assign(all.substr(read));
    finished = final;
    return FilterResult{segments.out(), machine.thinking(), entering, exiting};
  }

  /// Any bytes: what is cut off within a code point waits, what is ill-formed is replaced.
  Result<FilterResult> read_any(std::string_view chunk, bool final) {
    std::string_view all = chunk;
    if (!cut.empty()) {
      cut.append(chunk);
      whole.swap(cut);
      all = whole;
    }
    const std::size_t rest = final ? 0 : unfinished(all);
    cut.assign(all.substr(all.size() - rest));
    all.remove_suffix(rest);
    if (!count_bytes(all).ascii && !well_formed(all)) {
      mended.clear();
      append_well_formed(mended, all);
      all = mended;
    }
    return read(all, final);
  }

  bool suppress;
  std::uint64_t most;
  ThinkingMachine machine;
  Segments segments;
  FilterStats stats;
  std::string held;                   // may become a marker
  std::string cut;                    // begins a code point
  std::string joined, whole, mended;  // what a result may refer to
  bool ascii = true, entering = false, exiting = false, finished = false;
};

namespace {

Error after_end() { return {ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"}; }

}  // namespace

ThinkingFilter::ThinkingFilter(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
ThinkingFilter::ThinkingFilter(ThinkingFilter&&) noexcept = default;
ThinkingFilter& ThinkingFilter::operator=(ThinkingFilter&&) noexcept = default;
ThinkingFilter::~ThinkingFilter() = default;

Result<ThinkingFilter> ThinkingFilter::create(ThinkingFilterOptions options) {
  auto table = MarkerTable::create(options.markers, options.default_markers);
  if (!table.ok()) return table.error();
  if (options.max_thinking_content < 0) {
    return Error{ErrorCode::invalid_argument, "max_thinking_content must be at least 0"};
  }
  if (options.orphan_close == OrphanClose::thinking) return orphan_close("").error();
  const ThinkingRules rules{options.start_in_thinking, options.nesting, options.orphan_close == OrphanClose::text,
                            options.respect_code, options.trim_after};
  ThinkingMachine machine(std::move(table).value(), rules);
  return ThinkingFilter(
      std::make_unique<Impl>(options.suppress_thinking, options.max_thinking_content, std::move(machine)));
}

Result<FilterResult> ThinkingFilter::process_chunk(std::string_view chunk) {
  return impl_->finished ? after_end() : impl_->read_any(chunk, false);
}

Result<FilterResult> ThinkingFilter::process_well_formed(std::string_view chunk) {
  if (!impl_->cut.empty()) return process_chunk(chunk);
  return impl_->finished ? after_end() : impl_->read(chunk, false);
}

Result<FilterResult> ThinkingFilter::finish(std::string_view last) {
  return impl_->finished ? after_end() : impl_->read_any(last, true);
}

void ThinkingFilter::reset() {
  impl_->machine.reset();
  impl_->stats = {};
  impl_->held.clear();
  impl_->cut.clear();
  impl_->finished = false;
}

bool ThinkingFilter::in_thinking() const noexcept { return impl_->machine.thinking(); }

bool ThinkingFilter::should_abort() const noexcept { return impl_->stats.thinking_dropped > 0; }

std::optional<std::string> ThinkingFilter::abort_reason() const {
  if (!should_abort()) return std::nullopt;
  return "Thinking content exceeded " + std::to_string(impl_->most) + " characters";
}

FilterStats ThinkingFilter::stats() const noexcept {
  FilterStats out = impl_->stats;
  out.thoughts = impl_->machine.thoughts();
  out.orphan_closers = impl_->machine.orphans();
  return out;
}

}  // namespace paritas
