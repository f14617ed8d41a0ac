#include "paritas/ocr/tesseract_words.hpp"

#include "bindings.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object words_of(const Text& tsv) {
  static const Record record("OcrWord", "paritas.results_ocr");
  Result<std::vector<OcrWord>> words = unlocked([&] { return tesseract_words(tsv); });
  if (!words.ok()) {
    const Error& error = words.error();
    raise({error.code, error.message, OffsetMap(tsv).codepoint(error.offset)});
  }
  return list_of(words.value(), [](const OcrWord& word) { return record.make(word.text, word.confidence); });
}

}  // namespace

void bind_tesseract_words(py::module_& m) {
  m.def("tesseract_words", &words_of, py::arg("tsv"),
        R"(The words of a page as `tesseract page.png - tsv` and pytesseract's image_to_data write them, in order.

Returns: list of OcrWord(text, confidence), one for each row of level 5; the confidence is 0 to 100, or -1 for none
Errors:  invalid_argument for a row with too few columns or a number that is none, at its place in the text)");
}

}  // namespace paritas::python
