#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "paritas/retrieve/filter.hpp"

// What a filter is read into: a tree whose leaves ask one thing of one key.
namespace paritas {

/// The tags of encode_metadata, and that of a filter in a filter.
enum class FilterTag : std::uint8_t { null, off, on, whole, number, text, list, object };

/// A value as it lies in encoded bytes. Numbers without a fraction that fit into 64 bits are `whole`, so that equal
/// values have equal tags.
struct FilterItem {
  FilterTag tag = FilterTag::null;
  std::int64_t whole = 0;
  double number = 0.0;
  std::string_view text;    // of a text; of a list the encoded items
  std::uint64_t count = 0;  // of a list

  friend bool operator==(const FilterItem& a, const FilterItem& b) {
    return a.tag == b.tag && a.whole == b.whole && a.number == b.number && a.text == b.text;
  }
  [[nodiscard]] std::uint64_t hash() const noexcept;
};

struct FilterNode {
  enum class Kind : std::uint8_t {
    all,
    any,
    equal,
    equal_list,
    one_of,
    less,
    at_most,
    more,
    at_least,
    exists,
    contains
  };

  Kind kind = Kind::all;
  bool negated = false;
  std::string_view key;               // of a leaf
  std::vector<FilterNode> children;   // of all and any
  std::vector<FilterItem> operands;   // of a leaf
  std::vector<std::uint32_t> lookup;  // one_of: open addressing over operands; contains: how far a text repeats itself
};

struct Filter::Impl {
  std::string bytes;  // what keys and texts point into
  FilterNode root;
};

/// The value of a key in metadata; none if it is missing.
std::optional<FilterItem> find_item(std::string_view metadata, std::string_view key);

}  // namespace paritas
