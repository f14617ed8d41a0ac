#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"
#include "paritas/text/code_regions.hpp"
#include "paritas/text/unicode.hpp"

// What validate_response looks for, in response_<concept>.cpp.
namespace paritas::response {

struct Fault {
  Span span;
  std::string_view rule;
};

/// White space of Unicode.
inline bool is_blank(char32_t c) noexcept {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  const Category kind = category(c);
  return c == 0x85 || (kind >= Category::Zs && kind <= Category::Zp);
}

/// Walks through regions in step with ascending places.
class Inside {
 public:
  explicit Inside(std::span<const CodeRegion> regions) : regions_(regions) {}
  /// Whether a place is code; places must not descend.
  bool operator()(std::size_t at) noexcept {
    while (next_ < regions_.size() && regions_[next_].span.end <= at) ++next_;
    return next_ < regions_.size() && regions_[next_].span.start <= at;
  }

 private:
  std::span<const CodeRegion> regions_;
  std::size_t next_ = 0;
};

/// Leaked syntax of tool calls, templates and prompts: in text order, none in another one.
std::vector<Fault> find_leaks(std::string_view text);
/// Whether a rule of find_leaks is a phrase of a prompt, which may be meant.
bool is_phrase(std::string_view rule) noexcept;
/// Whether a line is one JSON object (RFC 8259) with "name" and "arguments" or "parameters".
bool is_json_call(std::string_view line);

/// The first refusal that begins within the first 200 code points.
std::optional<Span> find_refusal(std::string_view text, std::span<const CodeRegion> code);

/// What makes a text garbage outside of code; what is said of a whole text spans all of it.
std::vector<Fault> find_garbage(std::string_view text, std::span<const CodeRegion> code);

}  // namespace paritas::response
