#include "paritas/retrieve/filter.hpp"

#include <cmath>

#include "base/bytes.hpp"
#include "paritas/base/hash.hpp"
#include "retrieve/filter_tree.hpp"

namespace paritas {
namespace {

using Kind = FilterNode::Kind;

constexpr std::size_t kFewOperands = 8;  // up to here a look at each is as fast as a table

/// Reads the rest of a value that is no list and no object.
bool take_scalar(bytes::Reader& in, std::uint8_t tag, FilterItem& out) {
  out = {};
  out.tag = static_cast<FilterTag>(tag);
  switch (out.tag) {
    case FilterTag::null:
    case FilterTag::off:
    case FilterTag::on:
      return true;
    case FilterTag::whole:
      out.whole = static_cast<std::int64_t>(in.u64());
      return true;
    case FilterTag::number: {
      const double number = in.f64();
      constexpr double kEnd = 9223372036854775808.0;  // 2^63
      if (number >= -kEnd && number < kEnd && static_cast<double>(static_cast<std::int64_t>(number)) == number) {
        out.tag = FilterTag::whole;
        out.whole = static_cast<std::int64_t>(number);
      } else {
        out.number = number;
      }
      return true;
    }
    case FilterTag::text:
      out.text = in.text();
      return true;
    default:
      return false;
  }
}

/// -1, 0 or 1 for two numbers, exactly: the nearest double of a whole number may be another one.
int order(const FilterItem& a, const FilterItem& b) {
  if (a.tag == b.tag) {
    return a.tag == FilterTag::whole ? (a.whole > b.whole) - (a.whole < b.whole)
                                     : (a.number > b.number) - (a.number < b.number);
  }
  if (a.tag == FilterTag::number) return -order(b, a);
  if (!(b.number < 9223372036854775808.0)) return -1;
  if (!(b.number >= -9223372036854775808.0)) return 1;
  const double floor = std::floor(b.number);  // a fraction: floor < b < floor + 1
  return a.whole <= static_cast<std::int64_t>(floor) ? -1 : 1;
}

bool is_number(FilterTag tag) { return tag == FilterTag::whole || tag == FilterTag::number; }

/// The order that `less` and its like ask for; 2 if there is none.
int comparison(const FilterItem& value, const FilterItem& operand) {
  if (is_number(value.tag) && is_number(operand.tag)) return order(value, operand);
  if (value.tag != FilterTag::text || operand.tag != FilterTag::text) return 2;
  const int sign = value.text.compare(operand.text);  // bytes of UTF-8 stand in the order of code points
  return (sign > 0) - (sign < 0);
}

/// Knuth, Morris and Pratt: linear, however often a text repeats itself.
void prepare_search(std::string_view part, std::vector<std::uint32_t>& repeats) {
  repeats.assign(part.size(), 0);
  std::uint32_t length = 0;
  for (std::size_t i = 1; i < part.size(); ++i) {
    while (length > 0 && part[i] != part[length]) length = repeats[length - 1];
    if (part[i] == part[length]) ++length;
    repeats[i] = length;
  }
}
bool has_part(std::string_view text, std::string_view part, const std::vector<std::uint32_t>& repeats) {
  if (part.empty()) return true;
  std::size_t length = 0;
  for (const char c : text) {
    while (length > 0 && c != part[length]) length = repeats[length - 1];
    if (c == part[length]) ++length;
    if (length == part.size()) return true;
  }
  return false;
}

void prepare_lookup(const std::vector<FilterItem>& operands, std::vector<std::uint32_t>& slots) {
  if (operands.size() <= kFewOperands) return;
  std::size_t size = 16;
  while (size < 2 * operands.size()) size *= 2;
  slots.assign(size, 0);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    std::size_t at = operands[i].hash() & (size - 1);
    while (slots[at] != 0 && !(operands[slots[at] - 1] == operands[i])) at = (at + 1) & (size - 1);
    if (slots[at] == 0) slots[at] = static_cast<std::uint32_t>(i + 1);
  }
}
bool is_one_of(const FilterItem& value, const FilterNode& node) {
  if (node.lookup.empty()) {
    for (const FilterItem& operand : node.operands) {
      if (operand == value) return true;
    }
    return false;
  }
  const std::size_t mask = node.lookup.size() - 1;
  for (std::size_t at = value.hash() & mask; node.lookup[at] != 0; at = (at + 1) & mask) {
    if (node.operands[node.lookup[at] - 1] == value) return true;
  }
  return false;
}

bool equal_lists(const FilterItem& list, const std::vector<FilterItem>& operands) {
  if (list.tag != FilterTag::list || list.count != operands.size()) return false;
  bytes::Reader in(list.text);
  FilterItem item;
  for (const FilterItem& operand : operands) {
    if (!take_scalar(in, in.u8(), item) || !(item == operand)) return false;
  }
  return true;
}

bool contains(const FilterItem& value, const FilterNode& node) {
  const FilterItem& operand = node.operands[0];
  if (value.tag == FilterTag::text) {
    return operand.tag == FilterTag::text && has_part(value.text, operand.text, node.lookup);
  }
  if (value.tag != FilterTag::list) return false;
  bytes::Reader in(value.text);
  FilterItem item;
  for (std::uint64_t i = 0; i < value.count; ++i) {
    if (!take_scalar(in, in.u8(), item)) return false;
    if (item == operand) return true;
  }
  return false;
}

bool leaf_holds(const FilterNode& node, std::string_view metadata) {
  const std::optional<FilterItem> value = find_item(metadata, node.key);
  if (!value) return false;
  switch (node.kind) {
    case Kind::equal:
      return *value == node.operands[0];
    case Kind::equal_list:
      return equal_lists(*value, node.operands);
    case Kind::one_of:
      return is_one_of(*value, node);
    case Kind::less:
      return comparison(*value, node.operands[0]) == -1;
    case Kind::at_most:
      return comparison(*value, node.operands[0]) <= 0;
    case Kind::more:
      return comparison(*value, node.operands[0]) == 1;
    case Kind::at_least:
      return static_cast<unsigned>(comparison(*value, node.operands[0])) < 2;
    case Kind::contains:
      return contains(*value, node);
    default:
      return true;  // exists
  }
}

bool holds(const FilterNode& node, std::string_view metadata) {
  bool result;
  if (node.kind == Kind::all || node.kind == Kind::any) {
    const bool any = node.kind == Kind::any;
    result = !any;
    for (const FilterNode& child : node.children) {
      if (holds(child, metadata) == any) {
        result = any;
        break;
      }
    }
  } else {
    result = leaf_holds(node, metadata);
  }
  return result != node.negated;
}

/// Reads a filter and says what is wrong with it.
class Parser {
 public:
  explicit Parser(std::string_view bytes) : in_(bytes) {}

  std::optional<Error> parse(FilterNode& root) {
    filter(in_.u8(), root, 0);
    if (!error_ && (in_.bad() || in_.left() != 0)) damaged();
    return error_;
  }

 private:
  void damaged() { error_ = Error{ErrorCode::corrupt_data, "these bytes are no filter"}; }
  void fail(std::string_view what) {
    if (in_.bad()) return damaged();
    error_ = Error{ErrorCode::invalid_argument, path_ + std::string(what)};
  }
  bool too_deep(std::size_t depth) {
    if (depth <= kFilterDepth) return false;
    error_ = Error{ErrorCode::limit_exceeded, "a filter must be at most " + std::to_string(kFilterDepth) + " deep"};
    return true;
  }

  /// Calls `read` for each pair of an object whose tag has been read; the path says where, as it does in messages.
  template <class Read>
  void pairs(Read read) {
    const std::uint64_t count = in_.varint();
    const std::size_t length = path_.size();
    for (std::uint64_t i = 0; i < count && !error_; ++i) {
      const std::string_view key = in_.text();
      const std::uint8_t tag = in_.u8();
      if (in_.bad()) return damaged();
      path_ += '.';
      path_ += key;
      read(key, tag);
      if (!error_) path_.resize(length);
    }
  }
  /// Calls `read` with the tag of each item of a list whose tag has been read.
  template <class Read>
  void items(Read read) {
    const std::uint64_t count = in_.varint();
    const std::size_t length = path_.size();
    for (std::uint64_t i = 0; i < count && !error_; ++i) {
      const std::uint8_t tag = in_.u8();
      if (in_.bad()) return damaged();
      path_ += '[';
      path_ += std::to_string(i);
      path_ += ']';
      read(tag);
      if (!error_) path_.resize(length);
    }
  }

  void filter(std::uint8_t tag, FilterNode& out, std::size_t depth) {
    if (static_cast<FilterTag>(tag) != FilterTag::object) return fail(" must be a filter: keys and what they must be");
    if (too_deep(depth)) return;
    pairs([&](std::string_view key, std::uint8_t value) {
      if (key.empty() || key[0] != '$') {
        condition(key, value, out, depth + 1);
      } else if (key == "$not") {
        FilterNode& inner = out.children.emplace_back();
        inner.negated = true;
        filter(value, inner, depth + 1);
      } else if (key == "$and" || key == "$or") {
        FilterNode& inner = out.children.emplace_back();
        if (key == "$or") inner.kind = Kind::any;
        if (static_cast<FilterTag>(value) == FilterTag::list) {
          items([&](std::uint8_t item) { filter(item, inner.children.emplace_back(), depth + 1); });
        }
        if (!error_ && inner.children.empty()) fail(" must be a list of at least one filter");
      } else {
        fail(" is no operator: use $and, $or or $not, or the name of a key");
      }
    });
  }

  /// What one key must be: operators, or a value alone.
  void condition(std::string_view key, std::uint8_t tag, FilterNode& out, std::size_t depth) {
    if (static_cast<FilterTag>(tag) != FilterTag::object) return equal(key, tag, out.children.emplace_back());
    if (too_deep(depth)) return;
    bool any = false;
    pairs([&](std::string_view name, std::uint8_t value) {
      any = true;
      FilterNode& leaf = out.children.emplace_back();
      leaf.key = key;
      if (name == "$not") {
        leaf.negated = true;
        condition(key, value, leaf, depth + 1);
      } else if (name == "$eq" || name == "$ne") {
        equal(key, value, leaf);
        leaf.negated = name == "$ne";
      } else if (name == "$in" || name == "$nin") {
        leaf.kind = Kind::one_of;
        leaf.negated = name == "$nin";
        if (static_cast<FilterTag>(value) != FilterTag::list) return fail(" must be a list");
        items([&](std::uint8_t item) { operand(item, leaf); });
        prepare_lookup(leaf.operands, leaf.lookup);
      } else if (name == "$exists") {
        leaf.kind = Kind::exists;
        operand(value, leaf);
        if (error_) return;
        const FilterTag flag = leaf.operands[0].tag;
        if (flag != FilterTag::off && flag != FilterTag::on) return fail(" must be true or false");
        leaf.negated = flag == FilterTag::off;
      } else if (name == "$contains") {
        leaf.kind = Kind::contains;
        operand(value, leaf);
        if (!error_) prepare_search(leaf.operands[0].text, leaf.lookup);
      } else {
        ordered(name, value, leaf);
      }
    });
    if (!error_ && !any) fail(" must hold an operator such as $gte");
  }

  void ordered(std::string_view name, std::uint8_t value, FilterNode& leaf) {
    if (name == "$lt") {
      leaf.kind = Kind::less;
    } else if (name == "$lte") {
      leaf.kind = Kind::at_most;
    } else if (name == "$gt") {
      leaf.kind = Kind::more;
    } else if (name == "$gte") {
      leaf.kind = Kind::at_least;
    } else {
      return fail(" is no operator: use $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $contains or $not");
    }
    constexpr std::string_view kNeeded = " must be a text or a number";
    if (static_cast<FilterTag>(value) >= FilterTag::list) return fail(kNeeded);
    operand(value, leaf);
    if (!error_ && leaf.operands[0].tag < FilterTag::whole) fail(kNeeded);
  }

  void equal(std::string_view key, std::uint8_t tag, FilterNode& leaf) {
    leaf.key = key;
    leaf.kind = Kind::equal;
    if (static_cast<FilterTag>(tag) != FilterTag::list) return operand(tag, leaf);
    leaf.kind = Kind::equal_list;
    items([&](std::uint8_t item) { operand(item, leaf); });
  }

  void operand(std::uint8_t tag, FilterNode& leaf) {
    FilterItem& item = leaf.operands.emplace_back();
    if (static_cast<FilterTag>(tag) == FilterTag::list || static_cast<FilterTag>(tag) == FilterTag::object) {
      return fail(" must be a text, a number, a truth value or null");
    }
    if (!take_scalar(in_, tag, item) || in_.bad()) return damaged();
    if (item.number != item.number) fail(" must not be NaN");
  }

  bytes::Reader in_;
  std::string path_ = "filter";
  std::optional<Error> error_;
};

}  // namespace

std::uint64_t FilterItem::hash() const noexcept {
  const auto seed = static_cast<std::uint64_t>(tag);
  if (tag == FilterTag::whole) return xxh3_64({reinterpret_cast<const char*>(&whole), sizeof whole}, seed);
  if (tag == FilterTag::number) return xxh3_64({reinterpret_cast<const char*>(&number), sizeof number}, seed);
  return xxh3_64(text, seed);
}

std::optional<FilterItem> find_item(std::string_view metadata, std::string_view key) {
  bytes::Reader in(metadata);
  FilterItem value;
  for (std::uint64_t left = in.varint(); left > 0; --left) {
    const bool found = in.text() == key;
    const std::uint8_t tag = in.u8();
    if (in.bad()) return std::nullopt;
    if (static_cast<FilterTag>(tag) == FilterTag::list) {
      const std::uint64_t count = in.varint();
      const std::size_t before = in.left();
      FilterItem item;
      for (std::uint64_t i = 0; i < count; ++i) {
        if (!take_scalar(in, in.u8(), item) || in.bad()) return std::nullopt;
      }
      value = {};
      value.tag = FilterTag::list;
      value.text = metadata.substr(metadata.size() - before, before - in.left());
      value.count = count;
    } else if (!take_scalar(in, tag, value) || in.bad()) {
      return std::nullopt;
    }
    if (found) return value;
  }
  return std::nullopt;
}

Filter::Filter() : impl_(std::make_shared<Impl>()) {}
Filter::Filter(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<Filter> Filter::parse(std::string_view bytes) {
  auto impl = std::make_shared<Impl>();
  impl->bytes = bytes;
  if (std::optional<Error> error = Parser(impl->bytes).parse(impl->root)) return *std::move(error);
  return Filter(std::move(impl));
}

bool Filter::passes_all() const noexcept { return impl_->root.children.empty(); }

bool Filter::matches(std::optional<std::string_view> metadata) const {
  return holds(impl_->root, metadata.value_or(std::string_view()));
}

}  // namespace paritas
