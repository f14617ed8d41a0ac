#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// Kinds of changes, in the order of docs/repair.md.
#define PARITAS_CHANGES(X)                                                                                           \
  X(quote)                                                                                                           \
  X(inner_quote)                                                                                                     \
  X(missing_quote)                                                                                                   \
  X(unclosed_string) X(escape) X(control) X(concat) X(literal) X(number) X(bare_string) X(key) X(colon) X(comma)     \
      X(missing_comma) X(missing_value) X(comment) X(ellipsis) X(whitespace) X(tuple) X(set) X(wrapper) X(fence)     \
          X(leading_text) X(trailing_text) X(multiple) X(mismatched) X(extra_closer) X(unclosed) X(depth) X(coerced) \
              X(empty_input) X(no_value)

enum class ChangeKind : std::uint8_t {
#define X(id) id,
  PARITAS_CHANGES(X)
#undef X
};

/// The published name of a kind: "missing_comma".
constexpr std::string_view name(ChangeKind kind) noexcept {
  constexpr std::string_view kNames[] = {
#define X(id) #id,
      PARITAS_CHANGES(X)
#undef X
  };
  return kNames[static_cast<std::size_t>(kind)];
}

/// One thing that was mended.
struct Change {
  ChangeKind kind;
  Span span;  ///< empty where something was put in
};

enum class RepairMultiple : std::uint8_t { array, first };
enum class NonFinite : std::uint8_t { null, string };

/// The value of a name. Errors: invalid_argument
Result<RepairMultiple> repair_multiple(std::string_view name);
Result<NonFinite> non_finite(std::string_view name);

struct RepairOptions {
  bool partial = false;                             ///< the text is still arriving: only what is certain is shown
  bool coerce = false;                              ///< strings that say a number, a literal or a container become it
  RepairMultiple multiple = RepairMultiple::array;  ///< what becomes of several values one behind another
  NonFinite non_finite = NonFinite::null;           ///< what NaN and infinities become
  std::int64_t max_depth = 1000;                    ///< of what is mended; valid JSON may be deeper
  std::int64_t max_changes = 1000;                  ///< that are told; change_count counts all
};

struct RepairResult {
  std::string text{};             ///< valid JSON; empty where the input itself was, and nothing changed
  bool same = false;              ///< the input was valid: it is the text
  bool ok = false;                ///< a value was found; without one the text is "null"
  std::vector<Change> changes{};  ///< by start
  std::size_t change_count = 0;
  bool truncated = false;      ///< the input ended inside a value
  bool depth_limited = false;  ///< something lay deeper than max_depth, and became null
  std::string path{};          ///< JSON pointer to the value that the input ends in

  [[nodiscard]] std::string_view json(std::string_view input) const noexcept {
    return same ? input : std::string_view(text);
  }
  [[nodiscard]] bool changed(std::string_view input) const noexcept { return !same && text != input; }
};

/// Errors:  invalid_argument for max_depth below 1 and max_changes below 0
Result<RepairOptions> checked(const RepairOptions& options);

/// Makes valid JSON of any text. Valid JSON (RFC 8259) comes back as it is; linear in the text, without recursion.
///
/// Rules and kinds of changes: docs/repair.md. Ill-formed UTF-8 becomes U+FFFD.
/// Errors:  as checked
Result<RepairResult> repair_json(std::string_view input, const RepairOptions& options = {});

/// One value that was mended on its own.
struct RepairedValue {
  std::string text;  ///< valid JSON
  std::size_t end;   ///< behind its source
  bool closed;       ///< false where the text ended first
};

/// Mends the value whose bracket stands at byte `at` of well-formed UTF-8, as repair_json does where it finds one.
RepairedValue repair_json_value(std::string_view text, std::size_t at, const RepairOptions& options = {});

}  // namespace paritas
