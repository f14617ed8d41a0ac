#include "paritas/ocr/tesseract_words.hpp"

#include "exact.hpp"
#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("tesseract_words agrees with its vectors") {
  for (const auto& test : load_vectors("tesseract_words")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact tsv(test.at("given").at("tsv"));
      const auto words = tesseract_words(tsv.view());
      const Json& expect = test.at("expect");
      if (!words.ok()) {
        const Error& error = words.error();
        CHECK(name(error.code) == expect.at("error").at("code"));
        CHECK(error.offset == expect.at("error").at("offset").at("utf8"));
        continue;
      }
      const Json found = Exact::list(words.value(), [](const OcrWord& word) {
        return Json{{"text", std::string(word.text)}, {"confidence", outcome(word.confidence).at("value")}};
      });
      CHECK(found.dump() == expect.at("value").dump());
    }
  }
}

}  // namespace paritas::tests
