#include "paritas/text/stem_english.hpp"

#include "vectors.hpp"

namespace paritas::tests {

TEST_CASE("stem_english agrees with its vectors") {
  for (const auto& test : load_vectors("stem_english")) {
    DYNAMIC_SECTION(test["id"]) {
      CHECK(Json({{"value", stem_english(test.at("given").at("word").get<std::string>())}}) == test.at("expect"));
    }
  }
}

TEST_CASE("an English stem fits into the bytes of its key, ill-formed ones too") {
  const std::string endings[] = {"ing", "ied", "eed", "ational", "y", "s", "tting", "\xC3", "\xF0\x9D", "at", "'s'"};
  for (const std::string& start :
       {std::string(), std::string("\xC3\xA9"), std::string("hop"), std::string("\xFF\xC3")}) {
    for (const std::string& middle : endings) {
      for (const std::string& end : endings) {
        const std::string key = start + middle + end;
        std::vector<char> out(key.size());  // AddressSanitizer sees a byte more
        CHECK(stem_english(key.data(), key.size(), out.data()) <= out.size());
      }
    }
  }
}

}  // namespace paritas::tests
