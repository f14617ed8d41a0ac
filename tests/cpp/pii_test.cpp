#include "paritas/match/pii.hpp"

#include "exact.hpp"
#include "match/pii_anchors.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Json record(const Exact& text, const std::vector<PiiMatch>& found) {
  return Exact::list(found, [&](const PiiMatch& match) {
    return Json{{"kind", name(match.kind)},
                {"span", text.span(match.span)},
                {"normalized", match.normalized},
                {"detail", match.detail}};
  });
}

template <class T, class Make>
Json answer(const Result<T>& result, Make make) {
  if (result.ok()) return {{"value", make(result.value())}};
  return {{"error", {{"code", name(result.error().code)}, {"offset", result.error().offset}}}};
}

Json run(const Json& given) {
  const std::string call = given.at("call");
  std::vector<std::string> names, owned;
  if (given.contains("kinds")) names = given["kinds"].get<std::vector<std::string>>();
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto kinds = given.contains("kinds") ? PiiKinds::of(views) : Result<PiiKinds>(PiiKinds());
  if (!kinds.ok()) return answer(kinds, [](PiiKinds) { return Json(); });
  const bool batch = given.contains("texts");
  for (const Json& text : batch ? given["texts"] : Json::array({given.at("text")})) owned.push_back(text);
  std::vector<Exact> exact;
  for (const std::string& text : owned) exact.emplace_back(text);
  std::vector<std::string_view> texts;
  for (const Exact& text : exact) texts.push_back(text.view());
  if (call == "scan") return {{"value", record(exact[0], scan_pii(texts[0], kinds.value()))}};
  if (call == "scan_batch") {
    return answer(scan_pii_batch(texts, kinds.value()), [&](const auto& found) {
      Json out = Json::array();
      for (std::size_t i = 0; i < found.size(); ++i) out.push_back(record(exact[i], found[i]));
      return out;
    });
  }
  const std::string mask_char = given.value("mask_char", "*");
  const PiiMask mask{mask_char, given.value("visible_chars", std::int64_t{0}), kinds.value()};
  if (call == "mask") return answer(mask_pii(texts[0], mask), [](const std::string& text) { return Json(text); });
  REQUIRE(call == "mask_batch");
  return answer(mask_pii_batch(texts, mask), [](const std::vector<std::string>& masked) { return Json(masked); });
}

}  // namespace

TEST_CASE("pii agrees with its vectors") {
  for (const auto& test : load_vectors("pii")) {
    INFO(test["id"]);
    CHECK(run(test.at("given")).dump() == test.at("expect").dump());
  }
}

TEST_CASE("defaults of a mask are those of the vectors") {
  CHECK(PiiMask{}.mask_char == "*");
  CHECK(PiiMask{}.visible_chars == 0);
  CHECK(PiiKinds{}.names().size() == 6);
}

TEST_CASE("ill-formed bytes around personal data count as U+FFFD") {
  CHECK(scan_pii("\xFF"
                 "a@b.org\xC3")
            .size() == 1);
  CHECK(scan_pii("\xE2\x80"
                 "a@b.org")[0]
            .span == Span{2, 9});
  CHECK(scan_pii("a\x80@b.org").empty());
  CHECK(mask_pii("\x80\x80 a@b.org", {.mask_char = "#"}).value() == "\x80\x80 #######");
  // 30 code points: each stray byte is one.
  CHECK(scan_pii("ssn" + std::string(30, '\x80') + "123456789").size() == 1);
  CHECK(scan_pii("ssn" + std::string(31, '\x80') + "123456789").empty());
}

TEST_CASE("blocks of 64 bytes have the anchors of their bytes") {
  std::string text;
  for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
  for (std::size_t at = 0; at + pii::kAnchorBlock <= text.size(); ++at) {
    CHECK(pii::anchors(text.data() + at) == pii::anchors_by_bytes(text.data() + at, pii::kAnchorBlock));
  }
}

TEST_CASE("a finding is found wherever a block is cut") {
  for (std::size_t before = 0; before < 140; ++before) {
    const std::string text =
        std::string(before, ' ') + "a@b.org 4111 1111 1111 1111 ::1" + std::string(before / 2, '.');
    const Exact exact(text);
    const auto found = scan_pii(exact.view());
    REQUIRE(found.size() == 3);
    CHECK(found[0].span.start == before);
    CHECK(found[1].span.start == before + 8);
    CHECK(found[2].span.start == before + 28);
  }
}

TEST_CASE("a hostile text costs no more than its length") {
  // Quadratic work on any of these would take minutes.
  for (const std::string_view piece : {"1",          "@",    "a.", ":",        "1.",  "+1 ",   "1 ",  "1234 ",
                                       "a@",         "a@b.", "1:", "a:",       "f",   "::",    "(2",  "ssn ",
                                       "123456789 ", "GB82", "1-", "415-555-", "+1(", "4111 ", "\x80"}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    const Exact exact(text);
    const std::size_t found = scan_pii(exact.view()).size();
    CHECK(found <= text.size() / 7);
    CHECK(mask_pii(exact.view()).value().size() <= text.size());
  }
}

}  // namespace paritas::tests
