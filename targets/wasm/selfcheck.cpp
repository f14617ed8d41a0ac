#include "paritas/selfcheck/selfcheck.hpp"

#include <emscripten/bind.h>

#include "convert.hpp"

namespace paritas::wasm {
namespace {

val selfcheck(std::int32_t cases) {
  return outcome(paritas::selfcheck(cases), [](const std::string& digest) { return val(digest); });
}

val selfcheck_report(std::int32_t cases) {
  return outcome(paritas::selfcheck_report(cases), [](const SelfcheckReport& report) {
    val features = val::array();
    for (const FeatureDigest& item : report.features) {
      val feature = val::object();
      feature.set("feature", item.feature);
      feature.set("cases", static_cast<double>(item.cases));
      feature.set("digest", item.digest);
      features.call<void>("push", feature);
    }
    val out = val::object();
    out.set("digest", report.digest);
    out.set("features", features);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_selfcheck) {
  emscripten::function(
      "selfcheckCases", +[] { return static_cast<std::int32_t>(kSelfcheckCases); });
  emscripten::function("selfcheck", &selfcheck);
  emscripten::function("selfcheckReport", &selfcheck_report);
}

}  // namespace paritas::wasm
