#include "canonical.hpp"

namespace paritas::wasm {

namespace {

// As web/src/canonical.ts writes them.
enum Tag : std::uint8_t {
  kNull,
  kFalse,
  kTrue,
  kNumber,
  kText,
  kWhole,
  kNegative,
  kObject,
  kArray,
  kSet,
  kEnd,
  kUnsupported
};

}  // namespace

std::string_view CanonicalReader::words() {
  const auto size = number<std::uint32_t>();
  const std::string_view out = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return out;
}

void CanonicalReader::read(CanonicalWriter& writer) {
  std::size_t depth = 0;
  do {
    switch (number<std::uint8_t>()) {
      case kNull:
        writer.null();
        break;
      case kFalse:
      case kTrue:
        writer.boolean(static_cast<unsigned char>(*(rest_.data() - 1)) == kTrue);
        break;
      case kNumber:
        writer.number(number<double>());
        break;
      case kText:
        writer.text(words());
        break;
      case kWhole:
        writer.whole(false, words());
        break;
      case kNegative:
        writer.whole(true, words());
        break;
      case kObject:
        writer.begin_object();
        ++depth;
        break;
      case kArray:
        writer.begin_array();
        ++depth;
        break;
      case kSet:
        writer.begin_set();
        ++depth;
        break;
      case kEnd:
        writer.end();
        --depth;
        break;
      default:
        writer.unsupported(words());
    }
  } while (depth > 0 && !rest_.empty() && !writer.failed());
}

}  // namespace paritas::wasm
