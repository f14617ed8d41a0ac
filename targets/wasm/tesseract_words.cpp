#include "paritas/ocr/tesseract_words.hpp"

#include "convert.hpp"
#include "paritas/text/offsets.hpp"

namespace paritas::wasm {

WASM(Reply, tesseractWords)(std::uintptr_t at, std::size_t bytes) {
  const std::string_view tsv = text(at, bytes);
  const Result<std::vector<OcrWord>> words = tesseract_words(tsv);
  if (!words.ok()) {
    const Error& error = words.error();
    return failure({error.code, error.message, OffsetMap(tsv).utf16(error.offset)});
  }
  Packer out;
  for (const OcrWord& word : words.value()) {
    out.text(word.text);
    out.f64(word.confidence);
  }
  return out.out();
}

}  // namespace paritas::wasm
