#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// A JSON value in a text.
struct JsonSpan {
  Span span;
  std::string json;  ///< valid JSON; the source itself where it is that
  bool repaired;
};

struct ExtractOptions {
  bool repair = true;  ///< broken values too
  bool arrays = true;  ///< not objects alone
};

/// The JSON values in a text, from left to right: objects and arrays.
///
/// At each bracket outside of an earlier value the text is read as JSON and, where that fails and a closer fits the bracket,
/// repaired as repair_json does. An array of one number alone, [1], is a citation and no value. Text in strings opens no value.
/// After four repairs that have run into the end of the text there are no more, so that time stays linear. Ill-formed bytes
/// count as U+FFFD.
std::vector<JsonSpan> extract_json_objects(std::string_view text, const ExtractOptions& options = {});

struct NormalizedJson {
  std::string json;
  bool ok;
};
/// The JSON that a text holds, mended where need be, and whether there is any: without, "null" and false.
NormalizedJson normalize_json_string(std::string_view s);

}  // namespace paritas
