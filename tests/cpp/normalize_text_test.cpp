#include "paritas/repair/normalize_text.hpp"

#include <string>

#include "exact.hpp"
#include "paritas/base/random.hpp"

namespace paritas::tests {
namespace {

Result<NormalizeOptions> options_of(const Json& given) {
  NormalizeOptions out;
  if (!given.contains("options")) return out;
  for (const auto& [name, value] : given["options"].items()) {
    if (name == "max_blank_lines") {
      out.max_blank_lines = value;
    } else if (name == "trim") {
      out.trim = value;
    } else if (name == "respect_code") {
      out.respect_code = value;
    } else {
      std::size_t choice = 0;
      while (kNormalizeChoices.at(choice).name != name) ++choice;
      if (auto error = choose(out, choice, value.get<std::string>())) return *error;
      CHECK(chosen(out, choice) == value.get<std::string>());
    }
  }
  return out;
}

/// The same text in pieces of as many bytes as `size` says of each.
template <class Size>
std::string cut(const NormalizeOptions& options, const std::string& text, Size size) {
  auto stream = std::move(TextNormalizer::create(options)).value();
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Exact piece(text.substr(at, size()));
    out += stream.feed(piece.view()).value();
    at += piece.view().size();
  }
  out += stream.finish().value();
  CHECK(stream.feed("x").error().code == ErrorCode::stream_finished);
  CHECK(stream.finish().error().code == ErrorCode::stream_finished);
  return out;
}

std::string text_of(const NormalizedText& result, std::string_view source) {
  return result.changed ? result.text : std::string(source);
}

}  // namespace

TEST_CASE("normalize_text agrees with its vectors, however a stream is cut") {
  for (const auto& test : load_vectors("normalize_text")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(test["given"].at("text"));
      const auto options = options_of(test["given"]);
      const auto mapped = options.ok() ? normalize_text_mapped(text.view(), options.value()) : options.error();
      if (!mapped.ok()) {
        CHECK(outcome(Result<int>(mapped.error())) == test.at("expect"));
        continue;
      }
      const Exact result(text_of(mapped.value().text, text.view()));
      const Json edits = Exact::list(mapped.value().map.edits, [&](const TextEdit& edit) {
        return Json::array({result.span(edit.result), text.span(edit.source)});
      });
      CHECK(Json{{"value", {{"text", std::string(result.view())}, {"edits", edits}}}} == test.at("expect"));
      const NormalizedText plain = normalize_text(text.view(), options.value()).value();
      CHECK(text_of(plain, text.view()) == result.view());
      CHECK(plain.changed == (result.view() != text.view()));
      CHECK_FALSE(normalize_text(result.view(), options.value()).value().changed);
      const std::string source(text.view());
      for (std::size_t size = 1; size < 8; ++size) {
        CHECK(cut(options.value(), source, [&] { return size; }) == result.view());
      }
      Random random(source.size());
      for (int i = 0; i < 10; ++i) {
        CHECK(cut(options.value(), source, [&] { return random.below(9); }) == result.view());
      }
      const std::string_view both[] = {text.view(), result.view()};
      const auto batch = normalize_texts(both, options.value(), 2);
      CHECK(text_of(batch.value()[0], text.view()) == result.view());
      CHECK_FALSE(batch.value()[1].changed);
      const auto maps = normalize_texts_mapped(both, options.value(), 2);
      CHECK(maps.value()[0].map.edits.size() == mapped.value().map.edits.size());
      CHECK(maps.value()[1].map.edits.empty());
    }
  }
}

TEST_CASE("ill-formed bytes become U+FFFD, and the map says which they were") {
  const std::string text = "a\xE2\x97 \xFF\xF0\x9F\x98z\xED\xA0\x80\xE2\x96";
  const auto mapped = normalize_text_mapped(text).value();
  CHECK(mapped.text.text == "a\uFFFD \uFFFD\uFFFDz\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(mapped.map.to_source({1, 4}).start == 1);
  CHECK(mapped.map.to_source({1, 4}).end == 3);
  CHECK(mapped.map.to_result({3, 4}).start == 4);
  for (std::size_t size = 1; size <= text.size(); ++size) {
    CHECK(cut({}, text, [&] { return size; }) == mapped.text.text);
  }
}

TEST_CASE("bytes at random: idempotent, one result for every cut") {
  Random random(7);
  constexpr std::string_view kBytes = " \n\r\t`~ab.\xCC\x81\xE2\x80\xA8\x99\xC2\xA0\xEF\xBB\xBF";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto count = random.below(60); count > 0; --count) text += kBytes[random.below(kBytes.size())];
    NormalizeOptions options;
    for (std::size_t i = 0; i < kNormalizeChoices.size(); ++i) {
      const std::string_view word = kNormalizeChoices[i].words[random.below(4)];
      if (!word.empty()) REQUIRE_FALSE(choose(options, i, word));
    }
    options.max_blank_lines = static_cast<std::int64_t>(random.below(3));
    options.trim = random.below(2) != 0;
    options.respect_code = random.below(4) != 0;
    const Exact exact(text);
    const std::string once = text_of(normalize_text(exact.view(), options).value(), text);
    REQUIRE_FALSE(normalize_text(once, options).value().changed);
    REQUIRE(cut(options, text, [&] { return 1 + random.below(5); }) == once);
  }
}

}  // namespace paritas::tests
