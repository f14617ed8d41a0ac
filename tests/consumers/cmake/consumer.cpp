// Built against the installed C++ headers and the static core: what a C++ program gets.
#include <cstdio>
#include <paritas/base/hash.hpp>
#include <paritas/ocr/batch_size.hpp>
#include <paritas/ocr/williams.hpp>
#include <paritas/stream/trend.hpp>
#include <vector>

int main() {
  int failures = 0;
  const auto check = [&](const char* what, bool holds) {
    std::printf("%s %s\n", holds ? "ok    " : "FAILED", what);
    failures += holds ? 0 : 1;
  };
  check("trend_drop", paritas::trend_drop(std::vector<double>{0.8, 0.2}) == 0.6000000000000001);
  check("xxh3_64", paritas::xxh3_64("") == 0x2d06800538d394c2u);
  const std::vector<std::int64_t> counts(100, 1000);
  std::vector<double> bounds(100);
  paritas::space_bound_batch(counts, bounds, {}, {});  // run-time dispatch works outside of our build too
  check("space_bound_batch", bounds.back() == 315.14577009444031);
  const auto refused = paritas::optimal_batch_size(10, 100.0, {.memory_per_item_mb = 0.0});
  check("an error is a value", !refused.ok() && refused.error().code == paritas::ErrorCode::invalid_argument);
  return failures;
}
