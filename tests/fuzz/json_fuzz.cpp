// Any bytes as JSON: no report of a sanitizer, what comes out is valid and stays, a stream says the same however it is cut.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/repair/json_repair.hpp"
#include "paritas/repair/json_scan.hpp"
#include "paritas/repair/json_stream.hpp"
#include "paritas/text/utf8.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view text = all.substr(size == 0 ? 0 : 1);  // the first byte says how
  const unsigned how = size == 0 ? 0 : data[0];
  paritas::RepairOptions options;
  options.partial = (how & 1) != 0;
  options.max_depth = (how & 2) != 0 ? 3 : 1000;
  options.multiple = (how & 4) != 0 ? paritas::RepairMultiple::first : paritas::RepairMultiple::array;
  const auto result = paritas::repair_json(text, options);
  require(result.ok());
  const std::string_view json = result.value().json(text);
  require(paritas::is_valid_json(json));
  require(paritas::repair_json(json).value().same);
  require(!paritas::is_valid_json(text) || options.partial || json == text);
  std::size_t start = 0;
  for (const paritas::Change& change : result.value().changes) {
    require(change.span.start >= start && change.span.end >= change.span.start && change.span.end <= text.size());
    start = change.span.start;
  }
  auto stream = paritas::JsonStream::create().value();
  const std::size_t cut = text.empty() ? 0 : how % text.size();
  for (const std::string_view piece : {text.substr(0, cut), text.substr(cut)}) {
    require(!stream.feed(piece).has_value());
    const std::string_view known =
        stream.text().substr(0, stream.text().size() - paritas::unfinished_utf8(stream.text()));
    paritas::RepairOptions partial;
    partial.partial = true;
    const auto expected = paritas::repair_json(known, partial).value();
    require(stream.snapshot() == expected.json(known));
    require(stream.complete() == (expected.ok && !expected.truncated));
  }
  require(stream.finish().value().json(stream.text()) == paritas::repair_json(text).value().json(text));
  return 0;
}
