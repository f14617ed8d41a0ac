#include "paritas/repair/json_repair.hpp"

#include <algorithm>
#include <utility>

#include "json_frame.hpp"
#include "json_machine.hpp"
#include "paritas/repair/json_scan.hpp"

namespace paritas {
namespace {

/// Whether all of a partial text is certain: a number at its end may go on.
bool is_certain(std::string_view text) {
  if (text.empty() || is_json_space(static_cast<unsigned char>(text.back()))) return true;
  const std::size_t first = text.find_first_not_of(" \t\n\r");
  return text[first] != '-' && !is_digit(static_cast<unsigned char>(text[first]));
}

/// A text in which each ill-formed part has become U+FFFD, and where the parts were.
struct Cleaned {
  struct Part {
    Span from;       // in the text as it was
    std::size_t to;  // behind U+FFFD in the clean one
  };
  std::string text;
  std::vector<Part> parts;

  /// Offsets must come in ascending order.
  class Map {
   public:
    explicit Map(const Cleaned& cleaned) : parts_(cleaned.parts) {}
    std::size_t operator()(std::size_t offset) const {
      const auto next = std::upper_bound(parts_.begin(), parts_.end(), offset,
                                         [](std::size_t at, const Part& part) { return at < part.to; });
      if (next == parts_.begin()) return offset;
      const Part& part = *(next - 1);
      return part.from.end + (offset - part.to);
    }

   private:
    const std::vector<Part>& parts_;
  };
};

std::size_t ascii_end(std::string_view text, std::size_t i) {
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

Cleaned clean(std::string_view text) {
  Cleaned out;
  if (count_bytes(text).ascii) return out;
  std::size_t copied = 0;
  for (std::size_t i = 0; (i = ascii_end(text, i)) < text.size();) {
    const Decoded ch = decode_utf8(text, i);
    if (ch.code_point == kReplacement && text.substr(i, ch.bytes) != "\xEF\xBF\xBD") {
      out.text += text.substr(copied, i - copied);
      append_utf8(out.text, kReplacement);
      copied = i + ch.bytes;
      out.parts.push_back({{i, copied}, out.text.size()});
    }
    i += ch.bytes;
  }
  if (!out.parts.empty()) out.text += text.substr(copied);
  return out;
}

RepairResult mend_ill_formed(const Cleaned& cleaned, const RepairOptions& options) {
  RepairResult out = mend_json(cleaned.text, options);
  const Cleaned::Map map(cleaned);
  std::vector<Change> changes;
  for (const Cleaned::Part& part : cleaned.parts) changes.push_back({ChangeKind::escape, part.from});
  for (const Change& change : out.changes)
    changes.push_back({change.kind, {map(change.span.start), map(change.span.end)}});
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.span.start < b.span.start; });
  if (changes.size() > static_cast<std::size_t>(options.max_changes))
    changes.resize(static_cast<std::size_t>(options.max_changes));
  out.changes = std::move(changes);
  out.change_count += cleaned.parts.size();
  return out;
}

}  // namespace

Result<RepairMultiple> repair_multiple(std::string_view name) {
  if (name == "array") return RepairMultiple::array;
  if (name == "first") return RepairMultiple::first;
  return Error{ErrorCode::invalid_argument, R"(multiple must be "array" or "first")"};
}

Result<NonFinite> non_finite(std::string_view name) {
  if (name == "null") return NonFinite::null;
  if (name == "string") return NonFinite::string;
  return Error{ErrorCode::invalid_argument, R"(non_finite must be "null" or "string")"};
}

Result<RepairOptions> checked(const RepairOptions& options) {
  if (options.max_depth < 1) return Error{ErrorCode::invalid_argument, "max_depth must be at least 1"};
  if (options.max_changes < 0) return Error{ErrorCode::invalid_argument, "max_changes must be at least 0"};
  return options;
}

Result<RepairResult> repair_json(std::string_view input, const RepairOptions& options) {
  const auto known = checked(options);
  if (!known.ok()) return known.error();
  if (!options.coerce && is_valid_json(input) && (!options.partial || is_certain(input))) {
    RepairResult out;
    out.same = out.ok = true;
    return out;
  }
  const Cleaned cleaned = clean(input);
  return cleaned.parts.empty() ? mend_json(input, options) : mend_ill_formed(cleaned, options);
}

RepairedValue repair_json_value(std::string_view text, std::size_t at, const RepairOptions& options) {
  JsonSource source(text);
  JsonValue value = JsonMachine(source, at, options).run();
  return {std::move(value.text), value.end, !value.truncated};
}

}  // namespace paritas
