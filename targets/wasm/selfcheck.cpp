#include "paritas/selfcheck/selfcheck.hpp"

#include "convert.hpp"

namespace paritas::wasm {

WASM(std::int32_t, selfcheckCases)() { return static_cast<std::int32_t>(kSelfcheckCases); }

/// The digest, then the name, cases and digest of each feature.
WASM(Reply, selfcheckReport)(std::int32_t cases) {
  return outcome(selfcheck_report(cases), [](const SelfcheckReport& report) {
    Packer out;
    out.text(report.digest);
    for (const FeatureDigest& item : report.features) {
      out.text(item.feature);
      out.f64(static_cast<double>(item.cases));
      out.text(item.digest);
    }
    return out.out();
  });
}

}  // namespace paritas::wasm
