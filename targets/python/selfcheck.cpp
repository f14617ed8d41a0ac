#include "paritas/selfcheck/selfcheck.hpp"

#include "bindings.hpp"
#include "convert.hpp"

namespace paritas::python {
namespace {

py::object record(const SelfcheckReport& report) {
  const py::module_ results = py::module_::import("paritas.results");
  const py::object feature_digest = results.attr("FeatureDigest");
  py::list features;
  for (const FeatureDigest& item : report.features) {
    features.append(feature_digest(item.feature, item.cases, item.digest));
  }
  return results.attr("SelfcheckReport")(report.digest, features);
}

}  // namespace

void bind_selfcheck(py::module_& m) {
  m.def(
      "selfcheck", [](Whole cases) { return unwrap(unlocked([&] { return selfcheck(cases); })); },
      py::arg("cases") = kSelfcheckCases,
      R"(Runs every feature on random and hostile inputs and folds all bytes of all results into one digest.

Machines, targets and languages that print the same digest give the same answers, bit for bit.

cases:   how many inputs; they take turns with the features; 0 gives sixteen zeros
Returns: 16 hexadecimal digits
Errors:  invalid_argument for a negative number of cases, limit_exceeded for more than 10^9)");
  m.def(
      "selfcheck_report", [](Whole cases) { return record(unwrap(unlocked([&] { return selfcheck_report(cases); }))); },
      py::arg("cases") = kSelfcheckCases,
      R"(The digest of selfcheck, and one for each feature, which says where two machines disagree.

cases:  as for selfcheck
Errors: as for selfcheck)");
}

}  // namespace paritas::python
