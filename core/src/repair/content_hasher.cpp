#include "paritas/repair/content_hasher.hpp"

#include "paritas/text/simple_fold.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/white_space.hpp"
#include "repair/hex_digits.hpp"
#include "repair/normal_form.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kDigits = 32;

bool is_punctuation(char32_t code_point) noexcept {
  const Category kind = category(code_point);
  return kind >= Category::Pc && kind <= Category::Po;
}

}  // namespace

Result<ContentHasher> ContentHasher::create(const ContentHasherOptions& options) {
  if (options.hash_length < 8 || options.hash_length > kDigits) {
    return Error{ErrorCode::invalid_argument,
                 "hash_length must be from 8 to 32, not " + std::to_string(options.hash_length)};
  }
  return ContentHasher(options);
}

std::string ContentHasher::normalize(std::string_view content) const {
  std::string out;
  out.reserve(content.size());
  bool gap = false;
  for (std::size_t at = 0; at < content.size();) {
    const Decoded next = decode_utf8(content, at);
    at += next.bytes;
    if (options_.remove_punctuation && is_punctuation(next.code_point)) continue;
    if (options_.normalize_whitespace && is_white_space(next.code_point)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    append_utf8(out, options_.case_insensitive ? simple_lower(next.code_point) : next.code_point);
  }
  return out;
}

std::string ContentHasher::hash(std::string_view content) const {
  return repair::hex_digits(normalize(content), static_cast<std::size_t>(options_.hash_length));
}

Result<std::optional<std::string>> ContentHasher::hash_block(std::string_view block, std::int64_t min_length) const {
  if (min_length < 0) {
    return Error{ErrorCode::invalid_argument, "min_length must be at least 0, not " + std::to_string(min_length)};
  }
  const std::string form = normalize(block);
  const auto least = static_cast<std::uint64_t>(min_length);
  if (least > form.size() || !repair::has_code_points(form, static_cast<std::size_t>(least))) {
    return std::optional<std::string>();
  }
  return std::optional(repair::hex_digits(form, static_cast<std::size_t>(options_.hash_length)));
}

std::string ContentHasher::hash_canonical(std::string_view canonical) const {
  return repair::hex_digits(canonical, static_cast<std::size_t>(options_.hash_length));
}

}  // namespace paritas
