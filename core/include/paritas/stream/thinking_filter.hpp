#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/match/thinking_markers.hpp"

namespace paritas {

/// What becomes of a marker that closes a thought where there is none; `thinking` for whole texts alone: all before the first
/// one is a thought.
enum class OrphanClose : std::uint8_t { drop, text, thinking };
/// Errors: `invalid_argument` for another word than "drop" and "text", and "thinking" where it is allowed
Result<OrphanClose> orphan_close(std::string_view word, bool whole_text = false);

struct ThinkingFilterOptions {
  bool suppress_thinking = false;             ///< thoughts are counted, and not let through
  std::int64_t max_thinking_content = 50000;  ///< code points of thoughts in the whole stream, 0 for any number
  std::vector<MarkerPair> markers = {};
  bool default_markers = true;
  bool start_in_thinking = false;  ///< the prompt has opened the thought
  bool nesting = false;            ///< a thought ends with as many closers as it has openers
  OrphanClose orphan_close = OrphanClose::drop;
  bool respect_code = true;  ///< markers in fences of the answer and between backticks are text
  bool trim_after = false;   ///< white space between the closer of a thought and the answer is dropped
};

/// A part of a model's output, without its markers.
struct FilterSegment {
  bool thinking;
  std::string_view text;
};

/// What a piece of a model's output has added. It refers to the piece and to the filter: until the filter's next call, and
/// while the piece lives.
struct FilterResult {
  std::span<const FilterSegment> segments;  ///< no two neighbours of one kind, none without text
  bool is_thinking;                         ///< after this piece
  bool entering_thinking;                   ///< at least once in this piece
  bool exiting_thinking;
  [[nodiscard]] bool state_changed() const noexcept { return entering_thinking || exiting_thinking; }
};

/// What a filter counts over a stream; lengths in code points.
struct FilterStats {
  std::uint64_t thoughts = 0;
  std::uint64_t orphan_closers = 0;
  std::uint64_t thinking_length = 0;   ///< up to the limit
  std::uint64_t thinking_dropped = 0;  ///< beyond it
  std::uint64_t answer_length = 0;
};

/// Takes the thoughts of a language model apart from its answer, while the text comes.
///
/// A marker that acts is in neither; all markers, and where they do not act, are told in docs/thinking.md. However a stream is
/// cut, down to single bytes, the segments joined are the same. Ill-formed UTF-8 is given out as the U+FFFD it stands for.
/// Memory:  at most 192 code points are held back, those that may become a marker; a piece that leaves nothing back and finds
///          nothing is not copied.
/// Threads: one stream, one thread.
class ThinkingFilter {
 public:
  /// Errors: `invalid_argument`: max_thinking_content below 0, a choice for whole texts, or as MarkerTable::create
  static Result<ThinkingFilter> create(ThinkingFilterOptions options = {});
  ThinkingFilter(ThinkingFilter&&) noexcept;
  ThinkingFilter& operator=(ThinkingFilter&&) noexcept;
  ~ThinkingFilter();

  /// Errors: `stream_finished` after finish()
  Result<FilterResult> process_chunk(std::string_view chunk);
  /// The same for a piece of which the caller knows that it is well-formed UTF-8.
  Result<FilterResult> process_well_formed(std::string_view chunk);
  /// A last piece, and the end of the stream: text that was held back, because it could have become a marker, is given out.
  Result<FilterResult> finish(std::string_view last = {});
  /// Makes it equal to a new one.
  void reset();

  [[nodiscard]] bool in_thinking() const noexcept;
  /// Whether there was more thinking than max_thinking_content.
  [[nodiscard]] bool should_abort() const noexcept;
  [[nodiscard]] std::optional<std::string> abort_reason() const;
  [[nodiscard]] FilterStats stats() const noexcept;

 private:
  struct Impl;
  explicit ThinkingFilter(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

// Of whole texts, by the same rules, with the markers of the table and no limit.

/// The text without its markers; what stands between them stays.
std::string strip_thinking_tokens(std::string_view text);
/// The text without markers and thoughts: the answer.
std::string remove_thinking(std::string_view text);
/// Whether strip_thinking_tokens would take anything away.
bool contains_thinking_tokens(std::string_view text);
/// What strip_thinking_tokens takes away, in order.
std::vector<ThinkingMarker> find_thinking_tokens(std::string_view text);

struct ThinkingContent {
  std::string main;
  std::string thinking;  ///< the thoughts, joined by line feeds
};
/// Answer and thoughts apart; with OrphanClose::thinking all before the first closer without a thought is thinking, as of a
/// model whose prompt has opened the thought.
ThinkingContent extract_thinking_content(std::string_view text, OrphanClose orphans = OrphanClose::thinking);

}  // namespace paritas
