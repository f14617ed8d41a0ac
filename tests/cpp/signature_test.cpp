#include "paritas/stream/signature.hpp"

#include <cstdlib>

#include "canonical.hpp"

namespace paritas::tests {

TEST_CASE("signatures agree with their vectors") {
  for (const auto& test : load_vectors("signature")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const auto length = signature_length(given.value("length", kSignatureDigits));
      if (!length.ok()) {
        CHECK(outcome(length).dump() == test.at("expect").dump());
        continue;
      }
      const auto text = canonical(Json::array({given.at("tool_name"), given.at("arguments")}));
      if (!text.ok()) {
        CHECK(outcome(text).dump() == test.at("expect").dump());
        continue;
      }
      CHECK(signature_of(text.value(), length.value()) == test.at("expect").at("value"));
    }
  }
}

TEST_CASE("canonical JSON agrees with its vectors") {
  for (const auto& test : load_vectors("signature_canonical")) {
    DYNAMIC_SECTION(test["id"]) {
      CHECK(outcome(canonical(test.at("given").at("value"))).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("call_similarity agrees with its vectors") {
  for (const auto& test : load_vectors("signature_similarity")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const double value = call_similarity(given.at("name1").get<std::string>(), canonical(given.at("args1")).value(),
                                           given.at("name2").get<std::string>(), canonical(given.at("args2")).value());
      CHECK(outcome(value).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("a writer sorts what comes unsorted") {
  CanonicalWriter writer;
  writer.begin_object();
  for (const char* key : {"b", "\n", "a", "\xEF\xAC\xB3", "\xF0\x9F\x98\x80"}) {
    writer.text(key);
    writer.begin_set();
    writer.whole(2);
    writer.text("x");
    writer.whole(10);
    writer.end();
  }
  writer.end();
  CHECK(writer.written() ==
        "{\"\\n\":[\"x\",10,2],\"a\":[\"x\",10,2],\"b\":[\"x\",10,2],\"\xF0\x9F\x98\x80\":[\"x\",10,2],"
        "\"\xEF\xAC\xB3\":[\"x\",10,2]}");
}

TEST_CASE("keys may be any scalar, and a clash names the object") {
  CanonicalWriter writer;
  writer.begin_object();
  writer.whole(-7);
  writer.null();
  writer.boolean(true);
  writer.null();
  writer.null();
  writer.null();
  writer.number(1.5);
  writer.null();
  writer.end();
  CHECK(writer.written() == R"({"-7":null,"1.5":null,"null":null,"true":null})");
  writer.clear();
  writer.begin_array();
  writer.begin_object();
  writer.text("a/~b");
  writer.begin_object();
  writer.text("1");
  writer.null();
  writer.number(1.0);
  writer.null();
  writer.end();
  REQUIRE(writer.failed());
  CHECK(writer.error().code == ErrorCode::duplicate_key);
  CHECK(writer.error().message == "two keys of the object at /0/a~1~0b are the same: change one");
}

TEST_CASE("ill-formed UTF-8 counts as U+FFFD, in keys too") {
  CanonicalWriter writer;
  writer.begin_object();
  writer.text("\xFF");
  writer.text("a\xE2\x82");
  writer.text("\xEF\xBF\xBD");
  writer.null();
  writer.end();
  REQUIRE(writer.failed());
  CHECK(writer.error().code == ErrorCode::duplicate_key);
}

TEST_CASE("a thousand levels and no more") {
  CanonicalWriter writer;
  for (int i = 0; i < 1000; ++i) writer.begin_array();
  for (int i = 0; i < 1000; ++i) writer.end();
  CHECK(writer.written() == std::string(1000, '[') + std::string(1000, ']'));
  writer.clear();
  for (int i = 0; i < 1001; ++i) writer.begin_array();
  REQUIRE(writer.failed());
  CHECK(writer.error().code == ErrorCode::depth_limit);
  CHECK(writer.error().message.size() < 400);
  writer.clear();
  writer.whole(false, std::string(65537, 'f'));
  CHECK(writer.error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("numbers are printed as shortest_decimal has them") {
  for (const double value : {1e22, 1.5e300, 123456789012345.6, 5e-324, 1e-5, 0.00001234}) {
    std::string out;
    append_ecmascript(out, -value);
    CHECK(std::strtod(out.c_str(), nullptr) == -value);
  }
}

}  // namespace paritas::tests
