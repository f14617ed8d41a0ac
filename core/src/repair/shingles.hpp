#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/repair/minhash.hpp"
#include "repair/normal_form.hpp"

namespace paritas::repair {

/// XXH3-64 of each shingle of a text, in order, repeated ones too; its memory is used again.
class Shingler {
 public:
  Shingler(std::size_t k, ShingleKind kind) : k_(k), kind_(kind) {}
  /// Good until the next call.
  std::span<const std::uint64_t> hashes(std::string_view text);

 private:
  class Words;
  void cut_words(std::string_view text);
  void cut_characters(std::string_view text);

  std::size_t k_;
  ShingleKind kind_;
  NormalForm form_;
  std::vector<char> room_;           // words in lower case, joined by one space
  std::vector<std::size_t> starts_;  // of words or characters, and where one behind the last would start
  std::vector<std::uint64_t> hashes_;
};

/// `k` as a size. Errors: `invalid_argument` for k outside 1 to 1000
Result<std::size_t> shingle_size(std::int64_t k);

}  // namespace paritas::repair
