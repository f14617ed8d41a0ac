#include "paritas/text/unicode.hpp"

#include <array>
#include <fstream>
#include <functional>

#include "paritas/base/random.hpp"
#include "paritas/text/fold.hpp"
#include "paritas/text/simple_fold.hpp"
#include "paritas/text/utf8.hpp"
#include "paritas/text/word_points.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

constexpr const char* kCategories[] = {"Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd",
                                       "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
                                       "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"};
constexpr const char* kClasses[] = {"space", "transparent", "unspaced", "apostrophe", "letter",
                                    "mark",  "digit",       "hyphen",   "dash",       "other"};

/// CRC-32 as zlib computes it; test_unicode.py makes the same from unicodedata and from the reference.
class Crc {
 public:
  void line(std::string_view text) {
    for (const char byte : text) put(static_cast<unsigned char>(byte));
    put('\n');
  }
  [[nodiscard]] std::string hex() const {
    char text[9];
    std::snprintf(text, sizeof text, "%08x", ~state_);
    return text;
  }

 private:
  void put(unsigned byte) {
    state_ ^= byte;
    for (int i = 0; i < 8; ++i) state_ = (state_ >> 1) ^ (0xEDB88320u & (0u - (state_ & 1u)));
  }
  std::uint32_t state_ = 0xFFFFFFFFu;
};

std::string digest(const std::function<std::string(char32_t)>& line_of) {
  Crc crc;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) crc.line(line_of(c));
  }
  return crc.hex();
}

std::string folded(std::string_view text, Accents accents = Accents::drop) {
  std::string out;
  fold(text, out, accents);
  return out;
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

/// Mostly marks, letters that compose, Hangul parts and what vanishes; test_unicode.py draws the same.
std::string random_points(Random& random) {
  constexpr std::array<std::array<char32_t, 2>, 9> kRanges{{{0x300, 0x370},
                                                            {0x41, 0x250},
                                                            {0x1100, 0x1200},
                                                            {0xAC00, 0xD7A4},
                                                            {0x370, 0x600},
                                                            {0x1F00, 0x2100},
                                                            {0xFE00, 0xFFFF},
                                                            {0x900, 0x1000},
                                                            {0, 0x110000}}};
  std::string text;
  const std::uint64_t count = random.below(9);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto& range = kRanges[random.below(kRanges.size())];
    append_utf8(text, range[0] + static_cast<char32_t>(random.below(range[1] - range[0])));
  }
  return text;
}

}  // namespace

TEST_CASE("every code point is what unicodedata says") {
  std::ifstream file(vectors_folder() + "../unicode_digests.json");
  const Json digests = Json::parse(file);
  CHECK(digest([](char32_t c) { return kCategories[static_cast<int>(category(c))]; }) == digests.at("category"));
  CHECK(digest([](char32_t c) { return kClasses[static_cast<int>(text_class(c))]; }) == digests.at("text_class"));
  CHECK(digest([](char32_t c) { return std::to_string(digit_value(c)); }) == digests.at("digit_value"));
  CHECK(digest([](char32_t c) {
          std::u32string lower;
          append_lower(lower, c);
          std::string out;
          for (const char32_t part : lower) append_utf8(out, part);
          return out;
        }) == digests.at("lower"));
  CHECK(digest([](char32_t c) { return utf8(simple_fold(c)); }) == digests.at("simple_fold"));
  CHECK(digest([](char32_t c) { return is_word_point(c) ? "1" : "0"; }) == digests.at("word_point"));
  CHECK(digest([](char32_t c) { return folded(utf8(c)); }) == digests.at("fold"));
  CHECK(digest([](char32_t c) { return folded(utf8(c), Accents::keep); }) == digests.at("fold_keeping_accents"));
  Crc crc;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    crc.line(folded(random_points(random)));
  }
  CHECK(crc.hex() == digests.at("random_folds"));
}

TEST_CASE("values beyond Unicode have no category") {
  CHECK(category(0x110000) == Category::Cn);
  CHECK(category(0xFFFFFFFF) == Category::Cn);
  CHECK(category(0xD800) == Category::Cs);
  CHECK(text_class(0xFFFFFFFF) == TextClass::other);
  CHECK(digit_value(0xFFFFFFFF) == -1);
  CHECK(simple_fold(0xFFFFFFFF) == 0xFFFFFFFF);
  CHECK_FALSE(is_word_point(0xFFFFFFFF));
}

TEST_CASE("a boundary of a word is where not both sides are word points") {
  const std::string text = "ab_9 \u00E9x\u65E5a\U0001D504";
  std::vector<std::size_t> bounds;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (is_word_boundary(text, at)) bounds.push_back(at);
  }
  CHECK(bounds == std::vector<std::size_t>{0, 4, 5, 8, 11, 16});
  CHECK(is_word_boundary("", 0));
}

TEST_CASE("ill-formed bytes are no word points, wherever a text is cut") {
  using namespace std::string_view_literals;
  for (const std::string_view text : {"\xFF"sv, "\x80"sv, "a\x80"sv, "\xC3"sv, "\xED\xA0\x80"sv, "\xF0\x90\x80"sv,
                                      "\xE9\x80\x80\x80"sv, "\x80\x80\x80\x80\x80"sv, "\xC3\xA9\xA9"sv}) {
    CHECK_FALSE(word_point_before(text, text.size()));
  }
  CHECK(word_point_before("\xC3\xA9", 2));
  CHECK(word_point_before("\x80\xC3\xA9", 3));
  CHECK_FALSE(word_point_after("\x80", 0));
}

TEST_CASE("fold agrees with its vectors") {
  for (const auto& test : load_vectors("fold")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Accents accents = given.value("keep_accents", false) ? Accents::keep : Accents::drop;
      CHECK(Json({{"value", folded(given.at("text").get<std::string>(), accents)}}) == test.at("expect"));
    }
  }
}

TEST_CASE("a fold of many marks takes linear time and sorts them") {
  std::string text = "a", marks;
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "\u05B0" : "\u0591";
  CHECK(folded(text).size() == text.size());
  CHECK(folded(text).substr(1, 4) == "\u05B0\u05B0");
}

TEST_CASE("ill-formed bytes fold as U+FFFD") {
  CHECK(folded("A\xFFz\xE2\x82") == "a\uFFFDz\uFFFD");
  CHECK(folded("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("normal forms") {
  CHECK(nfc("e\u0301") == "\u00E9");
  CHECK(nfd("\uAC01") == "\u1100\u1161\u11A8");
  CHECK(nfkc("\uFB01\u2168") == "fiIX");
  CHECK(nfkd("\u1E9B\u0323") == "s\u0323\u0307");
  CHECK(nfc("\u0958") == "\u0915\u093C");  // excluded from composition
}

}  // namespace paritas::tests
