// Prints the digest for every SIMD target that this machine can be forced to and writes them for tests/meta:
// paritas_digest CASES FILE. A forced target that was not compiled would silently run as another one, so a probe
// compiled like the kernels says which one really runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "digest.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
std::int64_t Running() { return HWY_TARGET; }
}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "paritas/selfcheck/selfcheck.hpp"

namespace paritas {
HWY_EXPORT(Running);
static std::int64_t running() { return HWY_DYNAMIC_DISPATCH(Running)(); }
}  // namespace paritas

int main(int argc, char** argv) {
  if (argc != 4) return std::fprintf(stderr, "usage: paritas_digest COMPILER CASES FILE\n"), 2;
  const std::int64_t cases = std::atoll(argv[2]);
  nlohmann::json out;
  std::set<std::string> digests;
  const std::int64_t native = hwy::SupportedTargets() & HWY_TARGETS;
  for (std::int64_t left = native; left != 0; left &= left - 1) {
    const std::int64_t target = left & -left;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    if (paritas::running() != target) {
      return std::fprintf(stderr, "%s was forced, but does not run\n", hwy::TargetName(target)), 1;
    }
    const paritas::SelfcheckReport report = paritas::selfcheck_report(cases).value();
    nlohmann::json features;
    for (const auto& item : report.features) {
      features.push_back({{"feature", item.feature}, {"cases", item.cases}, {"digest", item.digest}});
    }
    const std::string name = std::string(argv[1]) + "-" + hwy::TargetName(target);
    out[name] = {{"cases", cases}, {"digest", report.digest}, {"features", features}};
    std::printf("%s: digest of %lld cases %s\n", name.c_str(), static_cast<long long>(cases), report.digest.c_str());
    digests.insert(report.digest);
  }
  std::ofstream(argv[3]) << out;
  return digests.size() == 1 ? 0 : 1;
}
#endif
