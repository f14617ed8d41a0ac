// Any bytes through room text: no report of a sanitizer, offsets that turn back, normal forms that are settled.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "paritas/text/fold.hpp"
#include "paritas/text/offsets.hpp"
#include "paritas/text/stem_light.hpp"
#include "paritas/text/utf8.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const paritas::OffsetMap offsets(text);
  std::size_t codepoints = 0;
  for (std::size_t at = 0; at < size; ++codepoints) {
    require(offsets.codepoint(at) == codepoints);
    require(offsets.byte_of_codepoint(codepoints) == at);
    require(offsets.byte_of_utf16(offsets.utf16(at)) == at);
    at += paritas::decode_utf8(text, at).bytes;
    require(at <= size);
  }
  require(offsets.codepoint(size) == codepoints);
  const std::string nfc = paritas::nfc(text), nfkd = paritas::nfkd(text);
  require(paritas::nfc(nfc) == nfc);
  require(paritas::nfkd(nfkd) == nfkd);
  std::string folded;
  paritas::fold(text, folded);
  require(paritas::stem(text).size() <= folded.size() + size);
  return 0;
}
