#include "paritas/stream/cycles.hpp"

#include "canonical.hpp"
#include "vectors.hpp"

namespace paritas::tests {
namespace {

Result<Json> driven(const Json& given) {
  CycleOptions options;
  const Json fields = given.value("options", Json::object());
  options.max_period = fields.value("max_period", options.max_period);
  options.repeats = fields.value("repeats", options.repeats);
  options.same_repeats = fields.value("same_repeats", options.same_repeats);
  options.window = fields.value("window", options.window);
  options.similarity = fields.value("similarity", options.similarity);
  auto made = CycleDetector::create(options);
  if (!made.ok()) return made.error();
  CycleDetector detector = std::move(made).value();
  Json out = Json::array();
  for (const Json& call : given.at("calls")) {
    CycleReport report;
    if (call.is_string()) {
      report = detector.record_signature(call.get<std::string>());
    } else {
      const auto text = canonical(call);
      if (!text.ok()) return text.error();
      report = detector.record(call[0].get<std::string>(), text.value());
    }
    out.push_back({{"period", report.period},
                   {"repeats", report.repeats},
                   {"sequence", report.sequence},
                   {"guidance", report.guidance}});
  }
  return out;
}

}  // namespace

TEST_CASE("cycles agree with their vectors") {
  for (const auto& test : load_vectors("cycles")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(outcome(driven(test.at("given"))) == test.at("expect")); }
  }
}

}  // namespace paritas::tests
