#include "repair/shingles.hpp"

#include <algorithm>
#include <cstring>

#include "paritas/text/simple_fold.hpp"
#include "paritas/text/unicode.hpp"
#include "paritas/text/utf8.hpp"
#include "repair/word_marks.hpp"
#include "stream/option_range.hpp"

#define XXH_INLINE_ALL  // most shingles are short: a call would cost as much as the hash
#include <xxhash.h>

namespace paritas {

Result<ShingleKind> shingle_kind(std::string_view word) {
  if (word == "word") return ShingleKind::word;
  if (word == "char") return ShingleKind::character;
  return Error{ErrorCode::invalid_argument, R"(shingle must be "word" or "char")"};
}

namespace repair {
namespace {

constexpr std::int64_t kMostK = 1000;

char* put(char* out, char32_t c) noexcept {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) {
    *out++ = byte(c);
    return out;
  }
  if (c < 0x800) {
    *out++ = byte(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *out++ = byte(0xE0 | c >> 12);
    } else {
      *out++ = byte(0xF0 | c >> 18);
      *out++ = byte(0x80 | (c >> 12 & 0x3F));
    }
    *out++ = byte(0x80 | (c >> 6 & 0x3F));
  }
  *out++ = byte(0x80 | (c & 0x3F));
  return out;
}

}  // namespace

Result<std::size_t> shingle_size(std::int64_t k) {
  if (k < 1 || k > kMostK) return outside_range("k", 1, kMostK, k);
  return static_cast<std::size_t>(k);
}

/// Words in a row, in lower case, and where each starts.
class Shingler::Words {
 public:
  Words(char* room, std::vector<std::size_t>& starts) noexcept : room_(room), out_(room), starts_(starts) {}

  /// Bytes of a marked block; reads and writes up to 15 more than there are.
  void add(const char* lower, std::uint64_t marks) {
    std::size_t at = 0;
    for (;;) {
      if (!inside_) {
        if (marks == 0) return;
        at = static_cast<std::size_t>(__builtin_ctzll(marks));
        begin();
      }
      const std::uint64_t rest = ~marks >> at;
      const std::size_t end = rest == 0 ? kMarkBlock : at + static_cast<std::size_t>(__builtin_ctzll(rest));
      for (std::size_t i = at; i < end; i += 16) std::memcpy(out_ + (i - at), lower + i, 16);
      out_ += end - at;
      if (end == kMarkBlock) return;
      end_word();
      marks = marks >> end << end;
    }
  }
  void add(char32_t letter) {
    if (!inside_) begin();
    out_ = put(out_, letter);
  }
  void end_word() {
    if (inside_) *out_++ = ' ';
    inside_ = false;
  }
  void finish() {
    end_word();
    starts_.push_back(static_cast<std::size_t>(out_ - room_));
  }

 private:
  void begin() {
    starts_.push_back(static_cast<std::size_t>(out_ - room_));
    inside_ = true;
  }
  char* room_;
  char* out_;
  std::vector<std::size_t>& starts_;
  bool inside_ = false;
};

void Shingler::cut_words(std::string_view text) {
  constexpr std::size_t kBlocks = 32;  // marked at once
  // No lower case of a letter has twice its bytes, and a space stands behind each word.
  if (room_.size() < 2 * text.size() + 32) room_.resize(2 * text.size() + 32);
  Words words(room_.data(), starts_);
  char lower[kBlocks * kMarkBlock + 16];
  std::uint64_t marks[kBlocks];
  for (std::size_t at = 0; at < text.size();) {
    std::size_t done = 0;
    if (const std::size_t blocks = std::min((text.size() - at) / kMarkBlock, kBlocks); blocks > 0) {
      done = mark_words(text.data() + at, blocks, lower, marks);
    } else {
      char last[kMarkBlock] = {};  // what follows the text is no word
      std::memcpy(last, text.data() + at, text.size() - at);
      done = mark_words(last, 1, lower, marks);
    }
    for (std::size_t block = 0; block < done; ++block) words.add(lower + block * kMarkBlock, marks[block]);
    at += done * kMarkBlock;
    if (done > 0) continue;
    // A block with other letters than those of ASCII.
    for (const std::size_t stop = std::min(text.size(), at + kMarkBlock); at < stop;) {
      const Decoded next = decode_utf8(text, at);
      at += next.bytes;
      const Category kind = category(next.code_point);
      if (is_letter(kind) || kind == Category::Nd) {
        words.add(simple_lower(next.code_point));
      } else {
        words.end_word();
      }
    }
  }
  words.finish();
}

void Shingler::cut_characters(std::string_view text) {
  const std::string_view form = form_.prose(text);
  if (room_.size() < form.size()) room_.resize(form.size());
  for (std::size_t at = 0; at < form.size(); ++at) {
    room_[at] = form[at];
    if ((static_cast<unsigned char>(form[at]) & 0xC0) != 0x80) starts_.push_back(at);
  }
  starts_.push_back(form.size());
}

std::span<const std::uint64_t> Shingler::hashes(std::string_view text) {
  starts_.clear();
  hashes_.clear();
  const bool words = kind_ == ShingleKind::word;
  if (words) {
    cut_words(text);
  } else {
    cut_characters(text);
  }
  const std::size_t count = starts_.size() - 1;
  if (count == 0) return {};
  const std::size_t k = count < k_ ? count : k_;
  const std::size_t gap = words ? 1 : 0;  // the space behind a shingle's last word
  hashes_.resize(count - k + 1);
  for (std::size_t i = 0; i + k <= count; ++i) {
    hashes_[i] = XXH3_64bits(room_.data() + starts_[i], starts_[i + k] - gap - starts_[i]);
  }
  return hashes_;
}

}  // namespace repair
}  // namespace paritas
