#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"

namespace paritas {

/// How deep filters may stand in filters.
inline constexpr std::size_t kFilterDepth = 32;

/// Which documents a query may return, by their metadata: keys and what their values must be.
///
///   {"lang": "en", "year": {"$gte": 2020, "$lt": 2025}, "$or": [{"tag": {"$in": ["a", "b"]}}, {"$not": {"draft": true}}]}
///
/// All keys of a filter must hold; one without keys holds always. A value alone means `$eq`. Of a key: `$eq $ne $gt $gte
/// $lt $lte $in $nin $exists $contains` (an item of a list, or a part of a text) and `$not` (what any of these may be);
/// of filters: `$and`, `$or` (lists of filters) and `$not`. A key that is missing satisfies only `$ne`, `$nin`,
/// `$exists: false` and a `$not` of what fails. Numbers compare by value, exactly (1 = 1.0, a truth value is no number),
/// texts by code points, lists item by item; values of different kinds are never equal and have no order.
///
/// Immutable, and cheap to copy.
class Filter {
 public:
  /// A filter that passes all.
  Filter();

  /// bytes:  the value that a FilterBytes has written; JavaScript writes the same
  /// Errors: `invalid_argument` with the path of the wrong place ("filter.year.$gte must be a text or a number"),
  ///         `limit_exceeded` for filters deeper than kFilterDepth, `corrupt_data` for bytes that are no value
  static Result<Filter> parse(std::string_view bytes);

  [[nodiscard]] bool passes_all() const noexcept;

  /// metadata: as encode_metadata writes it; none is a document without keys.
  [[nodiscard]] bool matches(std::optional<std::string_view> metadata) const;

 private:
  friend class FilterMasks;
  struct Impl;
  explicit Filter(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

/// Writes the bytes of a filter, value after value. A value is a tag and its bytes: 0 to 6 as in encode_metadata (a list
/// may hold any values), 7 varint count, then for each key varint length, key, value.
class FilterBytes {
 public:
  void null();
  void truth(bool value);
  void whole(std::int64_t value);
  void number(double value);
  void text(std::string_view value);
  void list(std::size_t count);    // that many values follow
  void object(std::size_t count);  // that many pairs of key() and a value follow
  void key(std::string_view name);
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

 private:
  std::string bytes_;
};

/// Which documents a query may return: all, those that a filter passes, or those with a byte other than 0 in `allowed`,
/// which has one for each live document in order of adding.
struct Selection {
  const Filter* filter = nullptr;
  std::optional<std::span<const std::uint8_t>> allowed;

  [[nodiscard]] bool all() const noexcept { return !allowed && (filter == nullptr || filter->passes_all()); }
};

}  // namespace paritas
