#include "paritas/match/secrets.hpp"

#include <algorithm>
#include <string>
#include <thread>

#include "exact.hpp"
#include "match/secret_catalog.hpp"
#include "match/secret_rules.hpp"
#include "match/secret_scan.hpp"
#include "paritas/base/random.hpp"

namespace paritas::tests {
namespace {

std::string joined(const Json& parts) {
  std::string text;
  for (const Json& part : parts) text += part.get<std::string>();
  return text;
}

struct Asked {
  explicit Asked(const Json& given) {
    const Json& said = given.at("options");
    for (const auto& [key, value] : said.items()) {
      if (key == "min_confidence") {
        least = value.get<std::string>();
      } else if (key == "include_placeholders") {
        options.include_placeholders = value.get<bool>();
      } else {
        REQUIRE(key == "rules");
        names = value.get<std::vector<std::string>>();
        options.rules.emplace(names.begin(), names.end());
      }
    }
    for (const auto& [key, value] : given.at("mask").items()) {
      if (key == "mask_char") {
        mask_char = value.get<std::string>();
      } else {
        REQUIRE(key == "visible_chars");
        mask.visible_chars = value.get<std::int64_t>();
      }
    }
    mask.mask_char = mask_char;
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  std::string least = "low", mask_char = "*";
  std::vector<std::string> names;
  SecretOptions options;
  SecretMask mask;
};

Json of(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Json answer(const Exact& text, Asked& asked) {
  const auto least = secret_confidence(asked.least);
  if (!least.ok()) return of(least.error());
  asked.options.min_confidence = least.value();
  const auto found = scan_secrets(text.view(), asked.options);
  if (!found.ok()) return of(found.error());
  const auto masked = mask_secrets(text.view(), asked.mask, asked.options);
  if (!masked.ok()) return of(masked.error());
  return {{"value",
           {{"findings", Exact::list(found.value(),
                                     [&](const SecretMatch& match) {
                                       const SecretPattern& pattern = list_secret_patterns()[match.rule];
                                       return Json{
                                           {"secret_type", pattern.name},          {"severity", name(pattern.severity)},
                                           {"confidence", name(match.confidence)}, {"span", text.span(match.span)},
                                           {"line_number", match.line_number},     {"checksum", name(match.checksum)},
                                           {"placeholder", match.placeholder}};
                                     })},
            {"masked", masked.value()}}}};
}

}  // namespace

TEST_CASE("scan_secrets and mask_secrets agree with their vectors") {
  for (const auto& test : load_vectors("secrets")) {
    DYNAMIC_SECTION(test["id"]) {
      const Exact text(joined(test.at("given").at("parts")));
      Asked asked(test.at("given"));
      Json expect = test.at("expect");
      if (expect.contains("value")) expect["value"]["masked"] = joined(expect["value"]["masked"]);
      const Json got = answer(text, asked);
      CHECK(got.dump() == expect.dump());
      if (!got.contains("value")) continue;
      const auto count = got["value"]["findings"].size();
      CHECK(has_secrets(text.view(), asked.options).value() == (count > 0));
      CHECK(get_secret_types(text.view(), asked.options).value().size() <= count);
      CHECK(scan_secrets_summary(text.view(), asked.options).value().total_matches == count);
      const std::vector<std::string_view> two = {text.view(), ""};
      const auto batch = scan_secrets_batch(two, asked.options, 2).value();
      CHECK(batch[0].size() == count);
      CHECK(batch[1].empty());
      CHECK(mask_secrets_batch(two, asked.mask, asked.options, 2).value()[0] == got["value"]["masked"]);
    }
  }
}

TEST_CASE("every shape can be found by the scan") {
  using namespace secrets;
  std::size_t lines = 0;
  for (const std::string_view line : split(kRules, '\n')) {
    const auto fields = split(line, '\t');
    INFO(line);
    REQUIRE(fields.size() == 6);
    const Shape shape(fields[4]);
    CHECK(shape.least(is_run_byte) >= 16);
    CHECK_FALSE(shape.heads().empty());
    ++lines;
  }
  CHECK(lines > 170);
  for (const std::string_view list : {kKeyNames, kKeyEndings}) {  // each key holds a word that stops the kernel
    for (const std::string_view item : split(list, '|')) {
      INFO(item);
      const std::string_view key = item.substr(0, item.find(':'));
      const auto stops = [&](std::string_view word) { return key.find(word) != std::string_view::npos; };
      bool any = false;
      for (const char* word : {"htw", "ras", "nnw", "asl", "pas", "nha", "pwd", "ecr", "cre", "tok", "key", "uth"}) {
        any = any || stops(word);
      }
      CHECK(any);
    }
  }
}

TEST_CASE("a secret is found wherever the blocks of the kernel end") {
  const std::string token = std::string("gh") + "p_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17";
  const std::string key = "password = 'tr0ub4dor&3'";
  for (std::size_t before = 4000; before < 4200; ++before) {
    std::string text(before, '.');
    text[before - 1] = ' ';
    const auto of_token = scan_secrets(text + token).value();
    REQUIRE(of_token.size() == 1);
    CHECK(of_token[0].span == Span{before, before + token.size()});
    const auto of_key = scan_secrets(text + key + std::string(before % 67, ' ')).value();
    REQUIRE(of_key.size() == 1);
    CHECK(of_key[0].span == Span{before + 12, before + 23});
  }
}

TEST_CASE("any bytes can be scanned, and masks keep their lines") {
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text = "token=\xFF";
    for (std::uint64_t left = random.below(300); left > 0; --left) text += static_cast<char>(random.below(256));
    const Exact exact(text);
    const auto masked = mask_secrets(exact.view(), {"#", 0}).value();
    CHECK(std::count(masked.begin(), masked.end(), '\n') == std::count(text.begin(), text.end(), '\n'));
    const auto matches = scan_secrets(exact.view());
    for (const SecretMatch& match : matches.value()) CHECK(match.span.end <= text.size());
  }
}

TEST_CASE("what a text repeats is read once") {
  for (const std::string_view piece : {"=",
                                       "password=",
                                       "password='",
                                       "eyJ",
                                       "eyJ-",
                                       "-eyJ.eyJ",
                                       "-----BEGIN ",
                                       "-----BEGIN RSA PRIVATE KEY-----\n",
                                       "AKIA",
                                       "://",
                                       "://a:b@",
                                       "\"",
                                       "sk-",
                                       "glpat-",
                                       "a=",
                                       "aws=",
                                       "key",
                                       "key=",
                                       "&key=a",
                                       "-u ",
                                       "-u a -p ",
                                       "Bearer ",
                                       "Basic ",
                                       "login(",
                                       "PuTTY-User-Key-File-",
                                       "LS0tLS1CRUdJTi",
                                       "password\\\\\\",
                                       "machine a login b password c ",
                                       "$2b$10$",
                                       "00D",
                                       "pwd=a;",
                                       "is '",
                                       "\\n",
                                       "%20"}) {
    INFO(piece);
    std::string text;
    while (text.size() < 100000) text += piece;
    std::size_t last = 0;
    secrets::Scan scan(text, nullptr);
    scan.each([&](const secrets::Finding& finding) {
      last = std::max(last, finding.end);
      return true;
    });
    CHECK(scan.tried() <= 10 * text.size());
    CHECK(last <= text.size());
  }
}

TEST_CASE("one catalog serves threads that ask at once") {
  std::vector<std::thread> threads;
  std::vector<int> found(8);
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&found, i] { found[i] = has_secrets("password = 'tr0ub4dor&3'").value() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(found.begin(), found.end(), 1) == 8);
}

}  // namespace paritas::tests
