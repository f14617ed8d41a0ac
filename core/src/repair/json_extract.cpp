#include "paritas/repair/json_extract.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "paritas/repair/json_repair.hpp"
#include "paritas/repair/json_scan.hpp"
#include "paritas/text/utf8.hpp"
#include "repair/json_machine.hpp"
#include "repair/json_source.hpp"

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kMaxFailed =
    4;  // repairs that reached the end of the text without that of a value: each costs the rest

bool is_opener(char c) noexcept { return c == '{' || c == '['; }

/// Brackets in ascending order, and something of each.
class Brackets {
 public:
  void add(std::size_t at, std::size_t value) { items_.push_back({at, value}); }
  void clear() {
    items_.clear();
    next_ = 0;
  }
  std::size_t& value(std::size_t number) { return items_[number].value; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  void cut(std::size_t size) { items_.resize(size); }
  /// Of places asked for in ascending order; kNone where there is none.
  std::size_t find(std::size_t at) {
    while (next_ < items_.size() && items_[next_].at < at) ++next_;
    return next_ < items_.size() && items_[next_].at == at ? items_[next_].value : kNone;
  }

 private:
  struct Item {
    std::size_t at, value;
  };
  std::vector<Item> items_;
  std::size_t next_ = 0;
};

/// Brackets that a closer fits, quotes not looked at: a truth for each byte.
std::vector<bool> matched(std::string_view text) {
  std::vector<bool> out(text.size());
  std::vector<std::size_t> open;
  std::size_t counts[2] = {};  // of { and of [
  const auto kind = [](char c) { return c == '{' || c == '}' ? 0u : 1u; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_opener(c)) {
      open.push_back(at);
      ++counts[kind(c)];
    } else if ((c == '}' || c == ']') && counts[kind(c)] != 0) {
      while (true) {  // what is open between has no closer
        const std::size_t last = open.back();
        open.pop_back();
        --counts[kind(text[last])];
        if (kind(text[last]) != kind(c)) continue;
        out[last] = true;
        break;
      }
    }
  }
  return out;
}

constexpr std::size_t kOpen = 0, kInString = 1;  // else where the value ends

/// The brackets in text[start:end], the beginning of a value that is JSON so far. Returns up to where that is certain: a
/// string that does not end there is none.
std::size_t inside(std::string_view text, std::size_t start, std::size_t end, Brackets& out) {
  out.clear();
  std::vector<std::size_t> open;
  for (std::size_t at = start; at < end; ++at) {
    const char c = text[at];
    if (is_opener(c)) {
      open.push_back(out.size());
      out.add(at, kOpen);
    } else if (c == '}' || c == ']') {
      out.value(open.back()) = at + 1;
      open.pop_back();
    } else if (c == '"') {
      const std::size_t quote = at, before = out.size();
      for (++at; at < end && text[at] != '"'; ++at) {
        if (is_opener(text[at])) out.add(at, kInString);
        if (text[at] == '\\') ++at;
      }
      if (at >= end) {
        out.cut(before);
        return quote;
      }
    }
  }
  return end;
}

bool is_one_number(std::string_view array) noexcept {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  std::size_t at = 1;
  while (at < array.size() && space(array[at])) ++at;
  if (array[at] != '-' && (array[at] < '0' || array[at] > '9')) return false;
  at = scan_json_value(array, at).end;
  while (at < array.size() && space(array[at])) ++at;
  return at + 1 == array.size();
}

/// A text in which each ill-formed part has become U+FFFD, and the way back.
struct Clean {
  explicit Clean(std::string_view source) : view(source) {
    std::size_t copied = 0;
    for (std::size_t at = 0; at < source.size();) {
      if (static_cast<unsigned char>(source[at]) < 0x80) {
        ++at;
        continue;
      }
      const Decoded next = decode_utf8(source, at);
      if (next.code_point == kReplacement && source.substr(at, next.bytes) != "\xEF\xBF\xBD") {
        text += source.substr(copied, at - copied);
        append_utf8(text, kReplacement);
        copied = at + next.bytes;
        shifts.push_back({text.size(), copied});
      }
      at += next.bytes;
    }
    if (shifts.empty()) return;
    text += source.substr(copied);
    view = text;
  }
  [[nodiscard]] std::size_t source(std::size_t at) const {
    const auto next = std::upper_bound(shifts.begin(), shifts.end(), at,
                                       [](std::size_t offset, const Shift& shift) { return offset < shift.clean; });
    if (next == shifts.begin()) return at;
    return (next - 1)->source + (at - (next - 1)->clean);
  }

  struct Shift {
    std::size_t clean, source;
  };
  std::string text{};
  std::vector<Shift> shifts{};
  std::string_view view;
};

}  // namespace

std::vector<JsonSpan> extract_json_objects(std::string_view input, const ExtractOptions& options) {
  std::vector<JsonSpan> found;
  if (input.find_first_of("{[") == std::string_view::npos || input.find_first_of("}]") == std::string_view::npos) {
    return found;  // no value, or none that ends
  }
  const Clean clean(input);
  const std::string_view text = clean.view;
  std::vector<bool> closers;
  if (options.repair) closers = matched(text);
  JsonSource source(text);
  const RepairOptions repair{.max_changes = 0};
  std::size_t failed = 0;
  std::size_t read = 0;  // up to here the text after some bracket is JSON, as far as it goes
  Brackets known;        // what that says of the brackets in it
  for (std::size_t at = 0; (at = text.find_first_of("{[", at)) != std::string_view::npos;) {
    const std::size_t start = at++;
    JsonScan scan{false, 0};
    if (start >= read) {
      if (text[start] == '[' && !options.arrays) continue;
      scan = scan_json_value(text, start);
      if (!scan.ok) {
        read = inside(text, start, scan.end, known);
      }
    } else {
      const std::size_t value = known.find(start);
      if (value == kInString || (text[start] == '[' && !options.arrays)) continue;
      scan = {value != kOpen, value};
    }
    std::string json;
    std::size_t end = scan.end;
    if (scan.ok) {
      json = text.substr(start, end - start);
    } else if (options.repair && closers[start] && failed < kMaxFailed) {
      JsonValue value = JsonMachine(source, start, repair).run();
      if (value.truncated) {
        ++failed;
      } else {
        json = std::move(value.text);
        end = value.end;
      }
    }
    if (json.empty() || (json[0] != '{' && (json[0] != '[' || !options.arrays || is_one_number(json)))) continue;
    found.push_back({{clean.source(start), clean.source(end)}, std::move(json), !scan.ok});
    at = end;
  }
  return found;
}

NormalizedJson normalize_json_string(std::string_view s) {
  RepairResult result = repair_json(s, {.max_changes = 0}).value();
  std::string json(result.json(s));
  return {std::move(json), result.ok};
}

}  // namespace paritas
