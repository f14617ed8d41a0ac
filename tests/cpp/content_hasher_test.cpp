#include "paritas/repair/content_hasher.hpp"

#include "exact.hpp"

namespace paritas::tests {
namespace {

Json answer(const Json& given) {
  ContentHasherOptions options;
  const std::string preset = given.value("preset", "");
  if (preset == "text_fuzzy") options = ContentHasher::text_fuzzy();
  if (preset == "text_strict") options = ContentHasher::text_strict();
  if (preset == "exact_match") options = ContentHasher::exact_match();
  if (preset == "query_semantic") options = ContentHasher::query_semantic();
  const Json fields = given.value("options", Json::object());
  options.normalize_whitespace = fields.value("normalize_whitespace", options.normalize_whitespace);
  options.case_insensitive = fields.value("case_insensitive", options.case_insensitive);
  options.hash_length = fields.value("hash_length", options.hash_length);
  options.remove_punctuation = fields.value("remove_punctuation", options.remove_punctuation);
  const auto failed = [](const Error& error) {
    return Json{{"error", {{"code", name(error.code)}, {"offset", error.offset}}}};
  };
  const auto made = ContentHasher::create(options);
  if (!made.ok()) return failed(made.error());
  const ContentHasher& hasher = made.value();
  const std::string call = given.at("call");
  if (call == "hash_dict" || call == "hash_list") {
    return {{"value", hasher.hash_canonical(given.at("value").dump())}};  // keys are sorted, and nothing is escaped
  }
  const Exact text(given.at("value").get<std::string>());
  if (call == "hash_block") {
    const auto hash = hasher.hash_block(text.view(), given.at("min_length"));
    if (!hash.ok()) return failed(hash.error());
    return {{"value", hash.value() ? Json(*hash.value()) : Json()}};
  }
  return {{"value", call == "hash" ? hasher.hash(text.view()) : hasher.normalize(text.view())}};
}

}  // namespace

TEST_CASE("hashes of contents agree with their vectors") {
  for (const auto& test : load_vectors("content_hasher")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(answer(test.at("given")).dump() == test.at("expect").dump()); }
  }
}

}  // namespace paritas::tests
