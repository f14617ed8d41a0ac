// Any bytes as a text with secrets: no report of a sanitizer, findings in order and within, masks as long as the text.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/match/secrets.hpp"
#include "paritas/text/offsets.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  paritas::SecretOptions options;
  options.include_placeholders = true;
  const auto found = paritas::scan_secrets(text, options);
  require(found.ok());
  std::size_t start = 0, line = 1;
  for (const paritas::SecretMatch& match : found.value()) {
    require(match.span.start >= start && match.span.end > match.span.start && match.span.end <= size);
    require(match.line_number >= line && match.rule < paritas::list_secret_patterns().size());
    start = match.span.start;
    line = match.line_number;
  }
  require(paritas::has_secrets(text, options).value() == !found.value().empty());
  const std::string masked = paritas::mask_secrets(text, {"*", 4}, options).value();
  require(paritas::OffsetMap(masked).codepoint(masked.size()) == paritas::OffsetMap(text).codepoint(size));
  require(found.value().empty() == (masked == text) || !found.value().empty());
  return 0;
}
